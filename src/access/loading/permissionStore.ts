import { APIUserAbortError, type Waiting } from '../../openai';
import { steadyNow } from '../../text/steadyClock';
import type { Permission, PermissionsAPI, Priority } from '../api';
import { Emitter, type Unsubscribe } from '../emitter';
import { noteCheckpoint } from '../failedCheckpoint';
import { decisionAge } from '../thresholds';
import { emptyListing, ensureNotBrokenOff, type Listing, permissionsOf, readOn, withPage } from './listing';
import { ProjectAnswers } from './projectAnswers';
import { type Failure, NoLongerShownError, nothingKnown, type Snapshot } from './snapshot';
import { isRecent, isUpToDate } from './standing';
import { type MayWait, Waits } from './waits';

/** Permissions asked for in one request. The API documents no maximum; its default of 10 costs ten times the requests. */
export const pageSize = 100;

/** A wait that the client announces before a request can be sent (again), with the checkpoint that waits. */
export type CheckpointWait = Waiting & { readonly checkpoint: string };

/** How often something made what was known of a checkpoint old: only a reading that begins after it is newer. */
interface Moment {
  /** Changes that were sent. */
  readonly changes: number;
  /** Refreshes that a person asked for. */
  readonly refreshes: number;
}

const never: Moment = { changes: 0, refreshes: 0 };

interface Reading {
  readonly promise: Promise<Listing>;
  readonly abort: AbortController;
  readonly during: Failure['during'];
  /** When it was begun. */
  readonly since: Moment;
  /** The same in milliseconds by the steady clock. */
  readonly at: number;
  /** Somebody waits for it, who is to hear how it ended. */
  isForPerson: boolean;
}

interface CheckpointEntry {
  /** What is known, for all to see. Made of what follows. */
  snapshot: Snapshot;
  listing?: Listing | undefined;
  failure?: Failure | undefined;
  /** The listing is of an earlier session, or of another window. */
  isRestored?: boolean;
  /** When the first page of the listing was asked for. */
  listedAt: Moment;
  /** When the last reading from the first page was begun that came to an end, whatever that was. */
  triedAt: Moment;
  now: Moment;
  /** When the last change was sent here, and the last refresh asked for, in milliseconds by the steady clock. */
  changedAt?: number;
  outdatedAt?: number;
  /** Goes up whenever what is under way becomes void; an answer of an older generation is dropped. */
  generation: number;
  reading?: Reading | undefined;
  /** Whoever waits for this or an older reading: all of them get the newest answer. */
  readonly waiters: Waiters;
}

/** A list of an earlier session, and the same list as it was loaded since. */
export interface ReplacedList {
  readonly checkpoint: string;
  readonly before: Listing;
  readonly after: Listing;
}

/** What the server has of one project. */
export interface ProjectReading {
  readonly permissions: Permission[];
  /** When the oldest page of it was requested, in milliseconds by the steady clock. */
  readonly at: number;
}

/**
 * Who may use which checkpoint, as read from the server: each question is asked once however many want the answer,
 * answers are kept until someone asks to read again, and a late answer never replaces a newer one.
 *
 * A change and a refresh make what is known old. Only a reading from the first page that begins after them ends that:
 * no failure does, no cancel, no pause, and no further page of the old list.
 *
 * A failed read is kept as a failure, not retried by itself: only {@link refresh}, {@link readAgain}, {@link readAnew}
 * and {@link readCertain} ask anew.
 *
 * Each read takes a signal of whoever waits for it: it ends their waiting, with `APIUserAbortError`, and the request only
 * when nobody else waits for the same answer.
 */
export class PermissionStore implements MayWait {
  readonly #entries = new Map<string, CheckpointEntry>();
  /** What was asked about single projects. */
  readonly answers = new ProjectAnswers();
  #filterSavesNothing = false;
  #disposed = false;
  #paused = false;
  /** Goes up with each pause: who asked before it gets no answer from after it. */
  #epoch = 0;
  readonly #changed = new Emitter<string>();
  readonly #failed = new Emitter<{ checkpoint: string; failure: Failure }>();
  readonly #replaced = new Emitter<ReplacedList>();
  readonly #waits = new Waits<CheckpointWait>();

  constructor(
    private readonly api: Pick<PermissionsAPI, 'list'>,
    readonly now: () => number = steadyNow,
  ) {}

