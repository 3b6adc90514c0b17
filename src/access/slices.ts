import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work in steps: at each `yield` it may pause. Its result is what it returns. */
export type Steps<T> = Generator<void, T, void>;

/** The longest time, in milliseconds, that work keeps others from their turn. */
const maxSliceMs = 10;

/**
 * Whether work may pause at an item, by its number: for steps that are shorter than a look at the clock. Work on less than
 * a hundred is done at once.
 */
export function isPause(index: number): boolean {
  return index % 100 === 99;
}

/**
 * Does work in slices, so that nobody else in this process waits for it. Rejects with the reason of `signal` once that
 * is aborted, and with what the work throws.
 */
export async function inSlices<T>(work: Steps<T>, signal?: AbortSignal): Promise<T> {
  const pause = pauses(signal);
  signal?.throwIfAborted();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    const turn = pause();
    if (turn !== undefined) await turn;
  }
}

/**
 * For work that waits for other things, too: a function to call between its steps. It returns undefined until a slice is
 * over, and then a promise to wait for, which rejects as {@link inSlices} does.
 */
export function pauses(signal?: AbortSignal): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < maxSliceMs) return undefined;
    return nextTurn().then(() => {
      signal?.throwIfAborted();
      began = performance.now();
    });
  };
}

/** Work of which each piece is done in slices, and before anything that comes later. */
export class WorkInOrder {
  #work: Steps<void> | undefined;

  begin(work: Steps<void>): void {
    this.finish();
    this.#work = work;
    void inSlices(work);
  }

  /** Does at once what is left of the work. */
  finish(): void {
    const work = this.#work;
    this.#work = undefined;
    if (work) atOnce(work);
  }
}

/** Does work without a pause. For small work, in functions that cannot wait. */
export function atOnce<T>(work: Steps<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
