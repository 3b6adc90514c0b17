/** Time and chance as the client sees them, so that tests need neither wait nor hope. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** At least 0 and less than 1. */
  random(): number;
  /** Calls back after so many milliseconds unless it is called off before. Default: a timer of the runtime. */
  timer?(ms: number, callback: () => void): () => void;
}

/** See {@link Clock.timer}. */
export function startTimer(clock: Clock, ms: number, callback: () => void): () => void {
  if (clock.timer) return clock.timer(ms, callback);
  const running = setTimeout(callback, ms);
  return () => clearTimeout(running);
}

const longestTimer = 0x7fffffff;

export const realClock: Clock = {
  now: Date.now,
  random: Math.random,
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
        Math.min(ms, longestTimer),
      );
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
