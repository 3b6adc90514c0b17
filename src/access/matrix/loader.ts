import { APIUserAbortError } from '../../openai';
import type { Priority } from '../api';
import { Emitter, type Unsubscribe } from '../emitter';
import type { Organization } from '../organization';
import type { LoadingProgress, Wait } from './cell';

/**
 * Maximum concurrent lists. A low number, so that a row that becomes visible is next, and requests of other views are
 * not queued behind hidden rows.
 */
const maxConcurrent = 4;

/**
 * Loads every checkpoint's permissions once, to the end of the list. Visible rows go first, at the priority of a
 * person; the rest in the background. Runs only while the matrix is visible and not stopped. Failed loads are retried
 * only on request.
 */
export class MatrixLoader {
  readonly #changed = new Emitter<void>();
  readonly #unsubscribe: Unsubscribe[];
  readonly #loading = new Set<string>();
  /** Lists that a person requested one by one. They are loaded even while the rest is stopped. */
  readonly #requested = new Set<string>();
  /** Absent until the page has reported them: loading must not start with a guess. */
  #visibleRows: readonly string[] | undefined;
  #isVisible = false;
  /** Lists are being marked one by one, to be loaded together. */
  #isMarking = false;
  #isStopped = false;
  /** Aborts the loads in flight. Replaced after each stop. */
  #stopping = new AbortController();
  #disposed = false;

  constructor(
    private readonly source: Pick<Organization, 'catalog' | 'permissions' | 'projects' | 'closed'>,
  ) {
    const { catalog, permissions, projects } = source;
    this.#unsubscribe = [
      catalog.onDidChange(() => this.#startNext()),
      permissions.onDidChange(() => this.#startNext()),
      permissions.onDidChangeWaits(() => this.#changed.emit()),
      projects.onDidChangeWaits(() => this.#changed.emit()),
    ];
  }

  /** Notifies of every change of the progress. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** The checkpoints whose lists are being loaded or are queued. */
  get loading(): ReadonlySet<string> {
    return this.#loading;
  }

  get progress(): LoadingProgress {
    const { ids } = this.source.catalog;
    const pending = new Set(this.#pending());
    const wait = this.#wait();
    return {
      done: ids.length - pending.size,
      total: ids.length,
      failed: ids.filter((id) => !pending.has(id) && this.#hasFailed(id)).length,
      isLoading: this.#loading.size > 0,
      isStopped: this.#isStopped && pending.size > 0,
      ...(wait && { wait }),
    };
  }

  /** Loads the missing lists of the matrix, which has become visible. The project names are requested first. */
  show(): void {
    this.#isVisible = true;
    if (!this.#isStopped) this.#loadProjects();
    this.#startNext();
  }

  /** Finishes the loads in flight and starts no others, because the matrix is hidden. */
  hide(): void {
    this.#isVisible = false;
  }

  /** Sets the visible checkpoints, in the order of loading. */
  setVisibleRows(checkpoints: readonly string[]): void {
    this.#visibleRows = checkpoints;
    for (const id of checkpoints) if (this.#loading.has(id)) this.source.permissions.lookedAt(id);
    this.#startNext();
  }

  /** Stops loading and aborts requests in flight or queued, unless another caller shares them. */
  stop(): void {
    this.#isStopped = true;
    this.#requested.clear();
    this.#stopping.abort();
    this.#stopping = new AbortController();
    if (this.source.projects.snapshot.reading) this.source.projects.cancel();
    this.#changed.emit();
  }

  /** Resumes loading after a stop. */
  resume(): void {
    this.#isStopped = false;
    if (this.#isVisible) this.#loadProjects();
    this.#startNext();
  }

  /**
   * Reloads lists, including loaded and failed ones. Without an argument, reloads all lists and the projects, and
   * ends a stop. Given lists are reloaded even while the rest is stopped.
   */
  reload(checkpoints?: readonly string[]): void {
    this.#isMarking = true;
    for (const id of checkpoints ?? this.source.catalog.ids) this.source.permissions.outdate(id);
    this.#isMarking = false;
    for (const id of checkpoints ?? []) this.#requested.add(id);
    if (!checkpoints) {
      this.#isStopped = false;
      this.#loadProjects(true);
    }
    this.#startNext();
  }

  dispose(): void {
    this.#disposed = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #loadProjects(reload = false): void {
    const { projects } = this.source;
    const wasCancelled = projects.snapshot.failure instanceof APIUserAbortError;
    void projects[reload || wasCancelled ? 'readAgain' : 'read']().then(() => this.#changed.emit());
  }

  #startNext(): void {
    if (this.#isMarking || this.#disposed || this.source.closed.aborted) return;
    if (this.#visibleRows && this.#isVisible) {
      const mayBeRead = (id: string) =>
        !this.#loading.has(id) && (!this.#isStopped || this.#requested.has(id));
      const pending = new Set(this.#pending().filter(mayBeRead));
      const inSight = new Set(this.#visibleRows);
      const inOrder = [...this.#visibleRows.filter((id) => pending.has(id)), ...pending];
      for (const id of new Set(inOrder)) {
        if (this.#loading.size >= maxConcurrent) break;
        void this.#load(id, inSight.has(id) ? 'person' : 'background');
      }
    }
    this.#changed.emit();
  }

  async #load(checkpoint: string, priority: Priority): Promise<void> {
    this.#loading.add(checkpoint);
    this.#requested.delete(checkpoint);
    const { permissions } = this.source;
    const { signal } = this.#stopping;
    try {
      await permissions.readCertain(checkpoint, priority, signal);
    } catch (error) {
      // A canceled wait stops the others too: the next one must not wait in its place. Other failures are shown by
      // the store.
      if (error instanceof APIUserAbortError) this.#isStopped = true;
    } finally {
      this.#loading.delete(checkpoint);
    }
    this.#startNext();
  }

  /** The lists to load, in the order of the catalog. */
  #pending(): string[] {
    return this.source.catalog.ids.filter((id) => !this.#isSettled(id));
  }

  /** Whether the list, or its last reload, failed or is incomplete. */
  #hasFailed(checkpoint: string): boolean {
    const { listing, failure } = this.source.permissions.snapshot(checkpoint);
    if (failure && !(failure.error instanceof APIUserAbortError)) return true;
    return listing?.ending.kind !== 'complete';
  }

  /** Whether nothing is left to load: the list is complete, broken off, or failed. A cancel does not count. */
  #isSettled(checkpoint: string): boolean {
    if (this.#loading.has(checkpoint)) return false;
    const { permissions } = this.source;
    const { listing, failure } = permissions.snapshot(checkpoint);
    if (permissions.isDue(checkpoint) || failure?.error instanceof APIUserAbortError) return false;
    return failure !== undefined || listing?.ending.kind !== 'more';
  }

  #wait(): Wait | undefined {
    const { permissions, projects } = this.source;
    const own = permissions.waits.filter(({ checkpoint }) => this.#loading.has(checkpoint));
    const waits: Wait[] = [...own, ...projects.waits];
    const [first] = waits
      .filter(({ until }) => until > permissions.now())
      .sort((one, other) => one.until - other.until);
    if (!first) return undefined;
    const { reason, until, asked } = first;
    return { reason, until, ...(asked !== undefined && { asked }) };
  }
}
