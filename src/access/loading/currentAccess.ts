import { IncompleteListError } from '../../openai';
import type { Permission } from '../api';
import { decisionAge } from '../thresholds';
import { permissionsOf } from './listing';
import type { PermissionStore } from './permissionStore';

/** Up to here, asking for each project costs no more than reading on would as a rule. */
const fewProjects = 3;

/**
 * The permissions that the given projects have for a checkpoint, exactly and as of now, with as few requests as can be
 * foreseen: none when the list was read to its end a moment ago, one a project for a few projects, further pages of the
 * list for many. Projects without access have an empty array. Rejects with the client's error.
 */
export async function currentAccess(
  store: PermissionStore,
  checkpoint: string,
  projects: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, Permission[]>> {
  let listing = await store.readCurrent(checkpoint, decisionAge, signal);
  const missing = (): string[] =>
    listing.ending.kind === 'complete'
      ? []
      : projects.filter((project) => permissionsOf(listing, project).length === 0);

  for (let pages = 0; listing.ending.kind === 'more' && missing().length > fewProjects; pages += 1) {
    if (pages >= projects.length) break;
    listing = await store.readMore(checkpoint, 'person', signal);
  }
  const access = new Map(projects.map((project) => [project, permissionsOf(listing, project)]));
  for (const project of missing()) {
    signal?.throwIfAborted();
    access.set(project, await store.readProject(checkpoint, project, signal));
  }
  return access;
}

/**
 * All permissions of a checkpoint, as of now: from what is known if that is current and whole, else by reading on to the
 * end. Rejects with the client's error, or with `IncompleteListError` when the server's answers break off: part of a list
 * must not decide what is missing.
 */
export async function readCompleteList(
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
