import { daysLeft, hasShutDown, type Retirement, tableKnownAsOf } from '../access/catalog/retirement';
import { dayInWords } from '../text/dates';
import { plural } from '../text/numbers';

/**
 * The shutdown of a model, for rows: `shuts down Jan 14, 2027 (54 days)`. `now` in milliseconds since 1970. `inWords`
 * formats the day; files use another format.
 */
export function shutdownInWords(
  retirement: Retirement,
  now: number,
  inWords: (day: string) => string = dayInWords,
): string {
  const day = inWords(retirement.endsOn);
  const left = daysLeft(retirement, now);
  if (left < 0) return `shut down ${day}`;
  if (left === 0) return 'shuts down today';
  return plural(left, `shuts down ${day} (1 day)`, (days) => `shuts down ${day} (${days} days)`);
}

/** The shutdown without the days left, for a narrow heading. */
export function shutdownInShort(retirement: Retirement, now: number): string {
  const day = dayInWords(retirement.endsOn);
  return hasShutDown(retirement, now) ? `shut down ${day}` : `shuts down ${day}`;
}

/** The shutdown as a line, also if no date is known. */
export function shutdownLine(retirement: Retirement | undefined, now: number): string {
  if (!retirement) return 'No shutdown date is known for this base model';
  const day = dayInWords(retirement.endsOn);
  const left = daysLeft(retirement, now);
  if (left < 0) return `Shut down ${day}`;
  if (left === 0) return 'Shuts down today';
  return plural(left, `Shuts down ${day} (1 day)`, (days) => `Shuts down ${day} (${days} days)`);
}

/** The source of a shutdown date. */
export function shutdownSource({ source }: Retirement): string {
  return source === 'models'
    ? 'shutdown date reported by the API'
    : `announced by OpenAI for its base model, as of ${dayInWords(tableKnownAsOf)}`;
}
