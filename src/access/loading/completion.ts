import type { Catalog } from '../catalog/catalog';
import { mapLimit } from './mapLimit';
import type { PermissionStore } from './permissionStore';
import type { Snapshot } from './snapshot';
import { isCertain } from './standing';

/** Whether a person who wants all permissions has to load a list: it is not certain, or of an earlier session. */
export function isToLoad(snapshot: Snapshot): boolean {
  return !isCertain(snapshot) || snapshot.restored === true;
}

/** The checkpoints whose list {@link isToLoad}. */
export function incompleteCheckpoints(catalog: Catalog, store: PermissionStore): string[] {
  return catalog.ids.filter((id) => isToLoad(store.snapshot(id)));
}

/** The result of loading many lists. */
export interface Completion {
  readonly complete: readonly string[];
  /** The client's error by checkpoint; undefined where the server broke the list off. */
  readonly failed: ReadonlyMap<string, unknown>;
}

/**
 * Loads all permissions of checkpoints in the background, so that requests of visible rows go first. Each missing
 * page costs one request. An abort stops further requests and keeps the loaded pages; a request that another caller
 * shares continues for that caller. A failure doesn't stop the other lists.
 */
export async function completeLists(
  store: PermissionStore,
  checkpoints: readonly string[],
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Completion> {
  const complete: string[] = [];
  const failed = new Map<string, unknown>();
  await mapLimit(
    checkpoints,
    async (id) => {
      await store.readCertain(id, 'background', signal);
      if (isCertain(store.snapshot(id))) complete.push(id);
      else failed.set(id, undefined);
      onProgress(complete.length + failed.size);
    },
    (id, error) => {
      if (signal.aborted) return;
      failed.set(id, error);
      onProgress(complete.length + failed.size);
    },
    signal,
  );
  return { complete, failed };
}
