import type { UsageCompletionsParams } from '../../openai';

/** How far back use is looked at, in days, today included: as many as three requests can have (docs/api.md#usage). */
export const usageDays = 93;

/** The most days that the API puts on a page. */
export const daysPerPage = 31;

const dayLength = 24 * 60 * 60;

/**
 * Asks for the use of the last {@link usageDays} days. Whole days with an end, so that asking twice on one day is the same
 * question, and it is never a page more: not at midnight, and not where the server's clock is ahead. `now` in milliseconds
 * since 1970.
 */
export function usageQuery(
  now: number,
  groups: NonNullable<UsageCompletionsParams['group_by']>,
): UsageCompletionsParams {
  const tomorrow = (Math.floor(now / 1000 / dayLength) + 1) * dayLength;
  return {
    start_time: tomorrow - usageDays * dayLength,
    end_time: tomorrow,
    bucket_width: '1d',
    group_by: groups,
    limit: daysPerPage,
  };
}
