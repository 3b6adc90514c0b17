import { setImmediate as nextTurn } from 'node:timers/promises';

/** The longest work in one go, in milliseconds: the extension host has others to serve. */
const longestSlice = 8;

/** A function to call between pieces of work, which lets others go first when the work has taken long. */
export function slices(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < longestSlice) return undefined;
    return nextTurn().then(() => {
      began = performance.now();
    });
  };
}
