import {
  type AuditLog,
  type AuditLogListParams,
  type CursorPage,
  IncompleteListError,
  type IncompleteReason,
  type OpenAIAdmin,
  type Waiting,
} from '../../../openai';
import { steadyNow } from '../../../text/steadyClock';
import { Emitter, type Unsubscribe } from '../../emitter';
import { NoLongerShownError } from '../../loading/snapshot';
import { type MayWait, Waits } from '../../loading/waits';
import { type LogQuery, parametersOf } from './logQuery';

export type AuditLogsAPI = Pick<OpenAIAdmin['admin']['organization']['auditLogs'], 'list'>;

/** Events per request: the maximum of the API (docs/api.md#the-other-endpoints). */
export const pageSize = 100;

const eventTypes = ['checkpoint.permission.created', 'checkpoint.permission.deleted'];

/**
 * How far the log is loaded: to its end, with a further page, or broken off because the responses contradict each
 * other.
 */
export type LogEnding =
  | { readonly kind: 'unread' }
  | { readonly kind: 'complete' }
  | { readonly kind: 'more' }
  | { readonly kind: 'incomplete'; readonly reason: IncompleteReason };

/** The events loaded so far. Immutable. */
export interface LogSnapshot {
  /** Newest first, each once. */
  readonly events: readonly AuditLog[];
  readonly ending: LogEnding;
  /** When the newest page was requested, in milliseconds by the steady clock. Absent before anything was loaded. */
  readonly readAt?: number;
  /** The last failure: of loading the newest events, or older ones. Events loaded before it are kept. */
  readonly failure?: { readonly error: unknown; readonly during: 'newest' | 'older' };
  /** The events were loaded in an earlier session, and none since. */
  readonly restored?: true;
  readonly reading: boolean;
}

/** What is loaded of the log, with the cursor of its next page. `loadedAt` in milliseconds by the steady clock. */
export interface LoadedLog {
  readonly events: readonly AuditLog[];
  readonly ending:
    | Exclude<LogEnding, { readonly kind: 'unread' | 'more' }>
    | { readonly kind: 'more'; readonly after: string };
  readonly loadedAt: number;
}

/**
 * Loads the grants and revokes of an audit log from the newest to the oldest, one page per request and each page
 * once. A failure is kept: there is no automatic retry. What the API was asked for because of a filter is kept apart
 * ({@link narrowedTo}), so that it is never taken for the whole log.
 */
export class AuditTrail implements MayWait {
  #snapshot: LogSnapshot = { events: [], ending: { kind: 'unread' }, reading: false };
  #after: string | undefined;
  readonly #cursors = new Set<string>();
  #reading: Promise<LogSnapshot> | undefined;
  readonly #changed = new Emitter<void>();
  readonly #narrowed = new Map<string, AuditTrail>();
  readonly #query: AuditLogListParams;
  /** Ends the request that is under way. */
  #cancel: (() => void) | undefined;

  constructor(
    private readonly api: AuditLogsAPI,
    /** Returns a signal that aborts when the organization is no longer shown. Called for each load. */
    private readonly closed: () => AbortSignal,
    private readonly now: () => number = steadyNow,
    /** The events that are loaded; all by default. */
    query: LogQuery = {},
    /** The waits of this trail, and of those that are narrowed from it. */
    private readonly waiting = new Waits<Waiting>(),
  ) {
    this.#query = { event_types: eventTypes, limit: pageSize, ...parametersOf(query) };
  }

  /** The trail of the events that a query asks for, with its own cursor. One for each query. Sends no request. */
  narrowedTo(query: LogQuery): AuditTrail {
    const name = JSON.stringify(parametersOf(query));
    const known = this.#narrowed.get(name);
    if (known) return known;
    const trail = new AuditTrail(this.api, this.closed, this.now, query, this.waiting);
    this.#narrowed.set(name, trail);
    return trail;
  }

  /** The trail of a query, if {@link narrowedTo} made it. */
  narrowed(query: LogQuery): AuditTrail | undefined {
    return this.#narrowed.get(JSON.stringify(parametersOf(query)));
  }

  get snapshot(): LogSnapshot {
    return this.#snapshot;
  }

  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  get waits(): Waiting[] {
    return this.waiting.all;
  }

