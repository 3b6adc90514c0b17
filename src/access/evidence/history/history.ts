import { Emitter, type Unsubscribe } from '../../emitter';
import type { Account } from '../../journal/account';
import type { Journal } from '../../journal/journal';
import type { Organization } from '../../organization';
import { compareIdentity } from '../../organizationIdentity';
import type { AuditTrail, LogSnapshot } from './auditTrail';
import type { Change } from './change';
import { learnFromLog, mergeChanges } from './merge';
import { Origins } from './origins';
import { learnFromJournal, ownChanges } from './ownChanges';

/** The sources of a history. */
export interface HistorySource
  extends Pick<Organization, 'id' | 'catalog' | 'permissions' | 'identity' | 'trail'> {
  journal(): Promise<Pick<Journal, 'accounts'>>;
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
  readonly #changed = new Emitter<void>();
  #accounts: readonly Account[] = [];
  #otherOrganizationPlans = 0;
  #journalFailure: unknown;
  #read: Promise<HistorySnapshot> | undefined;
  #snapshot: HistorySnapshot | undefined;
  #beforeChange = false;

  constructor(private readonly source: HistorySource) {
    this.trail = source.trail;
    this.trail.onDidChange(() => this.#invalidate());
    // A loaded list identifies the permission of a later revoke.
    source.permissions.onDidChange((checkpoint) => {
      this.#learnFromList(checkpoint);
      if (!this.#beforeChange && this.isStarted && source.permissions.snapshot(checkpoint).beforeChange) {
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

  /** Whether the history was requested yet. */
  get isStarted(): boolean {
    return this.#read !== undefined;
  }

  /** Loads the journal and the newest page of the log, unless they are loaded. Never rejects. */
  read(): Promise<HistorySnapshot> {
    this.#read ??= this.#journalThen(() => this.trail.read());
    return this.#read.then(async () => {
      // A load that was aborted because another organization was shown is retried.
      await this.trail.read();
      return this.snapshot;
    });
  }

  /** Reloads the journal and loads new events of the log. Never rejects. */
  refresh(): Promise<HistorySnapshot> {
    this.#read = this.#journalThen(() => this.trail.refresh());
    return this.#read;
  }

  /** Loads the next page of the log. Never rejects. */
  async readOlder(): Promise<HistorySnapshot> {
    await this.trail.readOlder();
    return this.snapshot;
  }

  async #journalThen(log: () => Promise<unknown>): Promise<HistorySnapshot> {
    this.#beforeChange = false;
    await Promise.all([this.#readJournal(), log()]);
    this.#invalidate();
    return this.snapshot;
  }

  async #readJournal(): Promise<void> {
    try {
      const journal = await this.source.journal();
      const all = await journal.accounts(this.source.id);
      this.#accounts = all.filter(({ whose }) => compareIdentity(whose, this.source.identity) !== 'other');
      this.#otherOrganizationPlans = all.length - this.#accounts.length;
      this.#journalFailure = undefined;
    } catch (error) {
      this.#journalFailure = error;
    }
  }

  #invalidate(): void {
    this.#snapshot = undefined;
    this.#changed.emit();
  }

  #learnFromList(checkpoint: string): void {
    const { listing } = this.source.permissions.snapshot(checkpoint);
    for (const { id, project_id } of listing?.permissions ?? []) {
      this.#origins.learn(id, { project: project_id, checkpoint }, 'list');
    }
  }

  #build(): HistorySnapshot {
    const log = this.trail.snapshot;
    for (const id of this.source.catalog.ids) this.#learnFromList(id);
    learnFromJournal(this.#origins, this.#accounts);
    learnFromLog(this.#origins, log.events);
    const oldest = log.events.at(-1)?.effective_at;
    const changes = mergeChanges(log.events, ownChanges(this.#accounts, this.source.identity), this.#origins);
    return {
      changes,
      log,
      ...(oldest !== undefined && { oldestLoggedAt: oldest * 1000 }),
      ...(this.#beforeChange && { beforeChange: true }),
      ...(this.#otherOrganizationPlans > 0 && { otherOrganizationPlans: this.#otherOrganizationPlans }),
      ...(this.#journalFailure !== undefined && { journalFailure: this.#journalFailure }),
    };
  }
}
