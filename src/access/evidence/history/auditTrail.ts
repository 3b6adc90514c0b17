import {
  type AuditLog,
  type CursorPage,
  IncompleteListError,
  type IncompleteReason,
  type OpenAIAdmin,
  type Waiting,
} from '../../../openai';
import { Emitter, type Unsubscribe } from '../../emitter';
import { NoLongerShownError } from '../../loading/snapshot';
import { type MayWait, Waits } from '../../loading/waits';

export type AuditLogsAPI = Pick<OpenAIAdmin['admin']['organization']['auditLogs'], 'list'>;

/** The most events that the API serves in one request (docs/api.md#the-other-endpoints). */
export const pageSize = 100;

const eventTypes = ['checkpoint.permission.created', 'checkpoint.permission.deleted'];

/** How far the log was read: to its end, up to where there is more, or to where the server's answers broke off. */
export type LogEnding =
  | { readonly kind: 'unread' }
  | { readonly kind: 'complete' }
  | { readonly kind: 'more' }
  | { readonly kind: 'incomplete'; readonly reason: IncompleteReason };

/** What was read of the audit log, all of it as old as it says. Never changed in place. */
export interface LogSnapshot {
  /** The newest first, each once. */
  readonly events: readonly AuditLog[];
  readonly ending: LogEnding;
  /** When the newest page was asked for, in milliseconds since 1970; absent before anything was read. */
  readonly readAt?: number;
  /** Why the last try failed: to read the newest events, or older ones. What was read before stays beside it. */
  readonly failure?: { readonly error: unknown; readonly during: 'newest' | 'older' };
  readonly reading: boolean;
}

/**
 * The grants and revokes that an organization's audit log tells of, read from the newest to the oldest, a page a request
 * and each page once. A failure is kept and not tried again by itself.
 */
export class AuditTrail implements MayWait {
  #snapshot: LogSnapshot = { events: [], ending: { kind: 'unread' }, reading: false };
  #after: string | undefined;
  readonly #cursors = new Set<string>();
  #reading: Promise<LogSnapshot> | undefined;
  readonly #changed = new Emitter<void>();
  readonly #waits = new Waits<Waiting>();

  constructor(
    private readonly api: AuditLogsAPI,
    /** Aborts when the organization is no longer shown; asked for anew with each reading. */
    private readonly closed: () => AbortSignal,
    private readonly now: () => number,
  ) {}

  get snapshot(): LogSnapshot {
    return this.#snapshot;
  }

  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  get waits(): Waiting[] {
    return this.#waits.all;
  }

  onDidChangeWaits(listener: () => void): Unsubscribe {
    return this.#waits.onDidChange(listener);
  }

  cancelWaits(): void {
    this.#waits.cancel();
  }

