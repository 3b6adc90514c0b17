import {
  APIUserAbortError,
  IncompleteListError,
  type IncompleteReason,
  type OpenAIAdmin,
  type Project,
  type Waiting,
} from '../../openai';
import { steadyNow } from '../../text/steadyClock';
import type { Priority } from '../api';
import { Emitter, type Unsubscribe } from '../emitter';
import { projectStateAge } from '../thresholds';
import { NoLongerShownError } from './snapshot';
import { type MayWait, Waits } from './waits';

/** The part of the typed client that names projects. */
export type ProjectsAPI = Pick<OpenAIAdmin['admin']['organization']['projects'], 'list'>;

/** Why the loaded list of projects may be incomplete. `failed`: a further page failed to load. */
export type ProjectsIncomplete = IncompleteReason | 'canceled' | 'failed';

/** The projects loaded so far. Immutable. */
export interface ProjectsSnapshot {
  /** By ID, including archived projects. Empty before anything was loaded. */
  readonly projects: ReadonlyMap<string, Project>;
  /** When the first page was requested, in milliseconds since 1970. Absent before anything was loaded. */
  readonly readAt?: number;
  /** Why the list may be incomplete. Absent if it was loaded to its end. */
  readonly incomplete?: ProjectsIncomplete;
  /** Why the last load failed. Projects loaded before it are kept. */
  readonly failure?: unknown;
  /** A refresh was asked for after the list was loaded, and has not loaded it. */
  readonly outdated?: boolean;
  /** The list was loaded in an earlier session or by another window. It never decides what is sent. */
  readonly restored?: boolean;
  readonly reading: boolean;
}

/** Projects per request: the maximum of the API (docs/api.md#the-other-endpoints). */
const pageSize = 100;

/**
 * The names and statuses of the projects of an organization. All pages are loaded once, when a name is first needed,
 * and kept until the next refresh. A failure is kept too: there is no automatic retry.
 */
export class ProjectDirectory implements MayWait {
  #snapshot: ProjectsSnapshot = { projects: new Map(), reading: false };
  /** How often a refresh was asked for: in all, before the list was loaded, and before the last end of a loading. */
  #refreshes = { asked: 0, loaded: 0, tried: 0 };
  #reading: { readonly promise: Promise<ProjectsSnapshot>; readonly abort: AbortController } | undefined;
  #disposed = false;
  #paused = false;
  readonly #changed = new Emitter<void>();
  readonly #waits = new Waits<Waiting>();

  constructor(
    private readonly api: ProjectsAPI,
    readonly now: () => number = steadyNow,
  ) {}

  /** Notifies of every change of the snapshot. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  onDidChangeWaits(listener: () => void): Unsubscribe {
    return this.#waits.onDidChange(listener);
  }

  get waits(): Waiting[] {
    return this.#waits.all;
  }

  cancelWaits(): void {
    this.#waits.cancel();
  }

  /** The projects loaded so far. Sends no request. */
  get snapshot(): ProjectsSnapshot {
    return this.#snapshot;
  }

