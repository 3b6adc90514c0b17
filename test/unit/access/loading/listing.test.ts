import assert from 'node:assert/strict';
import {
  emptyListing,
  needsCheck,
  permissionsOf,
  provesMissing,
  readOn,
  withCheck,
  withPage,
} from '../../../../src/access/loading/listing';
import { maxPages } from '../../../../src/openai/pages';

function permission(number: number, project = `proj_${number}`) {
  return {
    id: `cp_${number}`,
    object: 'checkpoint.permission' as const,
    created_at: number,
    project_id: project,
  };
}

describe('a listing', () => {
  const start = emptyListing(7);

  it('is complete when the server says that there is no more', () => {
    const listing = withPage(start, {
      data: [permission(2), permission(1)],
      has_more: false,
      last_id: 'cp_1',
    });
    assert.deepEqual(listing.ending, { kind: 'complete' });
    assert.equal(listing.readAt, 7);
  });

  it('goes on after the last id of the page', () => {
    const listing = withPage(start, { data: [permission(2)], has_more: true, last_id: 'cp_2' });
    assert.deepEqual(listing.ending, { kind: 'more', after: 'cp_2' });
  });

  it('goes on after the last item when the cursor is null or absent', () => {
    for (const last_id of [null, undefined]) {
      const listing = withPage(start, { data: [permission(2)], has_more: true, last_id });
      assert.deepEqual(listing.ending, { kind: 'more', after: 'cp_2' });
    }
  });

  it('is incomplete after an empty page that promises more', () => {
    const listing = withPage(start, { data: [], has_more: true, last_id: null });
    assert.equal(listing.ending.kind, 'incomplete');
  });

  it('is incomplete when the next page only repeats, instead of asking for ever', () => {
    const page = { data: [permission(2)], has_more: true, last_id: 'cp_2' };
    const listing = withPage(withPage(start, page), page);
    assert.equal(listing.ending.kind, 'incomplete');
    assert.equal(listing.permissions.length, 1);
  });

  it('is incomplete when the page that was promised is empty, because the rest or the cursor is gone', () => {
    const first = withPage(start, { data: [permission(2)], has_more: true, last_id: 'cp_2' });
    assert.equal(withPage(first, { data: [], has_more: false }).ending.kind, 'incomplete');
  });

  it('has each id once, and two permissions of one project twice', () => {
    const data = [permission(3, 'proj_a'), permission(3, 'proj_a'), permission(2, 'proj_a')];
    const listing = withPage(start, { data, has_more: false });
    assert.deepEqual(
      permissionsOf(listing, 'proj_a').map(({ id }) => id),
      ['cp_3', 'cp_2'],
    );
  });

  describe('Truth 1: proves that a permission is absent', () => {
    const hour = 3600;
    const page = (seconds: readonly number[], has_more = true) => ({
      data: seconds.map((each) => permission(each)),
      has_more,
      last_id: `cp_${seconds.at(-1)}`,
    });

    it('where it is complete', () => {
      assert.equal(provesMissing(withPage(start, page([9, 5], false)), permission(2)), true);
    });

    it('where it is in order and reaches an hour further back', () => {
      const listing = withPage(start, page([9 * hour, 5 * hour]));
      assert.equal(listing.isNewestFirst, true);
      assert.equal(provesMissing(listing, permission(6 * hour + 1)), true);
      assert.equal(provesMissing(listing, permission(6 * hour)), false);
      assert.equal(provesMissing(listing, permission(4 * hour)), false);
    });

    it('but not where a row is newer than the one before it, on one page or at a seam', () => {
      const onePage = withPage(start, page([9 * hour, 5 * hour, 5 * hour + 1, 4 * hour]));
      const seam = withPage(withPage(start, page([5 * hour])), page([5 * hour + 1, 4 * hour]));
      for (const listing of [onePage, seam]) {
        assert.equal(listing.isNewestFirst, false);
        assert.equal(provesMissing(listing, permission(9 * hour)), false);
      }
    });

    it('but not where a time is not known', () => {
      for (const time of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        assert.equal(withPage(start, page([9 * hour, time])).isNewestFirst, false, String(time));
        const listing = withPage(start, page([9 * hour, 5 * hour]));
        assert.equal(provesMissing(listing, permission(time)), false, String(time));
      }
    });
  });
});

