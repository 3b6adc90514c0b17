import assert from 'node:assert/strict';
import fc from 'fast-check';
import { renderedSpan, scrollOffset, visibleSpans } from '../../../src/pages/access/viewport';

const sizes = { rowHeight: 26, columnWidth: 30, headHeight: 168, headWidth: 320, blockColumns: 5 };

describe('the viewport of the matrix', () => {
  it('has the rows and columns beside the headings, wholly or in part', () => {
    const viewport = { top: 30, left: 0, width: 320 + 90, height: 168 + 52 };
    const content = { rows: 200, columns: 500 };
    assert.deepEqual(visibleSpans(viewport, sizes, content), {
      rows: { start: 1, end: 4 },
      columns: { start: 0, end: 3 },
    });
  });

  it('never exceeds the grid', () => {
    const any = fc.integer({ min: 0, max: 50_000 });
    const number = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(any, any, any, any, number, number, (top, left, width, height, rows, columns) => {
        const seen = visibleSpans({ top, left, width, height }, sizes, { rows, columns });
        for (const [span, count] of [
          [seen.rows, rows],
          [seen.columns, columns],
        ] as const) {
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= count);
        }
      }),
    );
  });

  it('is rendered with overscan, most of it in the direction of scrolling', () => {
    assert.deepEqual(renderedSpan(260, 100, 26, 200, 8, 0), { start: 6, end: 19 });
    assert.deepEqual(renderedSpan(260, 100, 26, 200, 8, 1), { start: 8, end: 21 });
    assert.deepEqual(renderedSpan(260, 100, 26, 200, 8, -1), { start: 4, end: 17 });
  });

  it('is rendered wholly and with a constant number of items, so that scrolling creates none', () => {
    const whole = fc.record({
      length: fc.integer({ min: 0, max: 3000 }),
      size: fc.integer({ min: 1, max: 200 }),
      count: fc.integer({ min: 0, max: 500 }),
      more: fc.integer({ min: 0, max: 12 }),
      ahead: fc.constantFrom(-1 as const, 0 as const, 1 as const),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(whole, ({ length, size, count, more, ahead, part }) => {
        const from = Math.floor(Math.max(0, count * size - length) * part);
        const { start, end } = renderedSpan(from, length, size, count, more, ahead);
        const first = renderedSpan(0, length, size, count, more, 0);
        assert.equal(end - start, first.end - first.start);
        assert.ok(start >= 0 && end <= count);
        assert.ok(start * size <= from && end * size >= Math.min(count * size, from + length));
      }),
    );
  });

  it('is scrolled to no further than needed', () => {
    assert.equal(scrollOffset(3, 26, 0, 260), 0);
    assert.equal(scrollOffset(12, 26, 0, 260), 13 * 26 - 260);
    assert.equal(scrollOffset(2, 26, 260, 260), 52);
    assert.equal(scrollOffset(-1, 26, 260, 260), 260);
  });
});
