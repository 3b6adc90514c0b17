import { permissionsOf } from './listing';
import type { PermissionStore } from './permissionStore';
import type { Snapshot } from './snapshot';

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

function inListing({ listing, beforeChange, outdated }: Snapshot, project: string) {
  if (!listing || beforeChange || outdated) return undefined;
  const has = permissionsOf(listing, project).length > 0;
  // What is not among the permissions read so far may be among those that were not.
  if (!has && listing.ending.kind !== 'complete') return undefined;
  return { known: has ? 'yes' : 'no', at: listing.readAt } as const;
}

/** Whether all permissions of a checkpoint are known, as of when they were read. */
export function isWhole({ listing, failure, beforeChange }: Snapshot): boolean {
  return listing?.ending.kind === 'complete' && !beforeChange && failure?.during !== 'read';
}
