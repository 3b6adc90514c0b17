import { APIUserAbortError, IncompleteListError, type Waiting } from '../../openai';
import type { Permission, PermissionsAPI, Priority } from '../api';
import { Emitter, type Unsubscribe } from '../emitter';
import { noteCheckpoint } from '../failedCheckpoint';
import { emptyListing, type Listing, permissionsOf, withPage } from './listing';
import { ProjectAnswers } from './projectAnswers';
import { type Failure, NoLongerShownError, nothingKnown, type Snapshot } from './snapshot';
import { isRecent } from './standing';
import { type MayWait, Waits } from './waits';

/** Permissions asked for in one request. The API documents no maximum; its default of 10 costs ten times the requests. */
export const pageSize = 100;

/** A wait that the client announces before a request can be sent (again), with the checkpoint that waits. */
export type CheckpointWait = Waiting & { readonly checkpoint: string };

interface Reading {
  readonly promise: Promise<Listing>;
  readonly abort: AbortController;
  readonly during: Failure['during'];
  /** How many changes had been sent when it was asked for. */
  readonly changes: number;
  /** Somebody waits for it, who is to hear how it ended. */
  isForPerson: boolean;
}

interface CheckpointEntry {
  snapshot: Snapshot;
  /** Goes up whenever what is under way becomes void; an answer of an older generation is dropped. */
  generation: number;
  /** Goes up with each change that is sent; a listing asked for before it does not show it. */
  changes: number;
  reading?: Reading | undefined;
  /** Whoever waits for this or an older reading: all of them get the newest answer. */
  readonly waiters: Waiters;
}

/**
 * Who may use which checkpoint, as read from the server: each question is asked once however many want the answer,
 * answers are kept until someone asks to read again, and a late answer never replaces a newer one.
 *
 * A failed read is kept as a failure, not retried by itself: only {@link readAgain} asks anew.
 *
 * Each read takes a signal of whoever waits for it: it ends their waiting, with `APIUserAbortError`, and the request only
 * when nobody else waits for the same answer.
 */
export class PermissionStore implements MayWait {
  readonly #entries = new Map<string, CheckpointEntry>();
  /** What was asked about single projects. */
  readonly answers = new ProjectAnswers();
  #disposed = false;
  #paused = false;
  /** Goes up with each pause: who asked before it gets no answer from after it. */
  #epoch = 0;
  readonly #changed = new Emitter<string>();
  readonly #failed = new Emitter<{ checkpoint: string; failure: Failure }>();
  readonly #waits = new Waits<CheckpointWait>();

  constructor(
    private readonly api: Pick<PermissionsAPI, 'list'>,
    readonly now: () => number = Date.now,
  ) {}

