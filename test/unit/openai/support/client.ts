import {
  type ClientOptions,
  type Clock,
  OpenAIAdmin,
  type RequestReport,
  type Waiting,
} from '../../../../src/openai';
import { atEnd } from './server';

/** Concatenated, so that no text in the repository looks like a key. */
export const testKey = ['sk', 'admin', 'canary', 'of', 'the', 'tests'].join('-');
export const testCheckpoint = 'ft:gpt-4o-mini-2024-07-18:acme::B7R9VjQd:ckpt-step-16';

/** A clock whose sleeps end at once, in order of their time. */
export class LeapingClock implements Clock {
  timer?: (ms: number, callback: () => void) => () => void;
  /** Durations of the sleeps, in milliseconds, in order. */
  readonly slept: number[] = [];
  #now = Date.UTC(2026, 10, 21, 12);
  #sleepers: { due: number; wake(): void }[] = [];
  #leaping = false;

  constructor(readonly random: () => number = () => 0) {}

  now = (): number => this.#now;

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      this.slept.push(ms);
      const stop = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason);
      };
      const sleeper = {
        due: this.#now + ms,
        wake: () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.#sleepers.push(sleeper);
      this.#leap();
    });

  #leap(): void {
    if (this.#leaping) return;
    this.#leaping = true;
    setImmediate(() => {
      this.#leaping = false;
      const next = this.#sleepers.sort((one, other) => one.due - other.due).shift();
      if (!next) return;
      this.#now = Math.max(this.#now, next.due);
      next.wake();
      if (this.#sleepers.length) this.#leap();
    });
  }
}

export interface TestClient {
  readonly client: OpenAIAdmin;
  readonly clock: LeapingClock;
  readonly reports: RequestReport[];
  readonly waits: Waiting[];
}

/** A client of a test's server whose waits take no time; closed by `endAll`. */
export function clientOf(baseURL: string, options: Partial<ClientOptions> = {}): TestClient {
  const clock = new LeapingClock();
  const reports: RequestReport[] = [];
  const waits: Waiting[] = [];
  const client = new OpenAIAdmin({
    adminAPIKey: testKey,
    baseURL,
    clock,
    onRequest: (report) => reports.push(report),
    onWait: (waiting) => waits.push(waiting),
    ...options,
  });
  return { client: atEnd(client), clock, reports, waits };
}

/** The error of a rejected promise. Fails if it resolves, or rejects with an error of another class. */
export async function rejection<E extends Error>(
  promise: PromiseLike<unknown>,
  Class: abstract new (...args: never[]) => E,
): Promise<E> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (error instanceof Class) return error;
    throw error;
  }
  throw new Error(`Expected ${Class.name}, but it resolved to ${JSON.stringify(value)}`);
}
