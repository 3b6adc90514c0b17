import type { Permission } from '../api';
import { decisionAge } from '../thresholds';
import { ensureNotBrokenOff, type Listing, permissionsOf } from './listing';
import type { PermissionStore } from './permissionStore';

/** Up to this many projects, one request each usually costs no more than loading further pages. */
const fewProjects = 3;

/** The current permissions of some projects for a checkpoint. */
export interface AccessOfProjects {
  /** Projects without access have an empty array. */
  readonly byProject: ReadonlyMap<string, readonly Permission[]>;
  /** Those of them that the server was asked about one by one. */
  readonly asked: ReadonlyMap<string, readonly Permission[]>;
}

export interface CurrentAccessOptions {
  readonly signal?: AbortSignal;
  readonly maxAge?: number;
  /**
   * The projects that may be revoked, so that every permission of theirs counts, and only a complete list or a response
   * about the project has all. Of others, one permission suffices.
   */
  readonly allOf?: readonly string[];
}

/**
 * The current permissions of the given projects for a checkpoint, with as few requests as can be foreseen: none if
 * the list is complete and recent, one per project for a few projects, further pages of the list for many. Rejects with
 * the client's error.
 */
export async function currentAccess(
  store: PermissionStore,
  checkpoint: string,
  projects: readonly string[],
  { signal, maxAge = decisionAge, allOf = [] }: CurrentAccessOptions = {},
): Promise<AccessOfProjects> {
  let listing = await store.readCurrent(checkpoint, maxAge, signal);
  const needsAll = new Set(allOf);
  const missing = (): string[] =>
    listing.ending.kind === 'complete'
      ? []
      : projects.filter((each) => needsAll.has(each) || permissionsOf(listing, each).length === 0);

  for (let pages = 0; listing.ending.kind === 'more' && missing().length > fewProjects; pages += 1) {
    if (pages >= projects.length) break;
    listing = await store.readMore(checkpoint, 'person', signal);
  }
  const asked = new Map<string, readonly Permission[]>();
  for (const project of missing()) {
    signal?.throwIfAborted();
    asked.set(project, await store.readProject(checkpoint, project, signal));
  }
  const byProject = new Map(
    projects.map((project) => [project, asked.get(project) ?? permissionsOf(listing, project)]),
  );
  return { byProject, asked };
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
  ensureNotBrokenOff(listing, checkpoint);
  return listing;
}
