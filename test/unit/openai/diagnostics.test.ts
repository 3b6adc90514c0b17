import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Transport } from '../../../src/openai';
import { createUndiciTransport, type UndiciTransportOptions } from '../../../src/openai/undici/transport';
import { clientOf, testCheckpoint, testKey } from './support/client';
import { perform } from './support/fault';
import { authority, gatewayHost, grantBody, identity } from './support/gateway';
import { proxyTo } from './support/proxy';
import { hangUp, list } from './support/replies';
import { deadOrigin, endAll, serve, serveSecurely } from './support/server';

/** All channels that undici and the clients of Node publish to. */
const channels = [
  ...['beforeConnect', 'connected', 'connectError', 'sendHeaders'].map((name) => `undici:client:${name}`),
  ...[
    'create',
    'bodySent',
    'bodyChunkSent',
    'bodyChunkReceived',
    'headers',
    'trailers',
    'error',
    'pending-requests',
  ].map((name) => `undici:request:${name}`),
  ...['open', 'close', 'socket_error', 'ping', 'pong'].map((name) => `undici:websocket:${name}`),
  'undici:proxy:connected',
  ...['created', 'start', 'error', 'finish', 'bodyChunkSent', 'bodySent'].map(
    (name) => `http.client.request.${name}`,
  ),
  'http.client.response.finish',
  'net.client.socket',
];

/** Whether a text is found in a value, through its properties of every kind. */
function holds(value: unknown, text: string): boolean {
  const seen = new Set<unknown>();
  const rest: unknown[] = [value];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string' && next.includes(text)) return true;
    if (next instanceof Uint8Array && Buffer.from(next).includes(text)) return true;
    if (next === null || (typeof next !== 'object' && typeof next !== 'function') || seen.has(next)) continue;
    if (next === globalThis || next instanceof Uint8Array) continue;
    seen.add(next);
    if (next instanceof Map) rest.push(...next.keys(), ...next.values());
    if (next instanceof Set) rest.push(...next);
    for (const property of Object.values(Object.getOwnPropertyDescriptors(next)))
      if (property.value !== undefined) rest.push(property.value);
  }
  return false;
}

/** The build of what ships, in a folder of its own. */
let dist: string;

type TransportBundle = { createUndiciTransport: (options?: UndiciTransportOptions) => Transport };

describe('What others in the process hear of requests', () => {
  before(async function () {
    this.timeout(60_000);
    dist = await mkdtemp(join(tmpdir(), 'dist-'));
    await promisify(execFile)(process.execPath, ['esbuild.mjs', '--outdir', dist]);
  });
  after(() => rm(dist, { recursive: true }));
  afterEach(endAll);

  /** Does requests of every kind and ending, and tells what was published meanwhile. */
  async function published(create: TransportBundle['createUndiciTransport']) {
    const heard = new Map<string, boolean>();
    const listeners = channels.map((channel) => {
      const listener = (message: unknown) =>
        heard.set(channel, (heard.get(channel) ?? false) || holds(message, testKey));
      subscribe(channel, listener);
      return () => unsubscribe(channel, listener);
    });
    try {
      const server = await serve(list([]), list([]), list([]), hangUp);
      const { client } = clientOf(server.baseURL, { transport: create(), maxRetries: 0 });
      for (const operation of ['list', 'create', 'delete', 'list'] as const)
        await perform(client, operation).then(undefined, () => {});
      assert.equal(server.seen.length, 4);
      for (const { headers } of server.seen) assert.equal(headers.authorization, `Bearer ${testKey}`);

      const gone = clientOf(await deadOrigin(), { transport: create(), maxRetries: 0 });
      await perform(gone.client, 'create').then(undefined, () => {});

      const secure = await serveSecurely(identity, list([]));
      const proxy = await proxyTo(secure.origin);
      const network = { httpProxy: `http://127.0.0.1:${proxy.port}`, ca: [authority.cert] };
      const tunnelled = clientOf(`https://${gatewayHost}/v1`, { transport: create({ network }) });
      await tunnelled.client.fineTuning.checkpoints.permissions.create(testCheckpoint, grantBody);
      assert.equal(secure.seen[0]?.headers.authorization, `Bearer ${testKey}`);
    } finally {
      for (const stop of listeners) stop();
    }
    return heard;
  }

  it('Truth 18: the shipped bundle publishes no request and no key, whoever subscribed', async () => {
    const bundle = require(join(dist, 'undici-transport.js')) as TransportBundle;
    const heard = await published(bundle.createUndiciTransport);
    // Sockets of any extension are published by Node itself, before anything is written to them.
    assert.deepEqual([...heard], [['net.client.socket', false]]);
  });

  it('undici as it comes publishes the key, so that the test above can fail', async () => {
    const heard = await published(createUndiciTransport);
    assert.equal(heard.get('undici:request:create'), true);
    assert.equal(heard.get('undici:client:sendHeaders'), true);
  });

  it('Truth 18: the shipped bundle logs nothing, whatever NODE_DEBUG says', async () => {
    const server = await serve(list([]));
    const script = `
      const { createUndiciTransport } = require(${JSON.stringify(join(dist, 'undici-transport.js'))});
      const transport = createUndiciTransport();
      const request = {
        method: 'GET',
        url: ${JSON.stringify(`${server.baseURL}/models`)},
        headers: { authorization: ${JSON.stringify(`Bearer ${testKey}`)} },
        signal: new AbortController().signal,
      };
      transport.send(request).then(({ status }) => {
        console.log(status);
        return transport.close();
      });
    `;
    const env = { ...process.env, NODE_DEBUG: 'undici*,fetch,websocket' };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['-e', script], { env });
    assert.deepEqual([stdout, stderr], ['200\n', '']);
  }).timeout(30_000);
});
