import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Permission } from '../../../src/openai';
import { type FetchPage, readAll } from '../../../src/openai/resources/all';
import { type Ties, UnchangingList } from './support/unchanging-list';

const PAGE = 10;
const everyTies: readonly Ties[] = ['reversed', 'by id', 'by insertion'];
const idsOf = (items: readonly Permission[]) => items.map(({ id }) => id);

/**
 * Reads a list and checks that all of it is there, once; the number of requests more than it has pages. Answers take
 * `turns` of the microtask queue longer, each the next number of them, so that they overtake each other.
 */
async function extraRequests(
  list: UnchangingList,
  isLong = false,
  turns: readonly number[] = [],
): Promise<number> {
  let asked = 0;
  const fetch: FetchPage = async (query) => {
    for (let left = turns[asked++ % turns.length] ?? 0; left > 0; left--) await undefined;
    return list.fetch(query);
  };
  const items = await readAll(fetch, [], undefined, isLong);
  const { length } = list.newestFirst;
  assert.deepEqual([items.length, new Set(items).size], [length, length]);
  assert.ok(items.every((item, index) => item.created_at >= (items[index + 1]?.created_at ?? 0)));
  return list.requests - Math.max(1, Math.ceil(length / list.pageSize));
}

/**
 * Where the ends have met without a sign of it one request finds out; two at once were one too many. A list that fills
 * its pages to the last place cannot be told from a longer one there, so no reader can do without.
 */
function allowed(count: number, pageSize: number, isLong = false): number {
  if (count <= pageSize) return 0;
  if (count <= 2 * pageSize) return isLong ? 1 : 0;
  return count % pageSize ? 1 : 2;
}

describe('Reading a list from both ends', () => {
  // When each permission was granted, in seconds, by its number: as people grant, and as nobody does.
  const even: Record<string, (index: number, count: number) => number> = {
    'one an hour': (index) => index * 3600,
    'three a second': (index) => Math.floor(index / 3),
    'all in one second': () => 0,
    'twenty a day': (index) => Math.floor(index / 20) * 86_400 + (index % 20),
  };
  const odd: typeof even = {
    'all but the first and the last in one second': (index, count) =>
      index === 0 ? 0 : index < count - 1 ? 1 : 2,
    'a hundred and fifty at a time': (index) => Math.floor(index / 150) * 86_400,
    'half of them at once, long ago': (index, count) => (index < count / 2 ? 0 : 1e7 + index),
    'half of them at once, just now': (index, count) => (index < count / 2 ? index : 1e7),
    'ever more slowly': (index) => index ** 3,
    'ever faster': (index, count) => -((count - index) ** 3) / 2,
    'in bursts of odd sizes': (index) => Math.floor(Math.sqrt(index)) ** 2 * 1000,
  };
  for (const [what, time] of Object.entries({ ...even, ...odd }))
    it(`takes one request at most more than there are pages: ${what}`, async () => {
      for (let count = 0; count <= 1200; count++) {
        const times = Array.from({ length: count }, (_, index) => 1_700_000_000 + time(index, count));
        const ties = everyTies[count % 3] ?? 'reversed';
        const extra = await extraRequests(new UnchangingList(times, ties, 100));
        const most = what in even ? Math.min(1, allowed(count, 100)) : allowed(count, 100);
        assert.ok(extra <= most, `${extra} more for ${count}, those of one second ${ties}`);
      }
    }).timeout(60_000);

  it('takes one request at most more than there are pages, whenever they were granted and answered', async () => {
    const pause = fc.oneof(
      { weight: 6, arbitrary: fc.constant(0) },
      { weight: 3, arbitrary: fc.integer({ min: 1, max: 9 }) },
      { weight: 1, arbitrary: fc.integer({ min: 10, max: 1_000_000 }) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(pause, { maxLength: 130, size: 'max' }),
        fc.constantFrom(...everyTies),
        fc.boolean(),
        fc.array(fc.nat(30), { maxLength: 12 }),
        async (pauses, ties, isLong, turns) => {
          let now = 0;
          const times = pauses.map((seconds) => (now += seconds));
          const extra = await extraRequests(new UnchangingList(times, ties, PAGE), isLong, turns);
          assert.ok(extra <= allowed(times.length, PAGE, isLong), `${extra} more`);
        },
      ),
      { numRuns: 2000, seed: 20261121 },
    );
  }).timeout(60_000);

  it('misses none of those of one second whose order is the same from both ends', async () => {
    const times = Array.from({ length: 350 }, (_, index) => (index < 50 ? index : index < 320 ? 50 : index));
    for (const ties of everyTies) {
      const list = new UnchangingList(times, ties, 100);
      assert.equal((await readAll(list.fetch)).length, 350, ties);
      assert.equal(list.requests, 5);
    }
  });

  it('goes by what was seen from both ends, too, where the times of the server are not in order', async () => {
    // Ordered by insertion, with clocks that differ by a little.
    const times = Array.from({ length: 600 }, (_, index) => 1000 + index + (index % 2 ? 50 : 0));
    const list = new UnchangingList(times, 'by insertion', 100, true);
    assert.equal((await readAll(list.fetch)).length, 600);
    // Only where nobody has looked yet is one of them out of order.
    for (let place = 0; place < 600; place++) {
      const shifted = Array.from({ length: 600 }, (_, index) => (index < place ? 2000 + index : index));
      assert.equal((await readAll(new UnchangingList(shifted, 'by insertion', 100, true).fetch)).length, 600);
    }
  });

  it('gives them in the order of the server', async () => {
    for (const ties of everyTies)
      for (const [size, count] of [
        [4, 900],
        [30, 900],
        [400, 901],
      ] as const) {
        const times = Array.from({ length: count }, (_, index) => Math.floor(index / size));
        const list = new UnchangingList(times, ties, 100);
        assert.deepEqual(idsOf(await readAll(list.fetch)), idsOf(list.newestFirst), `${size} ${ties}`);
      }
  });

  it('is done from one end while requests go out one at a time', async () => {
    const times = Array.from({ length: 1000 }, (_, index) => index);
    const list = new UnchangingList(times, 'reversed', 100);
    assert.equal((await readAll(list.fetch, [], () => true)).length, 1000);
    assert.deepEqual([list.requests, list.fromOldest], [10, 0]);
    const cursors = [99, 199, 299].map((place) => list.newestFirst[place]?.id ?? '');
    await readAll(list.fetch, cursors, () => true);
    assert.deepEqual([list.requests, list.atOnce], [20, 1]);
  });

  it('goes on from one end when requests begin to go out one at a time', async () => {
    for (const ties of everyTies)
      for (let from = 1; from < 12; from++) {
        const times = Array.from({ length: 1050 }, (_, index) => Math.floor(index / 40));
        const list = new UnchangingList(times, ties, 100);
        assert.equal((await readAll(list.fetch, [], () => list.requests >= from)).length, 1050);
        assert.ok(list.requests <= 12, `${list.requests} from ${from}`);
      }
  });
});
