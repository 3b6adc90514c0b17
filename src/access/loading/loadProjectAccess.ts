import { type AccessSource, accessState } from './accessState';
import { mapLimit } from './mapLimit';
import type { PermissionStore } from './permissionStore';

/** The checkpoints for which the access of a project is unknown. */
export function checkpointsWithUnknownAccess(source: AccessSource, project: string): string[] {
  return source.catalog.ids.filter((id) => accessState(source, id, project).known === 'unknown');
}

/**
 * Loads the access of one project to checkpoints with the `project_id` filter of the API, usually one request each.
 * Responses and failures are stored; a failure doesn't stop the other requests. An abort stops further requests.
 * Resolves to the errors by checkpoint.
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
        put(await store.readOfProject(id, project, signal, 'background'));
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