describe('a list that contradicts itself', () => {
  const start = emptyListing(7);
  const page = (data: ReturnType<typeof permission>[], has_more = false) => ({ data, has_more });

  it('Truth 12: keeps both projects under one id, and is incomplete', () => {
    const onePage = withPage(start, page([permission(2, 'proj_a'), permission(2, 'proj_b'), permission(1)]));
    const first = withPage(start, page([permission(2, 'proj_a')], true));
    const otherPage = withPage(first, page([permission(2, 'proj_b'), permission(1)]));
    for (const listing of [onePage, otherPage]) {
      assert.deepEqual(
        listing.permissions.map(({ project_id }) => project_id),
        ['proj_a', 'proj_b', 'proj_1'],
      );
      assert.deepEqual(listing.ending, { kind: 'incomplete', reason: 'contradictoryRows' });
    }
  });

  it('Truth 12: proves nothing by its order, and goes on to its end', () => {
    const data = [permission(90_000, 'proj_a'), permission(90_000, 'proj_b'), permission(1)];
    const listing = withPage(start, page(data, true));
    assert.equal(listing.ending.kind, 'more');
    assert.equal(provesMissing(listing, permission(80_000)), false);
  });

  it('Truth 12: drops the same row twice on a page without a word', () => {
    const listing = withPage(start, page([permission(2), permission(2), permission(1)]));
    assert.equal(listing.permissions.length, 2);
    assert.deepEqual(listing.ending, { kind: 'complete' });
  });
});

