import { dayInWords } from '../history/words';
import type { UsageSnapshot } from './usage';

const dayLength = 24 * 60 * 60;

/** How long a grant was not used. */
export interface Unused {
  readonly kind: 'unused90' | 'unused30';
  readonly reason: string;
}

/**
 * Whether a grant was not used for 90 or 30 days; undefined when it was, or has not been there for so long.
 * `since`: when it was granted, unix seconds. `now`: milliseconds since 1970.
 */
export function unusedFor(
  { uses, readAt }: Pick<UsageSnapshot, 'uses' | 'readAt'>,
  checkpoint: string,
  project: string,
  since: number,
): Unused | undefined {
  const until = readAt / 1000;
  const today = Math.floor(until / dayLength) * dayLength;
  const use = uses.get(checkpoint)?.get(project);
  for (const [kind, days] of [
    ['unused90', 90],
    ['unused30', 30],
  ] as const) {
    // Use is known by the day: only whole days without any count.
    if (since > until - days * dayLength || (use && use.lastDay > today - days * dayLength)) continue;
    const granted = `granted ${dayInWords(since * 1000)}`;
    if (use) return { kind, reason: `Last used ${dayInWords(use.lastDay * 1000)}, ${granted}` };
    return { kind, reason: `Not used in the ${days} days before ${dayInWords(readAt)}, ${granted}` };
  }
  return undefined;
}
