/** A day as it stands in what is kept, `2026-03-04` in UTC; the moment is in unix seconds. */
export function day(seconds: number): string {
  return Number.isFinite(seconds) && Math.abs(seconds) < 8.64e12
    ? new Date(seconds * 1000).toISOString().slice(0, 10)
    : 'an unknown day';
}
