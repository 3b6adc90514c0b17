import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { ManualClock, startEmulator } from '../../emulator';
import { emulatorForEachTest, model, permissionsPath, sdk } from './setUp';
import { exchange } from './wire';

const current = emulatorForEachTest();

function shared(count: number) {
  const emulator = current();
  return { emulator, checkpoint: emulator.organization.addCheckpoint(model, { permissions: count }) };
}

describe('the emulator’s record', () => {
  it('has each request as it was on the wire, and how it ended', async () => {
    const { emulator } = shared(3);
    const project = emulator.organization.state.addProject('New').id;
    await exchange(emulator, { path: `${permissionsPath}?limit=2&order=ascending` });
    await exchange(emulator, { method: 'POST', body: { project_ids: [project] } });
    await exchange(emulator, { path: '/v1/nothing?a=1&a=2' });
    const [list, create, nothing] = await emulator.ended(3);
    const common = { fault: undefined, outcome: 'answered', processed: true };
    const { headers, milliseconds, ...listed } = { ...list };
    assert.deepEqual(listed, {
      ...common,
      number: 1,
      endpoint: 'permissions.list',
      method: 'GET',
      path: permissionsPath,
      query: { limit: '2', order: 'ascending' },
      body: undefined,
      status: 200,
    });
    assert.equal(headers?.host, emulator.origin.replace('http://', ''));
    assert.ok((milliseconds ?? -1) >= 0);
    assert.deepEqual(
      [create?.number, create?.endpoint, create?.method, create?.body, create?.status],
      [2, 'permissions.create', 'POST', { project_ids: [project] }, 200],
    );
    assert.deepEqual(
      [nothing?.endpoint, nothing?.query, nothing?.status],
      [undefined, { a: ['1', '2'] }, 404],
    );
  });

  it('says whose key came and prints no key', async () => {
    const emulator = await startEmulator({ adminAPIKey: 'canary-in-the-mine' });
    try {
      await exchange(emulator);
      await exchange(emulator, { headers: { authorization: 'Bearer another-canary' } });
      await exchange(emulator, { headers: { authorization: `Bearer ${emulator.projectAPIKey}` } });
      const whose = emulator.requests.map(({ headers }) => headers.authorization);
      assert.deepEqual(whose, ['the admin key', 'another key', 'the project key']);
      assert.equal(emulator.requests[0]?.authorization, 'Bearer canary-in-the-mine');
      assert.doesNotMatch(inspect(emulator.requests, { depth: 9 }), /canary/);
      assert.doesNotMatch(JSON.stringify(emulator.requests), /canary/);
    } finally {
      await emulator.stop();
    }
  });

  it('says when the client went away', async () => {
    const { emulator } = shared(3);
    emulator.hold();
    const cancel = new AbortController();
    const sent = exchange(emulator, { signal: cancel.signal });
    await emulator.requested(1);
    cancel.abort();
    await sent;
    const [record] = await emulator.ended(1);
    assert.deepEqual([record?.outcome, record?.processed, record?.status], ['abandoned', false, undefined]);
  });

  it('counts connections, and requests in flight', async () => {
    const { emulator } = shared(3);
    const gate = emulator.hold();
    const sent = [exchange(emulator), exchange(emulator), exchange(emulator)];
    await emulator.requested(3);
    assert.deepEqual([emulator.inFlight, emulator.mostInFlight, emulator.connections], [3, 3, 3]);
    gate.release();
    await Promise.all(sent);
    await emulator.idle();
    assert.deepEqual([emulator.inFlight, emulator.mostInFlight], [0, 3]);
  });
});

describe('the emulator’s gates', () => {
  it('keep what matches pending, unseen by the organization, until they are released', async () => {
    const { emulator, checkpoint } = shared(3);
    const [permission] = checkpoint.permissions.all();
    const gate = emulator.hold('permissions.delete');
    const path = `${permissionsPath}/${permission?.id}`;
    const deleted = exchange(emulator, { method: 'DELETE', path });
    await emulator.requested(1, 'permissions.delete');
    assert.equal((await exchange(emulator)).status, 200, 'others pass');
    assert.equal(gate.held, 1);
    assert.equal(checkpoint.permissions.size, 3);
    gate.release();
    assert.equal((await deleted).status, 200);
    assert.equal(checkpoint.permissions.size, 2);
    assert.equal((await exchange(emulator, { method: 'DELETE', path })).status, 404, 'the gate stays open');
  });

  it('keep answers back after the organization has acted', async () => {
    const { emulator, checkpoint } = shared(3);
    const [permission] = checkpoint.permissions.all();
    const gate = emulator.hold('permissions.list', 'processed');
    const listed = exchange(emulator);
    await emulator.requested(1);
    // The second request goes through the same server, so the first has been processed when it is answered.
    const path = `${permissionsPath}/${permission?.id}`;
    assert.equal((await exchange(emulator, { method: 'DELETE', path })).status, 200);
    assert.equal(gate.held, 1);
    gate.release();
    assert.equal(JSON.parse((await listed).body).data.length, 3, 'as it was when the list was read');
  });

  it('let one go at a time, in the order of arrival', async () => {
    const { emulator } = shared(3);
    const gate = emulator.hold();
    const order: number[] = [];
    const send = async (limit: number) => {
      await exchange(emulator, { path: `${permissionsPath}?limit=${limit}` });
      order.push(limit);
    };
    const first = send(1);
    await emulator.requested(1);
    const second = send(2);
    await emulator.requested(2);
    gate.releaseNext();
    await first;
    assert.equal(gate.held, 1);
    gate.releaseNext();
    await second;
    assert.deepEqual(order, [1, 2]);
  });

  it('are all opened at once', async () => {
    const { emulator } = shared(3);
    emulator.hold('permissions.list');
    emulator.hold('projects.list');
    const sent = [exchange(emulator), exchange(emulator, { path: '/v1/organization/projects' })];
    await emulator.requested(2);
    emulator.release();
    for (const { status } of await Promise.all(sent)) assert.equal(status, 200);
  });

  it('forget whoever went away', async () => {
    const { emulator } = shared(3);
    const gate = emulator.hold();
    const cancel = new AbortController();
    const sent = exchange(emulator, { signal: cancel.signal });
    await emulator.requested(1);
    cancel.abort();
    await sent;
    await emulator.ended(1);
    assert.equal(gate.held, 0);
  });
});

