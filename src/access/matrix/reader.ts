import { APIUserAbortError } from '../../openai';
import type { Priority } from '../api';
import { Emitter, type Unsubscribe } from '../emitter';
import type { Organization } from '../organization';
import type { LoadingProgress, Wait } from './cell';

/**
 * How many lists are read at once. Few, so that a row that comes into sight is next, and so that what a person asks for
 * elsewhere does not stand behind what nobody looks at yet.
 */
const atOnce = 4;

/**
 * Reads the lists of a matrix into the store of permissions, each once and to its end: those in sight first and as what
 * a person waits for, the rest in the background. It goes on by itself only while somebody looks and nobody has stopped
 * it; what failed is read again only when a person asks for that.
 */
export class MatrixReader {
  readonly #changed = new Emitter<void>();
  readonly #unsubscribe: Unsubscribe[];
  readonly #underWay = new Set<string>();
  /** To be read again although something is known of them. */
  readonly #again = new Set<string>();
  /** Those that a person asked for one by one, who may have stopped the rest. */
  readonly #asked = new Set<string>();
  /** Absent until it was told: what is read first is not to be a guess. */
  #inSight: readonly string[] | undefined;
  #isLooking = false;
  #isStopped = false;
  /** Aborts what is under way; another one after each stop. */
  #stopping = new AbortController();
  #disposed = false;

  constructor(
    private readonly source: Pick<Organization, 'catalog' | 'permissions' | 'projects' | 'closed'>,
  ) {
    const { catalog, permissions, projects } = source;
    this.#unsubscribe = [
      catalog.onDidChange(() => this.#next()),
      permissions.onDidChange(() => this.#next()),
      permissions.onDidChangeWaits(() => this.#changed.emit()),
      projects.onDidChangeWaits(() => this.#changed.emit()),
    ];
  }

  /** Hears each time that the progress has changed. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** The checkpoints whose lists are being read, or wait to be. */
  get underWay(): ReadonlySet<string> {
    return this.#underWay;
  }

  get progress(): LoadingProgress {
    const { ids } = this.source.catalog;
    const left = new Set(this.#left());
    const wait = this.#wait();
    return {
      done: ids.length - left.size,
      total: ids.length,
      failed: ids.filter((id) => !left.has(id) && this.#hasFailed(id)).length,
      isLoading: this.#underWay.size > 0,
      isStopped: this.#isStopped && left.size > 0,
      ...(wait && { wait }),
    };
  }

  /** Somebody looks at the matrix: reads what is missing of it. The names of the projects are asked for first. */
  look(): void {
    this.#isLooking = true;
    if (!this.#isStopped) this.#readNames();
    this.#next();
  }

  /** Nobody looks any more: what is under way comes to its end, nothing else is begun. */
  lookAway(): void {
    this.#isLooking = false;
  }

  /** The checkpoints that are in sight, in the order in which they are to be read. */
  setInSight(checkpoints: readonly string[]): void {
    this.#inSight = checkpoints;
    this.#next();
  }

  /** Stops, with the requests that are under way or wait, unless somebody else waits for the same answer. */
  stop(): void {
    this.#isStopped = true;
    this.#asked.clear();
    this.#stopping.abort();
    this.#stopping = new AbortController();
    if (this.source.projects.snapshot.reading) this.source.projects.cancel();
    this.#changed.emit();
  }

  /** Goes on where it was stopped. */
  resume(): void {
    this.#isStopped = false;
    if (this.#isLooking) this.#readNames();
    this.#next();
  }

  /**
   * Reads lists again, also failed ones and although they are known; all of them and the projects when left out. Some of
   * them are read although the rest was stopped, and leave it so.
   */
  again(checkpoints?: readonly string[]): void {
    for (const id of checkpoints ?? this.source.catalog.ids) this.#again.add(id);
    for (const id of checkpoints ?? []) this.#asked.add(id);
    if (!checkpoints) {
      this.#isStopped = false;
      this.#readNames(true);
    }
    this.#next();
  }

  dispose(): void {
    this.#disposed = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #readNames(again = false): void {
    const { projects } = this.source;
    const wasCancelled = projects.snapshot.failure instanceof APIUserAbortError;
    void projects[again || wasCancelled ? 'readAgain' : 'read']().then(() => this.#changed.emit());
  }

  #next(): void {
    if (this.#disposed || this.source.closed.aborted) return;
    if (this.#inSight && this.#isLooking) {
      const mayBeRead = (id: string) => !this.#underWay.has(id) && (!this.#isStopped || this.#asked.has(id));
      const left = new Set(this.#left().filter(mayBeRead));
      const inSight = new Set(this.#inSight);
      const inOrder = [...this.#inSight.filter((id) => left.has(id)), ...left];
      for (const id of new Set(inOrder)) {
        if (this.#underWay.size >= atOnce) break;
        void this.#read(id, inSight.has(id) ? 'person' : 'background');
      }
    }
    this.#changed.emit();
  }

  async #read(checkpoint: string, priority: Priority): Promise<void> {
    this.#underWay.add(checkpoint);
    this.#asked.delete(checkpoint);
    const { permissions } = this.source;
    const { signal } = this.#stopping;
    const { listing, failure, reading } = permissions.snapshot(checkpoint);
    // What was cancelled is kept as a failure, which only reading again gets over.
    const anew = this.#again.delete(checkpoint) || (!listing && failure !== undefined);
    try {
      // What somebody else is reading just now is new enough.
      if (anew && !reading) await permissions.readAgain(checkpoint, 0, priority, signal);
      await permissions.readAll(checkpoint, priority, signal);
    } catch (error) {
      // Whoever cancelled a read that waited wants no other to wait in its place. Other failures are told by the store.
      if (error instanceof APIUserAbortError) {
        this.#isStopped = true;
        // What was to be read again still is, when it goes on.
        if (anew) this.#again.add(checkpoint);
      }
    } finally {
      this.#underWay.delete(checkpoint);
    }
    this.#next();
  }

  /** What is still to be read, in the order of the list. */
  #left(): string[] {
    return this.source.catalog.ids.filter((id) => this.#again.has(id) || !this.#isSettled(id));
  }

  /** Not read to its end, or not the last time it was tried. */
  #hasFailed(checkpoint: string): boolean {
    const { listing, failure } = this.source.permissions.snapshot(checkpoint);
    if (failure && !(failure.error instanceof APIUserAbortError)) return true;
    return listing?.ending.kind !== 'complete';
  }

  /** Read to its end, or as far as the server let; a cancel settles nothing. */
  #isSettled(checkpoint: string): boolean {
    if (this.#underWay.has(checkpoint)) return false;
    const { listing, failure, outdated } = this.source.permissions.snapshot(checkpoint);
    if (outdated) return false;
    if (listing && listing.ending.kind !== 'more') return true;
    return failure !== undefined && !(failure.error instanceof APIUserAbortError);
  }

  #wait(): Wait | undefined {
    const { permissions, projects } = this.source;
    const own = permissions.waits.filter(({ checkpoint }) => this.#underWay.has(checkpoint));
    const waits: Wait[] = [...own, ...projects.waits];
    const [first] = waits
      .filter(({ until }) => until > permissions.now())
      .sort((one, other) => one.until - other.until);
    return first && { reason: first.reason, until: first.until };
  }
}
