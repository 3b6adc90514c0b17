import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  PermissionIndex,
  type PermissionObject,
  type PermissionQuery,
} from '../../../src/sample/state/permissionIndex';

/** Few seconds and few projects, so that ties and filters occur in nearly every case. */
const lists = fc
  .array(fc.record({ second: fc.integer({ min: 1, max: 5 }), project: fc.integer({ min: 1, max: 3 }) }), {
    maxLength: 40,
  })
  .map((made) =>
    made.map(
      ({ second, project }, index): PermissionObject => ({
        id: `cp_${index}`,
        object: 'checkpoint.permission',
        created_at: second,
        project_id: `proj_${project}`,
      }),
    ),
  );

function listOf(permissions: readonly PermissionObject[]): PermissionIndex {
  const list = new PermissionIndex();
  for (const permission of permissions) list.add(permission);
  return list;
}

/** Reads page by page to the end; throws when a cursor is refused. */
function readAll(list: PermissionIndex, query: Omit<PermissionQuery, 'after'>): string[] {
  const ids: string[] = [];
  for (;;) {
    const page = list.page({ ...query, after: ids.at(-1) });
    assert.ok(page);
    assert.ok(page.data.length <= query.limit);
    ids.push(...page.data.map((permission) => permission.id));
    if (!page.hasMore) return ids;
    assert.equal(page.data.length, query.limit, 'only the last page may be short');
  }
}

/** The expected order, by a plain sort: by second, then by creation. */
function expected(permissions: readonly PermissionObject[], order: PermissionQuery['order']): string[] {
  const sorted = permissions.toSorted((one, other) => one.created_at - other.created_at);
  return (order === 'ascending' ? sorted : sorted.reverse()).map((permission) => permission.id);
}

const orders = fc.constantFrom('ascending' as const, 'descending' as const);
const limits = fc.integer({ min: 1, max: 9 });

describe('the list of a checkpoint’s permissions', () => {
  it('gives every permission exactly once, in order, whatever the page size', () =>
    fc.assert(
      fc.property(lists, orders, limits, (permissions, order, limit) => {
        assert.deepEqual(readAll(listOf(permissions), { order, limit }), expected(permissions, order));
      }),
    ));

  it('gives those of one project only, in the same order', () =>
    fc.assert(
      fc.property(lists, orders, limits, (permissions, order, limit) => {
        const wanted = permissions.filter((permission) => permission.project_id === 'proj_2');
        const ids = readAll(listOf(permissions), { order, limit, projectID: 'proj_2' });
        assert.deepEqual(ids, expected(wanted, order));
      }),
    ));

  it('keeps its order and its cursors when permissions are removed', () =>
    fc.assert(
      fc.property(lists, orders, limits, fc.func(fc.boolean()), (permissions, order, limit, isRemoved) => {
        const list = listOf(permissions);
        const removed = permissions.filter((permission) => isRemoved(permission.id));
        for (const { id } of removed) assert.ok(list.remove(id));
        const left = permissions.filter((permission) => !removed.includes(permission));
        assert.equal(list.size, left.length);
        assert.deepEqual(readAll(list, { order, limit }), expected(left, order));
        for (const { id } of removed) assert.equal(list.page({ order, limit, after: id }), undefined);
      }),
    ));

  it('goes on from a cursor of another project without losing or repeating anything', () =>
    fc.assert(
      fc.property(lists, orders, (permissions, order) => {
        const list = listOf(permissions);
        const all = expected(permissions, order);
        for (const [index, after] of all.entries()) {
          const page = list.page({ after, order, limit: 100, projectID: 'proj_1' });
          const later = all.slice(index + 1);
          const ofProject = list.ofProject('proj_1').map((permission) => permission.id);
          assert.deepEqual(
            page?.data.map((permission) => permission.id),
            later.filter((id) => ofProject.includes(id)),
          );
        }
      }),
    ));

  it('says no to removing what is not there', () => {
    assert.equal(new PermissionIndex().remove('cp_1'), false);
  });
});
