import { Emitter, type Unsubscribe } from '../../emitter';
import type { Account } from '../../journal/account';
import type { Journal } from '../../journal/journal';
import type { Listing } from '../../loading/listing';
import type { Organization } from '../../organization';
import { compareIdentity } from '../../organizationIdentity';
import { atOnce, inSlices, isPause, type Steps } from '../../slices';
import { actorIDs } from './actor';
import { type AuditTrail, type LogSnapshot, oldestLoggedAt } from './auditTrail';
import type { Change } from './change';
import type { HistoryFilter } from './filter';
import { type LogQuery, queryOf } from './logQuery';
import { learnFromLog, mergeChanges } from './merge';
import { Origins } from './origins';
import { learnFromJournal, ownChanges } from './ownChanges';

/** The sources of a history. */
export interface HistorySource
  extends Pick<Organization, 'id' | 'catalog' | 'permissions' | 'identity' | 'trail'> {
  journal(): Promise<Pick<Journal, 'read'>>;
}

/** The changes loaded so far, and what is missing. Immutable. */
export interface HistorySnapshot {
  /** Newest first. */
  readonly changes: readonly Change[];
  readonly log: LogSnapshot;
  /**
   * The time of the oldest loaded event, in milliseconds since 1970. Older changes are only from the journal of this
   * computer.
   */
  readonly oldestLoggedAt?: number;
  /** What the API was asked for because of a filter. These events are among the changes, too. */
  readonly narrowed?: NarrowedLog;
  /** A change was sent after the history was loaded. */
  readonly beforeChange?: true;
  /**
   * The number of plans in the journal that were applied in another organization, with an earlier key of this
   * profile. Their changes are left out.
   */
  readonly otherOrganizationPlans?: number;
  /** The number of plans in the journal whose records cannot be read. Whose they are is not known. */
  readonly unreadableRecords?: number;
  /** Why the journal of this computer could not be read. */
  readonly journalFailure?: unknown;
}

/** A part of the log that the API was asked for because of a filter: the events that it returned for `query`. */
export interface NarrowedLog {
  readonly query: LogQuery;
  readonly log: LogSnapshot;
  /** The time of its oldest event, in milliseconds since 1970. */
  readonly oldestAt?: number;
}

/** How far the changes that match a filter are loaded. */
export interface Reach {
  /** All of them, as far as the log has them, or as far as it can be loaded. */
  readonly isOver: boolean;
  /** Milliseconds since 1970. Absent before anything is loaded, and once everything is. */
  readonly backTo?: number;
  /** What the API was asked for, or would be asked for next. Absent for the whole log. */
  readonly query?: LogQuery;
}

/**
 * The history of one organization: who changed which access, from the audit log and the journal of this computer.
 * Loads nothing before the first read, and each page of the log once.
 */
export class History {
  readonly trail: AuditTrail;
  readonly #origins = new Origins();
  /** The lists whose permissions are among the origins. */
  readonly #learned = new WeakSet<Listing>();
  readonly #changed = new Emitter<void>();
  #accounts: readonly Account[] = [];
  #otherOrganizationPlans = 0;
  #unreadableRecords = 0;
  #journalFailure: unknown;
  #journalRead: Promise<void> | undefined;
  #snapshot: HistorySnapshot | undefined;
  #making: Promise<HistorySnapshot> | undefined;
  /** Changes with each thing that a snapshot is made from. */
  #version = 0;
  #narrowed:
    | { readonly main: HistorySnapshot; readonly log: LogSnapshot; readonly snapshot: HistorySnapshot }
    | undefined;
  /** The IDs that the API is asked for, by actor: once it was asked for some, they stay. */
  readonly #askedActors = new Map<string, readonly string[]>();
  readonly #heard = new WeakSet<AuditTrail>();
  #beforeChange = false;

