import assert from 'node:assert/strict';
import { RowTops, rowHeight } from '../../../../src/pages/access/table/rowTops';
import { linesOf } from '../../../../src/pages/access/table/wrap';

/** Each character is ten pixels wide. */
const measure = (text: string): number => 10 * text.length;

describe('the lines of a text that wraps', () => {
  it('are as many as its words need', () => {
    assert.equal(linesOf('', 100, measure), 1);
    assert.equal(linesOf('ten chars!', 100, measure), 1);
    assert.equal(linesOf('eleven chars', 100, measure), 2);
    assert.equal(linesOf('aaaa bbbb cccc dddd', 90, measure), 2);
    assert.equal(linesOf('aaaa bbbb cccc dddd', 80, measure), 4);
  });

  it('are broken behind a hyphen, where that takes more of them', () => {
    assert.equal(linesOf('contract-summary · step 48', 100, measure), 3);
    assert.equal(linesOf('a-b', 100, measure), 1);
    // A browser keeps a hyphen and a digit together.
    assert.equal(linesOf('aaaaaaaa-12', 100, measure), 2);
  });

  it('are broken within a word that has no room', () => {
    assert.equal(linesOf('a'.repeat(25), 100, measure), 3);
    assert.equal(linesOf(`so ${'a'.repeat(25)} end`, 100, measure), 4);
    assert.equal(linesOf('a b', 10, measure), 2);
  });
});

describe('the places of rows', () => {
  const plain = new RowTops(1000);
  const wrapped = new RowTops(5, [1, 3, 1, 1, 2]);

  it('are below each other, each as high as its lines', () => {
    assert.equal(plain.topOf(10), 10 * rowHeight);
    assert.equal(plain.height, 1000 * rowHeight);
    assert.equal(wrapped.topOf(1), rowHeight);
    assert.equal(wrapped.heightOf(1), wrapped.topOf(2) - wrapped.topOf(1));
    assert.ok(wrapped.heightOf(1) > wrapped.heightOf(4));
    assert.equal(wrapped.heightOf(2), rowHeight);
    assert.equal(wrapped.height, wrapped.topOf(5));
    assert.deepEqual([new RowTops(0).height, new RowTops(0, []).height], [0, 0]);
  });

  it('say which row is at a height', () => {
    for (const places of [plain, wrapped, new RowTops(3, [1, 1, 1])]) {
      for (const index of [0, 1, 2]) {
        assert.equal(places.indexAt(places.topOf(index)), index);
        assert.equal(places.indexAt(places.topOf(index + 1) - 1), index);
      }
    }
    assert.equal(wrapped.indexAt(10_000), 4);
  });

  it('say which rows are a page away, whatever the lines', () => {
    assert.deepEqual(plain.pageFrom(50, 10 * rowHeight), { down: 60, up: 40 });
    assert.deepEqual(plain.pageFrom(50, 10.5 * rowHeight), { down: 60, up: 40 });
    assert.deepEqual(plain.pageFrom(995, 10 * rowHeight), { down: 999, up: 985 });
    assert.deepEqual(plain.pageFrom(3, 10 * rowHeight), { down: 13, up: 0 });
    const high = new RowTops(100, Array<number>(100).fill(6));
    assert.deepEqual(high.pageFrom(50, 10 * rowHeight), { down: 52, up: 48 });
    assert.deepEqual(high.pageFrom(50, rowHeight), { down: 51, up: 49 }, 'a row that is higher than a page');
    assert.deepEqual(wrapped.pageFrom(4, -10), { down: 4, up: 3 });
  });

  it('say where to scroll to', () => {
    assert.equal(wrapped.offsetTo(1, 30, 100), rowHeight, 'up to its top');
    assert.equal(wrapped.offsetTo(1, 0, 200), 0, 'it is in sight');
    assert.equal(wrapped.offsetTo(4, 0, 100), wrapped.height - 100, 'down to its end');
  });
});