  /**
   * Shows the projects of an earlier session or of another window, if they are later than what is known here. Sends no
   * request.
   */
  adopt(projects: ReadonlyMap<string, Project>, readAt: number, incomplete?: ProjectsIncomplete): void {
    const { readAt: known, outdated } = this.#snapshot;
    if (this.#disposed || this.#reading || outdated || (known !== undefined && known >= readAt)) return;
    this.#snapshot = { projects, readAt, ...(incomplete && { incomplete }), restored: true, reading: false };
    this.#changed.emit();
  }

  get(id: string): Project | undefined {
    return this.#snapshot.projects.get(id);
  }

  /** The name that the API returned, not safe to show unescaped. Undefined while unknown. */
  nameOf(id: string): string | undefined {
    return this.get(id)?.name?.trim() || undefined;
  }

  isArchived(id: string): boolean {
    return this.get(id)?.status === 'archived';
  }

  /**
   * As {@link isArchived}, but only by a list that is recent enough to block a grant: an archived project can be
   * reopened.
   */
  isArchivedNow(id: string): boolean {
    const { readAt, restored } = this.#snapshot;
    return !restored && this.isArchived(id) && readAt !== undefined && this.now() - readAt <= projectStateAge;
  }

  /** Whether {@link read} would send a request by itself. */
  isDue(priority?: Priority): boolean {
    if (this.#reading) return false;
    const { readAt, failure, restored } = this.#snapshot;
    const isOfEarlier = restored === true && failure === undefined && priority !== 'background';
    const isUnanswered = this.#refreshes.tried < this.#refreshes.asked;
    return isUnanswered || isOfEarlier || (readAt === undefined && failure === undefined);
  }

  /**
   * Loads all pages unless they are loaded and no refresh was broken off since, in the background by request of the
   * caller. Those of an earlier session do in the background, and are loaded again for a person. Never rejects: a failure
   * is part of the snapshot.
   */
  read(priority?: Priority): Promise<ProjectsSnapshot> {
    if (this.#reading) return this.#reading.promise;
    return this.isDue(priority) ? this.readAgain(priority) : Promise.resolve(this.#snapshot);
  }

  /** Reloads all pages. The earlier projects stay available during the reload and after a failure. Never rejects. */
  readAgain(priority?: Priority): Promise<ProjectsSnapshot> {
    if (this.#disposed || this.#paused)
      return Promise.resolve({ ...this.#snapshot, failure: new NoLongerShownError() });
    this.#reading?.abort.abort();
    this.#refreshes.asked += 1;
    const refresh = this.#refreshes.asked;
    const before = this.#snapshot.projects;
    const abort = new AbortController();
    const isLatest = (): boolean => this.#reading?.abort === abort;
    const promise = this.#allPages(abort, priority).then(
      (read): Promise<ProjectsSnapshot> | ProjectsSnapshot => {
        if (this.#disposed) return read;
        // Callers of a superseded reload get the result of the one that replaced it.
        if (!isLatest()) return this.#reading?.promise ?? this.#snapshot;
        this.#reading = undefined;
        this.#refreshes.tried = refresh;
        if (read.projects !== before) this.#refreshes.loaded = refresh;
        this.#snapshot = this.#marked(read);
        this.#changed.emit();
        return this.#snapshot;
      },
    );
    this.#reading = { promise, abort };
    this.#snapshot = this.#marked({ ...this.#snapshot, reading: true });
    this.#changed.emit();
    return promise;
  }

  /** Aborts the load in flight, which then fails as canceled. */
  cancel(): void {
    this.#reading?.abort.abort();
  }

  /**
   * Aborts the load in flight without a failure, and sends no request until {@link resume}. Loaded projects are kept.
   */
  pause(): void {
    this.#paused = true;
    this.cancel();
    this.#reading = undefined;
    this.#snapshot = this.#marked({ ...this.#snapshot, reading: false });
  }

  resume(): void {
    this.#paused = false;
  }

  /** Aborts the load in flight and sends no further request. */
  dispose(): void {
    this.#disposed = true;
    this.cancel();
  }

  /** With the mark of a refresh that came after the list, which no failure, cancel, or pause takes away. */
  #marked({ outdated: _, ...snapshot }: ProjectsSnapshot): ProjectsSnapshot {
    const isOutdated = snapshot.readAt !== undefined && this.#refreshes.loaded < this.#refreshes.asked;
    return { ...snapshot, ...(isOutdated && { outdated: true }) };
  }

  async #allPages(abort: AbortController, priority: Priority = 'person'): Promise<ProjectsSnapshot> {
    const before = this.#snapshot;
    const readAt = this.now();
    const projects = new Map<string, Project>();
    const read = (more: Partial<ProjectsSnapshot>): ProjectsSnapshot => ({
      projects,
      readAt,
      reading: false,
      ...more,
    });
    try {
      const query = { limit: pageSize, include_archived: true };
      const onWait = (waiting: Waiting): void => this.#waits.begin(abort, waiting);
      // Two pages of this list need no comparison at the end, as lists of permissions do: a project keeps its row and
      // its ID for good, so no change between pages can hide one that was there all the time.
      const first = await this.api.list(query, { signal: abort.signal, priority, onWait });
      for await (const project of first.wholeList()) projects.set(project.id, project);
      return read({});
    } catch (error) {
      // The loaded projects are used, and the list stays marked as incomplete.
      if (error instanceof IncompleteListError) return read({ incomplete: error.reason });
      if (projects.size > 0 && before.projects.size === 0) {
        const cancelled = error instanceof APIUserAbortError;
        const incomplete = cancelled ? 'canceled' : 'failed';
        return read({ incomplete, failure: error });
      }
      return { ...before, failure: error, reading: false };
    } finally {
      this.#waits.end(abort);
    }
  }
}
