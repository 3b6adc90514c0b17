import { steadyNow } from '../text/steadyClock';

/** Time and randomness for the client, so that tests are fast and deterministic. */
export interface Clock {
  /** Milliseconds. Never goes back, so that it measures waits. */
  now(): number;
  /** Milliseconds since 1970 by the computer's clock, for dates that a server sends. Default: {@link now}. */
  wall?(): number;
  /** Resolves after `ms` milliseconds. Rejects with the reason of the signal when that aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** At least 0 and less than 1. */
  random(): number;
  /** Calls back after `ms` milliseconds. The returned function cancels. Default: `setTimeout`. */
  timer?(ms: number, callback: () => void): () => void;
}

/** See {@link Clock.timer}. */
export function startTimer(clock: Clock, ms: number, callback: () => void): () => void {
  if (clock.timer) return clock.timer(ms, callback);
  const running = setTimeout(callback, ms);
  return () => clearTimeout(running);
}

/** A longer timer would ring at once. */
const longestTimer = 0x7fffffff;

export const realClock: Clock = {
  now: steadyNow,
  wall: Date.now,
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
