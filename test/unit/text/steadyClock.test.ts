import assert from 'node:assert/strict';
import { steadyClock } from '../../../src/text/steadyClock';

describe('The steady clock', () => {
  const hour = 3_600_000;
  let wall = 0;
  let elapsed = 0;
  const pass = (ms: number): void => {
    wall += ms;
    elapsed += ms;
  };
  let now: () => number;

  beforeEach(() => {
    wall = 1_000_000_000;
    elapsed = 500;
    now = steadyClock(
      () => wall,
      () => elapsed,
    );
  });

  it('begins at the time of the computer and runs with it', () => {
    assert.equal(now(), 1_000_000_000);
    pass(1234);
    assert.equal(now(), 1_000_001_234);
  });

  it('Truth 15: ignores a clock that is set back', () => {
    wall -= hour;
    pass(10);
    assert.equal(now(), 1_000_000_010);
  });

  it('Truth 15: counts the time of a suspended computer, whose timer stood still', () => {
    wall += hour;
    assert.equal(now(), 1_000_000_000 + hour);
    pass(10);
    assert.equal(now(), 1_000_000_010 + hour);
  });

  it('does not add up the roughness of two clocks that are read often', () => {
    for (let turn = 0; turn < 100_000; turn += 1) {
      elapsed += 0.1;
      wall = 1_000_000_000 + Math.floor(elapsed - 500);
      now();
    }
    assert.equal(now(), 1_000_010_000);
  });
});
