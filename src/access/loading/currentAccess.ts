import { IncompleteListError } from '../../openai';
import type { Permission } from '../api';
import { noteCheckpoint } from '../failedCheckpoint';
import { decisionAge } from '../thresholds';
import { type Listing, permissionsOf } from './listing';
import type { PermissionStore } from './permissionStore';

/** Up to this many projects, one request each usually costs no more than loading further pages. */
const fewProjects = 3;

/**
 * The current permissions of the given projects for a checkpoint, with as few requests as can be foreseen: none if
 * the list is complete and recent, one per project for a few projects, further pages of the list for many. Projects
 * without access have an empty array. Rejects with the client's error.
 */
export async function currentAccess(
  store: PermissionStore,
  checkpoint: string,
  projects: readonly string[],
  signal?: AbortSignal,
  maxAge = decisionAge,
): Promise<Map<string, readonly Permission[]>> {
  let listing = await store.readCurrent(checkpoint, maxAge, signal);
  const missing = (): string[] =>
    listing.ending.kind === 'complete'
      ? []
      : projects.filter((project) => permissionsOf(listing, project).length === 0);

  for (let pages = 0; listing.ending.kind === 'more' && missing().length > fewProjects; pages += 1) {
    if (pages >= projects.length) break;
    listing = await store.readMore(checkpoint, 'person', signal);
  }
  const access = new Map<string, readonly Permission[]>(
    projects.map((project) => [project, permissionsOf(listing, project)]),
  );
  for (const project of missing()) {
    signal?.throwIfAborted();
    access.set(project, await store.readProject(checkpoint, project, signal));
  }
  return access;
}

/**
 * The current, complete list of a checkpoint: the loaded list if it is complete and recent, else loaded to its end.
 * Rejects with the client's error, or with `IncompleteListError` if the list breaks off, because part of a list must
 * not decide what is missing.
 */
export async function readCompleteList(
  store: PermissionStore,
  checkpoint: string,
  signal?: AbortSignal,
  maxAge = decisionAge,
): Promise<Listing> {
  let listing = await store.readCurrent(checkpoint, maxAge, signal);
  while (listing.ending.kind === 'more') {
    listing = await store.readMore(checkpoint, 'person', signal);
  }
  const { permissions, ending } = listing;
  if (ending.kind === 'incomplete')
    throw noteCheckpoint(new IncompleteListError(permissions.length, ending.reason), checkpoint);
  return listing;
}
