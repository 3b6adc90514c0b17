import { IncompleteListError } from '../openai';
import type { Permission } from './api';
import { decisionAge } from './currentAccess';
import type { PermissionStore } from './permissionStore';

/**
 * All permissions of a checkpoint, as of now: from what is known if that is current and whole, else by reading on to the
 * end. Rejects with the client's error, or with `IncompleteListError` when the server's answers break off: part of a list
 * must not decide what is missing.
 */
export async function readWhole(
  store: PermissionStore,
  checkpoint: string,
  signal?: AbortSignal,
): Promise<readonly Permission[]> {
  let listing = await store.readCurrent(checkpoint, decisionAge, signal);
  while (listing.ending.kind === 'more') {
    listing = await store.readMore(checkpoint, 'person', signal);
  }
  const { permissions, ending } = listing;
  if (ending.kind === 'incomplete') throw new IncompleteListError(permissions.length, ending.reason);
  return permissions;
}
