import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inSight, scrollTo } from '../../../src/pages/matrix/sight';

const sizes = { rowHeight: 26, columnWidth: 30, headHeight: 168, headWidth: 320 };

describe('what is in sight of the matrix', () => {
  it('is what lies beside the headings, also in part, and some more where asked for', () => {
    const scrolled = { top: 30, left: 0, width: 320 + 90, height: 168 + 52 };
    const content = { rows: 200, columns: 500 };
    assert.deepEqual(inSight(scrolled, sizes, content), {
      rows: { start: 1, end: 4 },
      columns: { start: 0, end: 3 },
    });
    const more = inSight(scrolled, sizes, content, 4);
    assert.deepEqual(more, { rows: { start: 0, end: 8 }, columns: { start: 0, end: 7 } });
  });

  it('never reaches beyond what there is', () => {
    const any = fc.integer({ min: 0, max: 50_000 });
    const number = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(any, any, any, any, number, number, (top, left, width, height, rows, columns) => {
        const seen = inSight({ top, left, width, height }, sizes, { rows, columns }, 4);
        for (const [span, count] of [
          [seen.rows, rows],
          [seen.columns, columns],
        ] as const) {
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= count);
        }
      }),
    );
  });

  it('is scrolled to no further than needed', () => {
    assert.equal(scrollTo(3, 26, 0, 260), 0);
    assert.equal(scrollTo(12, 26, 0, 260), 13 * 26 - 260);
    assert.equal(scrollTo(2, 26, 260, 260), 52);
    assert.equal(scrollTo(-1, 26, 260, 260), 260);
  });
});
