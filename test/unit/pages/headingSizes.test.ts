import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitHeadings, leastCells } from '../../../src/pages/access/matrix/headingSizes';

const cell = { width: 30, height: 26 };

describe('the headings of the matrix', () => {
  it('have their usual sizes where there is room', () => {
    const page = { width: 1100, height: 700 };
    const { width, height } = fitHeadings({ width: 1100, height: 500 }, page, cell);
    assert.deepEqual([width.size, height.size], [320, 168]);
  });

  it('shrink with the page, and not with the height of the grid', () => {
    const page = { width: 320, height: 300 };
    for (const gridHeight of [200, 220, 260]) {
      const { width, height } = fitHeadings({ width: 320, height: gridHeight }, page, cell);
      assert.deepEqual([width.size, height.size], [144, 90]);
    }
  });

  it('leave three cells in sight in each direction, whatever was chosen', () => {
    const size = fc.integer({ min: 230, max: 4000 });
    const chosen = fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined });
    fc.assert(
      fc.property(size, size, size, chosen, chosen, (width, height, more, wide, high) => {
        const grid = { width, height };
        const fitted = fitHeadings(grid, { width, height: height + more }, cell, {
          ...(wide !== undefined && { width: wide }),
          ...(high !== undefined && { height: high }),
        });
        assert.ok(width - fitted.width.size >= leastCells * cell.width);
        assert.ok(height - fitted.height.size >= leastCells * cell.height);
        for (const { size: own, min, max } of Object.values(fitted))
          assert.ok(own >= min && own <= max && max >= min);
      }),
    );
  });

  it('keep a chosen size between their limits', () => {
    const grid = { width: 800, height: 500 };
    const sizes = (width: number, height: number) => fitHeadings(grid, grid, cell, { width, height });
    assert.deepEqual([sizes(500, 300).width.size, sizes(500, 300).height.size], [500, 300]);
    const { width, height } = sizes(1, 1);
    assert.deepEqual([width.size, height.size], [width.min, height.min]);
    const { width: wide, height: high } = sizes(9999, 9999);
    assert.deepEqual([wide.size, high.size], [wide.max, high.max]);
  });
});
