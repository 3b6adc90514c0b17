import assert from 'node:assert/strict';
import { emptyListing, permissionsOf, reachesPast, withPage } from '../../../../src/access/loading/listing';

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

  it('can tell that a permission is gone only as far back as it reaches', () => {
    const listing = withPage(start, {
      data: [permission(9), permission(5)],
      has_more: true,
      last_id: 'cp_5',
    });
    assert.equal(reachesPast(listing, permission(6)), true);
    assert.equal(
      reachesPast(listing, permission(5)),
      false,
      'one of the same second may be on the next page',
    );
    assert.equal(reachesPast(listing, permission(4)), false);
    const whole = withPage(listing, { data: [permission(3)], has_more: false });
    assert.equal(reachesPast(whole, permission(2)), true);
  });
});
