import { unusedDays } from '../../thresholds';
import type { UsageSnapshot } from './usageCache';

const dayLength = 24 * 60 * 60;

/** Unused access. All times in milliseconds since 1970. */
export interface Unused {
  readonly kind: `unused${(typeof unusedDays)[number]}`;
  readonly grantedAt: number;
  /** The end of the loaded usage data. */
  readonly until: number;
  /** The start of the last day with usage. Absent if there is none. */
  readonly lastUsed?: number;
}

/**
 * The longest period for which access was unused, of {@link unusedDays}. Undefined if it was used, or granted later.
 * `since`: when it was granted, Unix seconds.
 */
export function unusedFor(
  { uses, loadedAt }: Pick<UsageSnapshot, 'uses' | 'loadedAt'>,
  checkpoint: string,
  project: string,
  since: number,
): Unused | undefined {
  const until = loadedAt / 1000;
  const today = Math.floor(until / dayLength) * dayLength;
  const use = uses.get(checkpoint)?.get(project);
  // Usage is known by day, so only whole days without usage count.
  const days = unusedDays.find(
    (each) => since <= until - each * dayLength && !(use && use.lastDay > today - each * dayLength),
  );
  if (days === undefined) return undefined;
  return {
    kind: `unused${days}`,
    grantedAt: since * 1000,
    until: loadedAt,
    ...(use && { lastUsed: use.lastDay * 1000 }),
  };
}
