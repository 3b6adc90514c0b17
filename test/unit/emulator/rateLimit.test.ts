import assert from 'node:assert/strict';
import { type Emulator, ManualClock, rateLimit, startEmulator } from '../../emulator';
import { model, permissionsPath } from './setUp';
import { exchange } from './wire';

describe('the rate limit of the field: 7 a minute for each endpoint', () => {
  let clock: ManualClock;
  let emulator: Emulator;
  beforeEach(async () => {
    clock = new ManualClock();
    emulator = await startEmulator({ clock, limiter: rateLimit({ perMinute: 7, clock }) });
    emulator.organization.addCheckpoint(model, { permissions: 3 });
  });
  afterEach(() => emulator.stop());

  async function statuses(count: number, path = permissionsPath): Promise<(number | undefined)[]> {
    const seen = [];
    for (let sent = 0; sent < count; sent += 1) seen.push((await exchange(emulator, { path })).status);
    return seen;
  }
  const served = (count: number) => Array<number>(count).fill(200);

  it('serves seven and then refuses without any hint when to come back', async () => {
    assert.deepEqual(await statuses(8), [...served(7), 429]);
    const { status, headers, body } = await exchange(emulator);
    assert.equal(status, 429);
    const hints = Object.keys(headers).filter((name) => /retry|ratelimit/.test(name));
    assert.deepEqual(hints, []);
    assert.deepEqual(JSON.parse(body).error, {
      message: 'Rate limit reached for requests.',
      type: 'requests',
      param: null,
      code: 'rate_limit_exceeded',
    });
    assert.equal(emulator.requests.at(-1)?.processed, false);
  });

  it('counts each endpoint on its own, whatever the checkpoint', async () => {
    await statuses(7);
    const step = `${model}:ckpt-step-8`;
    emulator.organization.addCheckpoint(step);
    assert.deepEqual(await statuses(1, permissionsPath.replace(model, step)), [429]);
    assert.deepEqual(await statuses(1, '/v1/organization/projects'), [200]);
    const path = `${permissionsPath}/cp_nothing`;
    assert.equal((await exchange(emulator, { method: 'DELETE', path })).status, 404);
  });

  it('gives back one after a seventh of a minute, and all after a minute', async () => {
    await statuses(7);
    clock.advance(60_000 / 7 - 1);
    assert.deepEqual(await statuses(1), [429]);
    clock.advance(1);
    assert.deepEqual(await statuses(2), [200, 429]);
    clock.advance(60_000);
    assert.deepEqual(await statuses(8), [...served(7), 429]);
  });

  it('never saves up more than seven', async () => {
    await statuses(1);
    clock.advance(3_600_000);
    assert.deepEqual(await statuses(8), [...served(7), 429]);
  });

  it('is forgotten at a reset', async () => {
    await statuses(7);
    emulator.reset();
    emulator.organization.addCheckpoint(model);
    assert.deepEqual(await statuses(1), [200]);
  });

  it('can be set and lifted while it runs', async () => {
    await statuses(7);
    emulator.limiter = undefined;
    assert.deepEqual(await statuses(2), [200, 200]);
  });
});
