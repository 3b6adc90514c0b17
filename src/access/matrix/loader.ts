import { APIUserAbortError } from '../../openai';
import type { Priority } from '../api';
import { Emitter, type Unsubscribe } from '../emitter';
import type { Organization } from '../organization';
import type { LoadingProgress, Wait } from './cell';

/**
 * How many lists are read at once. Few, so that a row that comes into sight is next, and so that what a person asks for
 * elsewhere does not stand behind what nobody looks at yet.
 */
const maxConcurrent = 4;

/**
 * Reads the lists of a matrix into the store of permissions, each once and to its end: those in sight first and as what
 * a person waits for, the rest in the background. It goes on by itself only while somebody looks and nobody has stopped
 * it; what failed is read again only when a person asks for that.
 */
export class MatrixLoader {
  readonly #changed = new Emitter<void>();
  readonly #unsubscribe: Unsubscribe[];
  readonly #loading = new Set<string>();
  /** To be read again although something is known of them. */
  readonly #toReload = new Set<string>();
  /** Those that a person asked for one by one, who may have stopped the rest. */
  readonly #requested = new Set<string>();
  /** Absent until it was told: what is read first is not to be a guess. */
  #visibleRows: readonly string[] | undefined;
  #isVisible = false;
  #isStopped = false;
  /** Aborts what is under way; another one after each stop. */
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

  /** Hears each time that the progress has changed. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** The checkpoints whose lists are being read, or wait to be. */
  get loading(): ReadonlySet<string> {
    return this.#loading;
  }

  get progress(): LoadingProgress {
    const { ids } = this.source.catalog;
    const left = new Set(this.#pending());
    const wait = this.#wait();
    return {
      done: ids.length - left.size,
      total: ids.length,
      failed: ids.filter((id) => !left.has(id) && this.#hasFailed(id)).length,
      isLoading: this.#loading.size > 0,
      isStopped: this.#isStopped && left.size > 0,
      ...(wait && { wait }),
    };
  }

  /** Somebody looks at the matrix: reads what is missing of it. The names of the projects are asked for first. */
  show(): void {
    this.#isVisible = true;
    if (!this.#isStopped) this.#loadProjects();
    this.#startNext();
  }

  /** Nobody looks any more: what is under way comes to its end, nothing else is begun. */
  hide(): void {
    this.#isVisible = false;
  }

  /** The checkpoints that are in sight, in the order in which they are to be read. */
  setVisibleRows(checkpoints: readonly string[]): void {
    this.#visibleRows = checkpoints;
    this.#startNext();
  }

  /** Stops, with the requests that are under way or wait, unless somebody else waits for the same answer. */
  stop(): void {
    this.#isStopped = true;
    this.#requested.clear();
    this.#stopping.abort();
    this.#stopping = new AbortController();
    if (this.source.projects.snapshot.reading) this.source.projects.cancel();
    this.#changed.emit();
  }

  /** Goes on where it was stopped. */
  resume(): void {
    this.#isStopped = false;
    if (this.#isVisible) this.#loadProjects();
    this.#startNext();
  }

  /**
   * Reads lists again, also failed ones and although they are known; all of them and the projects when left out. Some of
   * them are read although the rest was stopped, and leave it so.
   */
  reload(checkpoints?: readonly string[]): void {
    for (const id of checkpoints ?? this.source.catalog.ids) this.#toReload.add(id);
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
    if (this.#disposed || this.source.closed.aborted) return;
    if (this.#visibleRows && this.#isVisible) {
      const mayBeRead = (id: string) =>
        !this.#loading.has(id) && (!this.#isStopped || this.#requested.has(id));
      const left = new Set(this.#pending().filter(mayBeRead));
      const inSight = new Set(this.#visibleRows);
      const inOrder = [...this.#visibleRows.filter((id) => left.has(id)), ...left];
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
    const { listing, failure, reading } = permissions.snapshot(checkpoint);
    // What was cancelled is kept as a failure, which only reading again gets over.
    const anew = this.#toReload.delete(checkpoint) || (!listing && failure !== undefined);
    try {
      // What somebody else is reading just now is new enough.
      if (anew && !reading) await permissions.readAgain(checkpoint, 0, priority, signal);
      await permissions.readAll(checkpoint, priority, signal);
    } catch (error) {
      // Whoever cancelled a read that waited wants no other to wait in its place. Other failures are told by the store.
      if (error instanceof APIUserAbortError) {
        this.#isStopped = true;
        // What was to be read again still is, when it goes on.
        if (anew) this.#toReload.add(checkpoint);
      }
    } finally {
      this.#loading.delete(checkpoint);
    }
    this.#startNext();
  }

  /** What is still to be read, in the order of the list. */
  #pending(): string[] {
    return this.source.catalog.ids.filter((id) => this.#toReload.has(id) || !this.#isSettled(id));
  }

  /** Not read to its end, or not the last time it was tried. */
  #hasFailed(checkpoint: string): boolean {
    const { listing, failure } = this.source.permissions.snapshot(checkpoint);
    if (failure && !(failure.error instanceof APIUserAbortError)) return true;
    return listing?.ending.kind !== 'complete';
  }

  /** Read to its end, or as far as the server let; a cancel settles nothing. */
  #isSettled(checkpoint: string): boolean {
    if (this.#loading.has(checkpoint)) return false;
    const { listing, failure, outdated } = this.source.permissions.snapshot(checkpoint);
    if (outdated) return false;
    if (listing && listing.ending.kind !== 'more') return true;
    return failure !== undefined && !(failure.error instanceof APIUserAbortError);
  }

  #wait(): Wait | undefined {
    const { permissions, projects } = this.source;
    const own = permissions.waits.filter(({ checkpoint }) => this.#loading.has(checkpoint));
    const waits: Wait[] = [...own, ...projects.waits];
    const [first] = waits
      .filter(({ until }) => until > permissions.now())
      .sort((one, other) => one.until - other.until);
    return first && { reason: first.reason, until: first.until };
  }
}
