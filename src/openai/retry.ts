import type { TransportRequest, TransportResponse } from './transport';

type Headers = TransportResponse['headers'];

const second = 1000;

/**
 * The wait that a response asks for, in milliseconds: `retry-after-ms`, otherwise `retry-after` in seconds or
 * as a date, which counts from the response's own `date`, or else from `wall`, milliseconds since 1970. Undefined if
 * there is none, or if it is invalid.
 */
export function retryAfter(headers: Headers, wall: number): number | undefined {
  const given = (text: string | undefined, unit: number) => {
    const value = text?.trim() ? Number(text) * unit : Number.NaN;
    return value >= 0 && value < Number.POSITIVE_INFINITY ? value : undefined;
  };
  const text = headers['retry-after'];
  const wait = given(headers['retry-after-ms'], 1) ?? given(text, second);
  if (wait !== undefined || !text || /^\s*[-+\d.]+\s*$/.test(text)) return wait;
  const date = Date.parse(text);
  const sent = Date.parse(headers.date ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - (Number.isNaN(sent) ? wall : sent));
}

/** Facts of one attempt that decide about a retry: its response, or whether the request was sent. */
export type RetryFacts = { status: number; headers: Headers } | { sent: boolean };

/**
 * Whether to retry.
 *
 * Reads and deletes are retried after a lost connection, 408, 429 and 5xx. A POST has no idempotency key, so it is
 * retried only when it certainly had no effect: not sent, 429, or 503 with `Retry-After`
 * (docs/api.md#a-grant-has-no-idempotency-key). `x-should-retry` overrides this, but never makes an uncertain POST
 * safe.
 */
export function mayRetry(method: TransportRequest['method'], facts: RetryFacts): boolean {
  if (!('status' in facts)) return method !== 'POST' || !facts.sent;
  const { status, headers } = facts;
  const advice = headers['x-should-retry'];
  if (advice === 'false') return false;
  if (status === 429) return true;
  if (method === 'POST') return status === 503 && headers['retry-after'] !== undefined;
  return advice === 'true' || status === 408 || status >= 500;
}

/** Backoff in milliseconds for retry number `retry`, from 0: doubles from half a second up to 8 s. */
export function backoff(retry: number, random: number): number {
  return Math.min(0.5 * 2 ** retry, 8) * second * (1 - random / 4);
}

/** Wait after a 429 without a hint, in milliseconds. Limits of this API refilled within about a minute. */
export function rateLimitPause(random: number): number {
  return 60 * second * (1 + random / 10);
}
