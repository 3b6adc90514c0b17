import { setTimeout as pause } from 'node:timers/promises';

/**
 * Polls a value until it meets a condition, for state that no single locator can read.
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
    const seen = await look();
    if (wanted(seen)) return seen;
    if (performance.now() > end)
      throw new Error(`Waited for ${what} and saw ${JSON.stringify(seen, undefined, 1)}`);
  }
}
