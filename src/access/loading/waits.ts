import type { Waiting } from '../../openai';
import { Emitter, type Unsubscribe } from '../emitter';

/** Reads that may have to wait for the rate limit or before another try, which people are told of and may end. */
export interface MayWait {
  /** The reads that wait, or did before the request that is under way for them. */
  readonly waits: readonly Waiting[];
  /** Hears that a read has begun to wait, or that one no longer does. */
  onDidChangeWaits(listener: () => void): Unsubscribe;
  /** Ends every read that waits; each ends as a failure that says so. */
  cancelWaits(): void;
}

/** The waits of one kind of reads, each with what ends it. */
export class Waits<W extends Waiting> {
  readonly #waits = new Map<AbortController, W>();
  readonly #changed = new Emitter<void>();

  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(() => listener());
  }

  get all(): W[] {
    return [...this.#waits.values()];
  }

  cancel(): void {
    for (const abort of this.#waits.keys()) abort.abort();
  }

  /** A read has begun to wait, or waits for longer than was said. */
  begin(abort: AbortController, wait: W): void {
    this.#waits.set(abort, wait);
    this.#changed.emit();
  }

  /** The read has ended. */
  end(abort: AbortController): void {
    if (this.#waits.delete(abort)) this.#changed.emit();
  }
}
