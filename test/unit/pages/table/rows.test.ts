import assert from 'node:assert/strict';
import { focusAfterKey, keysBetween, shownOf, type TableRow } from '../../../../src/pages/access/table/rows';

const rows: TableRow<number>[] = [
  { kind: 'group', key: 'group', text: 'Group', isExpanded: true },
  { kind: 'item', key: 'a', row: 1 },
  { kind: 'item', key: 'b', row: 2, isDisabled: true },
  { kind: 'item', key: 'c', row: 3 },
];

describe('the rows of a table', () => {
  it('are selected from one to another in both directions, without groups and disabled rows', () => {
    assert.deepEqual(keysBetween(rows, 0, 3), ['a', 'c']);
    assert.deepEqual(keysBetween(rows, 3, 1), ['a', 'c']);
    assert.deepEqual(keysBetween(rows, 2, 2), []);
  });

  it('lose the selection when they are no longer shown', () => {
    assert.deepEqual([...shownOf(new Set(['a', 'b', 'gone', 'c']), rows)], ['a', 'c']);
  });

  it('move the focus by keys, within their number', () => {
    const page = { down: 10, up: 5 };
    assert.equal(focusAfterKey('ArrowDown', 3, 4, page), 3);
    assert.equal(focusAfterKey('ArrowUp', 0, 4, page), 0);
    assert.equal(focusAfterKey('PageDown', 0, 40, page), 10);
    assert.equal(focusAfterKey('PageUp', 15, 40, page), 5);
    assert.equal(focusAfterKey('End', 0, 40, page), 39);
    assert.equal(focusAfterKey('Home', 9, 40, page), 0);
    assert.equal(focusAfterKey('x', 9, 40, page), undefined);
  });
});
