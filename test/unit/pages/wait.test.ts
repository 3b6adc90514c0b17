import assert from 'node:assert/strict';
import { isWait, isWaitFor, waitMessage, waitOf } from '../../../src/protocol/wait';

describe('a wait, as the page is told of it', () => {
  it('ends at the same time by the clock of the page', () => {
    const message = waitMessage({ reason: 'rate-limit', until: 5000, asked: 9000 }, 2000);
    assert.deepEqual(message, { reason: 'rate-limit', left: 3000, asked: 9000 });
    assert.ok(isWait(message));
    assert.deepEqual(message && waitOf(message, 700_000), {
      reason: 'rate-limit',
      until: 703_000,
      asked: 9000,
    });
  });

  it('is not told when it is over', () => {
    assert.equal(waitMessage({ reason: 'retry', until: 2000 }, 2000), undefined);
  });

  it('is for a reason that is known there', () => {
    const ofList = waitMessage({ reason: 'list', until: 1 }, 0);
    assert.deepEqual(ofList, { reason: 'list', left: 1 });
    assert.deepEqual([isWait(ofList), isWaitFor('list')(ofList)], [false, true]);
    assert.equal(isWait({ reason: 'retry', left: Number.NaN }), false);
  });
});
