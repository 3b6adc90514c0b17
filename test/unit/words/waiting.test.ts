import assert from 'node:assert/strict';
import { waitInWords } from '../../../src/words/waiting';

describe('a wait, in words', () => {
  const now = 1_000_000;

  it('counts the seconds down, at least one', () => {
    const words = (ms: number) => waitInWords({ reason: 'rate-limit', until: now + ms }, now);
    assert.equal(words(45_000), 'Waiting for the rate limit (about 45 seconds left)');
    assert.equal(words(900), 'Waiting for the rate limit (about 1 second left)');
    assert.equal(words(-5), 'Waiting for the rate limit (about 1 second left)');
  });

  it('Truth 15: says what the API asked for, if that is longer', () => {
    const words = (asked: number) => waitInWords({ reason: 'rate-limit', until: now + 600_000, asked }, now);
    assert.equal(
      words(900_000),
      'Waiting for the rate limit (about 600 seconds left). The API asked for a longer wait: 15 minutes.',
    );
    assert.equal(
      words(1e15),
      'Waiting for the rate limit (about 600 seconds left). The API asked for a longer wait: 31,710 years.',
    );
  });

  it('says what it waits for', () => {
    const words = (ms: number) => waitInWords({ reason: 'retry', until: now + ms }, now);
    assert.equal(words(2_000), 'Waiting to try again (about 2 seconds left)');
    assert.equal(words(1_000), 'Waiting to try again (about 1 second left)');
  });

  it('Truth 8: for a list that lags, until it is read again', () => {
    const words = (ms: number) => waitInWords({ reason: 'list', until: now + ms }, now);
    assert.equal(words(900), 'Waiting for the list to show the change (about 1 second left)');
    assert.equal(words(9500), 'Waiting for the list to show the change (about 10 seconds left)');
  });
});
