import assert from 'node:assert/strict';
import { emptyListing, permissionsOf, provesAbsence, withPage } from '../../../../src/access/loading/listing';

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
      assert.equal(provesAbsence(withPage(start, page([9, 5], false)), permission(2)), true);
    });

    it('where it is in order and reaches an hour further back', () => {
      const listing = withPage(start, page([9 * hour, 5 * hour]));
      assert.equal(listing.isNewestFirst, true);
      assert.equal(provesAbsence(listing, permission(6 * hour + 1)), true);
      assert.equal(provesAbsence(listing, permission(6 * hour)), false);
      assert.equal(provesAbsence(listing, permission(4 * hour)), false);
    });

    it('but not where a row is newer than the one before it, on one page or at a seam', () => {
      const onePage = withPage(start, page([9 * hour, 5 * hour, 5 * hour + 1, 4 * hour]));
      const seam = withPage(withPage(start, page([5 * hour])), page([5 * hour + 1, 4 * hour]));
      for (const listing of [onePage, seam]) {
        assert.equal(listing.isNewestFirst, false);
        assert.equal(provesAbsence(listing, permission(9 * hour)), false);
      }
    });

    it('but not where a time is not known', () => {
      for (const time of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        assert.equal(withPage(start, page([9 * hour, time])).isNewestFirst, false, String(time));
        const listing = withPage(start, page([9 * hour, 5 * hour]));
        assert.equal(provesAbsence(listing, permission(time)), false, String(time));
      }
    });
  });
});
