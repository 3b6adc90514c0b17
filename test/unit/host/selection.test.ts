import assert from 'node:assert/strict';
import { isOfRestart, shuffled, startsOf } from '../../host/selection';

const phases = [
  'host/phases/activation/1-nothing.test.js',
  'host/phases/interruption/1-ended.test.js',
  'host/phases/interruption/2-continued.test.js',
  'host/phases/memory/1-load.test.js',
  'host/phases/memory/2-restored.test.js',
];
const others = ['host/grant.test.js', 'host/hover.test.js', 'host/list.test.js'];

describe('The starts of the host tests', () => {
  it('are two: the first begins untouched and is ended last, the second finds what it left', () => {
    assert.deepEqual(startsOf([...others, ...phases]), [
      [
        ['host/phases/activation/1-nothing.test.js'],
        [...others, 'host/phases/memory/1-load.test.js'],
        ['host/phases/interruption/1-ended.test.js'],
      ],
      [['host/phases/interruption/2-continued.test.js', 'host/phases/memory/2-restored.test.js']],
    ]);
  });

  it('are one where nothing is about a restart', () => {
    assert.deepEqual(startsOf(others), [[others]]);
  });

  it('have another order of the files that need no restart, and of nothing else', () => {
    const [first, second] = startsOf([...phases, ...others], (files) => [...files].reverse());
    assert.deepEqual(first?.[1], [...others.toReversed(), 'host/phases/memory/1-load.test.js']);
    assert.deepEqual(second, startsOf([...phases, ...others])[1]);
  });

  it('know the tests of a restart by their folder', () => {
    for (const file of phases) assert.ok(isOfRestart(file), file);
    for (const file of others) assert.ok(!isOfRestart(file), file);
    assert.ok(isOfRestart('C:\\host\\phases\\memory\\1-load.test.js'));
  });
});

describe('A shuffled order', () => {
  const files = Array.from({ length: 20 }, (_, index) => `${index}.test.js`);

  it('has each file once, and is that of its seed, whatever order the files come in', () => {
    const order = shuffled(files, 1);
    assert.deepEqual(order.toSorted(), files.toSorted());
    assert.notDeepEqual(order, files.toSorted());
    assert.deepEqual(shuffled(files.toReversed(), 1), order);
  });

  it('is another one with another seed', () => {
    assert.notDeepEqual(shuffled(files, 1), shuffled(files, 2));
  });
});
