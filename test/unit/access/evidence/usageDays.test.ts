import assert from 'node:assert/strict';
import { usageSource } from '../../../../src/access/discovery/usage';
import { UsageCache } from '../../../../src/access/evidence/review/usageCache';
import { OpenAIAdmin } from '../../../../src/openai/index';
import { type Emulator, faults, ManualClock, startEmulator } from '../../../emulator/index';

const midnight = Date.UTC(2026, 10, 21);
const minute = 60_000;

describe('use of the last 93 days', () => {
  /** The clock of the server. */
  const clock = new ManualClock(midnight);
  let emulator: Emulator;
  let client: OpenAIAdmin;
  before(async () => {
    emulator = await startEmulator({ clock });
  });
  after(() => emulator.stop());
  beforeEach(() => {
    emulator.reset();
    client = new OpenAIAdmin({ adminAPIKey: emulator.adminAPIKey, baseURL: emulator.baseURL, maxRetries: 0 });
  });
  afterEach(() => client.close());

  const { signal } = new AbortController();
  const search = (now: number) =>
    usageSource(client.admin.organization.usage).find(() => undefined, {
      signal,
      now,
      progress: () => undefined,
      onWait: () => undefined,
    });
  const review = (now: number) => new UsageCache(client.admin.organization.usage, () => now).read(signal);
  /** The requested days, as `from/until`, one text per request. */
  const asked = (): string[] =>
    emulator.requests.map(({ query }) => {
      const { start_time, end_time } = query;
      return [start_time, end_time].map((time) => new Date(Number(time) * 1000).toISOString()).join('/');
    });
  /** Three windows of 31 days. */
  const until = (end: number): string[] =>
    [93, 62, 31].map((days) =>
      [days, days - 31].map((before) => new Date(end - before * 1440 * minute).toISOString()).join('/'),
    );
  const until21 = until(midnight);
  const until22 = until(midnight + 1440 * minute);

  for (const [when, ahead, now, days] of [
    ['at midnight', 0, midnight, until22],
    ['a moment before midnight', 0, midnight - 1, until21],
    ['in the middle of a day', 0, midnight + 720 * minute, until22],
    ['before midnight, with the server behind it', 10 * minute, midnight - 5 * minute, until21],
    ['after midnight, with the server before it', -10 * minute, midnight + 5 * minute, until22],
  ] as const) {
    it(`Truth 25: is three requests for windows of whole days, for the search and the review, ${when}`, async () => {
      clock.advance(now + ahead - clock.now());
      assert.deepEqual(await search(now), []);
      const { from } = await review(now);
      assert.deepEqual(asked(), [...days, ...days]);
      assert.ok(emulator.requests.every(({ query }) => !('page' in query)));
      assert.equal(new Date(from * 1000).toISOString(), days[0]?.split('/')[0]);
    });
  }

  it('Truth 25: is incomplete if a gateway sends another period than asked for', async () => {
    const start_time = midnight / 1000 - 86_400;
    const data = [{ object: 'bucket', start_time, end_time: start_time + 86_400, results: [] }];
    const body = { object: 'page', data, has_more: false, next_page: null };
    emulator.fail('usage.completions', faults.status(200, { body }));
    await assert.rejects(review(midnight), { name: 'IncompleteListError', reason: 'otherPeriod' });
  });

  it('Truth 25: is incomplete if the API has another page all the same, which is never asked for', async () => {
    const more = { object: 'page', data: [], has_more: false, next_page: 'page_2' };
    emulator.fail('usage.completions', faults.status(200, { body: more }), 1);
    await assert.rejects(search(midnight), { name: 'IncompleteListError', reason: 'shortPages' });
    assert.equal(emulator.requests.length, 3, 'what the other windows have is found');
    emulator.fail('usage.completions', faults.status(200, { body: { ...more, has_more: true } }), 1);
    await assert.rejects(review(midnight), { name: 'IncompleteListError' });
    assert.ok(emulator.requests.every(({ query }) => !('page' in query)));
  });
});