describe('waiting for the emulator', () => {
  it('gives the requests that match', async () => {
    const { emulator } = shared(3);
    const lists = emulator.requested(2, { path: permissionsPath });
    await exchange(emulator);
    await exchange(emulator, { path: '/v1/organization/projects' });
    await exchange(emulator, { path: `${permissionsPath}?limit=1` });
    assert.deepEqual(
      (await lists).map(({ number }) => number),
      [1, 3],
    );
    assert.equal((await emulator.requested(1, { method: 'GET', endpoint: 'projects.list' })).length, 1);
    assert.equal((await emulator.requested(2, { path: /permissions$/ })).length, 2);
    assert.equal((await emulator.requested(1, ({ query }) => query.limit === '1')).length, 1);
  });

  it('in vain ends with the emulator', async () => {
    const { emulator } = shared(3);
    const waiting = assert.rejects(emulator.requested(1), /The emulator was stopped/);
    await emulator.stop();
    await waiting;
    await emulator.stop();
  });
});

describe('a stopped emulator', () => {
  it('refuses connections, and cuts those it had', async () => {
    const { emulator } = shared(3);
    emulator.hold();
    const sent = exchange(emulator);
    await emulator.requested(1);
    await emulator.stop();
    assert.equal((await sent).error, 'ECONNRESET');
    assert.equal((await exchange(emulator)).error, 'ECONNREFUSED');
  });
});

describe('resetting the emulator', () => {
  it('brings back organization, faults, gates and record, and keeps the port', async () => {
    const { emulator } = shared(3);
    const { baseURL } = emulator;
    const [first = ''] = emulator.organization.checkpoints;
    const permissions = sdk(emulator).fineTuning.checkpoints.permissions;
    const { data } = await permissions.list(first, { limit: 1 });
    await permissions.delete(data[0]?.id ?? '', { fine_tuned_model_checkpoint: first });
    emulator.hold('projects.list');
    emulator.fail(undefined, {
      name: 'never again',
      processed: false,
      delivery: { kind: 'nothing', ending: 'reset' },
    });
    emulator.reset();
    assert.equal(emulator.baseURL, baseURL);
    assert.deepEqual(emulator.requests, []);
    assert.equal((await permissions.list(first, { limit: 1 })).data[0]?.id, data[0]?.id);
    await sdk(emulator).admin.organization.projects.list();
    assert.equal((await exchange(emulator)).status, 404, 'the checkpoint that was added is gone');
  });

  it('cuts what is in flight, and the organization never sees it', async () => {
    const { emulator } = shared(3);
    emulator.hold();
    const [, , unshared = ''] = emulator.organization.checkpoints;
    const [project = ''] = [...emulator.organization.state.projects.keys()].slice(-2);
    const path = permissionsPath.replace(model, unshared);
    const shares = () => emulator.organization.state.checkpoints.get(unshared)?.permissions.size;
    assert.equal(shares(), 0);
    const sent = exchange(emulator, { method: 'POST', path, body: { project_ids: [project] } });
    const [record] = await emulator.requested(1);
    emulator.reset();
    assert.equal((await sent).error, 'ECONNRESET');
    await exchange(emulator);
    assert.equal(record?.outcome, 'cut');
    assert.equal(shares(), 0);
  });
});

describe('the emulator’s latency', () => {
  it('is waited for before each answer', async () => {
    const clock = new ManualClock();
    const emulator = await startEmulator({ clock, latency: 20 });
    try {
      emulator.organization.addCheckpoint(model);
      let answered = false;
      const sent = exchange(emulator).then((answer) => {
        answered = true;
        return answer;
      });
      await clock.slept();
      clock.advance(19);
      assert.equal(clock.sleeping, 1);
      assert.equal(answered, false);
      clock.advance(1);
      assert.equal((await sent).status, 200);
    } finally {
      await emulator.stop();
    }
  });
});

describe('a legacy gateway', () => {
  it('deletes at the path of the 2025 spec only', async () => {
    const emulator = await startEmulator({ legacyDeletePath: true });
    try {
      const checkpoint = emulator.organization.addCheckpoint(model, { permissions: 2 });
      const [one, two] = checkpoint.permissions.all();
      const legacy = (id = '') => `/v1/fine_tuning/checkpoints/${id}/permissions`;
      const removed = await exchange(emulator, { method: 'DELETE', path: legacy(one?.id) });
      assert.deepEqual(JSON.parse(removed.body), {
        id: one?.id,
        object: 'checkpoint.permission',
        deleted: true,
      });
      assert.equal(emulator.requests[0]?.endpoint, 'permissions.delete');
      assert.equal((await exchange(emulator, { method: 'DELETE', path: legacy(one?.id) })).status, 404);
      const path = `${permissionsPath}/${two?.id}`;
      assert.equal((await exchange(emulator, { method: 'DELETE', path })).status, 404);
      assert.deepEqual(checkpoint.permissions.all(), [two]);
      assert.equal(JSON.parse((await exchange(emulator)).body).data.length, 1);
    } finally {
      await emulator.stop();
    }
  });
});
