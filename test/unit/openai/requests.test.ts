import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { OpenAIAdmin, OpenAIError } from '../../../src/openai';
import { clientOf, rejection, testCheckpoint, testKey } from './support/client';
import { deleted, json, list, listBody } from './support/replies';
import { endAll, serve } from './support/server';

describe('A request', () => {
  afterEach(endAll);

  it('goes out as the API documents it', async () => {
    const server = await serve(list(['cp_1']), list(['cp_1']), list(['cp_1']), deleted());
    const { permissions } = clientOf(server.baseURL).client.fineTuning.checkpoints;
    await permissions.list(testCheckpoint, {
      limit: 100,
      order: 'ascending',
      after: 'cp_0',
      project_id: 'proj_a',
    });
    await permissions.retrieve(testCheckpoint, { limit: 5 });
    await permissions.create(testCheckpoint, { project_ids: ['proj_a', 'proj_b'] });
    await permissions.delete('cp_1', { fine_tuned_model_checkpoint: testCheckpoint });
    const path = `/v1/fine_tuning/checkpoints/${testCheckpoint}/permissions`;
    assert.deepEqual(
      server.seen.map(({ method, url, body }) => [method, url, body]),
      [
        ['GET', `${path}?limit=100&order=ascending&after=cp_0&project_id=proj_a`, ''],
        ['GET', `${path}?limit=5`, ''],
        ['POST', path, '{"project_ids":["proj_a","proj_b"]}'],
        ['DELETE', `${path}/cp_1`, ''],
      ],
    );
    for (const { headers } of server.seen) assert.equal(headers.authorization, `Bearer ${testKey}`);
    assert.equal(server.seen[2]?.headers['content-type'], 'application/json');
    assert.equal(server.seen[0]?.headers['content-type'], undefined);
  });

  it('deletes at the path of the old description when told to, and only deletes there', async () => {
    const server = await serve(deleted('cp_1'), list([]));
    const { permissions } = clientOf(server.baseURL, { legacyDeletePath: true }).client.fineTuning
      .checkpoints;
    await permissions.delete('cp_1', { fine_tuned_model_checkpoint: testCheckpoint });
    await permissions.list(testCheckpoint);
    assert.deepEqual(
      server.seen.map(({ method, url }) => `${method} ${url}`),
      [
        'DELETE /v1/fine_tuning/checkpoints/cp_1/permissions',
        `GET /v1/fine_tuning/checkpoints/${testCheckpoint}/permissions`,
      ],
    );
  });

  it('reaches the neighbours of the permissions', async () => {
    const key = {
      id: 'key_1',
      object: 'organization.admin_api_key',
      created_at: 1,
      owner: {},
      redacted_value: '*',
    };
    const project = {
      id: 'proj_a',
      object: 'organization.project',
      created_at: 1,
      name: 'A',
      status: 'active',
    };
    const server = await serve(
      json(listBody([], { data: [key], last_id: 'key_1', has_more: true })),
      json(listBody([], { data: [{ ...key, id: 'key_2' }] })),
      json(listBody([], { data: [project] })),
    );
    const { organization } = clientOf(server.baseURL).client.admin;
    const first = await organization.adminAPIKeys.list({ limit: 1, order: 'asc' });
    assert.deepEqual((await first.getNextPage()).data[0]?.id, 'key_2');
    assert.deepEqual((await organization.projects.list({ include_archived: true })).data, [project]);
    assert.deepEqual(
      server.seen.map(({ url }) => url),
      [
        '/v1/organization/admin_api_keys?limit=1&order=asc',
        '/v1/organization/admin_api_keys?limit=1&order=asc&after=key_1',
        '/v1/organization/projects?include_archived=true',
      ],
    );
  });

  it('is not made for an id that would address something else', async () => {
    const server = await serve(list([]));
    const { client, reports } = clientOf(server.baseURL);
    const { permissions } = client.fineTuning.checkpoints;
    for (const id of ['', '.', '..']) {
      await rejection(permissions.list(id), OpenAIError);
      await rejection(permissions.retrieve(id), OpenAIError);
      await rejection(permissions.create(id, { project_ids: ['proj_a'] }), OpenAIError);
      await rejection(permissions.delete(id, { fine_tuned_model_checkpoint: testCheckpoint }), OpenAIError);
      await rejection(permissions.delete('cp_1', { fine_tuned_model_checkpoint: id }), OpenAIError);
    }
    assert.equal(server.connections, 0);
    assert.deepEqual(reports, []);
  });

  it('keeps odd ids in their place', async () => {
    const server = await serve(list([]));
    const { permissions } = clientOf(server.baseURL).client.fineTuning.checkpoints;
    await permissions.list('%2e%2e');
    await permissions.list('../../organization/projects?x=#');
    assert.deepEqual(
      server.seen.map(({ url }) => url),
      [
        '/v1/fine_tuning/checkpoints/%252e%252e/permissions',
        '/v1/fine_tuning/checkpoints/..%2F..%2Forganization%2Fprojects%3Fx=%23/permissions',
      ],
    );
  });

  it('is reported once, without header or body', async () => {
    const server = await serve(json({ object: 'list' }), list(['cp_1']));
    const { client, reports } = clientOf(server.baseURL);
    await client.fineTuning.checkpoints.permissions.list(testKey, { limit: 3 }).catch(() => {});
    await client.fineTuning.checkpoints.permissions.create(testCheckpoint, { project_ids: ['proj_secret'] });
    assert.deepEqual(
      reports.map(({ ms, ...rest }) => rest),
      [
        {
          method: 'GET',
          path: '/v1/fine_tuning/checkpoints/[redacted]/permissions?limit=3',
          attempt: 0,
          status: 200,
          requestId: 'req_test',
        },
        {
          method: 'POST',
          path: `/v1/fine_tuning/checkpoints/${testCheckpoint}/permissions`,
          attempt: 0,
          status: 200,
          requestId: 'req_test',
        },
      ],
    );
    assert.ok(reports.every(({ ms }) => Number.isInteger(ms) && ms >= 0));
  });

  it('is reported with the organization that the response is for, without a key', async () => {
    const named = (name: string) => json(listBody([]), 200, { 'openai-organization': name });
    const server = await serve(named(' acme-corp '), named(`of ${testKey}`), json(listBody([])));
    const { client, reports } = clientOf(server.baseURL);
    const { permissions } = client.fineTuning.checkpoints;
    for (const _ of [1, 2, 3]) await permissions.list(testCheckpoint);
    assert.deepEqual(
      reports.map(({ organization }) => organization),
      ['acme-corp', 'of [redacted]', undefined],
    );
  });

  it('is not harmed by a hook that throws', async () => {
    const server = await serve(list(['cp_1']));
    const { client } = clientOf(server.baseURL, {
      onRequest: () => {
        throw new Error('a hook failed');
      },
    });
    assert.equal((await client.fineTuning.checkpoints.permissions.list(testCheckpoint)).data.length, 1);
  });
});

