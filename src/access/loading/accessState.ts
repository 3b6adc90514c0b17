import { permissionsOf } from './listing';
import type { PermissionStore } from './permissionStore';
import type { Snapshot } from './snapshot';
import { isCertain, isUpToDate } from './standing';

/**
 * The known access of one project to one checkpoint. `at`: when the list or response was requested, milliseconds
 * since 1970.
 */
export type AccessState =
  | { readonly known: 'yes' | 'no'; readonly at: number }
  /** `failure`: why the last request for this project failed. */
  | { readonly known: 'unknown'; readonly failure?: unknown };

/** Whether a project has access to a checkpoint, by the newest response. Sends no request. */
export function accessState(store: PermissionStore, checkpoint: string, project: string): AccessState {
  const listed = inListing(store.snapshot(checkpoint), project);
  const answer = store.answers.get(checkpoint, project);
  if (!answer || (listed && listed.at > answer.at)) return listed ?? { known: 'unknown' };
  if ('failure' in answer) return listed ?? { known: 'unknown', failure: answer.failure };
  return { known: answer.permissions.length > 0 ? 'yes' : 'no', at: answer.at };
}

function inListing(snapshot: Snapshot, project: string) {
  const { listing } = snapshot;
  if (!listing || !isUpToDate(snapshot)) return undefined;
  const has = permissionsOf(listing, project).length > 0;
  // A project without a permission in an incomplete list may be on a further page.
  if (!has && !isCertain(snapshot)) return undefined;
  return { known: has ? 'yes' : 'no', at: listing.readAt } as const;
}