describe('a list of several pages', () => {
  const hour = 3600;
  const row = (number: number, time = number * hour, project = `proj_${number}`) => ({
    ...permission(number, project),
    created_at: time,
  });
  type Row = ReturnType<typeof row>;

  /** Reads pages of two rows of a server that may change before each page. */
  async function read(states: readonly (readonly Row[])[]) {
    const asked: (string | undefined)[] = [];
    const listing = await readOn(emptyListing(7), Number.POSITIVE_INFINITY, async (after) => {
      const rows = states[Math.min(asked.length, states.length - 1)] ?? [];
      asked.push(after);
      const from = after === undefined ? 0 : rows.findIndex(({ id }) => id === after) + 1;
      const data = rows.slice(from, from + 2);
      return { data, has_more: from + 2 < rows.length, last_id: data.at(-1)?.id };
    });
    return { listing, asked, ending: listing.ending };
  }
  const changed = { kind: 'incomplete', reason: 'changedWhileLoading' };
  const rows = [row(5), row(4), row(3), row(2), row(1)];

  it('Truth 7: is compared with its first page at the end, and complete if that is the same', async () => {
    const { listing, asked, ending } = await read([rows]);
    assert.deepEqual(asked, [undefined, 'cp_4', 'cp_2', undefined]);
    assert.deepEqual(ending, { kind: 'complete' });
    assert.deepEqual(listing.permissions, rows);
    assert.equal(listing.trail, undefined);
  });

  it('Truth 7: is not compared if it has one page', async () => {
    const { asked } = await read([rows.slice(0, 2)]);
    assert.deepEqual(asked, [undefined]);
  });

  it('Truth 7: of a project regranted and revoked between pages does not say that it has no access', async () => {
    const regranted = [row(6, 6 * hour, 'proj_2'), row(5), row(4), row(3), row(1)];
    assert.deepEqual((await read([rows, regranted])).ending, changed);
  });

  it('Truth 7: has changed when a row of the first page is gone, or another has come', async () => {
    assert.deepEqual((await read([rows, rows, rows, [row(5), row(3), row(2), row(1)]])).ending, changed);
    assert.deepEqual((await read([rows, rows, rows, [row(6), ...rows]])).ending, changed);
  });

  it('Truth 7: has changed when a row comes again on another page', async () => {
    const first = withPage(emptyListing(7), { data: [row(5), row(4)], has_more: true });
    const moved = withPage(first, { data: [row(5), row(3)], has_more: false });
    assert.deepEqual(moved.ending, changed);
  });

  it('Truth 7: has not changed when a page begins with the row that the cursor names', () => {
    const first = withPage(emptyListing(7), { data: [row(5), row(4)], has_more: true });
    const second = withPage(first, { data: [row(4), row(3)], has_more: false });
    assert.equal(second.ending.kind, 'complete');
    assert.equal(second.permissions.length, 3);
    assert.deepEqual(withCheck(second, { data: [row(5), row(4)], has_more: true }).ending, {
      kind: 'complete',
    });
  });

  it('Truth 7: may be oldest first, because then new rows come last', async () => {
    assert.deepEqual((await read([[...rows].reverse()])).ending, { kind: 'complete' });
  });

  it('Truth 7: in no order proves nothing, apart from rows a moment out of order or without a time', async () => {
    const unknown = { kind: 'incomplete', reason: 'unknownOrder' };
    assert.deepEqual((await read([[row(3), row(5), row(1), row(4), row(2)]])).ending, unknown);
    assert.deepEqual((await read([rows.map(({ id }) => row(Number(id.slice(3)), 0))])).ending, unknown);
    const slightly = [row(5), row(4), row(3, 4 * hour + 59), row(2, 0), row(1)];
    assert.deepEqual((await read([slightly])).ending, { kind: 'complete' });
    const more = [row(5), row(4), row(3, 4 * hour + 61), row(2), row(1)];
    assert.deepEqual((await read([more])).ending, unknown);
  });

  it('can be read on after its trail was stored', async () => {
    const first = withPage(emptyListing(7), { data: rows.slice(0, 2), has_more: true });
    const restored = JSON.parse(JSON.stringify(first));
    assert.deepEqual(restored, first);
    const second = withPage(restored, { data: rows.slice(2), has_more: false });
    assert.equal(needsCheck(second), true);
    assert.equal(withCheck(second, { data: rows.slice(0, 2), has_more: true }).ending.kind, 'complete');
    assert.deepEqual(withCheck(second, { data: [row(5), row(3)], has_more: true }).ending, changed);
  });

  describe('Truth 12: with empty pages', () => {
    const pages = async (...given: { data: Row[]; has_more: boolean; last_id?: string | null }[]) => {
      const left = [...given];
      const { ending, permissions } = await readOn(emptyListing(7), Number.POSITIVE_INFINITY, async () => {
        const next = left.shift() ?? given[0];
        assert.ok(next);
        return next;
      });
      return { ending, count: permissions.length, asked: given.length - left.length };
    };
    const empty = (number: number, has_more = true) => ({
      data: [],
      has_more,
      last_id: has_more ? `cp_e${number}` : null,
    });

    it('is read on while their cursors advance', async () => {
      const last = { data: [row(4)], has_more: false };
      const read = await pages(empty(1), { data: [row(5)], has_more: true }, empty(2), last);
      assert.deepEqual(read, { ending: { kind: 'complete' }, count: 2, asked: 4 });
    });

    it('is incomplete when the last one is empty although it was promised', async () => {
      const read = await pages(empty(1), { data: [row(5)], has_more: true }, empty(2), empty(3, false));
      assert.deepEqual(read.ending, changed);
    });

    it('is read on for twenty in a row and no more', async () => {
      const many = (count: number) => Array.from({ length: count }, (_, index) => empty(index));
      const end = { data: [row(5)], has_more: false };
      assert.deepEqual((await pages(...many(20), end)).ending, { kind: 'complete' });
      assert.deepEqual((await pages(...many(21), end)).ending, { kind: 'incomplete', reason: 'emptyPage' });
    });

    it('is incomplete at a number of pages that no list has, however new each row is', async () => {
      let asked = 0;
      const listing = await readOn(emptyListing(7), Number.POSITIVE_INFINITY, async () => {
        asked += 1;
        return { data: [row(asked)], has_more: true };
      });
      assert.deepEqual(listing.ending, { kind: 'incomplete', reason: 'endless' });
      assert.equal(listing.permissions.length, asked);
      assert.equal(asked, maxPages);
    });

    it('is incomplete when a cursor is missing or comes again', async () => {
      const missing = await pages({ data: [row(5)], has_more: true }, { ...empty(1), last_id: null });
      assert.deepEqual(missing.ending, { kind: 'incomplete', reason: 'emptyPage' });
      const again = await pages({ data: [row(5)], has_more: true }, empty(1), empty(2), empty(1));
      assert.deepEqual(again.ending, { kind: 'incomplete', reason: 'stuckCursor' });
      const circle = await pages(
        { data: [row(5)], has_more: true, last_id: 'cp_a' },
        { data: [row(4)], has_more: true, last_id: 'cp_b' },
        { data: [row(3)], has_more: true, last_id: 'cp_a' },
      );
      assert.deepEqual(circle.ending, { kind: 'incomplete', reason: 'stuckCursor' });
    });
  });
});
