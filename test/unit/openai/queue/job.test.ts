import assert from 'node:assert/strict';
import { clientOf, LeapingClock, testCheckpoint } from '../support/client';
import { fixedWindow, type Limit, limited, slidingWindow, tokens, windowFromFirst } from '../support/limits';
import { deleted } from '../support/replies';
import { endAll, type Reply, serve } from '../support/server';

const jobSize = 30;

type Header = (ms: number) => Record<string, string>;

/** Revokes permissions concurrently, and counts requests and time. */
async function job(limit: Limit, header?: Header) {
  const clock = new LeapingClock(() => 0.5);
  const done: string[] = [];
  let underWay = 0;
  let most = 0;
  const counted: Reply = (response, seen) => {
    done.push(seen.url.split('/').at(-1) ?? '');
    deleted()(response, seen);
  };
  const reply = limited(limit, clock, counted, header);
  const server = await serve((response, seen) => {
    most = Math.max(most, ++underWay);
    response.on('close', () => underWay--);
    reply(response, seen);
  });
  const { client, reports } = clientOf(server.baseURL, { clock });
  const began = clock.now();
  await Promise.all(
    Array.from({ length: jobSize }, (_, index) =>
      client.fineTuning.checkpoints.permissions.delete(`cp_${index}`, {
        fine_tuned_model_checkpoint: testCheckpoint,
      }),
    ),
  );
  const refused = reports.filter(({ status }) => status === 429).length;
  return { requests: server.seen.length, refused, done, most, minutes: (clock.now() - began) / 60_000 };
}

describe('A job of 30 requests against a limit of 7 a minute', () => {
  afterEach(endAll);

  const seconds: Header = (ms) => ({ 'retry-after': String(Math.ceil(ms / 1000)) });
  const zero: Header = () => ({ 'retry-after': '0' });
  const milliseconds: Header = (ms) => ({ 'retry-after-ms': String(Math.ceil(ms)) });
  const cases: Record<
    string,
    [limit: () => Limit, refusals: number, minutes: number, header?: typeof seconds]
  > = {
    'that fills evenly, without a header': [() => tokens(7), 9, 5],
    'in windows that begin with a request, without a header': [() => windowFromFirst(7), 9, 5],
    'in windows of the full minute, without a header': [() => fixedWindow(7), 9, 5],
    'in windows of the half minute, without a header': [() => fixedWindow(7, 30_000), 9, 5],
    'over any minute, without a header': [() => slidingWindow(7), 9, 5],
    'that fills evenly, with Retry-After': [() => tokens(7), 11, 5, seconds],
    'that fills evenly, with retry-after-ms': [() => tokens(7), 11, 5, milliseconds],
    'in windows, with Retry-After': [() => windowFromFirst(7), 10, 5, seconds],
    'over any minute, with Retry-After': [() => slidingWindow(7), 11, 5, seconds],
    'that fills evenly, with Retry-After: 0 (Truth 15)': [() => tokens(7), 12, 5, zero],
    'in windows of the full minute, with Retry-After: 0 (Truth 15)': [() => fixedWindow(7), 12, 6, zero],
    'over any minute, with Retry-After: 0 (Truth 15)': [() => slidingWindow(7), 12, 6, zero],
  };
  for (const [what, [limit, refusals, minutes, header]] of Object.entries(cases))
    it(`${what}: all done, none twice, few refused`, async function () {
      const result = await job(limit(), header);
      const figures = `${result.requests} requests, ${result.refused} of them 429, ${result.minutes.toFixed(1)} min`;
      if (this.test) this.test.title += ` (${figures})`;
      assert.deepEqual(
        [...result.done].sort(),
        Array.from({ length: jobSize }, (_, index) => `cp_${index}`).sort(),
      );
      assert.equal(result.requests, jobSize + result.refused);
      assert.ok(result.refused <= refusals, figures);
      assert.ok(result.minutes <= minutes, figures);
      assert.ok(result.most <= 16, `${result.most} at once`);
    });
});
