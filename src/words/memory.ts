import type { ChangedSince } from '../access/memory/accessMemory';
import { exactly } from '../text/dates';
import { plural } from '../text/numbers';
import { explain, explanationInWords } from './errors';
import { type Among, firstCheckpoints } from './names';

// What was kept between sessions.

/** For the log and for a notification. */
export function damaged(organization: string): string {
  return `Some saved access data of ${organization} is damaged and was ignored. Load permissions again to see who has access.`;
}

/** For the log. */
export function keepingFailed(error: unknown): string {
  return `Access data couldn't be kept for the next session. ${explanationInWords(explain(error))}`;
}

/** For the log. */
export function keptCannotBeRemoved(error: unknown): string {
  return `Saved access data couldn't be deleted. ${explanationInWords(explain(error))}`;
}

/** What changed since an earlier session, in the lists that were loaded again. Checkpoints are named, the first few. */
export function changedSince(lists: readonly ChangedSince[], among?: Among): string {
  const changes = lists.flatMap(({ changes: some }) => some);
  const since = exactly(Math.min(...lists.map(({ since: loadedAt }) => loadedAt)));
  if (changes.length === 0) return `Nothing changed since your last session (${since}).`;
  const granted = changes.filter(({ action }) => action === 'granted').length;
  const revoked = changes.length - granted;
  const checkpoints = [...new Set(changes.map(({ checkpoint }) => checkpoint))];
  return `Since your last session (${since}), ${countsInWords(granted, revoked)} for ${firstCheckpoints(checkpoints, 3, among)}.`;
}

function countsInWords(granted: number, revoked: number): string {
  if (revoked === 0) return grantsInWords(granted);
  if (granted === 0) return revokesInWords(revoked);
  return `${grantsInWords(granted)} and ${revokesInWords(revoked)}`;
}

function grantsInWords(count: number): string {
  return plural(count, '1 permission was granted', (many) => `${many} permissions were granted`);
}

function revokesInWords(count: number): string {
  return plural(count, '1 permission was revoked', (many) => `${many} permissions were revoked`);
}
