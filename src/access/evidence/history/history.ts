import { Emitter, type Unsubscribe } from '../../emitter';
import type { Account } from '../../journal/account';
import type { Journal } from '../../journal/journal';
import type { Organization } from '../../organization';
import { compareIdentity } from '../../organizationIdentity';
import { type AuditLogsAPI, AuditTrail, type LogSnapshot } from './auditTrail';
import type { Change } from './change';
import { learnFromLog, mergeChanges } from './merge';
import { Origins } from './origins';
import { learnFromJournal, ownChanges } from './ownChanges';

/** What a history is told from. */
export interface HistorySource
  extends Pick<Organization, 'id' | 'catalog' | 'permissions' | 'closed' | 'identity'> {
  readonly auditLogs: AuditLogsAPI;
  readonly now: () => number;
  journal(): Promise<Pick<Journal, 'accounts'>>;
}

/** All that is known of who changed what, and what is missing. Never changed in place. */
export interface HistorySnapshot {
  /** The newest first. */
  readonly changes: readonly Change[];
  readonly log: LogSnapshot;
  /** How far back the log was read, in milliseconds since 1970; what is older is told by this computer's journal alone. */
  readonly oldestLoggedAt?: number;
  /** A change was sent after it was read. */
  readonly beforeChange?: true;
  /** How many plans in this computer's journal are of another organization, whose key was here before: not told. */
  readonly otherOrganizationPlans?: number;
  /** Why this computer's journal could not be read, if it could not. */
  readonly journalFailure?: unknown;
}

/**
 * Who changed which access, of one organization: the audit log, and the journal of this computer. Reads nothing before it
 * is asked; what was read of the log is not read again.
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
    this.trail = new AuditTrail(source.auditLogs, () => source.closed, source.now);
    this.trail.onDidChange(() => this.#invalidate());
    // What a list shows now resolves a revoke that is logged later.
    source.permissions.onDidChange((checkpoint) => {
      this.#learnFromList(checkpoint);
      if (!this.#beforeChange && this.isStarted && source.permissions.snapshot(checkpoint).beforeChange) {
        this.#beforeChange = true;
        this.#invalidate();
      }
    });
  }

  /** Hears each time that what is known has changed, or is being read. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** What is known now, without asking anybody. */
  get snapshot(): HistorySnapshot {
    this.#snapshot ??= this.#build();
    return this.#snapshot;
  }

  /** Whether anybody has asked for it yet. */
  get isStarted(): boolean {
    return this.#read !== undefined;
  }

  /** What is known, or by reading the journal and the newest page of the log. Never rejects. */
  read(): Promise<HistorySnapshot> {
    this.#read ??= this.#journalThen(() => this.trail.read());
    return this.#read.then(async () => {
      // A reading that was broken off because another organization was shown is begun anew.
      await this.trail.read();
      return this.snapshot;
    });
  }

  /** Reads the journal again and what is new in the log. Never rejects. */
  refresh(): Promise<HistorySnapshot> {
    this.#read = this.#journalThen(() => this.trail.refresh());
    return this.#read;
  }

  /** One page more of the log. Never rejects. */
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
