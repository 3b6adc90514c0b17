import { setTimeout as pause } from 'node:timers/promises';
import { noteInVain, withoutGestures } from './gestures';

/**
 * Polls a value until it meets a condition, for state that no single locator can read. `look` must not act on the window,
 * or each poll would repeat that.
 *
 * @throws Error with the last value, after 15 seconds
 */
export async function expect<T>(
  look: () => Promise<T>,
  wanted: (seen: T) => boolean,
  what: string,
  limit = 15_000,
): Promise<T> {
  for (const end = performance.now() + limit; ; await pause(50)) {
    const seen = await withoutGestures(what, look);
    if (wanted(seen)) return seen;
    if (performance.now() < end) continue;
    noteInVain(what);
    throw new Error(`Waited for ${what} and saw ${JSON.stringify(seen, undefined, 1)}`);
  }
}
