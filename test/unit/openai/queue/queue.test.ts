import assert from 'node:assert/strict';
import { APIUserAbortError, RateLimitError, type Waiting } from '../../../../src/openai';
import { clientOf, rejection, testCheckpoint } from '../support/client';
import { apiError, deleted, list } from '../support/replies';
import { endAll, type Reply, serve } from '../support/server';

const deleteParams = { fine_tuned_model_checkpoint: testCheckpoint };
const lastOf = (url: string) => url.split('?')[0]?.split('/').at(-1);

/** A clock whose sleeps end only by the test. */
class StandingClock {
  time = 1_000_000;
  readonly sleeping = new Map<() => void, number>();
  readonly random = () => 0;
  now = () => this.time;
  sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const wake = () => {
        this.sleeping.delete(wake);
        resolve();
      };
      this.sleeping.set(wake, this.time + ms);
      signal?.addEventListener('abort', () => {
        this.sleeping.delete(wake);
        reject(signal.reason);
      });
    });

  pass(ms: number): void {
    this.time += ms;
    for (const [wake, until] of this.sleeping) if (until <= this.time) wake();
  }
}

/** Holds answers back until the test lets them go. */
function held(reply: Reply) {
  const waiting: (() => void)[] = [];
  const held: Reply = (response, seen) => waiting.push(() => reply(response, seen));
  return { reply: held, release: () => waiting.splice(0).map((go) => go()) };
}

describe('The queue', () => {
  afterEach(endAll);

  it('has up to 16 requests under way', async () => {
    const { reply, release } = held(list([]));
    const server = await serve(reply);
    const { permissions } = clientOf(server.baseURL).client.fineTuning.checkpoints;
    const all = Array.from({ length: 20 }, (_, index) => permissions.retrieve(`ft:${index}`));
    await server.arrived(16);
    assert.equal(server.seen.length, 16);
    release();
    await server.arrived(20);
    release();
    await Promise.all(all);
  });

  it('sends one at a time after a 429, first what a person waits for', async () => {
    const order: (string | undefined)[] = [];
    let underWay = 0;
    let most = 0;
    const server = await serve(apiError(429, 'Slow down.', { 'retry-after': '5' }), (response, seen) => {
      order.push(lastOf(seen.url));
      most = Math.max(most, ++underWay);
      response.on('finish', () => underWay--);
      deleted()(response, seen);
    });
    const { client, waits, clock } = clientOf(server.baseURL);
    const { permissions } = client.fineTuning.checkpoints;
    const began = clock.now();
    let others: Promise<unknown>[] = [];
    const first = permissions.delete('cp_first', deleteParams, {
      priority: 'background',
      onWait: () => {
        if (others.length) return;
        others = [
          permissions.delete('cp_later', deleteParams, { priority: 'background' }),
          permissions.delete('cp_person1', deleteParams),
          permissions.delete('cp_person2', deleteParams, { priority: 'person' }),
        ];
      },
    });
    await first;
    await Promise.all(others);
    assert.deepEqual(order, ['cp_person1', 'cp_person2', 'cp_first', 'cp_later']);
    assert.equal(most, 1);
    assert.deepEqual(waits[0], { reason: 'rate-limit', ms: 5000, until: began + 5000 });
  });

  it('tells everyone who waits how long it is about to take', async () => {
    const clock = new StandingClock();
    const server = await serve(apiError(429, 'Slow down.'), list([]));
    const { client } = clientOf(server.baseURL, { clock });
    const { permissions } = client.fineTuning.checkpoints;
    const told: Record<string, Waiting[]> = {};
    let followed: () => void;
    const following = new Promise<void>((resolve) => {
      followed = resolve;
    });
    const ask = (name: string) =>
      permissions.retrieve(`ft:${name}`, null, {
        onWait: (waiting) => {
          told[name] = [...(told[name] ?? []), waiting];
          if (name === 'a') followed();
        },
      });
    const all = [ask('a')];
    await following;
    for (const name of ['b', 'c', 'd', 'e']) all.push(ask(name));
    assert.deepEqual(
      Object.values(told).map((waits) => waits.map(({ ms }) => ms)),
      [[60_000], [60_000], [60_000], [60_000], [80_000]],
    );
    clock.pass(60_000);
    await Promise.all(all.slice(0, 4));
    assert.equal(server.seen.length, 5);
    clock.pass(19_999);
    assert.equal(clock.sleeping.size, 1);
    clock.pass(1);
    await Promise.all(all);
    assert.equal(server.seen.length, 6);
  });

  it('lets go of a request that is cancelled while it waits, and sends it nowhere', async () => {
    const clock = new StandingClock();
    const server = await serve(apiError(429, 'Slow down.'), deleted());
    const { client } = clientOf(server.baseURL, { clock });
    const controller = new AbortController();
    const promise = client.fineTuning.checkpoints.permissions.delete('cp_1', deleteParams, {
      signal: controller.signal,
      onWait: () => setImmediate(() => controller.abort()),
    });
    assert.equal((await rejection(promise, APIUserAbortError)).uncertain, false);
    assert.equal(clock.sleeping.size, 0);
    assert.equal(server.seen.length, 1);
  });

  it('does not count a limit that many requests meet together against each', async () => {
    const server = await serve(
      ...Array.from({ length: 16 }, () => apiError(429, 'Slow down.', { 'retry-after': '1' })),
      deleted(),
    );
    const { client, clock } = clientOf(server.baseURL, { maxRetries: 1 });
    await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        client.fineTuning.checkpoints.permissions.delete(`cp_${index}`, deleteParams),
      ),
    );
    assert.equal(server.seen.length, 32);
    assert.ok(clock.slept.length > 0);
  });

  it('gives up on a limit that does not end', async () => {
    const server = await serve(apiError(429, 'Slow down.'));
    const { client } = clientOf(server.baseURL);
    const promise = client.fineTuning.checkpoints.permissions.create(testCheckpoint, {
      project_ids: ['proj_a'],
    });
    const error = await rejection(promise, RateLimitError);
    assert.equal(error.uncertain, false);
    assert.equal(server.seen.length, 3);
  });

  it('takes no lesson from a 429 that no retry would help', async () => {
    const server = await serve(apiError(429, 'Quota.', { 'x-should-retry': 'false' }), list([]));
    const { client, clock } = clientOf(server.baseURL);
    const { permissions } = client.fineTuning.checkpoints;
    await assert.rejects(permissions.list(testCheckpoint), { name: 'RateLimitError' });
    await permissions.list(testCheckpoint);
    assert.deepEqual(clock.slept, []);
  });

  it('remembers a limit for the next client of the same key and origin, and only for it', async () => {
    const server = await serve(apiError(429, 'Slow down.', { 'retry-after': '30' }), list([]));
    const first = clientOf(server.baseURL, { maxRetries: 0 });
    const { clock } = first;
    await assert.rejects(first.client.fineTuning.checkpoints.permissions.list(testCheckpoint));
    const other = clientOf(server.baseURL, { clock, adminAPIKey: 'another-test-key' });
    await other.client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    assert.deepEqual(clock.slept, []);
    const same = clientOf(server.baseURL, { clock });
    await same.client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    assert.deepEqual(clock.slept, [30_000]);
  });
});

