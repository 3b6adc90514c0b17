import assert from 'node:assert/strict';
import {
  effectiveRows,
  linkedCheckpoint,
  namedAccess,
  namedPermission,
  namedRecords,
  pageRow,
  tableRow,
} from '../../../src/commands/shared/commandArguments';
import { OwnRows } from '../../../src/views/shared/ownRows';
import { hostileArguments } from '../../hostileArguments';

const checkpoint = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:test-bot:Zz9Yy8Xx';

describe('what a command takes from its arguments', () => {
  const own = new OwnRows<{ kind: string }>();
  const [one, other] = own.add([{ kind: 'checkpoint' }, { kind: 'permission' }] as const);
  const isRow = (value: unknown): value is { kind: string } => own.has(value);

  for (const name of Object.keys(hostileArguments())) {
    it(`Truth 9: nothing from ${name}, and quickly`, () => {
      const value = hostileArguments()[name];
      const began = performance.now();
      for (const selection of [undefined, value, [value, value]]) {
        assert.deepEqual(effectiveRows([], value, selection, isRow), []);
        assert.deepEqual(effectiveRows([one], one, selection, isRow), [one]);
      }
      assert.equal(linkedCheckpoint(value), undefined);
      assert.equal(namedPermission(value), undefined);
      assert.deepEqual(namedRecords(value), []);
      for (const read of [namedAccess, pageRow, tableRow]) assert.equal(read(value), undefined);
      assert.ok(performance.now() - began < 1000, `took ${performance.now() - began} ms`);
    });
  }

  it('Truth 9: rows of our views only, and the selection when the row is part of it', () => {
    assert.deepEqual(effectiveRows([one, other], one, undefined, isRow), [one, other]);
    assert.deepEqual(effectiveRows([other], one, undefined, isRow), [one]);
    assert.deepEqual(effectiveRows([], one, [other, { ...one }, other, null], isRow), [other]);
    assert.deepEqual(effectiveRows([], { ...one }, undefined, isRow), []);
    assert.deepEqual(effectiveRows([], one, [{ ...one }], isRow), [one]);
  });

  it('Truth 9: a link’s checkpoint by the strict rule', () => {
    assert.deepEqual(linkedCheckpoint({ checkpoint, organization: 'a', kind: 'x' }), {
      checkpoint,
      organization: 'a',
    });
    for (const wrong of [`${checkpoint} `, 'ft:a', `draft:${checkpoint}`])
      assert.equal(linkedCheckpoint({ checkpoint: wrong }), undefined);
  });

  it('Truth 9: of the records of a plan as many IDs as a plan may have tries', () => {
    assert.deepEqual(namedRecords({ records: ['a', 'b'], record: 'c' }), ['a', 'b']);
    assert.deepEqual(namedRecords({ records: ['a', 7, 'b'] }), ['a']);
    const endless = new Proxy([], { get: () => 'a' });
    assert.equal(namedRecords({ records: endless }).length, 1000);
  });

  it('Truth 9: of a named access only IDs that may exist', () => {
    const named = { project: 'proj_a', checkpoint, organization: 'default' };
    assert.deepEqual(namedAccess({ ...named, more: 1 }), named);
    assert.deepEqual(namedAccess({ project: 'proj_a' }), { project: 'proj_a' });
    assert.deepEqual(namedAccess({ project: '../keys', checkpoint }), { checkpoint });
    assert.equal(namedAccess({ project: '../keys', checkpoint: 'ft:a' }), undefined);
  });

  it('Truth 9: of a row or cell of the page only its keys', () => {
    const cell = { webviewSection: 'matrixCell', checkpointKey: 3, projectKey: 4 };
    assert.deepEqual(pageRow(cell), { checkpoint: 3, project: 4 });
    assert.deepEqual(pageRow({ projectKey: 4, checkpointKey: '3' }), { project: 4 });
    assert.equal(tableRow(cell), undefined);
    assert.deepEqual(tableRow({ webviewSection: 'findingRow', rowKey: 'a 1', act: 'x' }), {
      tab: 'findings',
      key: 'a 1',
    });
    for (const section of ['historyRow', 'constructor', 7])
      assert.equal(tableRow({ webviewSection: section, rowKey: 'a' }), undefined);
  });

  it('Truth 9: of a named permission only its IDs', () => {
    const id = 'cp_a';
    const expected = { checkpoint, permissionId: id };
    assert.deepEqual(namedPermission({ checkpoint, permission: id, project: 'proj_a' }), expected);
    const row = {
      kind: 'permission',
      parent: { checkpoint: { id: checkpoint } },
      permission: { id, created_at: 1 },
    };
    assert.deepEqual(namedPermission(row), expected);
    assert.equal(namedPermission({ checkpoint: 'ft:a', permission: id }), undefined);
  });
});
