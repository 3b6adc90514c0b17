import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, promisify } from 'node:util';
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  type OpenAIError,
  UnexpectedResponseError,
} from '../../../src/openai';
import { createUndiciTransport } from '../../../src/openai/undici/transport';
import { clientOf, rejection, testCheckpoint, testKey } from './support/client';
import { hangUp, json, list, listBody, raw, reset, silence } from './support/replies';
import { deadOrigin, endAll, serve } from './support/server';

const never = new AbortController().signal;

describe('The undici transport', () => {
  afterEach(endAll);

  it('keeps connections alive and opens no more than 16', async () => {
    const server = await serve(list([]));
    const { client } = clientOf(server.baseURL);
    const { permissions } = client.fineTuning.checkpoints;
    await permissions.list('ft:a');
    await permissions.list('ft:b');
    assert.equal(server.connections, 1);
    await Promise.all(Array.from({ length: 40 }, (_, index) => permissions.list(`ft:${index}`)));
    assert.equal(server.seen.length, 42);
    assert.ok(server.connections <= 16, `${server.connections} connections`);
  });

  it('leaves every answer as it is, a redirect too', async () => {
    const server = await serve(
      raw('moved', 302, { location: '/elsewhere', 'x-a': 'b', 'set-cookie': 'c=d' }),
    );
    const transport = createUndiciTransport();
    const answer = await transport.send({
      method: 'GET',
      url: `${server.origin}/a:b%2F%252e'x`,
      headers: {},
      signal: never,
    });
    assert.equal(answer.status, 302);
    assert.equal(answer.body, 'moved');
    assert.equal(answer.headers['x-a'], 'b');
    assert.equal(server.seen[0]?.url, "/a:b%2F%252e'x");
    assert.equal(server.seen.length, 1);
    await transport.close?.();
  });

  it('reads characters that are split over packets', async () => {
    const server = await serve((response) => {
      const bytes = Buffer.from(JSON.stringify(listBody([], { data: [], note: 'modèle €' })));
      response.writeHead(200, { 'content-type': 'application/json' });
      for (const byte of bytes) response.write(Buffer.of(byte));
      response.end();
    });
    const { client } = clientOf(server.baseURL);
    const { response } = await client.fineTuning.checkpoints.permissions.list(testCheckpoint).withResponse();
    assert.match(await response.text(), /modèle €/);
  });

  it('stops reading a body above its limit', async () => {
    let gone: () => void;
    const disconnected = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.on('close', () => gone());
      const more = () => {
        while (response.writable && response.write('x'.repeat(65536)));
      };
      response.on('drain', more);
      more();
    });
    const transport = createUndiciTransport({ maxBodySize: 1_000_000 });
    const { client } = clientOf(server.baseURL, { transport });
    const error = await rejection(
      client.fineTuning.checkpoints.permissions.list(testCheckpoint),
      UnexpectedResponseError,
    );
    assert.equal(error.reason, 'too-large');
    await disconnected;
    assert.equal(server.seen.length, 1);
  });

  it('tells a request that never left from one that may have', async () => {
    const transport = createUndiciTransport();
    const request = { method: 'POST', headers: {}, body: '{}', signal: never } as const;
    await assert.rejects(transport.send({ ...request, url: `${await deadOrigin()}/x` }), {
      code: 'ECONNREFUSED',
      sent: false,
    });
    const server = await serve(hangUp);
    const error = await rejection(transport.send({ ...request, url: `${server.origin}/x` }), Error);
    assert.equal((error as { sent?: boolean }).sent, undefined);
    await transport.close?.();
  });

  it('fails with a reset when the connection is reset', async () => {
    const server = await serve(reset);
    const { client } = clientOf(server.baseURL, { maxRetries: 0 });
    const error = await rejection(
      client.fineTuning.checkpoints.permissions.list(testCheckpoint),
      APIConnectionError,
    );
    assert.equal(error.kind, 'reset');
  });

  it('is cut off when an attempt takes too long', async () => {
    const server = await serve(silence);
    const { client, reports } = clientOf(server.baseURL, { maxRetries: 0, timeout: 20 });
    const error = await rejection(
      client.fineTuning.checkpoints.permissions.list(testCheckpoint),
      APIConnectionTimeoutError,
    );
    assert.deepEqual(
      [error.kind, error.code, error.host],
      ['timeout', 'timeout', new URL(server.origin).host],
    );
    assert.deepEqual(
      reports.map(({ error }) => error),
      ['timeout'],
    );
  });

  it('never sends the key after a redirect', async () => {
    const other = await serve(list([]));
    const server = await serve(json({}, 307, { location: `${other.origin}/v1` }));
    const { client } = clientOf(server.baseURL);
    const { permissions } = client.fineTuning.checkpoints;
    await rejection(permissions.list(testCheckpoint), UnexpectedResponseError);
    await rejection(permissions.create(testCheckpoint, { project_ids: ['proj_a'] }), UnexpectedResponseError);
    assert.equal(other.connections, 0);
    assert.equal(server.seen.length, 2);
  });

  it('that cannot be loaded is told as such, once, and without naming a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'without-undici-'));
    try {
      for (const part of ['openai', 'text'])
        await cp(join(__dirname, '../../../src', part), join(folder, part), { recursive: true });
      await rm(join(folder, 'openai/undici'), { recursive: true });
      const { OpenAIAdmin } = require(join(folder, 'openai')) as typeof import('../../../src/openai');
      const requests: unknown[] = [];
      const client = new OpenAIAdmin({
        adminAPIKey: testKey,
        baseURL: await deadOrigin(),
        onRequest: (report) => requests.push(report),
        onWait: (waiting) => requests.push(waiting),
      });
      const { permissions } = client.fineTuning.checkpoints;
      for (const call of [
        permissions.list(testCheckpoint),
        permissions.create(testCheckpoint, { project_ids: ['proj_a'] }),
      ]) {
        const error = await rejection(call, Error);
        assert.deepEqual([error.name, (error as OpenAIError).uncertain], ['OpenAIError', false]);
        assert.equal((error as OpenAIError).notSent, 'transportMissing');
        assert.equal((error.cause as Error).message, 'ERR_MODULE_NOT_FOUND');
        assert.ok(!inspect(error, { showHidden: true }).includes('Cannot find module'));
      }
      assert.deepEqual(requests, []);
      await client.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is not loaded before the first request, and leaves the globals of the process alone', async () => {
    const server = await serve(list(['cp_1']));
    const script = `
      const slots = () => Object.getOwnPropertySymbols(globalThis).map(String).filter((name) => name.includes('undici'));
      const loaded = () => Object.keys(require.cache).filter((file) => /undici/.test(file)).length;
      const before = slots();
      const { OpenAIAdmin } = require(${JSON.stringify(join(__dirname, '../../../src/openai'))});
      const client = new OpenAIAdmin({ adminAPIKey: ${JSON.stringify(testKey)}, baseURL: ${JSON.stringify(server.baseURL)} });
      const early = loaded();
      client.fineTuning.checkpoints.permissions.list('ft:a').then(async ({ data }) => {
        console.log(JSON.stringify({ before, early, late: loaded() > 0, after: slots(), items: data.length }));
        await client.close();
      });
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
    assert.deepEqual(JSON.parse(stdout), { before: [], early: 0, late: true, after: [], items: 1 });
  }).timeout(30_000);
});
