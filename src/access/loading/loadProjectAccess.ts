import type { Catalog } from '../catalog/catalog';
import { accessState } from './accessState';
import { mapLimit } from './mapLimit';
import type { PermissionStore } from './permissionStore';

/** The checkpoints of the list of which it is not known whether a project can use them. */
export function checkpointsWithUnknownAccess(
  catalog: Catalog,
  store: PermissionStore,
  project: string,
): string[] {
  return catalog.ids.filter((id) => accessState(store, id, project).known === 'unknown');
}

/**
 * Asks the server for one project's access to checkpoints, by its `project_id` filter: one request each as a rule. The
 * answers are kept, also that one failed, which holds up no other. Once the signal aborts nothing more is asked.
 * Resolves to the errors of those that failed.
 */
export async function loadProjectAccess(
  store: PermissionStore,
  project: string,
  checkpoints: readonly string[],
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<ReadonlyMap<string, unknown>> {
  const failed = new Map<string, unknown>();
  let done = 0;
  await mapLimit(
    checkpoints,
    async (id) => {
      const put = store.answers.reserve(id, project);
      const at = store.now();
      try {
        put({ permissions: await store.readProject(id, project, signal, 'background'), at });
      } catch (error) {
        if (signal.aborted) return;
        put({ failure: error, at });
        failed.set(id, error);
      }
      done += 1;
      onProgress(done);
    },
    (id, error) => failed.set(id, error),
    signal,
  );
  return failed;
}