describe('Identical reads', () => {
  afterEach(endAll);

  it('under way at the same time are one request', async () => {
    const { reply, release } = held(list(['cp_1']));
    const server = await serve(reply);
    const { permissions } = clientOf(server.baseURL).client.fineTuning.checkpoints;
    const all = Array.from({ length: 10 }, () => permissions.list(testCheckpoint, { limit: 100 }));
    const other = permissions.list(testCheckpoint, { limit: 99 });
    await server.arrived(2);
    release();
    const pages = await Promise.all(all);
    await other;
    assert.equal(server.seen.length, 2);
    assert.equal(new Set(pages).size, 10);
    release();
    const again = permissions.list(testCheckpoint, { limit: 100 });
    await server.arrived(3);
    release();
    await again;
  });

  it('can be cancelled each for itself', async () => {
    const { reply, release } = held(list(['cp_1']));
    const server = await serve(reply);
    const { permissions } = clientOf(server.baseURL).client.fineTuning.checkpoints;
    const controller = new AbortController();
    const leaves = permissions.list(testCheckpoint, null, { signal: controller.signal });
    const stays = permissions.list(testCheckpoint);
    await server.arrived(1);
    controller.abort();
    await rejection(leaves, APIUserAbortError);
    release();
    assert.equal((await stays).data.length, 1);
    assert.equal(server.seen.length, 1);
  });

  it('end when the last caller cancels, and a new one starts anew', async () => {
    const { reply, release } = held(list(['cp_1']));
    let dropped: () => void;
    const drop = new Promise<void>((resolve) => {
      dropped = resolve;
    });
    const server = await serve((response, seen) => {
      response.on('close', () => dropped());
      reply(response, seen);
    });
    const { permissions } = clientOf(server.baseURL).client.fineTuning.checkpoints;
    const controllers = [new AbortController(), new AbortController()];
    const all = controllers.map(({ signal }) => permissions.list(testCheckpoint, null, { signal }));
    await server.arrived(1);
    for (const controller of controllers) controller.abort();
    for (const promise of all) await rejection(promise, APIUserAbortError);
    await drop;
    const anew = permissions.list(testCheckpoint);
    await server.arrived(2);
    release();
    assert.equal((await anew).data.length, 1);
  });

  it('are lifted by a person who joins, and the joiner hears of the wait', async () => {
    const clock = new StandingClock();
    const order: (string | undefined)[] = [];
    const server = await serve(apiError(429, 'Slow down.', { 'retry-after': '10' }), (response, seen) => {
      order.push(seen.url.split('/')[4]);
      list([])(response, seen);
    });
    const { client } = clientOf(server.baseURL, { clock, maxRetries: 0 });
    const { permissions } = client.fineTuning.checkpoints;
    await assert.rejects(permissions.retrieve('ft:x'));
    const background = ['ft:a', 'ft:b'].map((id) =>
      permissions.retrieve(id, null, { priority: 'background' }),
    );
    clock.pass(4000);
    const told: number[] = [];
    const person = permissions.retrieve('ft:b', null, { onWait: ({ ms }) => told.push(ms) });
    assert.deepEqual(told, [6000]);
    clock.pass(6000);
    await Promise.all([...background, person]);
    assert.deepEqual(order, ['ft:b', 'ft:a']);
  });

  it('are not shared across a change: what is read after it was asked for after it', async () => {
    const { reply, release } = held(list(['cp_old']));
    const server = await serve(reply, list(['cp_new']), list(['cp_old', 'cp_new']));
    const { permissions } = clientOf(server.baseURL).client.fineTuning.checkpoints;
    const before = permissions.list(testCheckpoint);
    await server.arrived(1);
    await permissions.create(testCheckpoint, { project_ids: ['proj_a'] });
    const after = await permissions.list(testCheckpoint);
    release();
    assert.deepEqual([(await before).data.length, after.data.length], [1, 2]);
    assert.equal(server.seen.length, 3);
  });
});