describe('The client', () => {
  afterEach(endAll);

  it('shows its key to nobody who looks at it', () => {
    const { client } = clientOf('https://gateway.example/v1');
    const shown = inspect(client, { depth: null, showHidden: true, getters: true }) + JSON.stringify(client);
    assert.ok(!shown.includes(testKey));
    assert.ok(!Object.values(client).some((value) => String(value).includes(testKey)));
  });

  it('trims its key and refuses one that cannot be a header', async () => {
    const server = await serve(list([]));
    const { client } = clientOf(server.baseURL, { adminAPIKey: `\n ${testKey}\t` });
    await client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    assert.equal(server.seen[0]?.headers.authorization, `Bearer ${testKey}`);
    for (const adminAPIKey of ['', '  ', 'two words', 'line\nbreak', 'clé'])
      assert.throws(
        () => new OpenAIAdmin({ adminAPIKey }),
        (error: Error) =>
          error instanceof OpenAIError && (adminAPIKey.trim() === '' || !error.message.includes(adminAPIKey)),
      );
  });

  it('sends nothing after it was closed', async () => {
    const server = await serve(list([]));
    const { client, clock } = clientOf(server.baseURL);
    await client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    await client.close();
    const error = await rejection(
      client.fineTuning.checkpoints.permissions.list(testCheckpoint),
      OpenAIError,
    );
    assert.equal(error.notSent, 'clientClosed');
    assert.equal(server.seen.length, 1);
    assert.deepEqual(clock.slept, []);
  });
});

describe('The promise of an answer', () => {
  afterEach(endAll);

  it('gives data, response and request id together', async () => {
    const server = await serve(
      json(listBody(['cp_1'], { extra: true }), 200, { 'set-cookie': 'a=1', 'x-other': 'b' }),
    );
    const { client } = clientOf(server.baseURL);
    const promise = client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    const { data, response, request_id } = await promise.withResponse();
    assert.equal(data.data[0]?.id, 'cp_1');
    assert.equal(request_id, 'req_test');
    assert.ok(response instanceof Response);
    assert.equal(response.headers.get('x-other'), 'b');
    assert.equal(response.headers.get('set-cookie'), null);
    assert.deepEqual(await response.json(), listBody(['cp_1'], { extra: true }));
    assert.equal(server.seen.length, 1);
  });

  it('is a Promise in every way that matters', async () => {
    const server = await serve(list(['cp_1']));
    const { permissions } = clientOf(server.baseURL).client.fineTuning.checkpoints;
    const promise = permissions.retrieve(testCheckpoint);
    assert.ok(promise instanceof Promise);
    let settled = false;
    assert.equal((await promise.finally(() => (settled = true))).data.length, 1);
    assert.equal(settled, true);
    assert.equal(await permissions.retrieve('..').catch(() => 'caught'), 'caught');
    assert.equal((await Promise.all([promise]))[0].has_more, false);
    assert.equal(server.seen.length, 1);
  });
});