  /** Hears the id of each checkpoint whose snapshot changed. */
  onDidChange(listener: (checkpoint: string) => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** Hears of each failure once, when it happens. */
  onDidFail(listener: (failed: { checkpoint: string; failure: Failure }) => void): Unsubscribe {
    return this.#failed.on(listener);
  }

  onDidChangeWaits(listener: () => void): Unsubscribe {
    return this.#waits.onDidChange(listener);
  }

  get waits(): CheckpointWait[] {
    return this.#waits.all;
  }

  cancelWaits(): void {
    this.#waits.cancel();
  }

  /** What is known now, without asking anybody. */
  snapshot(checkpoint: string): Snapshot {
    return this.#entries.get(checkpoint)?.snapshot ?? nothingKnown;
  }

  /**
   * The listing, from what is known or by one request for its first page. All who ask meanwhile share that request.
   * Rejects with the client's error; asking again after a failure gives the same failure without a request.
   */
  read(checkpoint: string, priority?: Priority, by?: AbortSignal): Promise<Listing> {
    if (by?.aborted) return Promise.reject(new APIUserAbortError());
    const entry = this.#entry(checkpoint);
    if (entry.reading) return this.#join(entry, entry.reading, priority, by);
    const { listing, failure, outdated } = entry.snapshot;
    if (outdated) return this.readAgain(checkpoint, 0, priority, by);
    if (listing) return Promise.resolve(listing);
    if (failure) return Promise.reject(failure.error);
    const work = (signal: AbortSignal) => this.#firstPages(checkpoint, 1, signal, priority);
    return this.#run(checkpoint, entry, 'read', work, priority, by);
  }

  /**
   * The listing to its end: what is known of it is not read again, each page that is missing costs one request and is
   * there for everybody as soon as it has come. Ends before the end where the server breaks the list off. Rejects with
   * the client's error; then what was read before it stays.
   */
  async readAll(checkpoint: string, priority?: Priority, by?: AbortSignal): Promise<Listing> {
    let listing = await this.read(checkpoint, priority, by);
    while (listing.ending.kind === 'more') listing = await this.readMore(checkpoint, priority, by);
    return listing;
  }

  /**
   * The listing as the server has it, at most so many milliseconds ago: from what is known if that is current, else read
   * again. For decisions, which neither an old list nor an old failure may make.
   */
  readCurrent(checkpoint: string, maxAge: number, by?: AbortSignal): Promise<Listing> {
    const { reading, changes } = this.#entry(checkpoint);
    // Reading on makes an old list longer, not newer; and what was asked for before a change does not show it.
    const isAnew = reading?.during === 'read' && reading.changes === changes;
    const current = isAnew || isRecent(this.snapshot(checkpoint), this.now(), maxAge);
    return current ? this.read(checkpoint, 'person', by) : this.readAgain(checkpoint, 0, 'person', by);
  }

  /** The listing with one more page, by one request; as it is when there is no further page. */
  async readMore(checkpoint: string, priority?: Priority, by?: AbortSignal): Promise<Listing> {
    if (by?.aborted) throw new APIUserAbortError();
    const entry = this.#entry(checkpoint);
    if (entry.reading) return this.#join(entry, entry.reading, priority, by);
    const { listing } = entry.snapshot;
    if (!listing) return this.readAgain(checkpoint, 0, priority, by);
    if (listing.ending.kind !== 'more') return listing;
    const { after } = listing.ending;
    const work = async (signal: AbortSignal) =>
      withPage(listing, await this.#page(checkpoint, { after }, signal, priority));
    return this.#run(checkpoint, entry, 'readMore', work, priority, by);
  }

  /**
   * Reads anew as many permissions as are known or asked for, at least the first page, so that what is shown neither
   * shrinks nor mixes old pages with new. What was known before stays readable meanwhile, and after a failure.
   */
  readAgain(checkpoint: string, atLeast = 0, priority?: Priority, by?: AbortSignal): Promise<Listing> {
    if (by?.aborted) return Promise.reject(new APIUserAbortError());
    const entry = this.#entry(checkpoint);
    this.#voidWhatIsUnderWay(entry);
    const wanted = Math.max(atLeast, entry.snapshot.listing?.permissions.length ?? 0);
    const work = (signal: AbortSignal) => this.#firstPages(checkpoint, wanted, signal, priority);
    return this.#run(checkpoint, entry, 'read', work, priority, by);
  }

  /**
   * Asks the server for the permissions of one project only, by its `project_id` filter; one request as a rule.
   * Does not touch what is shown. Rejects with the client's error, or `IncompleteListError`.
   */
  async readProject(
    checkpoint: string,
    project: string,
    signal?: AbortSignal,
    priority?: Priority,
  ): Promise<readonly Permission[]> {
    if (this.#isClosed) throw new NoLongerShownError();
    const epoch = this.#epoch;
    let listing = emptyListing(this.now());
    let after: string | undefined;
    do {
      const query = { project_id: project, ...(after === undefined ? {} : { after }) };
      listing = withPage(listing, await this.#page(checkpoint, query, signal, priority));
      if (epoch !== this.#epoch) throw new NoLongerShownError();
      after = listing.ending.kind === 'more' ? listing.ending.after : undefined;
    } while (after !== undefined);
    if (listing.ending.kind === 'incomplete') {
      const error = new IncompleteListError(listing.permissions.length, listing.ending.reason);
      throw noteCheckpoint(error, checkpoint);
    }
    // A gateway that ignores the filter must not make other projects' permissions look like this one's.
    return permissionsOf(listing, project);
  }

  /** Tells that a change was sent: what is known, or asked for already, is older than it until it is read again. */
  changed(checkpoint: string): void {
    const entry = this.#entry(checkpoint);
    this.answers.drop(checkpoint);
    entry.changes += 1;
    if (!entry.snapshot.listing || entry.snapshot.beforeChange) return;
    entry.snapshot = { ...entry.snapshot, beforeChange: true };
    this.#changed.emit(checkpoint);
  }

  /** Has the next look ask the server. What was read stays for those who ask for no more than what is known. */
  outdate(checkpoint: string): void {
    const entry = this.#entry(checkpoint);
    if (!entry.snapshot.listing) {
      this.forget(checkpoint);
      return;
    }
    this.answers.drop(checkpoint);
    entry.snapshot = { ...entry.snapshot, outdated: true };
    this.#changed.emit(checkpoint);
  }

  /** Drops what is known, so that the next look asks the server. */
  forget(checkpoint: string): void {
    this.answers.drop(checkpoint);
    const entry = this.#entries.get(checkpoint);
    if (!entry) return;
    this.#voidWhatIsUnderWay(entry);
    entry.snapshot = nothingKnown;
    this.#changed.emit(checkpoint);
  }

  /**
   * Stops everything that is under way and asks nothing until {@link resume}; what is known stays. For the time that
   * another organization is shown.
   */
  pause(): void {
    this.#paused = true;
    this.#epoch += 1;
    for (const entry of this.#entries.values()) {
      this.#voidWhatIsUnderWay(entry);
      entry.snapshot = { ...entry.snapshot, reading: false };
    }
  }

  resume(): void {
    this.#paused = false;
  }

  /** As {@link pause}, for good, and nothing is known any more. */
  dispose(): void {
    this.pause();
    this.#disposed = true;
    this.#entries.clear();
    this.answers.clear();
  }

  get #isClosed(): boolean {
    return this.#disposed || this.#paused;
  }

  #entry(checkpoint: string): CheckpointEntry {
    let entry = this.#entries.get(checkpoint);
    if (!entry) {
      entry = { snapshot: nothingKnown, generation: 0, changes: 0, waiters: new Waiters() };
      this.#entries.set(checkpoint, entry);
    }
    return entry;
  }

  #voidWhatIsUnderWay(entry: CheckpointEntry): void {
    entry.generation += 1;
    entry.reading?.abort.abort();
    entry.reading = undefined;
  }

  #run(
    checkpoint: string,
    entry: CheckpointEntry,
    during: Failure['during'],
    work: (signal: AbortSignal) => Promise<Listing>,
    priority: Priority | undefined,
    by: AbortSignal | undefined,
  ): Promise<Listing> {
    if (this.#isClosed) return Promise.reject(new NoLongerShownError());
    const { generation, changes } = entry;
    const epoch = this.#epoch;
    const abort = new AbortController();
    const settle = (snapshot: Omit<Snapshot, 'reading'>): void => {
      entry.reading = undefined;
      entry.snapshot = { ...snapshot, reading: false };
      this.#changed.emit(checkpoint);
    };
    const promise = work(abort.signal).then(
      (listing) => {
        if (entry.generation !== generation) return this.#latest(entry, epoch);
        // Reading on adds to older pages, so it neither makes them current nor undoes that reading them again failed.
        const before = during === 'readMore' ? entry.snapshot : undefined;
        const failure = before?.failure?.during === 'read' ? before.failure : undefined;
        const beforeChange = before?.beforeChange || entry.changes !== changes;
        const outdated = before?.outdated;
        settle({
          listing,
          ...(failure && { failure }),
          ...(beforeChange && { beforeChange }),
          ...(outdated && { outdated }),
        });
        return listing;
      },
      (error: unknown) => {
        if (entry.generation !== generation) return this.#latest(entry, epoch);
        const { listing, beforeChange, failure: before } = entry.snapshot;
        // What was read for no row in particular and then given up is as if it had not been begun.
        if (!reading.isForPerson && error instanceof APIUserAbortError) {
          settle(entry.snapshot);
          throw error;
        }
        const failure: Failure = { error, during };
        // That reading again failed stays said: it makes the rows older than they look, which reading on does not.
        const shown = during === 'readMore' && before?.during === 'read' ? before : failure;
        settle({ ...(listing && { listing }), ...(beforeChange && { beforeChange }), failure: shown });
        this.#failed.emit({ checkpoint, failure });
        throw error;
      },
    );
    const reading: Reading = { promise, abort, during, changes, isForPerson: false };
    entry.reading = reading;
    entry.snapshot = { ...entry.snapshot, reading: true };
    return this.#join(entry, reading, priority, by);
  }

  #join(
    entry: CheckpointEntry,
    reading: Reading,
    priority: Priority | undefined,
    by: AbortSignal | undefined,
  ): Promise<Listing> {
    if (priority !== 'background') reading.isForPerson = true;
    return entry.waiters.join(reading.promise, by, () => entry.reading?.abort.abort());
  }

  async #firstPages(
    checkpoint: string,
    atLeast: number,
    signal: AbortSignal,
    priority?: Priority,
  ): Promise<Listing> {
    let listing = withPage(emptyListing(this.now()), await this.#page(checkpoint, {}, signal, priority));
    while (listing.ending.kind === 'more' && listing.permissions.length < atLeast) {
      const { after } = listing.ending;
      listing = withPage(listing, await this.#page(checkpoint, { after }, signal, priority));
    }
    return listing;
  }

  async #page(
    checkpoint: string,
    query: { after?: string; project_id?: string },
    signal?: AbortSignal,
    priority?: Priority,
  ) {
    const abort = new AbortController();
    try {
      return await this.api.list(
        checkpoint,
        { limit: pageSize, order: 'descending', ...query },
        {
          signal: signal ? AbortSignal.any([signal, abort.signal]) : abort.signal,
          priority,
          onWait: (waiting) => this.#waits.begin(abort, { ...waiting, checkpoint }),
        },
      );
    } catch (error) {
      throw noteCheckpoint(error, checkpoint);
    } finally {
      this.#waits.end(abort);
    }
  }
  /** What those get who asked before the question was asked anew: the newer answer, never the one they waited for. */
  async #latest({ reading, snapshot }: CheckpointEntry, epoch: number): Promise<Listing> {
    if (epoch !== this.#epoch) throw new NoLongerShownError();
    if (reading) return reading.promise;
    if (snapshot.failure?.during === 'read') throw snapshot.failure.error;
    if (snapshot.listing) return snapshot.listing;
    throw new NoLongerShownError();
  }
}

/** Those who wait for the same answer. Each may leave for itself; it is given up only when the last one has left. */
export class Waiters {
  readonly #waiting = new Set<object>();

  /**
   * The answer, for one more who waits for it: to its end, or until the signal aborts. Whoever leaves while others stay
   * gets `APIUserAbortError` at once; the last one calls `giveUp` and gets what becomes of the answer then.
   */
  join<T>(answer: Promise<T>, signal: AbortSignal | undefined, giveUp: () => void): Promise<T> {
    const one = {};
    this.#waiting.add(one);
    if (!signal) {
      const leave = (): unknown => this.#waiting.delete(one);
      answer.then(leave, leave);
      return answer;
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(one);
        if (this.#waiting.size === 0) giveUp();
        else reject(new APIUserAbortError());
      };
      signal.addEventListener('abort', leave, { once: true });
      void answer.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', leave);
        this.#waiting.delete(one);
      });
    });
  }
}
