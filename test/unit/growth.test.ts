import assert from 'node:assert/strict';
import { measureGrowth } from '../growth/measure';
import { works } from '../growth/works';

/** Twice the size may take at most so many times as long. */
const most = 2.5;

/** A machine that does other things too may be slow just then: work that grows too fast does so each time. */
const attempts = 4;

describe('time grows with the size of', () => {
  for (const { title, of, from, prepare } of works)
    it(`Truth 16: ${title}, in proportion to the ${of}`, async () => {
      const factors: number[] = [];
      while (factors.length < attempts && !factors.some((factor) => factor <= most))
        factors.push((await measureGrowth(prepare, from)).factor);
      assert.ok(Math.min(...factors) <= most, `twice the ${of} took ${factors.join(', ')} times as long`);
    });
});
