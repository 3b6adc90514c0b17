import assert from 'node:assert/strict';
import { cursorTraps, type Fault } from '../../emulator';
import { emulatorForEachTest, model, permissionsPath, sdk } from './setUp';
import { exchange } from './wire';

const current = emulatorForEachTest();

function trapped(fault: Fault, count = 25) {
  const emulator = current();
  const checkpoint = emulator.organization.addCheckpoint(model, { permissions: count });
  emulator.fail('permissions.list', fault);
  return { emulator, newestFirst: checkpoint.permissions.all().reverse() };
}

async function page(query: string) {
  const { status, body } = await exchange(current(), { path: `${permissionsPath}?${query}` });
  assert.equal(status, 200);
  return JSON.parse(body);
}

/** The first `most` items that the official SDK yields. */
async function read(most: number) {
  const items = [];
  const list = sdk(current()).fineTuning.checkpoints.permissions.list(model, { limit: 10 });
  for await (const item of list) if (items.push(item) === most) break;
  return items;
}

describe('a cursor trap', () => {
  it('promises more with a null last_id: the SDK stops in silence', async () => {
    const { newestFirst } = trapped(cursorTraps.nullCursor);
    const { data, last_id, has_more } = await page('limit=10');
    assert.deepEqual([data.length, last_id, has_more], [10, null, true]);
    assert.deepEqual(await read(100), newestFirst.slice(0, 10));
  });

  it('promises more without any ids', async () => {
    trapped(cursorTraps.absentCursor);
    const { data, ...rest } = await page('limit=10');
    assert.equal(data.length, 10);
    assert.deepEqual(rest, { object: 'list', has_more: true });
  });

  it('promises more with an empty page: the SDK stops in silence', async () => {
    trapped(cursorTraps.emptyPage);
    const answer = await page('limit=10');
    assert.deepEqual(answer, { object: 'list', data: [], first_id: null, last_id: null, has_more: true });
    assert.deepEqual(await read(100), []);
  });

  it('promises more, and then sends an empty page: the SDK takes it for the end', async () => {
    const { newestFirst } = trapped(cursorTraps.emptyEnd);
    assert.equal((await page('limit=10')).has_more, true);
    assert.deepEqual(await read(100), newestFirst.slice(0, 10));
  });

  it('never advances: the SDK would read for ever', async () => {
    const { emulator, newestFirst } = trapped(cursorTraps.standingCursor);
    const items = await read(35);
    assert.deepEqual(items.slice(0, 20), [...newestFirst.slice(0, 10), ...newestFirst.slice(0, 10)]);
    const cursors = emulator.requests.map(({ query }) => query.after);
    assert.deepEqual(cursors, [undefined, ...Array<string | undefined>(3).fill(newestFirst[9]?.id)]);
  });

  it('repeats the last item on the next page', async () => {
    const { newestFirst } = trapped(cursorTraps.repeatedItem());
    const items = await read(100);
    assert.deepEqual(items, [
      ...newestFirst.slice(0, 10),
      ...newestFirst.slice(9, 20),
      ...newestFirst.slice(19, 25),
    ]);
  });

  for (const limit of [10, 100]) {
    it(`gives ${limit + 1} where ${limit} were asked for, and goes on behind them`, async () => {
      const { newestFirst } = trapped(cursorTraps.largerPage, 250);
      const first = await page(`limit=${limit}`);
      assert.deepEqual(first.data, newestFirst.slice(0, limit + 1));
      assert.equal(first.last_id, newestFirst[limit]?.id);
      const second = await page(`limit=${limit}&after=${first.last_id}`);
      assert.deepEqual(second.data, newestFirst.slice(limit + 1, 2 * limit + 2));
    });
  }

  it('leaves a larger page’s end as it is', async () => {
    const { newestFirst } = trapped(cursorTraps.largerPage);
    assert.deepEqual(await read(100), newestFirst);
  });

  it('leaves refusals alone', async () => {
    const { emulator } = trapped(cursorTraps.nullCursor);
    const { status, body } = await exchange(emulator, { path: `${permissionsPath}?limit=0` });
    assert.equal(status, 400);
    assert.equal(JSON.parse(body).error.param, 'limit');
  });
});
