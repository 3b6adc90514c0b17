import { daysLeft, tableKnownAsOf } from '../access/catalog/shutdown';
import type { ShutdownPlace } from '../access/catalog/shutdownPlaces';
import type { Gap } from '../access/discovery/source';
import { soonDays } from '../access/thresholds';
import { dayInWords } from '../text/dates';
import { metadata, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { gapInWords } from './discovery';
import { plainCheckpointLabel } from './names';

// Models that shut down, in files: problems, and the search for them. `now` is in milliseconds since 1970.

export const problemTexts = {
  /** The source of each problem. */
  source: 'Checkpoint Permissions',
  showWhoUsesIt: 'Show Who Uses It',
} as const;

/** The title of the quick fix where a place has several models. */
export function showWhoUses(id: string): string {
  return `${problemTexts.showWhoUsesIt}: ${id}`;
}

/**
 * A model that has shut down or shuts down soon, with the source of the date. By its name, which leaves room for the
 * date: the ID is what the problem marks.
 */
export function problemInWords(place: ShutdownPlace, now: number): string {
  return sentences(whenInWords(place, now), sourceInWords(place));
}

function whenInWords({ kind, id, shutdown, notice }: ShutdownPlace, now: number): string {
  const name = kind === 'legacy' ? id : plainCheckpointLabel(id);
  const day = dayInWords(shutdown.shutsDownOn);
  if (notice === 'shutDown') return `${name} shut down on ${day}. Requests to it fail, even with access.`;
  const left = daysLeft(shutdown, now);
  if (left === 0) return `${name} shuts down today, ${day}. It may still respond.`;
  return plural(
    left,
    `${name} shuts down tomorrow, ${day}.`,
    (days) => `${name} shuts down on ${day} (in ${days} days).`,
  );
}

function sourceInWords({ kind, shutdown: { source } }: ShutdownPlace): string {
  if (source === 'models') return 'The API reported this date.';
  const asOf = `(as of ${dayInWords(tableKnownAsOf)})`;
  return kind === 'legacy'
    ? `OpenAI announced this date for models of the retired fine-tunes API ${asOf}.`
    : `OpenAI announced this date for its base model ${asOf}.`;
}

/** A file that has more such models than are listed. */
export function moreProblems(most: number): string {
  return `This file may have more models that shut down. Only the first ${number(most)} are listed.`;
}

/** The search for such models in the files of the workspace. */
export const findShutdownTexts = {
  title: 'Find Models That Shut Down',
  searching: 'Finding models that shut down',
  noFolder: 'No folder is open. Open a folder to find models that shut down in its files.',
  open: 'Select a place to open it. All places stay in Problems.',
  openOnly: 'Select a place to open it',
  showAll: 'Show All in Problems',
  clear: 'Clear from Problems',
} as const;

/** The progress of the search. */
export function filesSearched(files: number): string {
  return plural(files, '1 file', (several) => `${several} files`);
}

/** The title above what was found. */
export function foundShutdownsTitle(places: number, files: number): string {
  return metadata(
    findShutdownTexts.title,
    plural(places, '1 place', (several) => `${several} places`),
    plural(files, '1 file', (several) => `${several} files`),
  );
}

/** A place in a file, with the line counted from 1. Not escaped. */
export function placeInFile(file: string, line: number): string {
  return `${file}:${line + 1}`;
}

/** A search of the whole workspace that found nothing. */
export const noShutdownsFound = `No model in the files of this workspace is known to have shut down or to shut down within ${soonDays} days.`;

/** Why a search may have missed models. `isFound`: whether it found any. */
export function shutdownGaps(gaps: readonly Gap[], isFound: boolean): string {
  return sentences(
    isFound
      ? 'The workspace may have more models that shut down.'
      : 'No model that shuts down was found, but not all files were searched.',
    ...gaps.map(gapInWords),
  );
}
