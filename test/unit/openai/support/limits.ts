import type { Clock } from '../../../../src/openai';
import { apiError } from './replies';
import type { Reply } from './server';

const minuteMs = 60_000;

/** Decides about a request at a time: undefined lets it pass, a number is how long until the next would, in ms. */
export type Limit = (now: number) => number | undefined;

/** Fixed windows of a minute by the server's clock, starting at `phase`. */
export function fixedWindow(perMinute: number, phase = 0): Limit {
  let window = Number.NaN;
  let used = 0;
  return (now) => {
    const current = Math.floor((now - phase) / minuteMs);
    if (current !== window) [window, used] = [current, 0];
    return used++ < perMinute ? undefined : (current + 1) * minuteMs + phase - now;
  };
}

/** Windows of a minute that start with the first request after the previous window. */
export function windowFromFirst(perMinute: number): Limit {
  let began = Number.NEGATIVE_INFINITY;
  let used = 0;
  return (now) => {
    if (now - began >= minuteMs) [began, used] = [now, 0];
    return used++ < perMinute ? undefined : began + minuteMs - now;
  };
}

/** A token bucket that refills evenly over a minute. */
export function tokens(perMinute: number): Limit {
  let left = perMinute;
  let at: number | undefined;
  return (now) => {
    left = Math.min(perMinute, left + ((now - (at ?? now)) * perMinute) / minuteMs);
    at = now;
    if (left > 1 - 1e-9) left -= 1;
    else return ((1 - left) * minuteMs) / perMinute;
    return undefined;
  };
}

/** A sliding window of a minute. */
export function slidingWindow(perMinute: number): Limit {
  const passed: number[] = [];
  return (now) => {
    const oldest = passed.at(-perMinute) ?? Number.NEGATIVE_INFINITY;
    if (now - oldest < minuteMs) return oldest + minuteMs - now;
    passed.push(now);
    return undefined;
  };
}

/** Responds with 429 above the limit, with the wait in `header`, and otherwise as `reply`. */
export function limited(
  limit: Limit,
  clock: Clock,
  reply: Reply,
  header?: (ms: number) => Record<string, string>,
): Reply {
  return (response, seen) => {
    const wait = limit(clock.now());
    if (wait === undefined) reply(response, seen);
    else apiError(429, 'Too many requests.', header?.(wait))(response, seen);
  };
}
