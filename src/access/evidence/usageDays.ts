import type { UsagePeriodParams } from '../../openai';

/** The period of usage data, in days, today included: the most that three requests can load (docs/api.md#usage). */
export const usageDays = 93;

/** Days per request: the maximum of the API. */
export const daysPerRequest = 31;

/** Seconds of a day. */
export const dayLength = 24 * 60 * 60;

/**
 * The period of the usage of the last days, {@link usageDays} by default. Whole days with an end make two queries of one day
 * equal, and never need one request more, at midnight or with a server clock that is ahead. `now` in milliseconds since
 * 1970.
 */
export function usageQuery(
  now: number,
  groups: NonNullable<UsagePeriodParams['group_by']>,
  days = usageDays,
): UsagePeriodParams {
  const tomorrow = (Math.floor(now / 1000 / dayLength) + 1) * dayLength;
  return {
    start_time: tomorrow - days * dayLength,
    end_time: tomorrow,
    bucket_width: '1d',
    group_by: groups,
  };
}
