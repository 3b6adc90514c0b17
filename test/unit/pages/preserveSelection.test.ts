import assert from 'node:assert/strict';
import { MatrixModel } from '../../../src/pages/matrix/model';
import {
  defaultViewOptions,
  orderedCheckpoints,
  orderedProjects,
  type ViewOptions,
} from '../../../src/pages/matrix/order';
import { type Order, preserveSelection } from '../../../src/pages/matrix/preserveSelection';
import { at, extended, type Selection, wholeRows } from '../../../src/pages/matrix/selection';

const checkpoints = ['d', 'b', 'a', 'c'].map((name, key) => ({ key, name, id: name, baseModel: 'm' }));
const projects = ['q', 'p', 's', 'r'].map((name, key) => ({
  key,
  name,
  id: name,
  archived: false,
  note: '',
}));

// What is about to be staged must not become something else because rows changed places.
describe('what is selected, after the matrix was put in another order', () => {
  let model: MatrixModel;
  beforeEach(() => {
    model = new MatrixModel();
    model.take({ type: 'matrix', checkpoints, projects });
  });

  const order = (more: Partial<ViewOptions> = {}): Order => {
    const wanted = { ...defaultViewOptions, ...more };
    return {
      checkpoints: orderedCheckpoints(model, wanted).map(({ key }) => key),
      projects: orderedProjects(model, wanted).map(({ key }) => key),
      transposed: wanted.transposed,
    };
  };
  /** The keys of the cells that are selected. */
  const meant = (where: Order, selection: Selection | undefined): string[] => {
    const { top = 0, bottom = -1, left = 0, right = -1 } = selection?.range ?? {};
    const cells: string[] = [];
    for (let row = top; row <= bottom; row += 1)
      for (let column = left; column <= right; column += 1) {
        const [down, across] = where.transposed ? [column, row] : [row, column];
        cells.push(`${where.checkpoints[down]} ${where.projects[across]}`);
      }
    return cells.sort();
  };

  it('is the same cell as before', () => {
    const [before, after] = [order(), order({ sortCheckpoints: 'name' })];
    const selection = preserveSelection(at(0, 1), before, after);
    assert.deepEqual(meant(after, selection), meant(before, at(0, 1)));
    assert.deepEqual(selection?.focus, { row: 3, column: 1 });
  });

  it('is the same rectangle where that is still one', () => {
    const before = order();
    const selection = extended(at(1, 1), { row: 2, column: 2 });
    const another = { key: 9, name: 'new', id: 'new', baseModel: 'm' };
    model.take({ type: 'matrix', checkpoints: [another, ...checkpoints] });
    const after = order();
    const moved = preserveSelection(selection, before, after);
    assert.equal(meant(after, moved).length, 4);
    assert.deepEqual(meant(after, moved), meant(before, selection));
    assert.deepEqual(moved?.anchor, { row: 2, column: 1 });
  });

  it('is only the cell with the keyboard where the rectangle is none any more', () => {
    const [before, after] = [order(), order({ sortCheckpoints: 'name' })];
    const selection = extended(at(0, 0), { row: 1, column: 0 });
    assert.deepEqual(meant(after, preserveSelection(selection, before, after)), ['1 1'], 'b, project p');
  });

  it('is the same cells when what was down is across', () => {
    const [before, after] = [order(), order({ transposed: true })];
    const selection = extended(at(1, 0), { row: 2, column: 2 });
    assert.deepEqual(meant(after, preserveSelection(selection, before, after)), meant(before, selection));
  });

  it('is the same rows, and no project that has come meanwhile', () => {
    const before = order();
    const selection = wholeRows(at(1, -1), { rows: 4, columns: 4, page: 1 });
    assert.equal(meant(before, selection).length, 4);
    const another = { key: 9, name: 't', id: 't', archived: false, note: '' };
    model.take({ type: 'matrix', projects: [...projects, another] });
    const after = order({ sortCheckpoints: 'name' });
    const moved = preserveSelection(selection, before, after);
    assert.deepEqual(meant(after, moved), meant(before, selection));
    assert.deepEqual(moved?.focus, { row: 1, column: -1 }, 'b is the second by its name, too');
  });

  it('is nothing when its cell is gone', () => {
    const before = order();
    model.take({ type: 'matrix', checkpoints: checkpoints.slice(1) });
    assert.equal(preserveSelection(at(0, 0), before, order()), undefined);
  });
});
