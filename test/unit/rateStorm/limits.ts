import { type ManualClock, type RateLimiter, rateLimit } from '../../emulator';

const MINUTE = 60_000;
const PER_MINUTE = 7;

/** As measured in the field: each endpoint on its own, given back evenly over a minute. */
export const forEachEndpoint = (clock: ManualClock): RateLimiter =>
  rateLimit({ perMinute: PER_MINUTE, clock });

/** The same, but one limit for everything that the key does. */
export function forTheKey(clock: ManualClock): RateLimiter {
  const limit = forEachEndpoint(clock);
  return { take: () => limit.take('everything'), reset: () => limit.reset() };
}

/** One limit for everything that the key does, given back all at once when the minute is full. */
export function inWindows(clock: ManualClock): RateLimiter {
  let window = Number.NaN;
  let used = 0;
  return {
    take() {
      const current = Math.floor(clock.now() / MINUTE);
      if (current !== window) [window, used] = [current, 0];
      used += 1;
      return used <= PER_MINUTE;
    },
    reset() {
      window = Number.NaN;
    },
  };
}
