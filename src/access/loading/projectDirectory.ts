import {
  APIUserAbortError,
  IncompleteListError,
  type IncompleteReason,
  type OpenAIAdmin,
  type Project,
  type Waiting,
} from '../../openai';
import type { Priority } from '../api';
import { Emitter, type Unsubscribe } from '../emitter';
import { projectStateAge } from '../thresholds';
import { NoLongerShownError } from './snapshot';
import { type MayWait, Waits } from './waits';

/** The part of the typed client that names projects. */
export type ProjectsAPI = Pick<OpenAIAdmin['admin']['organization']['projects'], 'list'>;

/** Why projects may be missing from what was loaded. `failed`: a further page could not be loaded. */
export type ProjectsIncomplete = IncompleteReason | 'canceled' | 'failed';

/** What is known of the organization's projects, all of it as old as it says. Never changed in place. */
export interface ProjectsSnapshot {
  /** By id, archived ones included. Empty before anything was read. */
  readonly projects: ReadonlyMap<string, Project>;
  /** When the first page was asked for, in milliseconds since 1970; absent before anything was read. */
  readonly readAt?: number;
  /** Why projects may be missing; absent when the list was loaded to its end. */
  readonly incomplete?: ProjectsIncomplete;
  /** Why the last try to read failed. What was read before stays beside it. */
  readonly failure?: unknown;
  readonly reading: boolean;
}

/** Projects asked for in one request: the most that the API serves (docs/api.md#the-other-endpoints). */
const pageSize = 100;

/**
 * The organization's projects: their names and whether they are archived. All pages are read once, when a name is first
 * wanted, and kept until someone asks to read again; a failure is kept, too, and not retried by itself.
 */
export class ProjectDirectory implements MayWait {
  #snapshot: ProjectsSnapshot = { projects: new Map(), reading: false };
  #reading: { readonly promise: Promise<ProjectsSnapshot>; readonly abort: AbortController } | undefined;
  #disposed = false;
  #paused = false;
  readonly #changed = new Emitter<void>();
  readonly #waits = new Waits<Waiting>();

  constructor(
    private readonly api: ProjectsAPI,
    readonly now: () => number = Date.now,
  ) {}

  /** Hears each time that what is known has changed. */
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

  /** What is known now, without asking anybody. */
  get snapshot(): ProjectsSnapshot {
    return this.#snapshot;
  }

  get(id: string): Project | undefined {
    return this.#snapshot.projects.get(id);
  }

  /** The project's name as the server has it, unsafe to show as it is; undefined while it is not known. */
  nameOf(id: string): string | undefined {
    return this.get(id)?.name?.trim() || undefined;
  }

  isArchived(id: string): boolean {
    return this.get(id)?.status === 'archived';
  }

  /** The same, by a reading that is recent enough to refuse something for: a project can be opened again. */
  isArchivedNow(id: string): boolean {
    const { readAt } = this.#snapshot;
    return this.isArchived(id) && readAt !== undefined && this.now() - readAt <= projectStateAge;
  }

  /**
   * What is known, or by reading all pages; in the background when nobody waits for the names themselves. Never rejects:
   * a failure is part of what it resolves to.
   */
  read(priority?: Priority): Promise<ProjectsSnapshot> {
    if (this.#reading) return this.#reading.promise;
    const { readAt, failure } = this.#snapshot;
    if (readAt !== undefined || failure !== undefined) return Promise.resolve(this.#snapshot);
    return this.readAgain(priority);
  }

  /** Reads all pages anew; what was known stays readable meanwhile, and after a failure. Never rejects. */
  readAgain(priority?: Priority): Promise<ProjectsSnapshot> {
    if (this.#disposed || this.#paused)
      return Promise.resolve({ ...this.#snapshot, failure: new NoLongerShownError() });
    this.#reading?.abort.abort();
    const abort = new AbortController();
    const isLatest = (): boolean => this.#reading?.abort === abort;
    const promise = this.#allPages(abort, priority).then(
      (read): Promise<ProjectsSnapshot> | ProjectsSnapshot => {
        if (this.#disposed) return read;
        // Whoever waited for this gets the newer answer.
        if (!isLatest()) return this.#reading?.promise ?? this.#snapshot;
        this.#reading = undefined;
        this.#snapshot = read;
        this.#changed.emit();
        return read;
      },
    );
    this.#reading = { promise, abort };
    this.#snapshot = { ...this.#snapshot, reading: true };
    this.#changed.emit();
    return promise;
  }

  /** Ends the reading that is under way; it ends as a failure that says so. */
  cancel(): void {
    this.#reading?.abort.abort();
  }

  /** Stops what is under way, as if it had not been asked, and asks nothing until {@link resume}; what is known stays. */
  pause(): void {
    this.#paused = true;
    this.cancel();
    this.#reading = undefined;
    this.#snapshot = { ...this.#snapshot, reading: false };
  }

  resume(): void {
    this.#paused = false;
  }

  /** Stops what is under way and asks nothing any more. */
  dispose(): void {
    this.#disposed = true;
    this.cancel();
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
      for await (const project of this.api.list(query, { signal: abort.signal, priority, onWait })) {
        projects.set(project.id, project);
      }
      return read({});
    } catch (error) {
      // The names that were read serve; that some are missing stays said.
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
