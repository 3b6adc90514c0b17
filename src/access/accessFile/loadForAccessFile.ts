import { readCompleteList } from '../loading/currentAccess';
import { mapLimit } from '../loading/mapLimit';
import type { ProjectsSnapshot } from '../loading/projectDirectory';
import { areProjectsCertain } from '../loading/projectsStanding';
import type { Organization } from '../organization';
import { decisionAge, projectStateAge } from '../thresholds';
import type { FileCheckpoint } from './accessFile';
import type { FileError, FilePlan } from './planAccessFile';

export interface LoadOptions {
  readonly signal?: AbortSignal;
  /** Called after each list, with the number of those that were loaded or failed, of all. */
  readonly onProgress?: (done: number, total: number) => void;
  /**
   * The age of a list, in milliseconds, up to which it isn't loaded again, for all or by checkpoint. Default: what may
   * decide a request.
   */
  readonly maxAge?: number | ((checkpoint: string) => number);
}

/** What couldn't be loaded for a file: the client's error by checkpoint, and that of the list of projects. */
export interface NotLoadedForFile {
  readonly checkpoints: ReadonlyMap<string, unknown>;
  readonly projects?: { readonly error: unknown };
}

/**
 * Loads exactly what a plan of a file needs: the complete lists of its checkpoints, and the list of projects. What is
 * recent isn't loaded again, and a list that fails stops no other. Rejects with the reason of the signal when that aborts.
 */
export async function loadForAccessFile(
  { checkpoints }: { readonly checkpoints: readonly Pick<FileCheckpoint, 'id'>[] },
  { permissions, projects }: Pick<Organization, 'permissions' | 'projects'>,
  { signal = new AbortController().signal, onProgress, maxAge = decisionAge }: LoadOptions = {},
): Promise<NotLoadedForFile> {
  const failed = new Map<string, unknown>();
  const total = checkpoints.length + 1;
  let done = 0;
  const progress = (): void => {
    done += 1;
    if (!signal.aborted) onProgress?.(done, total);
  };
  let failure: NotLoadedForFile['projects'];
  const loadProjects = async (): Promise<void> => {
    const { readAt, restored } = projects.snapshot;
    const age = readAt === undefined ? Number.POSITIVE_INFINITY : projects.now() - readAt;
    const isRecent = !restored && age >= 0 && age <= projectStateAge;
    if (!isRecent || !areProjectsCertain(projects.snapshot)) {
      const snapshot = await reload(projects, signal);
      if (!areProjectsCertain(snapshot)) failure = { error: snapshot.failure ?? snapshot.incomplete };
    }
    progress();
  };
  signal.throwIfAborted();
  await Promise.all([
    loadProjects(),
    mapLimit(
      checkpoints.map(({ id }) => id),
      async (id) => {
        await readCompleteList(permissions, id, signal, typeof maxAge === 'number' ? maxAge : maxAge(id));
        progress();
      },
      (id, error) => {
        failed.set(id, error);
        progress();
      },
      signal,
    ),
  ]);
  signal.throwIfAborted();
  return { checkpoints: failed, ...(failure && { projects: failure }) };
}

/**
 * Loads the list of projects again if an error of a plan rests on it, and the list is older than the file: a project may
 * have been created or reopened since. Resolves to whether it did, so that the plan has to be made again. `readAt`: when
 * the file was read, by the clock of the projects. Never rejects with the client's error.
 */
export async function reloadProjectsOfErrors(
  { errors }: Pick<FilePlan, 'errors'>,
  projects: Organization['projects'],
  readAt: number,
  signal: AbortSignal,
): Promise<boolean> {
  const isOlder = (projects.snapshot.readAt ?? readAt) < readAt;
  if (!isOlder || !errors.some(restsOnProjects)) return false;
  await reload(projects, signal);
  signal.throwIfAborted();
  return true;
}

function restsOnProjects(error: FileError): boolean {
  return error.kind === 'noSuchProject' || (error.kind === 'obstacle' && error.obstacle.kind === 'archived');
}

/** Loads the list of projects, or joins who does. */
async function reload(projects: Organization['projects'], signal: AbortSignal): Promise<ProjectsSnapshot> {
  const cancel = (): void => projects.cancel();
  signal.addEventListener('abort', cancel);
  const reading = projects.snapshot.reading ? projects.read() : projects.readAgain();
  return reading.finally(() => signal.removeEventListener('abort', cancel));
}
