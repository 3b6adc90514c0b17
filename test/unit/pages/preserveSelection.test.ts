import assert from 'node:assert/strict';
import { MatrixLayout } from '../../../src/pages/access/matrix/layout';
import { MatrixModel } from '../../../src/pages/access/matrix/model';
import { defaultViewOptions, type ViewOptions } from '../../../src/pages/access/matrix/order';
import { type Order, preserveSelection } from '../../../src/pages/access/matrix/preserveSelection';
import {
  extendSelection,
  type Selection,
  selectionAt,
  selectRows,
} from '../../../src/pages/access/matrix/selection';

const checkpoints = ['d', 'b', 'a', 'c'].map((name, key) => ({ key, name, id: name, baseModel: 'm' }));
const projects = ['q', 'p', 's', 'r'].map((name, key) => ({
  key,
  name,
  id: name,
  archived: false,
  note: '',
}));

// A sort must not change the cells that are about to be staged.
describe('the selection after a change of order', () => {
  let model: MatrixModel;
  beforeEach(() => {
    model = new MatrixModel();
    model.apply({ type: 'matrix', checkpoints, projects });
  });

  const order = (more: Partial<ViewOptions> = {}): Order =>
    new MatrixLayout(model, { ...defaultViewOptions, ...more }).order;
  /** The keys of the selected cells. */
  const meant = (where: Order, selection: Selection | undefined): string[] => {
    const { top = 0, bottom = -1, left = 0, right = -1 } = selection?.range ?? {};
    const cells: string[] = [];
    for (let row = top; row <= bottom; row += 1)
      for (let column = left; column <= right; column += 1) {
        const [down, across] = where.isTransposed ? [column, row] : [row, column];
        cells.push(`${where.checkpoints[down]} ${where.projects[across]}`);
      }
    return cells.sort();
  };

  it('is the same cell as before', () => {
    const [before, after] = [order(), order({ sortCheckpoints: 'name' })];
    const selection = preserveSelection(selectionAt(0, 1), before, after);
    assert.deepEqual(meant(after, selection), meant(before, selectionAt(0, 1)));
    assert.deepEqual(selection?.focus, { row: 3, column: 1 });
  });

  it('is the same rectangle when its cells are still adjacent', () => {
    const before = order();
    const selection = extendSelection(selectionAt(1, 1), { row: 2, column: 2 });
    const another = { key: 9, name: 'new', id: 'new', baseModel: 'm' };
    model.apply({ type: 'matrix', checkpoints: [another, ...checkpoints] });
    const after = order();
    const moved = preserveSelection(selection, before, after);
    assert.equal(meant(after, moved).length, 4);
    assert.deepEqual(meant(after, moved), meant(before, selection));
    assert.deepEqual(moved?.anchor, { row: 2, column: 1 });
  });

  it('is only the focused cell when its cells are no longer a rectangle', () => {
    const [before, after] = [order(), order({ sortCheckpoints: 'name' })];
    const selection = extendSelection(selectionAt(0, 0), { row: 1, column: 0 });
    assert.deepEqual(meant(after, preserveSelection(selection, before, after)), ['1 1'], 'b, project p');
  });

  it('is the same cells after rows and columns are swapped', () => {
    const [before, after] = [order(), order({ isTransposed: true })];
    const selection = extendSelection(selectionAt(1, 0), { row: 2, column: 2 });
    assert.deepEqual(meant(after, preserveSelection(selection, before, after)), meant(before, selection));
  });

  it('is the same rows, without a project that was added', () => {
    const before = order();
    const selection = selectRows(selectionAt(1, -1), { rows: 4, columns: 4, page: 1 });
    assert.equal(meant(before, selection).length, 4);
    const another = { key: 9, name: 't', id: 't', archived: false, note: '' };
    model.apply({ type: 'matrix', projects: [...projects, another] });
    const after = order({ sortCheckpoints: 'name' });
    const moved = preserveSelection(selection, before, after);
    assert.deepEqual(meant(after, moved), meant(before, selection));
    assert.deepEqual(moved?.focus, { row: 1, column: -1 }, 'b is the second by its name, too');
  });

  it('is undefined when the focused cell is gone', () => {
    const before = order();
    model.apply({ type: 'matrix', checkpoints: checkpoints.slice(1) });
    assert.equal(preserveSelection(selectionAt(0, 0), before, order()), undefined);
  });
});
