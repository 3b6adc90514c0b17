import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitLines, linesOf } from '../../../src/commands/plan/dialogLayout';

describe('the lines of a dialog', () => {
  it('are counted, and non-Latin scripts are twice as wide', () => {
    assert.equal(linesOf(''), 1);
    assert.equal(linesOf('• Sales copilot (proj_abc)'), 1);
    assert.equal(linesOf('one\n\ntwo'), 3);
    assert.equal(linesOf('x'.repeat(57)), 2);
    assert.equal(linesOf('港'.repeat(28)), 1);
    assert.equal(linesOf('港'.repeat(29)), 2);
  });

  it('are taken by the first lines, and the others are counted', () => {
    const lines = ['a', 'b'.repeat(100), 'c'];
    assert.deepEqual(fitLines(lines, 9, 9), { shown: lines, rest: 0 });
    assert.deepEqual(fitLines(lines, 1, 9), { shown: ['a'], rest: 2 });
    assert.deepEqual(fitLines(lines, 9, 2), { shown: ['a'], rest: 2 });
    assert.deepEqual(fitLines(lines.slice(1), 9, -5), { shown: [lines[1]], rest: 1 }, 'one at least');
    assert.deepEqual(fitLines([], 9, 9), { shown: [], rest: 0 });
  });

  it('are exceeded by the first line only, and no line is lost', () => {
    const some = fc.array(fc.string({ maxLength: 300 }));
    void fc.assert(
      fc.property(
        some,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: -5, max: 40 }),
        (lines, most, room) => {
          const { shown, rest } = fitLines(lines, most, room);
          assert.deepEqual(shown, lines.slice(0, shown.length));
          assert.equal(shown.length + rest, lines.length);
          assert.ok(shown.length <= most);
          const taken = shown.reduce((sum, line) => sum + linesOf(line), 0);
          assert.ok(shown.length <= 1 || taken <= room);
        },
      ),
    );
  });
});
