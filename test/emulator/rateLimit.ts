import type { Clock } from './clock';

/** Decides whether a request to an endpoint is served now. */
export interface RateLimiter {
  take(endpoint: string): boolean;
  reset(): void;
}

/**
 * The limit measured in the field (docs/api.md#rate-limits-may-be-as-low-as-7-requests-a-minute):
 * `perMinute` requests a minute for each endpoint, refilled evenly over 60 s, and a bare 429 above.
 */
export function rateLimit({
  perMinute,
  clock,
}: {
  perMinute: number;
  clock: Pick<Clock, 'now'>;
}): RateLimiter {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(endpoint) {
      const now = clock.now();
      const { left, at } = buckets.get(endpoint) ?? { left: perMinute, at: now };
      const refilled = Math.min(perMinute, left + ((now - at) / 60_000) * perMinute);
      // Tolerates rounding errors in sums of fractions.
      const served = refilled > 1 - 1e-6;
      buckets.set(endpoint, { left: served ? refilled - 1 : refilled, at: now });
      return served;
    },
    reset: () => buckets.clear(),
  };
}
