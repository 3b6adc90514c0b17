import assert from 'node:assert/strict';
import type { Permission } from '../../../../src/access/api';
import { emptyListing, withPage } from '../../../../src/access/loading/listing';
import { agesDigest, ago } from '../../../../src/editor/time';

const page = (from: number, count: number, has_more: boolean) => ({
  object: 'list' as const,
  data: Array.from(
    { length: count },
    (_, index): Permission => ({
      id: `cp_${from + index}`,
      object: 'checkpoint.permission',
      created_at: 1,
      project_id: 'proj_a',
    }),
  ),
  has_more,
});

describe('long lists', () => {
  it('are put together page by page, each id once, and an earlier listing can be read on from twice', () => {
    const first = withPage(emptyListing(0), page(0, 3, true));
    const one = withPage(first, page(2, 3, true));
    const other = withPage(first, page(3, 2, false));
    assert.deepEqual(
      first.permissions.map(({ id }) => id),
      ['cp_0', 'cp_1', 'cp_2'],
    );
    assert.deepEqual(
      one.permissions.map(({ id }) => id),
      ['cp_0', 'cp_1', 'cp_2', 'cp_3', 'cp_4'],
    );
    assert.deepEqual(
      other.permissions.map(({ id }) => id),
      one.permissions.map(({ id }) => id),
    );
    assert.equal(withPage(one, page(3, 2, true)).ending.kind, 'incomplete', 'it brought nothing new');
  });

  it('have a digest of their ages that changes exactly when the words of one do', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    const moments = [5, 61, 3599, 3601, 86_399, 90_000, 700_000].map((seconds) => now - seconds * 1000);
    for (let later = now; later < now + 7_200_000; later += 7_000) {
      const next = later + 7_000;
      const words = (at: number) => moments.map((moment) => ago(moment, at)).join();
      assert.equal(agesDigest(moments, later) === agesDigest(moments, next), words(later) === words(next));
    }
  });
});
