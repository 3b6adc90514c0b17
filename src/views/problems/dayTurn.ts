/** The time of a window. */
export interface WindowTime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after so many milliseconds, or later. Returns what cancels that. */
  later(act: () => void, ms: number): () => void;
}

export const windowTime: WindowTime = {
  now: Date.now,
  later(act, ms) {
    const timer = setTimeout(act, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

const dayLength = 24 * 60 * 60 * 1000;
/** Timers stand still while a computer sleeps, so the date is looked at this often. */
const longestWait = 60 * 60 * 1000;

/** Calls the listener when another day has begun in UTC, as shutdown dates count. Returns what ends that. */
export function onDayTurn(listener: () => void, { now, later }: WindowTime): () => void {
  let day = Math.floor(now() / dayLength);
  let cancel: () => void;
  const wait = (): void => {
    const left = (day + 1) * dayLength - now();
    cancel = later(look, Math.min(Math.max(left, 1), longestWait));
  };
  const look = (): void => {
    const today = Math.floor(now() / dayLength);
    const isAnother = today !== day;
    day = today;
    wait();
    if (isAnother) listener();
  };
  wait();
  return () => cancel();
}
