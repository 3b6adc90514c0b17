import { setTimeout as sleep } from 'node:timers/promises';

/** The emulator's source of time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after a delay. Rejects with the reason of the signal if it aborts first. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  delay: (milliseconds, signal) => sleep(milliseconds, undefined, signal && { signal }),
};

interface Sleeper {
  readonly due: number;
  wake(): void;
}

/** A clock that only tests advance, so that no test waits or depends on real time. */
export class ManualClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];
  #watchers: { readonly count: number; resolve(): void }[] = [];

  constructor(now = Date.UTC(2026, 10, 21, 12)) {
    this.#now = now;
  }

  now = (): number => this.#now;

  /** Number of pending delays. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  delay = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const abort = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        due: this.#now + milliseconds,
        wake() {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#sleepers.push(sleeper);
      this.#watchers = this.#watchers.filter((watcher) => {
        if (watcher.count > this.#sleepers.length) return true;
        watcher.resolve();
        return false;
      });
    });

  /** Resolves when `count` delays are pending. */
  async slept(count = 1): Promise<void> {
    if (this.#sleepers.length >= count) return;
    await new Promise<void>((resolve) => this.#watchers.push({ count, resolve }));
  }

  /** Advances the time and ends the delays that are due, in order. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    const due = this.#sleepers.filter((sleeper) => sleeper.due <= this.#now);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.due > this.#now);
    for (const sleeper of due.sort((one, other) => one.due - other.due)) sleeper.wake();
  }

  /** Advances to the end of the next delay. False if none is pending. */
  advanceToNext(): boolean {
    if (this.#sleepers.length === 0) return false;
    const next = Math.min(...this.#sleepers.map((sleeper) => sleeper.due));
    this.advance(Math.max(0, next - this.#now));
    return true;
  }
}
