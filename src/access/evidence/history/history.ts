import { Emitter, type Unsubscribe } from '../../emitter';
import type { Account } from '../../journal/account';
import type { Journal } from '../../journal/journal';
import type { Listing } from '../../loading/listing';
import type { Organization } from '../../organization';
import { compareIdentity } from '../../organizationIdentity';
import { type AuditTrail, type LogSnapshot, oldestLoggedAt } from './auditTrail';
import type { Change } from './change';
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
  #beforeChange = false;

  constructor(private readonly source: HistorySource) {
    this.trail = source.trail;
    this.trail.onDidChange(() => this.#invalidate());
    // A loaded list identifies the permission of a later revoke.
    source.permissions.onDidChange((checkpoint) => {
      this.#learnFromList(checkpoint);
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

  /** The history loaded so far. Sends no request. */
  get snapshot(): HistorySnapshot {
    this.#snapshot ??= this.#build();
    return this.#snapshot;
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
    return this.snapshot;
  }

  /** Loads the journal and the newest page of the log, unless they are loaded. Never rejects. */
  async read(): Promise<HistorySnapshot> {
    await Promise.all([this.readJournal(), this.trail.read()]);
    return this.snapshot;
  }

  /** Reloads the journal and loads new events of the log. Never rejects. */
  async refresh(): Promise<HistorySnapshot> {
    this.#beforeChange = false;
    this.#journalRead = this.#readJournal();
    await Promise.all([this.#journalRead, this.trail.refresh()]);
    return this.snapshot;
  }

  /** Loads the next page of the log. Never rejects. */
  async readOlder(): Promise<HistorySnapshot> {
    await this.trail.readOlder();
    return this.snapshot;
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
    this.#changed.emit();
  }

  #learnFromList(checkpoint: string): void {
    const { listing } = this.source.permissions.snapshot(checkpoint);
    if (!listing || this.#learned.has(listing)) return;
    this.#learned.add(listing);
    for (const { id, project_id } of listing.permissions) {
      this.#origins.learn(id, { project: project_id, checkpoint }, 'list');
    }
  }

  #build(): HistorySnapshot {
    const log = this.trail.snapshot;
    for (const id of this.source.catalog.ids) this.#learnFromList(id);
    learnFromJournal(this.#origins, this.#accounts);
    learnFromLog(this.#origins, log.events);
    const oldest = oldestLoggedAt(log);
    const changes = mergeChanges(log.events, ownChanges(this.#accounts, this.source.identity), this.#origins);
    return {
      changes,
      log,
      ...(oldest !== undefined && { oldestLoggedAt: oldest }),
      ...(this.#beforeChange && { beforeChange: true }),
      ...(this.#otherOrganizationPlans > 0 && { otherOrganizationPlans: this.#otherOrganizationPlans }),
      ...(this.#unreadableRecords > 0 && { unreadableRecords: this.#unreadableRecords }),
      ...(this.#journalFailure !== undefined && { journalFailure: this.#journalFailure }),
    };
  }
}
