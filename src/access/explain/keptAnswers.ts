import { APIUserAbortError, type RequestOptions } from '../../openai';
import { steadyNow } from '../../text/steadyClock';
import type { Priority } from '../api';
import { Emitter, type Unsubscribe } from '../emitter';
import { Waiters } from '../loading/permissionStore';
import { NoLongerShownError } from '../loading/snapshot';
import type { Waits } from '../loading/waits';

/** What is kept of a question. Immutable. Times in milliseconds by the steady clock, when the request was sent. */
export interface KeptAnswer<T> {
  /** The last answer. Stays after a failure. */
  readonly value?: T;
  readonly at?: number;
  /** Why the last request failed. Absent if it did not. */
  readonly failure?: unknown;
  readonly failedAt?: number;
  /** A refresh was asked for after the answer came. */
  readonly outdated?: true;
}

/** Sends the requests of one question. */
export type Ask<Q, T> = (question: Q, options: RequestOptions) => Promise<T>;

export interface KeptAnswersParts<Q, T> {
  readonly ask: Ask<Q, T>;
  readonly nameOf: (question: Q) => string;
  /** How long an answer or a failure counts, in milliseconds. */
  readonly maxAge: number;
  /** Returns a signal that aborts when the organization is no longer shown. Called for each request. */
  readonly closed: () => AbortSignal;
  /** Where requests that must wait are shown. */
  readonly waits: Waits<Parameters<NonNullable<RequestOptions['onWait']>>[0]>;
  readonly now?: (() => number) | undefined;
}

interface AnswerInFlight {
  readonly promise: Promise<void>;
  readonly abort: AbortController;
  readonly waiters: Waiters;
}

interface Entry<T> {
  kept: KeptAnswer<T>;
  flight?: AnswerInFlight | undefined;
  /** Goes up with each refresh: what was asked for before is void. */
  generation: number;
}

const nothingKept: KeptAnswer<never> = {};

/**
 * Answers to questions of one kind, each asked once however many want the answer, and kept until they are old or a
 * refresh is asked for. A failure is kept as long, so that nothing is sent again for it. A cancel is no failure.
 */
export class KeptAnswers<Q, T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #changed = new Emitter<Q>();
  readonly #now: () => number;

  constructor(private readonly parts: KeptAnswersParts<Q, T>) {
    this.#now = parts.now ?? steadyNow;
  }

  /** Notifies with each question whose answer or failure came. */
  onDidChange(listener: (question: Q) => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** What is kept, whatever its age. Sends no request. */
  get(question: Q): KeptAnswer<T> {
    return this.#entries.get(this.parts.nameOf(question))?.kept ?? nothingKept;
  }

  /** Whether {@link read} would send no request, because the answer or the failure is recent enough. */
  isCurrent(question: Q): boolean {
    const { failedAt } = this.get(question);
    // A refresh drops a failure, so that one that is kept came after it.
    return failedAt === undefined ? this.isFresh(question) : this.#isRecent(failedAt);
  }

  /** Whether there is an answer, and it is recent enough to count. */
  isFresh(question: Q): boolean {
    const { at, outdated } = this.get(question);
    return !outdated && this.#isRecent(at);
  }

  /**
   * The answer, by a request if what is kept is not current. Resolves also after a failure, which is part of the
   * result. Rejects with `APIUserAbortError` if the signal aborts, or `NoLongerShownError` if the organization is no
   * longer shown.
   */
  async read(question: Q, signal?: AbortSignal, priority?: Priority): Promise<KeptAnswer<T>> {
    for (;;) {
      if (signal?.aborted) throw new APIUserAbortError();
      if (this.isCurrent(question)) return this.get(question);
      const name = this.parts.nameOf(question);
      const entry = this.#entries.get(name) ?? { kept: nothingKept, generation: 0 };
      this.#entries.set(name, entry);
      const { generation } = entry;
      const flight = entry.flight ?? this.#send(question, entry, priority);
      await flight.waiters.join(flight.promise, signal, () => {
        // Who comes from now on needs a request of their own.
        if (entry.flight === flight) entry.flight = undefined;
        flight.abort.abort();
      });
      if (entry.generation === generation) return entry.kept;
    }
  }

  /** A refresh: what is kept is old from now on, of this question or of all. Sends no request. */
  outdate(question?: Q): void {
    const only = question === undefined ? undefined : this.parts.nameOf(question);
    for (const [name, entry] of this.#entries) {
      if (only !== undefined && name !== only) continue;
      entry.generation += 1;
      entry.flight = undefined;
      const { value, at } = entry.kept;
      entry.kept =
        at === undefined ? nothingKept : { ...(value !== undefined && { value }), at, outdated: true };
    }
  }

  #isRecent(at: number | undefined): boolean {
    const now = this.#now();
    // A time in the future is of another clock, so the age is unknown.
    return at !== undefined && at <= now && now - at < this.parts.maxAge;
  }

  #send(question: Q, entry: Entry<T>, priority: Priority | undefined): AnswerInFlight {
    const { ask, closed: closing, waits } = this.parts;
    const { generation } = entry;
    const closed = closing();
    const at = this.#now();
    const abort = new AbortController();
    const work = async (): Promise<void> => {
      const keep = (kept: KeptAnswer<T>): void => {
        if (entry.generation !== generation) return;
        entry.kept = kept;
        this.#changed.emit(question);
      };
      try {
        closed.throwIfAborted();
        const value = await ask(question, {
          signal: AbortSignal.any([closed, abort.signal]),
          priority,
          // Questions are shared here. An identical request that began earlier may show what was so then.
          unshared: true,
          onWait: (waiting) => waits.begin(abort, waiting),
        });
        keep({ value, at });
      } catch (error) {
        if (closed.aborted) throw new NoLongerShownError();
        if (abort.signal.aborted) throw error;
        const { value, at: before, outdated } = entry.kept;
        keep({
          ...(before !== undefined && { at: before, ...(value !== undefined && { value }) }),
          ...(outdated && { outdated }),
          failure: error,
          failedAt: at,
        });
      } finally {
        waits.end(abort);
        if (entry.flight === flight) entry.flight = undefined;
      }
    };
    const flight: AnswerInFlight = { abort, waiters: new Waiters(), promise: Promise.resolve().then(work) };
    entry.flight = flight;
    return flight;
  }
}
