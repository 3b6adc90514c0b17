import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import { ExpandedRows } from '../../../src/views/checkpoints/expandedRows';

describe('the rows that are expanded', () => {
  const stored = new Map<string, unknown>();
  const memory = {
    keys: () => [...stored.keys()],
    get: (key: string) => stored.get(key),
    update: async (key: string, value: unknown) => {
      if (value === undefined) stored.delete(key);
      else stored.set(key, value);
    },
  } as Memento;
  beforeEach(() => stored.clear());

  const session = (organization = 'acme') => {
    const rows = new ExpandedRows(memory);
    rows.show(organization);
    return rows;
  };

  it('Truth 23: of an earlier session are told from those that the person expanded', () => {
    const before = session();
    before.add('one');
    before.add('two');
    before.delete('two');
    assert.ok(before.has('one') && !before.isRestored('one'));

    const after = session();
    assert.ok(after.isRestored('one'));
    assert.equal(after.isRestored('two'), false, 'collapsed in time');
    assert.equal(after.has('one'), false, 'VS Code did not expand it again');
    after.noteAsked('one');
    after.noteAsked('three');
    assert.ok(after.has('one'), 'VS Code did');
    assert.equal(after.has('three'), false, 'only those of an earlier session');
    after.add('one');
    assert.equal(after.isRestored('one'), false, 'the person did');
    after.delete('one');
    assert.equal(after.has('one'), false);
    assert.deepEqual([...stored], [], 'nothing is left of it');
  });

  it('are those of the first organization only: VS Code removes the rows of another one', () => {
    session().add('one');
    const rows = session('other');
    rows.show('acme');
    assert.equal(rows.isRestored('one'), false);
    rows.show(undefined);
    rows.show('acme');
    assert.equal(rows.isRestored('one'), false);
  });

  it('are none where the stored value is damaged', () => {
    for (const value of ['one', 1, null, [1, {}]]) {
      stored.set('expanded.acme', value);
      assert.equal(session().isRestored('one'), false);
    }
  });
});
