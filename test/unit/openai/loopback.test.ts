import assert from 'node:assert/strict';
import dns from 'node:dns';
import { APIConnectionError } from '../../../src/openai';
import { createUndiciTransport } from '../../../src/openai/undici/transport';
import { clientOf, rejection } from './support/client';
import { perform } from './support/fault';
import { authority } from './support/gateway';
import { proxyTo } from './support/proxy';
import { list } from './support/replies';
import { endAll, serve, serveSecurely } from './support/server';

/** A name server or hosts file that says where names lead. */
let answers: readonly string[] = [];
let asked: string[] = [];

const { lookup } = dns;

/** Servers resolve their own address by this function, too. */
function lookUp(...call: Parameters<typeof lookUpLocalhost>): void {
  if (call[0] === 'localhost') lookUpLocalhost(...call);
  else (lookup as unknown as typeof lookUpLocalhost)(...call);
}

function lookUpLocalhost(
  hostname: string,
  options: { all?: boolean },
  callback: (error: Error | null, addresses: unknown, family?: number) => void,
): void {
  asked.push(hostname);
  const addresses = answers.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  if (options.all) callback(null, addresses);
  else callback(null, addresses[0]?.address, addresses[0]?.family);
}

describe('localhost', () => {
  beforeEach(() => {
    asked = [];
    dns.lookup = lookUp as unknown as typeof dns.lookup;
  });
  afterEach(async () => {
    dns.lookup = lookup;
    await endAll();
  });

  it('Truth 19: is reached where it leads to this machine', async () => {
    const server = await serve(list(['cp_1']));
    const { port } = new URL(server.origin);
    for (const addresses of [['127.0.0.1'], ['127.0.0.1', '127.0.0.1'], ['::ffff:127.0.0.1']]) {
      answers = addresses;
      const { client } = clientOf(`http://localhost:${port}/v1`);
      await perform(client, 'list');
    }
    assert.equal(server.seen.length, 3);
    assert.deepEqual([...new Set(asked)], ['localhost']);
  });

  for (const addresses of [
    ['192.0.2.1'],
    ['10.0.0.5'],
    ['0.0.0.0'],
    ['2001:db8::1'],
    ['::'],
    ['::ffff:192.0.2.1'],
    ['fe80::1'],
    // One address of this machine is not enough: the other could be the one that answers.
    ['127.0.0.1', '192.0.2.1'],
    ['::1', '2001:db8::1'],
    [],
  ])
    for (const scheme of ['http', 'https'])
      for (const operation of ['list', 'create'] as const)
        it(`Truth 19: is not reached over ${scheme} where it leads to ${addresses.join(' and ') || 'nowhere'}: ${operation}`, async () => {
          answers = addresses;
          const server = await serve(list([]));
          const { port } = new URL(server.origin);
          const proxy = await proxyTo(server.origin);
          const fetched: unknown[] = [];
          const transport = createUndiciTransport({
            network: { httpProxy: `http://127.0.0.1:${proxy.port}` },
            fetch: ((url: unknown) => {
              fetched.push(url);
              return Promise.resolve(Response.json({}));
            }) as typeof fetch,
          });
          const { client, reports } = clientOf(`${scheme}://localhost:${port}/v1`, { transport });
          const error = await rejection(perform(client, operation), APIConnectionError);
          assert.deepEqual([error.kind, error.code], ['notLoopback', 'NOT_LOOPBACK']);
          assert.equal(error.uncertain, false);
          assert.deepEqual(
            [reports.length, server.connections, proxy.connects, proxy.others, fetched],
            [1, 0, [], [], []],
          );
        });

  it('Truth 19: is checked again for each connection', async () => {
    const server = await serve((response, seen) => {
      response.shouldKeepAlive = false;
      list([])(response, seen);
    });
    const { client } = clientOf(`http://localhost:${new URL(server.origin).port}/v1`);
    answers = ['127.0.0.1'];
    await perform(client, 'list');
    answers = ['192.0.2.1'];
    const error = await rejection(perform(client, 'list'), APIConnectionError);
    assert.deepEqual([error.kind, server.seen.length], ['notLoopback', 1]);
  });

  it('Truth 19: is reached over https with a certificate for its name', async () => {
    answers = ['127.0.0.1'];
    const server = await serveSecurely(authority.issue('localhost'), list([]));
    const transport = createUndiciTransport({ network: { ca: [authority.cert] } });
    const { port } = new URL(server.origin);
    await perform(clientOf(`https://localhost:${port}/v1`, { transport }).client, 'list');
    assert.equal(server.seen.length, 1);
  });

  it('Truth 19: addresses need no name server', async () => {
    const server = await serve(list([]));
    answers = ['192.0.2.1'];
    await perform(clientOf(server.baseURL).client, 'list');
    assert.deepEqual(asked, []);
  });
});
