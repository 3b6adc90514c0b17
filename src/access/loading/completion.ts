import type { Catalog } from '../catalog/catalog';
import { mapLimit } from './mapLimit';
import type { PermissionStore } from './permissionStore';
import { isCertain } from './standing';

/** The checkpoints of the list whose permissions are not all known, or not as of now. */
export function incompleteCheckpoints(catalog: Catalog, store: PermissionStore): string[] {
  return catalog.ids.filter((id) => !isCertain(store.snapshot(id)));
}

/** How reading many lists completely ended. */
export interface Completion {
  readonly complete: readonly string[];
  /** With the client's error, or with undefined where the server broke the list off. */
  readonly failed: ReadonlyMap<string, unknown>;
}

/**
 * Reads the permissions of checkpoints completely, in the background: what a person looks at goes first. Each page that is
 * missing costs one request. Once the signal aborts nothing more is asked, and what was read by then stays; a list that
 * somebody else waits for is read on for them. One that fails holds up no other.
 */
export async function loadAllPermissions(
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
      await loadOne(store, id, signal);
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

async function loadOne(store: PermissionStore, id: string, signal: AbortSignal): Promise<void> {
  const { listing, failure, beforeChange, reading } = store.snapshot(id);
  // What someone reads already is not asked for twice.
  const isOld = failure?.during === 'read' || beforeChange || listing?.ending.kind === 'incomplete';
  const anew = isOld && !reading;
  if (anew) await store.readAgain(id, 0, 'background', signal);
  await store.readAll(id, 'background', signal);
}
