import assert from 'node:assert/strict';
import { linesOf } from '../../../src/commands/plan/dialogLayout';

describe('the lines of a dialog', () => {
  it('are counted, and non-Latin scripts are twice as wide', () => {
    assert.equal(linesOf(''), 1);
    assert.equal(linesOf('• Sales copilot (proj_abc)'), 1);
    assert.equal(linesOf('one\n\ntwo'), 3);
    assert.equal(linesOf('x'.repeat(57)), 2);
    assert.equal(linesOf('港'.repeat(28)), 1);
    assert.equal(linesOf('港'.repeat(29)), 2);
  });
});
