import assert from 'node:assert/strict';
import { RateLimitError, type Waiting } from '../../../../src/openai';
import { realClock } from '../../../../src/openai/clock';
import { RequestQueue } from '../../../../src/openai/queue/queue';
import { RateLimiter } from '../../../../src/openai/queue/rateLimiter';
import { steadyClock, steadyNow } from '../../../../src/text/steadyClock';
import { clientOf, LeapingClock, rejection, testCheckpoint } from '../support/client';
import { apiError, list } from '../support/replies';
import { endAll, serve } from '../support/server';

const minute = 60_000;

describe('A wait that the server asks for', () => {
  afterEach(endAll);

  for (const [header, value, asked] of [
    ['retry-after', '1000000000000', 1e15],
    ['retry-after', 'Fri, 31 Dec 9999 23:59:59 GMT', undefined],
    ['retry-after-ms', '90000000', 9e7],
  ] as const)
    it(`Truth 15: that is endless (${header}: ${value}) stops nothing for more than ten minutes`, async () => {
      const server = await serve(apiError(429, 'Slow down.', { [header]: value }), list(['cp_1']));
      const { client, clock, waits } = clientOf(server.baseURL);
      const { permissions } = client.fineTuning.checkpoints;
      const error = await rejection(permissions.list(testCheckpoint), RateLimitError);
      if (asked) assert.equal(error.retryAfter, asked);
      const began = clock.now();
      assert.equal((await permissions.list(testCheckpoint)).data.length, 1);
      assert.equal(clock.now() - began, 10 * minute);
      assert.deepEqual(waits, [
        { reason: 'rate-limit', ms: 10 * minute, until: began + 10 * minute, asked: error.retryAfter },
      ]);
      assert.equal(server.seen.length, 2);
    });

  it('Truth 15: of a quarter of an hour is told, and asked about after ten minutes', async () => {
    const wait = 15 * minute;
    const clock = new LeapingClock();
    const began = clock.now();
    const times: number[] = [];
    const server = await serve((response, seen) => {
      const passed = clock.now() - began;
      times.push(passed);
      const reply =
        passed < wait
          ? apiError(429, 'Slow down.', { 'retry-after': `${(wait - passed) / 1000}` })
          : list([]);
      reply(response, seen);
    });
    const { client, waits } = clientOf(server.baseURL, { clock });
    await client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    assert.deepEqual(times, [0, 10 * minute, 15 * minute]);
    assert.deepEqual(
      waits.map(({ ms, asked }) => [ms, asked]),
      [
        [10 * minute, wait],
        [5 * minute, undefined],
      ],
    );
  });

  for (const headers of [{ 'retry-after': '0' }, { 'retry-after-ms': '0' }, { 'retry-after-ms': '1' }])
    it(`Truth 15: of nothing (${JSON.stringify(headers)}) is spread: 100 calls that are all refused`, async () => {
      const clock = new LeapingClock(() => 0.5);
      const times: number[] = [];
      const server = await serve((response, seen) => {
        times.push(clock.now());
        apiError(429, 'Slow down.', headers)(response, seen);
      });
      const { client } = clientOf(server.baseURL, { clock });
      const { permissions } = client.fineTuning.checkpoints;
      const all = Array.from({ length: 100 }, (_, index) => permissions.list(`ft:${index}`));
      for (const { status } of await Promise.allSettled(all)) assert.equal(status, 'rejected');
      // What went out before the first answer came.
      const first = times.filter((time) => time === times[0]).length;
      assert.ok(first <= 16, `${first} at once`);
      const rest = times.slice(first);
      const gaps = rest.map((time, index) => time - (rest[index - 1] ?? times[0] ?? time));
      assert.ok(Math.min(...gaps) >= 400, `${Math.min(...gaps)} ms`);
      for (const [index, time] of rest.entries()) {
        const within = rest.filter((other) => other >= time && other < time + minute).length;
        assert.ok(within <= 6, `${within} in the minute from request ${first + index}`);
      }
    });

  it('Truth 15: of nothing is spread more each time, even if requests are served in between', async () => {
    const clock = new LeapingClock(() => 0);
    const times: number[] = [];
    const server = await serve((response, seen) => {
      times.push(clock.now());
      const reply = times.length % 2 ? apiError(429, 'Slow down.', { 'retry-after': '0' }) : list([]);
      reply(response, seen);
    });
    const { client } = clientOf(server.baseURL, { clock });
    for (let call = 0; call < 8; call++) await client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    const pauses = times.flatMap((time, index) => (index % 2 ? [time - (times[index - 1] ?? 0)] : []));
    for (const [index, pause] of pauses.entries())
      assert.ok(pause >= Math.min(500 * 2 ** index, 8000) && pause < 20_000, `${pause} ms`);
  });

  it('Truth 15: is a backoff at least before another attempt after a 503', async () => {
    const server = await serve(apiError(503, 'Busy.', { 'retry-after': '0' }));
    const { client, clock } = clientOf(server.baseURL);
    await assert.rejects(client.fineTuning.checkpoints.permissions.list(testCheckpoint));
    assert.deepEqual(clock.slept, [500, 1000]);
  });
});

describe('A clock that is set back', () => {
  /** The clock of a computer whose time can be set. */
  function computer() {
    let wall = Date.UTC(2026, 10, 21, 12);
    let elapsed = 0;
    const now = steadyClock(
      () => wall,
      () => elapsed,
    );
    const sleeping: { ms: number; wake(): void }[] = [];
    return {
      sleeping,
      clock: {
        now,
        random: () => 0,
        sleep: (ms: number) =>
          new Promise<void>((wake) => {
            sleeping.push({ ms, wake });
          }),
      },
      pass(ms: number) {
        elapsed += ms;
        wall += ms;
      },
      setBack(ms: number) {
        wall -= ms;
      },
    };
  }
  const hour = 60 * minute;

  it('Truth 15: makes the queue wait no longer', async () => {
    const { clock, sleeping, pass, setBack } = computer();
    const queue = new RequestQueue(clock);
    const told: Waiting[] = [];
    const slot = {
      priority: 'person',
      signal: undefined,
      onWait: (wait: Waiting) => told.push(wait),
    } as const;
    queue.release(await queue.acquire(slot), true, { asked: 10_000 });
    const next = queue.acquire(slot);
    assert.deepEqual(
      sleeping.map(({ ms }) => ms),
      [10_000],
    );
    setBack(hour);
    pass(10_000);
    sleeping[0]?.wake();
    await next;
    assert.deepEqual([sleeping.length, told.length], [1, 1]);
  });

  it('Truth 15: makes a limit last no longer', () => {
    const { clock, pass, setBack } = computer();
    const limiter = new RateLimiter(clock);
    limiter.limited(limiter.begin(), 1000);
    setBack(hour);
    pass(1000);
    assert.deepEqual(limiter.schedule(1), [clock.now()]);
    pass(11 * minute);
    limiter.schedule(1);
    assert.equal(limiter.maxConcurrent, 16);
  });

  it('Truth 15: is not the clock of the client', () => {
    assert.equal(realClock.now, steadyNow);
    assert.equal(realClock.wall, Date.now);
  });
});
