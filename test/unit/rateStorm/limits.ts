import { type ManualClock, type RateLimiter, rateLimit } from '../../emulator';

const minute = 60_000;
const perMinute = 7;

/** As measured in the field: each endpoint on its own, given back evenly over a minute. */
export const forEachEndpoint = (clock: ManualClock): RateLimiter =>
  rateLimit({ perMinute, clock });

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
      const current = Math.floor(clock.now() / minute);
      if (current !== window) [window, used] = [current, 0];
      used += 1;
      return used <= perMinute;
    },
    reset() {
      window = Number.NaN;
    },
  };
}