  /** Hears the id of each checkpoint whose snapshot changed. */
  onDidChange(listener: (checkpoint: string) => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** Hears of each failure once, when it happens. */
  onDidFail(listener: (failed: { checkpoint: string; failure: Failure }) => void): Unsubscribe {
    return this.#failed.on(listener);
  }

  /** Hears of each list of an earlier session that was loaded for the first time in this one. */
  onDidReplaceRestored(listener: (replaced: ReplacedList) => void): Unsubscribe {
    return this.#replaced.on(listener);
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

  /** A response showed that this server ignores the filter by project, or applies it to pages of the whole list. */
  get filterSavesNothing(): boolean {
    return this.#filterSavesNothing;
  }

  /** What is known now, without asking anybody. */
  snapshot(checkpoint: string): Snapshot {
    return this.#entries.get(checkpoint)?.snapshot ?? nothingKnown;
  }

  /**
   * Shows a list of an earlier session or of another window, if it is later than what is known here, and nothing here is
   * about to replace it or says that it is old. Sends no request. Returns whether it is shown.
   */
  adopt(
    checkpoint: string,
    {
      listing,
      beforeChange,
      outdated,
    }: Pick<Snapshot, 'beforeChange' | 'outdated'> & { readonly listing: Listing },
  ): boolean {
    if (this.#disposed) return false;
    const entry = this.#entry(checkpoint);
    const { snapshot, reading, now, triedAt } = entry;
    if (reading || snapshot.beforeChange || snapshot.outdated) return false;
    if (entry.listing && entry.listing.readAt >= listing.readAt) return false;
    // While nothing was known here, a change may have been sent, or a refresh asked for, after the list was loaded.
    const isBefore = (at: number | undefined): boolean => at !== undefined && listing.readAt <= at;
    const isStillDue = triedAt.refreshes < now.refreshes && isBefore(entry.outdatedAt);
    entry.listing = listing;
    entry.isRestored = true;
    entry.listedAt = now;
    entry.now = {
      changes: now.changes + (beforeChange || isBefore(entry.changedAt) ? 1 : 0),
      refreshes: now.refreshes + (outdated || isBefore(entry.outdatedAt) ? 1 : 0),
    };
    // What is restored is asked for by nobody.
    if (!isStillDue) entry.triedAt = entry.now;
    this.#show(checkpoint, entry);
    return true;
  }

  /** Marks the list that is known here as another window did that has the same one. Sends no request. */
  adoptMarks(
    checkpoint: string,
    { beforeChange, outdated }: Pick<Snapshot, 'beforeChange' | 'outdated'>,
  ): void {
    const entry = this.#entry(checkpoint);
    const { snapshot, now, triedAt } = entry;
    const isChanged = beforeChange === true && !snapshot.beforeChange;
    const isOutdated = outdated === true && !snapshot.outdated;
    // A reading that is under way replaces the list.
    if (this.#disposed || entry.reading || !entry.listing || !(isChanged || isOutdated)) return;
    if (isChanged) this.answers.drop(checkpoint);
    entry.now = {
      changes: now.changes + (isChanged ? 1 : 0),
      refreshes: now.refreshes + (isOutdated ? 1 : 0),
    };
    // The refresh was asked for elsewhere, so that this window asks for nothing.
    if (isOutdated) entry.triedAt = { ...triedAt, refreshes: entry.now.refreshes };
    this.#show(checkpoint, entry);
  }

  /**
   * Whether a look at the list has to ask the server: nothing is known of it, or a refresh was asked for and no reading
   * since then has come to an end.
   */
  isDue(checkpoint: string): boolean {
    const { listing, failure, triedAt, now } = this.#entry(checkpoint);
    if (!listing && !failure) return true;
    return triedAt.refreshes < now.refreshes;
  }

  /**
   * The listing, from what is known or, if that {@link isDue}, by one request for its first page. All who ask meanwhile
   * share that request. Rejects with the client's error; asking again after a failure gives the same failure without a
   * request.
   */
  read(checkpoint: string, priority?: Priority, by?: AbortSignal): Promise<Listing> {
    if (by?.aborted) return Promise.reject(new APIUserAbortError());
    const entry = this.#entry(checkpoint);
    const { reading, listing, failure, now } = entry;
    if (reading && reading.since.refreshes === now.refreshes && !this.#isReadingOnOld(entry))
      return this.#join(entry, reading, priority, by);
    if (this.isDue(checkpoint)) return this.readAgain(checkpoint, 0, priority, by);
    if (reading) return this.#join(entry, reading, priority, by);
    return listing ? Promise.resolve(listing) : Promise.reject(failure?.error);
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
   * As {@link readAll}, but from the first page where what is known cannot become certain: it is from before a change or
   * a refresh, from an earlier session, could not be read again, was broken off or given up. The only method that decides
   * this.
   */
  async readCertain(checkpoint: string, priority?: Priority, by?: AbortSignal): Promise<Listing> {
    const { listing, failure, isRestored } = this.#entry(checkpoint);
    const canBecome =
      listing && !isRestored && listing.ending.kind !== 'incomplete' && isUpToDate(this.snapshot(checkpoint));
    if (!canBecome && (listing || failure)) await this.readAnew(checkpoint, priority, by);
    return this.readAll(checkpoint, priority, by);
  }

  /**
   * The listing as the server has it, at most so many milliseconds ago: from what is known if that is current, else read
   * anew. For decisions, which neither an old list nor an old failure may make.
   */
  readCurrent(
    checkpoint: string,
    maxAge: number,
    by?: AbortSignal,
    priority: Priority = 'person',
  ): Promise<Listing> {
    const entry = this.#entry(checkpoint);
    const isAnew = this.#isReadingAnew(entry);
    if (!isAnew && isRecent(entry.snapshot, this.now(), maxAge)) return this.read(checkpoint, priority, by);
    // One that has been under way for long may end with what was so then.
    const isSlow = entry.reading && this.now() - entry.reading.at > Math.max(maxAge, decisionAge);
    return isAnew && !isSlow
      ? this.readAnew(checkpoint, priority, by)
      : this.readAgain(checkpoint, 0, priority, by);
  }

  /** The listing with one more page, by one request; as it is when there is no further page. */
  async readMore(checkpoint: string, priority?: Priority, by?: AbortSignal): Promise<Listing> {
    if (by?.aborted) throw new APIUserAbortError();
    const entry = this.#entry(checkpoint);
    if (entry.reading) return this.#join(entry, entry.reading, priority, by);
    const { listing } = entry;
    if (!listing) return this.readAgain(checkpoint, 0, priority, by);
    if (listing.ending.kind !== 'more') return listing;
    // The pages of two sessions are of moments too far apart to be one list.
    if (entry.isRestored) return this.readAgain(checkpoint, listing.permissions.length + 1, priority, by);
    const work = (signal: AbortSignal) =>
      readOn(listing, listing.permissions.length + 1, this.#pages(checkpoint, {}, signal, priority));
    return this.#run(checkpoint, entry, 'readMore', work, priority, by);
  }

  /**
   * The listing from the first page on, by a reading that is under way if it began after the last change and the last
   * refresh, else by {@link readAgain}.
   */
  readAnew(checkpoint: string, priority?: Priority, by?: AbortSignal): Promise<Listing> {
    if (by?.aborted) return Promise.reject(new APIUserAbortError());
    const entry = this.#entry(checkpoint);
    const { reading } = entry;
    if (reading && this.#isReadingAnew(entry)) return this.#join(entry, reading, priority, by);
    return this.readAgain(checkpoint, 0, priority, by);
  }

  /**
   * Reads again as many permissions as are known or asked for, at least the first page, so that what is shown neither
   * shrinks nor mixes old pages with new. What was known before stays readable meanwhile, and after a failure.
   */
  readAgain(checkpoint: string, atLeast = 0, priority?: Priority, by?: AbortSignal): Promise<Listing> {
    if (by?.aborted) return Promise.reject(new APIUserAbortError());
    const entry = this.#entry(checkpoint);
    this.#voidWhatIsUnderWay(entry);
    const wanted = Math.max(atLeast, entry.listing?.permissions.length ?? 0, 1);
    const work = (signal: AbortSignal) =>
      readOn(emptyListing(this.now()), wanted, this.#pages(checkpoint, {}, signal, priority));
    return this.#run(checkpoint, entry, 'read', work, priority, by);
  }

  /** A person's refresh: what is known is old from now on, and it is read again. */
  refresh(checkpoint: string, priority?: Priority, by?: AbortSignal): Promise<Listing> {
    this.outdate(checkpoint);
    return this.readAgain(checkpoint, 0, priority, by);
  }

  /** As {@link readOfProject}, for those who need no time. */
  async readProject(
    checkpoint: string,
    project: string,
    signal?: AbortSignal,
    priority?: Priority,
  ): Promise<readonly Permission[]> {
    return (await this.readOfProject(checkpoint, project, signal, priority)).permissions;
  }

  /**
   * Asks the server for the permissions of one project only, by its `project_id` filter; one request as a rule. Does not
   * touch what is shown. A server that ignores the filter, or whose answer breaks off, is asked for the whole list instead:
   * all who ask share it, and it answers as long as it is current. Rejects with the client's error, or `IncompleteListError`.
   */
  async readOfProject(
    checkpoint: string,
    project: string,
    signal?: AbortSignal,
    priority?: Priority,
  ): Promise<ProjectReading> {
    if (this.#isClosed) throw new NoLongerShownError();
    const epoch = this.#epoch;
    const listing = this.#filterSavesNothing
      ? await this.#wholeList(checkpoint, signal, priority)
      : await this.#filteredList(checkpoint, project, signal, priority);
    if (epoch !== this.#epoch) throw new NoLongerShownError();
    ensureNotBrokenOff(listing, checkpoint);
    return { permissions: permissionsOf(listing, project), at: listing.readAt };
  }

  /** Tells that somebody looks at the list: a reading that was begun for nobody is theirs now, who hear how it ends. */
  lookedAt(checkpoint: string): void {
    const reading = this.#entries.get(checkpoint)?.reading;
    if (reading) reading.isForPerson = true;
  }

  /** Tells that a change was sent: what is known, or asked for already, is older than it until it is read again. */
  changed(checkpoint: string): void {
    const entry = this.#entry(checkpoint);
    this.answers.drop(checkpoint);
    entry.now = { ...entry.now, changes: entry.now.changes + 1 };
    entry.changedAt = this.now();
    if (entry.listing && !entry.snapshot.beforeChange) this.#show(checkpoint, entry);
  }

  /**
   * Tells that a person wants it newer: the next look asks the server, and so does who looked already. What was read
   * stays, as older than that, for those who ask for no more than what is known.
   */
  outdate(checkpoint: string): void {
    const entry = this.#entry(checkpoint);
    this.answers.drop(checkpoint);
    entry.now = { ...entry.now, refreshes: entry.now.refreshes + 1 };
    entry.outdatedAt = this.now();
    if (!entry.listing) entry.failure = undefined;
    this.#show(checkpoint, entry);
  }

  /** Drops what is known, so that the next look asks the server. */
  forget(checkpoint: string): void {
    this.answers.drop(checkpoint);
    const entry = this.#entries.get(checkpoint);
    if (!entry) return;
    this.#voidWhatIsUnderWay(entry);
    entry.listing = undefined;
    entry.failure = undefined;
    this.#show(checkpoint, entry);
  }

  /**
   * Stops everything that is under way and asks nothing until {@link resume}; what is known stays, with its marks. For
   * the time that another organization is shown.
   */
  pause(): void {
    this.#paused = true;
    this.#epoch += 1;
    for (const entry of this.#entries.values()) {
      this.#voidWhatIsUnderWay(entry);
      entry.snapshot = snapshotOf(entry);
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
      const moments = { listedAt: never, triedAt: never, now: never };
      entry = { snapshot: nothingKnown, ...moments, generation: 0, waiters: new Waiters() };
      this.#entries.set(checkpoint, entry);
    }
    return entry;
  }

  #show(checkpoint: string, entry: CheckpointEntry): void {
    entry.snapshot = snapshotOf(entry);
    this.#changed.emit(checkpoint);
  }

  /** Whether a reading from the first page is under way that began after the last change and the last refresh. */
  #isReadingAnew({ reading, now }: CheckpointEntry): boolean {
    return reading?.during === 'read' && isSame(reading.since, now);
  }

  /** Whether further pages are under way for a list that has to be read anew. */
  #isReadingOnOld({ reading, triedAt, now }: CheckpointEntry): boolean {
    return reading?.during === 'readMore' && triedAt.refreshes < now.refreshes;
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
    const { generation, now: since } = entry;
    const epoch = this.#epoch;
    const at = this.now();
    const abort = new AbortController();
    const promise = work(abort.signal).then(
      (listing) => {
        if (entry.generation !== generation) return this.#latest(entry, epoch);
        entry.reading = undefined;
        const before = entry.isRestored ? entry.listing : undefined;
        entry.listing = listing;
        entry.isRestored = false;
        if (during === 'read') {
          entry.listedAt = since;
          entry.triedAt = since;
        }
        // Reading on adds to older pages, so it does not undo that reading them again failed.
        if (during === 'read' || entry.failure?.during === 'readMore') entry.failure = undefined;
        if (before) this.#replaced.emit({ checkpoint, before, after: listing });
        this.#show(checkpoint, entry);
        return listing;
      },
      (error: unknown) => {
        if (entry.generation !== generation) return this.#latest(entry, epoch);
        entry.reading = undefined;
        // What was read for no row in particular and then given up is as if it had not been begun.
        const isQuiet = !reading.isForPerson && error instanceof APIUserAbortError;
        const failure: Failure = { error, during };
        if (!isQuiet) {
          if (during === 'read') entry.triedAt = since;
          // That reading again failed stays said: it makes the rows older than they look, which reading on does not.
          if (during === 'read' || entry.failure?.during !== 'read') entry.failure = failure;
        }
        this.#show(checkpoint, entry);
        if (!isQuiet) this.#failed.emit({ checkpoint, failure });
        throw error;
      },
    );
    const reading: Reading = { promise, abort, during, since, at, isForPerson: false };
    entry.reading = reading;
    entry.snapshot = snapshotOf(entry);
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

  /** Asks for the pages of one list, each as {@link readOn} wants it. */
  #pages(
    checkpoint: string,
    query: { readonly project_id?: string },
    signal?: AbortSignal,
    priority?: Priority,
  ) {
    return (after?: string) =>
      this.#page(checkpoint, { ...query, ...(after !== undefined && { after }) }, signal, priority);
  }

  async #filteredList(
    checkpoint: string,
    project: string,
    signal?: AbortSignal,
    priority?: Priority,
  ): Promise<Listing> {
    const ask = this.#pages(checkpoint, { project_id: project }, signal, priority);
    const readAt = this.now();
    const page = await ask();
    const isUnfiltered = page.data.some(({ project_id }) => project_id !== project);
    // A gateway that filters what it has cut into pages sends as many as the whole list has.
    const isCutFirst = page.data.length === 0 && page.has_more;
    this.#filterSavesNothing ||= isUnfiltered || isCutFirst;
    const first = withPage(emptyListing(readAt), page);
    if (first.ending.kind !== 'more') return first;
    if (!this.#filterSavesNothing) {
      const listing = await readOn(first, Number.POSITIVE_INFINITY, ask);
      if (listing.ending.kind === 'complete') return listing;
    }
    return this.#wholeList(checkpoint, signal, priority);
  }

  /** The whole list, not older than what decides, and read after the last change and the last refresh. */
  async #wholeList(checkpoint: string, signal?: AbortSignal, priority?: Priority): Promise<Listing> {
    let listing = await this.readCurrent(checkpoint, decisionAge, signal, priority);
    while (listing.ending.kind === 'more') listing = await this.readMore(checkpoint, priority, signal);
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
          // Questions are shared here. An identical request that began earlier may show what was so then.
          unshared: true,
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
  async #latest({ reading, failure, listing }: CheckpointEntry, epoch: number): Promise<Listing> {
    if (epoch !== this.#epoch) throw new NoLongerShownError();
    if (reading) return reading.promise;
    if (failure?.during === 'read') throw failure.error;
    if (listing) return listing;
    throw new NoLongerShownError();
  }
}

function isSame(one: Moment, other: Moment): boolean {
  return one.changes === other.changes && one.refreshes === other.refreshes;
}

function snapshotOf(entry: CheckpointEntry): Snapshot {
  const { listing, failure, listedAt, now, reading, isRestored } = entry;
  return {
    ...(listing && { listing }),
    ...(failure && { failure }),
    ...(listing && listedAt.changes < now.changes && { beforeChange: true }),
    ...(listing && listedAt.refreshes < now.refreshes && { outdated: true }),
    ...(listing && isRestored && { restored: true }),
    reading: reading !== undefined,
  };
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
