import type { Standing } from '../access/loading/standing';
import { ago } from '../text/dates';
import { listOf, metadata, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { explain } from './errors';
import { doubtsInWords, incompleteInWords, isDated, morePermissionsFailed } from './standing';

// Access to a checkpoint, for hovers, details, and messages. Reasons come from a server, so callers escape them. `now`
// is in milliseconds since 1970.

/** How many projects have access, without a full stop. `projects`: number of different projects that are loaded. */
export function accessInWords({ state, count, isComplete }: Standing, projects: number): string {
  if (state === 'notLoaded') return 'Access not loaded';
  if (state === 'failed') return "Access couldn't be loaded";
  if (count === 0) {
    return isComplete
      ? 'No permissions: not shared with any project'
      : 'No permissions loaded, but there may be some';
  }
  const through = number(count);
  if (!isComplete) {
    return projects === count
      ? `${number(projects)}+ projects have access`
      : `${number(projects)}+ projects have access through ${through}+ permissions`;
  }
  return projects === count
    ? plural(projects, '1 project has access', (several) => `${several} projects have access`)
    : plural(
        projects,
        `1 project has access through ${through} permissions`,
        (several) => `${several} projects have access through ${through} permissions`,
      );
}

/** The project that owns a checkpoint, which has access without a permission. Undefined while it is unknown. */
export function ownerInWords(name: string | undefined): string {
  return name === undefined ? 'owner unknown' : `owner ${name}`;
}

/** Every doubt of a list, and when it was loaded. Empty if nothing is loaded. */
export function reliabilityInWords(standing: Standing, now: number): string[] {
  const { loadedAt } = standing;
  if (loadedAt === undefined) return [];
  return [...doubtsInWords(standing, now), ...(isDated(standing) ? [] : [`loaded ${ago(loadedAt, now)}`])];
}

/** Why data is missing or old, and what to do, a sentence each. */
export function accessNotes({ failure, brokenOff, state, isLoading }: Standing): string[] {
  const notes: string[] = [];
  if (failure) {
    const { what, next } = explain(failure.error);
    if (state === 'loaded' && failure.during === 'readMore') notes.push(`${morePermissionsFailed}.`);
    notes.push(`${what}.`, next);
  }
  if (brokenOff) notes.push(incompleteInWords(brokenOff));
  if (isLoading) notes.push('Permissions are loading.');
  return notes;
}

/** The result of a check, for a message. `names`: from {@link firstWithAccess}, empty if no project has access. */
export function checkedAccess(
  checkpoint: string,
  {
    summary,
    standing,
    owner,
  }: { readonly summary: string; readonly standing: Standing; readonly owner: string },
  names: string,
  now: number,
): string {
  return sentences(
    `${checkpoint}: ${metadata(summary, ...reliabilityInWords(standing, now), owner)}.`,
    names && `Projects: ${names}.`,
    ...accessNotes(standing),
  );
}

export const checkAccess = {
  title: 'Check Who Has Access',
  choose: 'Select the checkpoint to check',
} as const;

/**
 * The first projects that have access, and the number of the others. `total`: number of loaded ones. `hasMore`: others
 * may have access, too.
 */
export function firstWithAccess(names: readonly string[], total: number, hasMore: boolean): string {
  const others = total - names.length;
  if (others > 0) return listOf([...names, hasMore ? `${number(others)}+ more` : `${number(others)} more`]);
  return hasMore && names.length > 0 ? listOf([...names, 'maybe more']) : listOf(names);
}
