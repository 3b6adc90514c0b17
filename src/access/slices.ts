import { setImmediate as nextTurn } from 'node:timers/promises';

/** The longest time, in milliseconds, that work keeps others from their turn. */
const maxSliceMs = 10;

/**
 * For work that waits for other things, too: a function to call between its steps. It returns undefined until a slice is
 * over, and then a promise to wait for.
 */
export function pauses(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < maxSliceMs) return undefined;
    return nextTurn().then(() => {
      began = performance.now();
    });
  };
}
