import { permissionsOf } from './listing';
import type { PermissionStore } from './permissionStore';
import type { Snapshot } from './snapshot';
import { isCertain, isUpToDate } from './standing';

/** What is known of one project's access to one checkpoint. `at`: as of when, milliseconds since 1970. */
export type AccessState =
  | { readonly known: 'yes' | 'no'; readonly at: number }
  /** `failure`: why the server did not say when it was asked. */
  | { readonly known: 'unknown'; readonly failure?: unknown };

/** Whether a project may use a checkpoint, as far as is known without asking: the newest of what the server said. */
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
  // A project that is missing from a part of the list may be in the rest.
  if (!has && !isCertain(snapshot)) return undefined;
  return { known: has ? 'yes' : 'no', at: listing.readAt } as const;
}
