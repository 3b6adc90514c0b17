import assert from 'node:assert/strict';
import { KeyHealth } from '../../../../src/access/key/keyHealth';
import { APIUserAbortError, OpenAIAdmin } from '../../../../src/openai';
import { faults } from '../../../emulator';
import { checkpoint, usePlace } from '../support';

describe('the health of the admin API key', () => {
  const place = usePlace(3);
  const clients: OpenAIAdmin[] = [];
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));
  const start = Date.parse('2026-11-28T12:00:00Z');
  let now = start;
  beforeEach(() => {
    now = start;
  });

  function memory(kept?: unknown) {
    return {
      kept,
      read() {
        return this.kept;
      },
      async write(check: unknown) {
        this.kept = JSON.parse(JSON.stringify(check));
      },
    };
  }

  function open(storage = memory()) {
    const { adminAPIKey, baseURL } = place.emulator;
    const client = new OpenAIAdmin({ adminAPIKey, baseURL, maxRetries: 0 });
    clients.push(client);
    return { client, health: new KeyHealth(client, () => now, storage), storage };
  }

  const own = () => {
    const [key] = place.emulator.organization.state.adminAPIKeys;
    assert.ok(key);
    return key;
  };

  it('is unknown at first, without a request', () => {
    const { health } = open();
    assert.deepEqual([health.check, health.role, health.missingScopes], [undefined, undefined, []]);
    assert.equal(place.emulator.requests.length, 0);
  });

  it('is known after one request, and after a restart without one', async () => {
    const expires = start + 9 * 24 * 60 * 60_000;
    place.emulator.setKeyExpiry(expires);
    const { health, storage } = open();
    let changes = 0;
    health.onDidChange(() => {
      changes += 1;
    });
    await health.checkAgain();
    assert.deepEqual(health.check, { at: start, expires });
    assert.equal(health.role, 'owner');
    assert.equal(changes, 1);
    assert.deepEqual(
      place.emulator.requests.map(({ path, query }) => [path, query]),
      [['/v1/organization/admin_api_keys', { limit: '100' }]],
    );
    assert.deepEqual(storage.kept, { at: start, expires }, 'nothing else is stored');
    assert.deepEqual(open(storage).health.check, { at: start, expires });
    assert.equal(place.emulator.requests.length, 1);
  });

  it('is unknown where several listed keys look the same, or none does', async () => {
    const { health } = open();
    const { adminAPIKeys } = place.emulator.organization.state;
    adminAPIKeys.push({ ...own(), id: 'key_twin', expires_at: null });
    await health.checkAgain();
    assert.equal(health.check?.expires, 'severalMatch');
    adminAPIKeys.pop();
    own().redacted_value = 'sk-admin...zzz';
    await health.checkAgain();
    assert.equal(health.check?.expires, 'noMatch');
    assert.equal(health.role, undefined);
  });

  it('after a refused check says why, keeps the failure, and lists the missing scope', async () => {
    const { health, storage } = open();
    place.emulator.removeScopes('api.management.read');
    await assert.rejects(health.checkAgain(), { missingScopes: ['api.management.read'] });
    assert.deepEqual(storage.kept, { at: start, expires: 'notAllowed' });
    assert.equal(health.failure?.at, start);
    assert.deepEqual(health.missingScopes, [{ scope: 'api.management.read', at: start }]);
  });

  it('keeps a date that is known when a later check fails', async () => {
    place.emulator.setKeyExpiry(start);
    const { health, storage } = open();
    await health.checkAgain();
    const known = health.check;
    now += 1000;
    for (const status of [401, 403, 404, 500]) {
      const body = { error: { message: 'No.', type: 'x', param: null, code: null } };
      place.emulator.fail('adminAPIKeys.list', faults.status(status, { body }), 1);
      await assert.rejects(health.checkAgain(), { status });
      assert.deepEqual(health.check, known);
      assert.deepEqual(storage.kept, known);
      assert.equal(health.failure?.at, now);
    }
    await health.checkAgain();
    assert.equal(health.failure, undefined);
    assert.equal(health.check?.at, now);
  });

  it('says nothing about a check that a person cancels', async () => {
    const { health } = open();
    const abort = new AbortController();
    const gate = place.emulator.hold('adminAPIKeys.list');
    const checking = health.checkAgain({ signal: abort.signal });
    await place.emulator.requested(1);
    abort.abort();
    await assert.rejects(checking, APIUserAbortError);
    gate.release();
    assert.deepEqual([health.check, health.failure], [undefined, undefined]);
  });

  it('lists every scope that a refused request named, the last first, once', async () => {
    const { client, health } = open();
    place.emulator.removeScopes('api.fine_tuning.checkpoints.read', 'api.management.read');
    const list = () => client.fineTuning.checkpoints.permissions.list(checkpoint);
    await assert.rejects(list());
    now += 1000;
    await assert.rejects(client.admin.organization.projects.list());
    const met = () => health.missingScopes.map(({ scope }) => scope);
    assert.deepEqual(met(), ['api.management.read', 'api.fine_tuning.checkpoints.read']);
    now += 1000;
    await assert.rejects(list());
    assert.deepEqual(met(), ['api.fine_tuning.checkpoints.read', 'api.management.read']);
    assert.equal(health.missingScopes[0]?.at, start + 2000);
  });

  it('keeps a limited number of scopes, whatever a server names', async () => {
    const { health } = open();
    for (let batch = 0; batch < 4; batch += 1) {
      const names = Array.from({ length: 30 }, (_, index) => `scope.${batch}.${index}`).join(', ');
      const body = { error: { message: `Missing scopes: ${names}`, type: 'x', param: null, code: null } };
      place.emulator.fail('adminAPIKeys.list', faults.status(403, { body }), 1);
      await assert.rejects(health.checkAgain());
    }
    assert.equal(health.missingScopes.length, 50);
    assert.equal(health.missingScopes[0]?.scope, 'scope.3.29');
  });

  it('takes over a newer check of another window, and no older one', async () => {
    const storage = memory();
    const here = open(storage).health;
    const there = open(storage).health;
    await here.checkAgain();
    there.reload();
    assert.deepEqual(there.check, here.check);
    storage.kept = { at: start - 1, expires: 'noMatch' };
    there.reload();
    assert.deepEqual(there.check, here.check);
    storage.kept = 'damaged';
    there.reload();
    assert.deepEqual(there.check, here.check);
  });
});
