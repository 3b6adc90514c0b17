import { usageDays } from '../usageDays';
import type { UsageSnapshot } from './usageCache';

const dayLength = 24 * 60 * 60;

/** The longest period, in days, for which usage data can prove that access was not used: today is no whole day. */
export const mostUnusedDays = usageDays - 1;

/** Whether access can be reviewed for not being used for this many days. */
export function isUnusedDays(days: unknown): days is number {
  return Number.isInteger(days) && (days as number) >= 1 && (days as number) <= mostUnusedDays;
}

/** Unused access. All times in milliseconds since 1970. */
export interface Unused {
  readonly kind: 'unused';
  /** The number of days that was asked for. It may be unused for longer. */
  readonly days: number;
  readonly grantedAt: number;
  /** The end of the loaded usage data. */
  readonly until: number;
  /** The start of the last day with usage. Absent if there is none. */
  readonly lastUsed?: number;
}

/**
 * Whether access was granted but not used for a number of days. Undefined if it was used, or granted later, or if the
 * data doesn't reach back that far. `since`: when it was granted, Unix seconds.
 */
export function unusedFor(
  { uses, from, loadedAt }: Pick<UsageSnapshot, 'uses' | 'from' | 'loadedAt'>,
  checkpoint: string,
  project: string,
  since: number,
  days: number,
): Unused | undefined {
  const until = loadedAt / 1000;
  const today = Math.floor(until / dayLength) * dayLength;
  // Usage is known by day, so only whole days without usage count, and today.
  const first = today - days * dayLength;
  const use = uses.get(checkpoint)?.get(project);
  if (from > first || since > until - days * dayLength || (use && use.lastDay >= first)) return undefined;
  return {
    kind: 'unused',
    days,
    grantedAt: since * 1000,
    until: loadedAt,
    ...(use && { lastUsed: use.lastDay * 1000 }),
  };
}
