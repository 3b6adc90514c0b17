import assert from 'node:assert/strict';
import { lasting } from '../../../src/text/dates';

describe('a duration', () => {
  it('is rounded up in its largest unit', () => {
    const second = 1000;
    const hour = 3600 * second;
    for (const [ms, text] of [
      [0, '0 seconds'],
      [400, '1 second'],
      [59_001, '1 minute'],
      [90_000, '2 minutes'],
      [hour, '1 hour'],
      [25 * hour, '2 days'],
      [1e15, '31,710 years'],
    ] as const)
      assert.equal(lasting(ms), text);
  });
});
