import { createHash } from 'node:crypto';
import type { Clock } from '../clock';
import type { Waiting } from '../options';
import { RateLimiter, type Start } from './rateLimiter';

/** A request's place in the queue; the same one through all its attempts. */
export interface Slot {
  /** May change while it waits. */
  priority: 'person' | 'background';
  /** The queue's own mark: the order in which slots first came. */
  place?: number;
  readonly signal: AbortSignal | undefined;
  /** Must not throw. */
  onWait(waiting: Waiting): void;
}

/** Waits shorter than this are not worth telling, nor are changes of a wait by less; in milliseconds. */
const noticeable = 1000;

interface QueuedCall {
  readonly slot: Slot;
  readonly place: number;
  begin(): void;
  /** When it was last told that it may begin. */
  told: number;
}

function isBefore(one: QueuedCall, other: QueuedCall | undefined): boolean {
  if (!other || one.slot.priority === other.slot.priority) return one.place < (other?.place ?? 0);
  return one.slot.priority === 'person';
}

/**
 * Lets requests of one key to one origin begin: as many at once as the server bears, what a person waits for before
 * what runs in the background, and each in the order in which it first came.
 */
export class RequestQueue {
  readonly #clock: Clock;
  readonly #limiter: RateLimiter;
  #slots = 0;
  #entries: QueuedCall[] = [];
  #underWay = 0;
  #alarm: { at: number; stop(): void } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#limiter = new RateLimiter(clock);
  }

  /** Resolves when the request may begin; it then must be ended with {@link release}. Rejects as soon as it is aborted. */
  acquire(slot: Slot): Promise<Start> {
    return new Promise((resolve, reject) => {
      const { signal } = slot;
      if (signal?.aborted) return reject(signal.reason);
      const place = this.#placeOf(slot);
      const stop = () => {
        this.#entries = this.#entries.filter((other) => other !== entry);
        reject(signal?.reason);
        this.#next();
      };
      const entry: QueuedCall = {
        slot,
        place,
        told: 0,
        begin: () => {
          signal?.removeEventListener('abort', stop);
          resolve(this.#limiter.begin());
        },
      };
      signal?.addEventListener('abort', stop, { once: true });
      let index = this.#entries.length;
      while (index > 0 && isBefore(entry, this.#entries[index - 1])) index--;
      this.#entries.splice(index, 0, entry);
      this.#next();
    });
  }

  /**
   * Ends what {@link acquire} began. `limit` is given for a 429, with the wait that the server asks for, if it does.
   * True for a 429 that says something new, false for one of a request that was under way when an earlier one came.
   */
  release(start: Start, answered: boolean, limit?: { asked: number | undefined }): boolean {
    this.#underWay--;
    const isNew = limit ? this.#limiter.limited(start, limit.asked) : false;
    if (answered && !limit) this.#limiter.served(start);
    // Whoever was refused comes back in this very turn, and with its old place.
    if (this.#entries.length) queueMicrotask(() => this.#next());
    return isNew;
  }

  #placeOf(slot: Slot): number {
    slot.place ??= this.#slots++;
    return slot.place;
  }

  /** For a slot whose priority has changed. */
  reorder(): void {
    this.#entries.sort((one, other) => (isBefore(one, other) ? -1 : 1));
    this.#next();
  }

  #next(): void {
    for (;;) {
      const entry = this.#entries[0];
      if (!entry) {
        this.#wakeAt(undefined);
        return;
      }
      const [at = 0] = this.#limiter.schedule(1);
      if (this.#underWay >= this.#limiter.maxConcurrent || at > this.#clock.now()) {
        this.#wakeAt(this.#underWay < this.#limiter.maxConcurrent ? at : undefined);
        this.#announce();
        return;
      }
      this.#entries.shift();
      this.#underWay++;
      entry.begin();
    }
  }

  #wakeAt(at: number | undefined): void {
    if (this.#alarm?.at === at) return;
    this.#alarm?.stop();
    this.#alarm = undefined;
    if (at === undefined) return;
    const controller = new AbortController();
    this.#alarm = { at, stop: () => controller.abort() };
    this.#clock.sleep(at - this.#clock.now(), controller.signal).then(
      () => {
        this.#alarm = undefined;
        this.#next();
      },
      () => {},
    );
  }

  #announce(): void {
    const now = this.#clock.now();
    const schedule = this.#limiter.schedule(this.#entries.length);
    const asked = this.#limiter.askedFor;
    // A copy, because whoever is told may cancel and so change the list.
    [...this.#entries].forEach((entry, index) => {
      const until = schedule[index] ?? now;
      if (until - now < noticeable || Math.abs(until - entry.told) < noticeable) return;
      entry.told = until;
      entry.slot.onWait({
        reason: 'rate-limit',
        ms: until - now,
        until,
        ...(asked !== undefined && { asked }),
      });
    });
  }
}

const queues = new WeakMap<Clock, Map<string, RequestQueue>>();

/** The one queue of a key at an origin, shared by every client that runs by the same clock. */
export function queueOf(clock: Clock, origin: string, key: string): RequestQueue {
  const ofClock = queues.get(clock) ?? new Map<string, RequestQueue>();
  queues.set(clock, ofClock);
  // Outlives the client, so it is found by a digest of the key.
  const name = createHash('sha256').update(`${origin} ${key}`).digest('base64');
  const queue = ofClock.get(name) ?? new RequestQueue(clock);
  ofClock.set(name, queue);
  return queue;
}
