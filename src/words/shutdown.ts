import { daysLeft, hasShutDown, type Shutdown, tableKnownAsOf } from '../access/catalog/shutdown';
import { dayInWords } from '../text/dates';
import { plural } from '../text/numbers';

/**
 * The shutdown of a model, for rows: `shuts down Jan 14, 2027 (54 days)`. `now` in milliseconds since 1970. `inWords`
 * formats the day; files use another format.
 */
export function shutdownInWords(
  shutdown: Shutdown,
  now: number,
  inWords: (day: string) => string = dayInWords,
): string {
  const day = inWords(shutdown.shutsDownOn);
  const left = daysLeft(shutdown, now);
  if (left < 0) return `shut down ${day}`;
  if (left === 0) return 'shuts down today';
  return plural(left, `shuts down ${day} (1 day)`, (days) => `shuts down ${day} (${days} days)`);
}

/** The shutdown without the days left, for a narrow heading. */
export function shutdownInShort(shutdown: Shutdown, now: number): string {
  const day = dayInWords(shutdown.shutsDownOn);
  return hasShutDown(shutdown, now) ? `shut down ${day}` : `shuts down ${day}`;
}

/** The shutdown as a line, also if no date is known. */
export function shutdownLine(shutdown: Shutdown | undefined, now: number): string {
  if (!shutdown) return 'No shutdown date is known for this base model';
  const day = dayInWords(shutdown.shutsDownOn);
  const left = daysLeft(shutdown, now);
  if (left < 0) return `Shut down ${day}`;
  if (left === 0) return 'Shuts down today';
  return plural(left, `Shuts down ${day} (1 day)`, (days) => `Shuts down ${day} (${days} days)`);
}

/** The source of a shutdown date. */
export function shutdownSource({ source }: Shutdown): string {
  return source === 'models'
    ? 'shutdown date reported by the API'
    : `announced by OpenAI for its base model, as of ${dayInWords(tableKnownAsOf)}`;
}
