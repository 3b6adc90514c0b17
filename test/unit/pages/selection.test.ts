import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  clampSelection,
  contains,
  extendSelection,
  type Selection,
  selectionAfterKey,
  selectionAt,
  sizeOf,
} from '../../../src/pages/access/matrix/selection';

const extent = { rows: 20, columns: 50, page: 8 };
const keys = ['ArrowUp ArrowDown ArrowLeft ArrowRight Home End PageUp PageDown Escape', 'a'].flatMap(
  (names) => names.split(' '),
);

function press(selection: Selection, key: string, { shift = false, control = false } = {}): Selection {
  const after = selectionAfterKey(selection, { key, shift, control }, extent);
  assert.ok(after, `${key} does something`);
  return after;
}

describe('the selection of the matrix', () => {
  it('moves by arrows, and no further than the headings and the last cell', () => {
    assert.deepEqual(press(selectionAt(3, 4), 'ArrowDown').focus, { row: 4, column: 4 });
    assert.deepEqual(press(selectionAt(0, 0), 'ArrowUp').focus, { row: -1, column: 0 });
    assert.deepEqual(press(selectionAt(-1, 0), 'ArrowUp').focus, { row: -1, column: 0 });
    assert.deepEqual(press(selectionAt(0, 0), 'ArrowLeft').focus, { row: 0, column: -1 });
    assert.deepEqual(press(selectionAt(19, 49), 'ArrowRight').focus, { row: 19, column: 49 });
  });

  it('jumps by Home, End, with Control to the corners, and by pages', () => {
    assert.deepEqual(press(selectionAt(3, 4), 'Home').focus, { row: 3, column: 0 });
    assert.deepEqual(press(selectionAt(3, 4), 'End').focus, { row: 3, column: 49 });
    assert.deepEqual(press(selectionAt(3, 4), 'Home', { control: true }).focus, { row: 0, column: 0 });
    assert.deepEqual(press(selectionAt(3, 4), 'End', { control: true }).focus, { row: 19, column: 49 });
    assert.deepEqual(press(selectionAt(3, 4), 'PageDown').focus, { row: 11, column: 4 });
    assert.deepEqual(press(selectionAt(3, 4), 'PageUp').focus, { row: 0, column: 4 });
  });

  it('extends with Shift from where it was begun, there and back', () => {
    let selection = selectionAt(3, 4);
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight'])
      selection = press(selection, key, { shift: true });
    assert.deepEqual(selection.range, { top: 3, bottom: 5, left: 4, right: 5 });
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp']) selection = press(selection, key, { shift: true });
    assert.deepEqual(selection.range, { top: 2, bottom: 3, left: 4, right: 5 });
    assert.deepEqual(press(selection, 'ArrowUp').range, { top: 1, bottom: 1, left: 5, right: 5 });
  });

  it('takes whole rows, whole columns and everything', () => {
    const few = extendSelection(selectionAt(3, 4), { row: 4, column: 6 });
    assert.equal(sizeOf(press(few, ' ', { shift: true }).range), 2 * 50);
    assert.equal(sizeOf(press(few, ' ', { control: true }).range), 3 * 20);
    assert.equal(sizeOf(press(few, 'a', { control: true }).range), 20 * 50);
    assert.equal(sizeOf(press(few, 'Escape').range), 1);
    assert.equal(sizeOf(press(selectionAt(3, -1), ' ', { shift: true }).range), 50);
    assert.equal(sizeOf(press(selectionAt(-1, 3), ' ', { control: true }).range), 20);
  });

  it('leaves other keys alone', () => {
    for (const key of ['x', 'Tab', 'F1', ' ', 'Enter', 'a']) {
      assert.equal(
        selectionAfterKey(selectionAt(1, 1), { key, shift: false, control: false }, extent),
        undefined,
      );
    }
  });

  it('stays within the grid, whatever is pressed, and within a smaller one', () => {
    const pressed = fc.record({ key: fc.constantFrom(...keys), shift: fc.boolean(), control: fc.boolean() });
    const smaller = fc.record({
      rows: fc.integer({ min: 1, max: 20 }),
      columns: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(pressed), smaller, (all, size) => {
        let selection = selectionAt(0, 0);
        for (const key of all) selection = selectionAfterKey(selection, key, extent) ?? selection;
        const { focus, range } = clampSelection(selection, { ...size, page: 8 });
        assert.ok(
          focus.row >= -1 && focus.row < size.rows && focus.column >= -1 && focus.column < size.columns,
        );
        assert.ok(!range || (range.top >= 0 && range.bottom < size.rows && range.right < size.columns));
        if (range && sizeOf(range) === 1) assert.ok(contains(range, focus.row, focus.column));
      }),
    );
  });
});
