import assert from 'node:assert/strict';
import { atOnce, inSlices, type Steps } from '../../../src/access/slices';

describe('work in slices', () => {
  function* busy(steps: number, each: number): Steps<number> {
    for (let step = 0; step < steps; step += 1) {
      yield;
      for (const until = performance.now() + each; performance.now() < until; );
    }
    return steps;
  }

  it('Truth 16: lets others have their turns, and has the same result', async () => {
    let turns = 0;
    let isOver = false;
    const other = (): void => {
      turns += 1;
      if (!isOver) setImmediate(other);
    };
    setImmediate(other);
    assert.equal(await inSlices(busy(60, 2)), 60);
    isOver = true;
    assert.ok(turns >= 5, `${turns}`);
    assert.equal(atOnce(busy(3, 0)), 3);
  });

  it('Truth 16: ends with the reason of its signal, also when that comes while it works', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    setImmediate(() => abort.abort(reason));
    await assert.rejects(inSlices(busy(1_000_000, 1), abort.signal), reason);
    await assert.rejects(inSlices(busy(1, 0), abort.signal), reason);
  });

  it('passes on what the work throws', async () => {
    const work = (function* (): Steps<void> {
      yield;
      throw new TypeError('no');
    })();
    await assert.rejects(inSlices(work), TypeError);
  });
});
