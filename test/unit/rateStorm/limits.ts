import { type ManualClock, type RateLimiter, rateLimit } from '../../emulator';

const minute = 60_000;
const perMinute = 7;

/** The measured limit: separate for each endpoint, refilled evenly over a minute. */
export const forEachEndpoint = (clock: ManualClock): RateLimiter => rateLimit({ perMinute, clock });

/** One limit for all requests of the key, refilled evenly over a minute. */
export function forTheKey(clock: ManualClock): RateLimiter {
  const limit = forEachEndpoint(clock);
  return { take: () => limit.take('everything'), reset: () => limit.reset() };
}

/** One limit for all requests of the key, refilled at once when a minute ends. */
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
