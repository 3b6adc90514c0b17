import { daysLeft, type Retirement, tableKnownAsOf } from '../access/catalog/retirement';
import { dayInWords } from '../text/dates';
import { plural } from '../text/numbers';

/**
 * When a model shuts down, for rows: `shuts down Jan 14, 2027 (54 days)`. `now` in milliseconds since 1970. `inWords`
 * writes the day, for files another way.
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

/** How a shutdown date is known. */
export function shutdownSource({ source }: Retirement): string {
  return source === 'models'
    ? 'shutdown date reported by the API'
    : `announced by OpenAI for its base model, as of ${dayInWords(tableKnownAsOf)}`;
}