  constructor(private readonly source: HistorySource) {
    this.trail = source.trail;
    this.trail.onDidChange(() => this.#invalidate());
    // A loaded list identifies the permission of a later revoke.
    source.permissions.onDidChange((checkpoint) => {
      atOnce(this.#learnFromList(checkpoint));
      if (!this.#beforeChange && this.#journalRead && source.permissions.snapshot(checkpoint).beforeChange) {
        this.#beforeChange = true;
        this.#invalidate();
      }
    });
  }

  /** Notifies of every change of the snapshot, also when loading starts. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** The history loaded so far, for small ones, or after {@link ready}. Sends no request. */
  get snapshot(): HistorySnapshot {
    return atOnce(this.#steps());
  }

  /** The history loaded so far, made in slices, so that nobody waits for it. Sends no request. Never rejects. */
  ready(): Promise<HistorySnapshot> {
    this.#making ??= inSlices(this.#steps()).finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  /** The same for a filter, as {@link snapshotFor}. */
  async readyFor(filter: HistoryFilter): Promise<HistorySnapshot> {
    await this.ready();
    return inSlices(this.#stepsFor(filter));
  }

  /**
   * Whether nothing of the audit log is loaded or loading, and loading it did not fail. Also after a load that was
   * aborted because another organization was shown.
   */
  get isLogUnread(): boolean {
    const { ending, failure, reading } = this.trail.snapshot;
    return ending.kind === 'unread' && failure === undefined && !reading;
  }

  /** Loads the journal of this computer, unless it is loaded. Sends no request. Never rejects. */
  async readJournal(): Promise<HistorySnapshot> {
    this.#journalRead ??= this.#readJournal();
    await this.#journalRead;
    return this.ready();
  }

  /** Loads the journal and the newest page of the log, unless they are loaded. Never rejects. */
  async read(): Promise<HistorySnapshot> {
    await Promise.all([this.readJournal(), this.trail.read()]);
    return this.ready();
  }

  /** Reloads the journal and loads new events of the log. Never rejects. */
  async refresh(): Promise<HistorySnapshot> {
    this.#beforeChange = false;
    this.#journalRead = this.#readJournal();
    await Promise.all([this.#journalRead, this.trail.refresh()]);
    return this.ready();
  }

  /** Loads the next page of the log. Never rejects. */
  async readOlder(): Promise<HistorySnapshot> {
    await this.trail.readOlder();
    return this.ready();
  }

  /**
   * The history for a filter: what is loaded of the log, and what the API was asked for because of the filter. Sends no
   * request.
   */
  snapshotFor(filter: HistoryFilter): HistorySnapshot {
    return atOnce(this.#stepsFor(filter));
  }

  *#stepsFor(filter: HistoryFilter): Steps<HistorySnapshot> {
    const main = yield* this.#steps();
    const query = this.#queryOf(filter);
    const log = query && this.trail.narrowed(query)?.snapshot;
    if (!query || !log || (log.ending.kind === 'unread' && !log.failure)) return main;
    if (this.#narrowed?.main === main && this.#narrowed.log === log) return this.#narrowed.snapshot;
    const known = new Set(main.log.events.map(({ id }) => id));
    const events = [...main.log.events, ...log.events.filter(({ id }) => !known.has(id))];
    const oldest = oldestLoggedAt(log);
    const snapshot: HistorySnapshot = {
      ...main,
      changes: log.events.length === 0 ? main.changes : yield* this.#merge(events),
      narrowed: { query, log, ...(oldest !== undefined && { oldestAt: oldest }) },
    };
    this.#narrowed = { main, log, snapshot };
    return snapshot;
  }

  /** How far the changes of a filter are loaded. */
  reachFor(filter: HistoryFilter): Reach {
    const log = this.trail.snapshot;
    const oldest = oldestLoggedAt(log);
    // A change that was sent from this computer is in its journal.
    if (log.ending.kind === 'complete' || filter.person?.kind === 'account') return { isOver: true };
    const isPast = filter.from !== undefined && oldest !== undefined && oldest < filter.from;
    if (isPast) return { isOver: true };
    const query = this.#nextQuery(filter);
    const next = query ? this.trail.narrowed(query)?.snapshot : log;
    const isOver = next?.ending.kind === 'complete' || next?.ending.kind === 'incomplete';
    const backTo = (next && oldestLoggedAt(next)) ?? oldest;
    return { isOver, ...(query && { query }), ...(backTo !== undefined && { backTo }) };
  }

  /** The part of the log that the next page for a filter is of. */
  trailFor(filter: HistoryFilter): AuditTrail {
    const query = this.#nextQuery(filter);
    if (!query) return this.trail;
    const { person } = filter;
    if (person && query.actors) this.#askedActors.set(person.id, query.actors);
    const trail = this.trail.narrowedTo(query);
    if (!this.#heard.has(trail)) trail.onDidChange(() => this.#changed.emit());
    this.#heard.add(trail);
    return trail;
  }

  /**
   * Loads the next page for a filter: the newest page of the log first, then older events, or only those that the API
   * can be asked for. Never rejects. Resolves to what is loaded of the part that the page is of.
   */
  async readOlderFor(filter: HistoryFilter): Promise<LogSnapshot> {
    const trail = this.trailFor(filter);
    if (trail.snapshot.ending.kind !== 'unread') return trail.readOlder();
    await Promise.all([this.readJournal(), trail.refresh()]);
    return trail.snapshot;
  }

  /** The query for the next page of a filter. Undefined if that is the next page of the whole log. */
  #nextQuery(filter: HistoryFilter): LogQuery | undefined {
    const log = this.trail.snapshot;
    const oldest = oldestLoggedAt(log);
    // The newest events come first: they name the actors.
    if (log.ending.kind === 'unread' || log.ending.kind === 'complete') return undefined;
    const query = this.#queryOf(filter);
    if (query === undefined || this.trail.narrowed(query)) return query;
    // The next page is of the period, so that the API would skip nothing.
    const isInside = oldest !== undefined && query.to !== undefined && oldest < query.to;
    return isInside && query.actors === undefined ? undefined : query;
  }

  #queryOf(filter: HistoryFilter): LogQuery | undefined {
    const { person } = filter;
    if (person?.kind !== 'actor') return queryOf(filter, []);
    const asked = this.#askedActors.get(person.id);
    return queryOf(filter, asked ?? actorIDs(this.trail.snapshot.events, person.id));
  }

  async #readJournal(): Promise<void> {
    try {
      const journal = await this.source.journal();
      const { accounts: all, unreadable } = await journal.read(this.source.id);
      this.#accounts = all.filter(({ whose }) => compareIdentity(whose, this.source.identity) !== 'other');
      this.#otherOrganizationPlans = all.length - this.#accounts.length;
      this.#unreadableRecords = unreadable;
      this.#journalFailure = undefined;
    } catch (error) {
      this.#journalFailure = error;
    }
    this.#invalidate();
  }

  #invalidate(): void {
    this.#snapshot = undefined;
    this.#version += 1;
    this.#changed.emit();
  }

  *#learnFromList(checkpoint: string): Steps<void> {
    const { listing } = this.source.permissions.snapshot(checkpoint);
    if (!listing || this.#learned.has(listing)) return;
    for (const [index, { id, project_id }] of listing.permissions.entries()) {
      if (isPause(index)) yield;
      this.#origins.learn(id, { project: project_id, checkpoint }, 'list');
    }
    this.#learned.add(listing);
  }

  *#steps(): Steps<HistorySnapshot> {
    while (!this.#snapshot) {
      const version = this.#version;
      const built = yield* this.#build();
      // Else something was loaded meanwhile.
      if (version === this.#version) this.#snapshot ??= built;
    }
    return this.#snapshot;
  }

  *#build(): Steps<HistorySnapshot> {
    const log = this.trail.snapshot;
    for (const id of this.source.catalog.ids) yield* this.#learnFromList(id);
    yield* learnFromJournal(this.#origins, this.#accounts);
    const oldest = oldestLoggedAt(log);
    return {
      changes: yield* this.#merge(log.events),
      log,
      ...(oldest !== undefined && { oldestLoggedAt: oldest }),
      ...(this.#beforeChange && { beforeChange: true }),
      ...(this.#otherOrganizationPlans > 0 && { otherOrganizationPlans: this.#otherOrganizationPlans }),
      ...(this.#unreadableRecords > 0 && { unreadableRecords: this.#unreadableRecords }),
      ...(this.#journalFailure !== undefined && { journalFailure: this.#journalFailure }),
    };
  }

  *#merge(events: LogSnapshot['events']): Steps<Change[]> {
    yield* learnFromLog(this.#origins, events);
    const own = yield* ownChanges(this.#accounts, this.source.identity);
    return yield* mergeChanges(events, own, this.#origins);
  }
}
