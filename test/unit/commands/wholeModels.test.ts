import assert from 'node:assert/strict';
import { selectWholeModels } from '../../../src/commands/checkpoints/wholeModels';

describe('the rows of models in the picker of what was found', () => {
  const models = [
    { row: 'A', checkpoints: ['a1', 'a2', 'a3'] },
    { row: 'B', checkpoints: ['b1', 'b2'] },
  ];
  const all = ['A', 'a1', 'a2', 'a3', 'B', 'b1', 'b2', 'c'];
  const select = (before: readonly string[], after: readonly string[]) =>
    [...selectWholeModels(models, new Set(before), new Set(after))].sort();
  const without = (...rows: readonly string[]) => all.filter((each) => !rows.includes(each)).sort();

  it('take their checkpoints along, selected and cleared', () => {
    assert.deepEqual(select(all, without('A')), without('A', 'a1', 'a2', 'a3'));
    assert.deepEqual(select(['c'], ['c', 'A']), ['A', 'a1', 'a2', 'a3', 'c']);
    assert.deepEqual(select(['a1', 'c'], ['a1', 'c', 'A']), ['A', 'a1', 'a2', 'a3', 'c']);
  });

  it('are selected while all of their checkpoints are', () => {
    assert.deepEqual(select(all, without('b1')), without('B', 'b1'));
    assert.deepEqual(select(without('B', 'b1'), without('B')), without());
  });

  it('follow when everything is selected or cleared at once, also of what a search shows', () => {
    assert.deepEqual(select([], all), without());
    assert.deepEqual(select(all, []), []);
    assert.deepEqual(select(all, ['a1']), ['a1'], 'not taken for a cleared model');
    assert.deepEqual(select(['c'], ['c', 'b1', 'b2']), ['B', 'b1', 'b2', 'c']);
  });

  it('stay as they are when another row changes', () => {
    assert.deepEqual(select(all, without('c')), without('c'));
    assert.deepEqual(select(without('c'), all), without());
  });
});
