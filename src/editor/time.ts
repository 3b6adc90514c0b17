const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['week', 7 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
];

// Making one costs more than the row that it is for.
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** A moment as people say it, such as `3 weeks ago`; both in milliseconds since 1970. */
export function ago(moment: number, now: number): string {
  const seconds = Math.round((moment - now) / 1000);
  const step = steps.find(([, size]) => Math.abs(seconds) >= size);
  if (!step) return 'just now';
  const [unit, size] = step;
  return relative.format(Math.trunc(seconds / size), unit);
}

/**
 * A number that stays the same for as long as {@link ago} says the same of every moment: to see without making the words
 * of thousands of rows whether any has changed.
 */
export function agesDigest(moments: Iterable<number>, now: number): number {
  let digest = 17;
  for (const moment of moments) {
    const seconds = Math.round((moment - now) / 1000);
    const size = steps.find(([, each]) => Math.abs(seconds) >= each)?.[1] ?? Number.POSITIVE_INFINITY;
    digest = (digest * 31 + size + Math.trunc(seconds / size)) | 0;
  }
  return digest;
}

/** A moment exactly, in the person's own time zone, such as `4 March 2026 at 14:05:09 CET`. */
export function exactly(moment: number): string {
  // A server can send any number; beyond this there are no dates.
  if (!(Math.abs(moment) <= 8.64e15)) return 'an unknown time';
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'long' }).format(moment);
}

/** A wait before a request: why, and until when in milliseconds since 1970. */
export interface Wait {
  readonly reason: 'rate-limit' | 'retry';
  readonly until: number;
}

/** A wait as people are told of it, such as `Waiting for the rate limit, about 40 s left`. */
export function waitInWords({ reason, until }: Wait, now: number): string {
  const what = reason === 'rate-limit' ? 'Waiting for the rate limit' : 'Waiting to try again';
  return `${what}, about ${Math.max(1, Math.ceil((until - now) / 1000))} s left`;
}
