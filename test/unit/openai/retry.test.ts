import assert from 'node:assert/strict';
import { backoff, mayRetry, rateLimitPause, retryAfter } from '../../../src/openai/retry';

const fixedNow = Date.UTC(2026, 10, 21, 12, 0, 0);

describe('The wait a server asks for', () => {
  const cases: [Record<string, string>, number | undefined][] = [
    [{}, undefined],
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': '600' }, 600_000],
    [{ 'retry-after-ms': '250', 'retry-after': '7' }, 250],
    [{ 'retry-after-ms': 'soon', 'retry-after': '7' }, 7000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 12:01:30 GMT' }, 90_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, 0],
    // By the server's own clock, where it tells it.
    [{ 'retry-after': 'Sat, 21 Nov 2026 15:01:30 GMT', date: 'Sat, 21 Nov 2026 15:01:00 GMT' }, 30_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 12:01:30 GMT', date: 'today' }, 90_000],
    [{ 'retry-after': '1000000000000' }, 1e15],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': 'Infinity' }, undefined],
  ];
  for (const [headers, ms] of cases)
    it(`is ${ms} ms for ${JSON.stringify(headers)}`, () => assert.equal(retryAfter(headers, fixedNow), ms));
});

describe('Another attempt', () => {
  const cases: [what: string, Parameters<typeof mayRetry>[1], get: boolean, post: boolean][] = [
    ['a request that never left', { sent: false }, true, true],
    ['a connection lost afterwards', { sent: true }, true, false],
    ['400', { status: 400, headers: {} }, false, false],
    ['401', { status: 401, headers: {} }, false, false],
    ['403', { status: 403, headers: {} }, false, false],
    ['404', { status: 404, headers: {} }, false, false],
    ['409', { status: 409, headers: {} }, false, false],
    ['422', { status: 422, headers: {} }, false, false],
    ['408', { status: 408, headers: {} }, true, false],
    ['429', { status: 429, headers: {} }, true, true],
    ['500', { status: 500, headers: {} }, true, false],
    ['503', { status: 503, headers: {} }, true, false],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '1' } }, true, true],
    ['500 with Retry-After', { status: 500, headers: { 'retry-after': '1' } }, true, false],
    ['429 and x-should-retry: false', { status: 429, headers: { 'x-should-retry': 'false' } }, false, false],
    ['500 and x-should-retry: false', { status: 500, headers: { 'x-should-retry': 'false' } }, false, false],
    ['409 and x-should-retry: true', { status: 409, headers: { 'x-should-retry': 'true' } }, true, false],
  ];
  for (const [what, outcome, get, post] of cases)
    it(`after ${what}: GET and DELETE ${get}, POST ${post}`, () => {
      assert.equal(mayRetry('GET', outcome), get);
      assert.equal(mayRetry('DELETE', outcome), get);
      assert.equal(mayRetry('POST', outcome), post);
    });
});

describe('Waits of our own', () => {
  it('double from half a second to eight, less up to a quarter', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].map((retry) => backoff(retry, 0)),
      [500, 1000, 2000, 4000, 8000, 8000],
    );
    assert.equal(backoff(4, 0.999), 8000 * (1 - 0.999 / 4));
  });

  it('are about a minute after a rate limit that says nothing', () => {
    assert.equal(rateLimitPause(0), 60_000);
    assert.equal(rateLimitPause(0.5), 63_000);
  });
});
