import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** How the time of some work grows with its size. Times are milliseconds, the best of the runs. */
export interface Growth {
  readonly size: number;
  readonly ms: number;
  /** The time for twice the size. */
  readonly twice: number;
  /** `twice` as a multiple of `ms`: 2 if the time is in proportion to the size, 4 if it grows with its square. */
  readonly factor: number;
}

/** Prepares work of a size, and returns it. Only the work is timed. */
export type Prepare = (size: number) => (() => unknown) | Promise<() => unknown>;

/** The shortest time, in milliseconds, that says something about growth. */
const leastMs = 20;

/** Times work of a size that takes at least so many milliseconds, and of twice that size: each the best of five, in turns. */
async function measureGrowth(prepare: Prepare, from: number, least: number): Promise<Growth> {
  let size = from;
  let ms = await best(prepare, size);
  while (ms < least) {
    size *= 2;
    ms = await best(prepare, size);
  }
  let twice = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run += 1) {
    ms = Math.min(ms, await time(prepare, size));
    twice = Math.min(twice, await time(prepare, 2 * size));
  }
  return { size, ms, twice, factor: twice / ms };
}

/** Twice the size may take at most so many times as long. */
export const mostGrowth = 2.5;

/** Where growth is measured again, as multiples of the first size. */
const elsewhere = [1 / 2, 2, 1 / 4];

/**
 * The growth of some work, doubling by doubling, up to the first that is not too steep, of four at most. Garbage
 * collection, the caches of the processor, and whoever shares them make single ones steeper, the larger ones above all.
 * So growth counts only if each doubling is too steep, as it is with the square.
 */
export async function measureDoublings(
  prepare: Prepare,
  from: number,
): Promise<readonly [Growth, ...Growth[]]> {
  const first = await measureGrowth(prepare, from, leastMs);
  const steps: [Growth, ...Growth[]] = [first];
  for (const times of elsewhere) {
    if (steps.some(({ factor }) => factor <= mostGrowth)) break;
    steps.push(await measureGrowth(prepare, Math.ceil(first.size * times), 0));
  }
  return steps;
}

/** Fails when the time of some work grows faster than its size, see {@link measureDoublings}. */
export async function assertLinear(prepare: Prepare, from: number): Promise<void> {
  const steps = await measureDoublings(prepare, from);
  if (steps.some(({ factor }) => factor <= mostGrowth)) return;
  const said = steps.map(({ size, factor }) => `${size}: ${factor.toFixed(2)}`);
  assert.fail(`twice the size took too many times as long: ${said.join(', ')}`);
}

/** The best of three: the first run is slow, because nothing is compiled yet. */
async function best(prepare: Prepare, size: number): Promise<number> {
  return Math.min(await time(prepare, size), await time(prepare, size), await time(prepare, size));
}

/** The time of the processor, because other processes take turns with this one. */
async function time(prepare: Prepare, size: number): Promise<number> {
  const work = await prepare(size);
  // What was left behind by others is not part of it.
  collectGarbage();
  const began = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