  onDidChangeWaits(listener: () => void): Unsubscribe {
    return this.waiting.onDidChange(listener);
  }

  cancelWaits(): void {
    this.waiting.cancel();
  }

  /** Ends the load that is running, if any. It ends as a failure that says so. What was loaded before is kept. */
  cancel(): void {
    this.#cancel?.();
  }

  /** What is loaded, as far as another session can go on with it. Undefined before anything was loaded. */
  get restorable(): LoadedLog | undefined {
    const { events, ending, readAt } = this.#snapshot;
    if (readAt === undefined || ending.kind === 'unread') return undefined;
    if (ending.kind !== 'more') return { events, ending, loadedAt: readAt };
    return this.#after === undefined
      ? undefined
      : { events, ending: { kind: 'more', after: this.#after }, loadedAt: readAt };
  }

  /** Shows what an earlier session loaded, unless something is loaded here or is about to be. Sends no request. */
  adopt({ events, ending, loadedAt }: LoadedLog): void {
    if (this.#reading !== undefined || this.#snapshot.readAt !== undefined) return;
    const { failure } = this.#snapshot;
    if (ending.kind === 'more') {
      this.#after = ending.after;
      this.#cursors.add(ending.after);
    }
    const shown: LogEnding = ending.kind === 'more' ? { kind: 'more' } : ending;
    this.#snapshot = {
      events,
      ending: shown,
      readAt: loadedAt,
      ...(failure && { failure }),
      restored: true,
      reading: false,
    };
    this.#changed.emit();
  }

  /** Loads the newest page unless it is loaded. Never rejects: a failure is part of the snapshot. */
  read(): Promise<LogSnapshot> {
    if (this.#reading !== undefined) return this.#reading;
    const { readAt, failure } = this.#snapshot;
    if (readAt !== undefined || failure) return Promise.resolve(this.#snapshot);
    return this.refresh();
  }

  /** Loads the next page of older events. Never rejects. Sends no request at the end of the log. */
  readOlder(): Promise<LogSnapshot> {
    if (this.#reading !== undefined) return this.#reading;
    if (this.#snapshot.ending.kind !== 'more') return Promise.resolve(this.#snapshot);
    return this.#run('older', async (signal) => {
      const page = await this.#page(this.#after, signal);
      return this.#withOlder(this.#snapshot.events, page);
    });
  }

  /** Loads new events: pages from the newest on, until one has a known event. Never rejects. */
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
        // The rest of the page is searched too: an event that is logged late may come after known ones.
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
      // A list that contradicts itself ends the log as incomplete, and is not requested again
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
    this.#cancel = () => abort.abort();
    const query = { ...this.#query, ...(after !== undefined && { after }) };
    try {
      return await this.api.list(query, {
        signal: AbortSignal.any([signal, abort.signal]),
        onWait: (waiting) => this.waiting.begin(abort, waiting),
      });
    } finally {
      this.#cancel = undefined;
      this.waiting.end(abort);
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
        // A failure to load the newest events stays: older ones do not make up for it.
        const { failure } = this.#snapshot;
        const stays = during === 'older' && failure?.during === 'newest' ? { failure } : {};
        return settle({ ...aged, ...read, ...stays });
      },
      (error: unknown) => {
        const { events, ending, failure: last } = this.#snapshot;
        const previous = { events, ending, ...aged };
        // A load that was aborted because the organization is no longer shown is no failure: the next one retries.
        if (closed.aborted) return settle({ ...previous, ...(last && { failure: last }) });
        const shown = during === 'older' && last?.during === 'newest' ? last : { error, during };
        return settle({ ...previous, failure: shown });
      },
    );
    this.#changed.emit();
    return this.#reading;
  }
}

/** The time of the oldest loaded event, in milliseconds since 1970. Undefined if no loaded event has a known time. */
export function oldestLoggedAt({ events }: Pick<LogSnapshot, 'events'>): number | undefined {
  const oldest = events.findLast(({ effective_at }) => effective_at > 0)?.effective_at;
  return oldest === undefined ? undefined : oldest * 1000;
}

function incomplete(reason: IncompleteReason): LogEnding {
  return { kind: 'incomplete', reason };
}

function distinct(events: readonly AuditLog[]): AuditLog[] {
  return [...new Map(events.map((event) => [event.id, event])).values()];
}