  /** What is known, or by reading the newest page. Never rejects: a failure is part of what it resolves to. */
  read(): Promise<LogSnapshot> {
    if (this.#reading !== undefined) return this.#reading;
    const { readAt, failure } = this.#snapshot;
    if (readAt !== undefined || failure) return Promise.resolve(this.#snapshot);
    return this.refresh();
  }

  /** One page more, of older events. Never rejects. Nothing is asked where the log has ended. */
  readOlder(): Promise<LogSnapshot> {
    if (this.#reading !== undefined) return this.#reading;
    if (this.#snapshot.ending.kind !== 'more') return Promise.resolve(this.#snapshot);
    return this.#run('older', async (signal) => {
      const page = await this.#page(this.#after, signal);
      return this.#withOlder(this.#snapshot.events, page);
    });
  }

  /**
   * Reads what is new: pages from the newest on until one has an event that was read before, so that older ones are not
   * read again. Never rejects.
   */
  refresh(): Promise<LogSnapshot> {
    if (this.#reading !== undefined) return this.#reading;
    return this.#run('newest', async (signal) => {
      const readAt = this.now();
      const known = new Set(this.#snapshot.events.map(({ id }) => id));
      if (known.size === 0) {
        this.#cursors.clear();
        return { ...this.#withOlder([], await this.#page(undefined, signal)), readAt };
      }
      const fresh = new Map<string, AuditLog>();
      for (let after: string | undefined; ; ) {
        const page = await this.#page(after, signal);
        const before = fresh.size;
        // The whole page counts: what is told late may stand below what was read before.
        for (const event of page.data) if (!known.has(event.id)) fresh.set(event.id, event);
        if (page.data.some(({ id }) => known.has(id)) || !page.has_more) break;
        after = page.last_id || page.data.at(-1)?.id;
        if (!after || fresh.size === before) throw new IncompleteListError(before, 'repeatedPage');
      }
      const events = [...fresh.values(), ...this.#snapshot.events].sort(
        (one, other) => other.effective_at - one.effective_at,
      );
      return { events, ending: this.#snapshot.ending, readAt };
    });
  }

  #withOlder(before: readonly AuditLog[], page: CursorPage<AuditLog>) {
    const known = new Set(before.map(({ id }) => id));
    const fresh = distinct(page.data).filter(({ id }) => !known.has(id));
    const events = [...before, ...fresh];
    const after = page.last_id || page.data.at(-1)?.id;
    let ending: LogEnding = { kind: 'complete' };
    if (page.has_more) {
      // A list that contradicts itself ends the log as incomplete, and is not asked for again
      // (docs/api.md#lists-can-contradict-themselves).
      if (!after) ending = incomplete('emptyPage');
      else if (fresh.length === 0 || this.#cursors.has(after)) ending = incomplete('repeatedPage');
      else {
        ending = { kind: 'more' };
        this.#after = after;
        this.#cursors.add(after);
      }
    }
    return { events, ending };
  }

  async #page(after: string | undefined, signal: AbortSignal): Promise<CursorPage<AuditLog>> {
    const abort = new AbortController();
    const query = { event_types: eventTypes, limit: pageSize, ...(after !== undefined && { after }) };
    try {
      return await this.api.list(query, {
        signal: AbortSignal.any([signal, abort.signal]),
        onWait: (waiting) => this.#waits.begin(abort, waiting),
      });
    } finally {
      this.#waits.end(abort);
    }
  }

  #run(
    during: 'newest' | 'older',
    work: (signal: AbortSignal) => Promise<Pick<LogSnapshot, 'events' | 'ending'> & { readAt?: number }>,
  ): Promise<LogSnapshot> {
    const closed = this.closed();
    const settle = (snapshot: Omit<LogSnapshot, 'reading'>): LogSnapshot => {
      this.#reading = undefined;
      this.#snapshot = { ...snapshot, reading: false };
      this.#changed.emit();
      return this.#snapshot;
    };
    const { readAt: before } = this.#snapshot;
    const aged = before === undefined ? {} : { readAt: before };
    this.#snapshot = { ...this.#snapshot, reading: true };
    this.#reading = (closed.aborted ? Promise.reject(new NoLongerShownError()) : work(closed)).then(
      (read) => {
        // That the newest could not be read stays said: older ones do not make up for it.
        const { failure } = this.#snapshot;
        const stays = during === 'older' && failure?.during === 'newest' ? { failure } : {};
        return settle({ ...aged, ...read, ...stays });
      },
      (error: unknown) => {
        const { events, ending, failure: last } = this.#snapshot;
        const kept = { events, ending, ...aged };
        // Nobody looked any more, so nobody is to be told: the next look asks again.
        if (closed.aborted) return settle({ ...kept, ...(last && { failure: last }) });
        const shown = during === 'older' && last?.during === 'newest' ? last : { error, during };
        return settle({ ...kept, failure: shown });
      },
    );
    this.#changed.emit();
    return this.#reading;
  }
}

function incomplete(reason: IncompleteReason): LogEnding {
  return { kind: 'incomplete', reason };
}

function distinct(events: readonly AuditLog[]): AuditLog[] {
  return [...new Map(events.map((event) => [event.id, event])).values()];
}
