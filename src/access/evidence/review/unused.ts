import { unusedDays } from '../../thresholds';
import type { UsageSnapshot } from './usageCache';

const dayLength = 24 * 60 * 60;

/** How long access was not used. All moments are milliseconds since 1970. */
export interface Unused {
  readonly kind: `unused${(typeof unusedDays)[number]}`;
  readonly grantedAt: number;
  /** Up to when usage is known. */
  readonly until: number;
  /** The beginning of the last day with use; absent where there is none. */
  readonly lastUsed?: number;
}

/**
 * Whether access was not used for 90 or 30 days. Undefined when it was used, or granted since.
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
  // Use is known by the day: only whole days without any count.
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
