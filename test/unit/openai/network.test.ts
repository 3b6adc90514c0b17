import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { APIConnectionError, APIConnectionTimeoutError, type NetworkSettings } from '../../../src/openai';
import { createUndiciTransport } from '../../../src/openai/undici/transport';
import { createAuthority } from './support/certificates';
import { clientOf, rejection, testCheckpoint, testKey } from './support/client';
import { authority, gatewayHost, grantBody, identity, nowhereHost, reaching } from './support/gateway';
import { proxyTo } from './support/proxy';
import { list } from './support/replies';
import { atEnd, deadOrigin, endAll, serve, serveSecurely } from './support/server';

describe('Through a proxy', () => {
  afterEach(endAll);

  it('requests travel inside a tunnel, with basic authentication for the proxy only', async () => {
    const server = await serveSecurely(identity, list(['cp_1']));
    const proxy = await proxyTo(server.origin);
    const httpProxy = `http://me%40work:p%C3%A4ss@127.0.0.1:${proxy.port}`;
    const { permissions } = reaching({ httpProxy, ca: [authority.cert] });
    assert.equal((await permissions.list(testCheckpoint)).data.length, 1);
    await permissions.create(testCheckpoint, grantBody);
    assert.deepEqual(proxy.connects, [
      {
        target: `${gatewayHost}:443`,
        authorization: `Basic ${Buffer.from('me@work:päss').toString('base64')}`,
      },
    ]);
    assert.deepEqual(proxy.others, []);
    assert.equal(server.seen.length, 2);
    for (const { headers } of server.seen) {
      assert.equal(headers.host, gatewayHost);
      assert.equal(headers.authorization, `Bearer ${testKey}`);
      assert.equal(headers['proxy-authorization'], undefined);
    }
  });

  it('of HTTPS they do, too', async () => {
    const server = await serveSecurely(identity, list([]));
    const proxy = await proxyTo(server.origin, undefined, authority.issue('127.0.0.1'));
    const { permissions } = reaching({ httpProxy: `https://127.0.0.1:${proxy.port}`, ca: [authority.cert] });
    await permissions.list(testCheckpoint);
    assert.equal(proxy.connects.length, 1);
  });

  it('that the settings authenticate at, their authorization is sent', async () => {
    const server = await serveSecurely(identity, list([]));
    const proxy = await proxyTo(server.origin);
    const { permissions } = reaching({
      httpProxy: `http://127.0.0.1:${proxy.port}`,
      proxyAuthorization: 'Bearer for-the-proxy',
      ca: [authority.cert],
    });
    await permissions.list(testCheckpoint);
    assert.equal(proxy.connects[0]?.authorization, 'Bearer for-the-proxy');
  });

  it('of the environment they go when no setting names one', async () => {
    const server = await serveSecurely(identity, list([]));
    const proxy = await proxyTo(server.origin);
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY']) {
      const env = { [name]: `127.0.0.1:${proxy.port}` };
      await reaching({ httpProxy: '', env, ca: [authority.cert] }).permissions.list(testCheckpoint);
    }
    assert.equal(proxy.connects.length, 3);
  });

  it('a change of the settings takes effect with the next request', async () => {
    const server = await serveSecurely(identity, list([]));
    const [one, other] = [await proxyTo(server.origin), await proxyTo(server.origin)];
    let port = one.port;
    const { permissions } = reaching(() => ({ httpProxy: `http://127.0.0.1:${port}`, ca: [authority.cert] }));
    await permissions.list(testCheckpoint);
    port = other.port;
    await permissions.list(testCheckpoint);
    await permissions.list(testCheckpoint);
    assert.deepEqual([one.connects.length, other.connects.length], [1, 1]);
  });

  it('loopback is never reached', async () => {
    const server = await serve(list([]));
    const proxy = await proxyTo(server.origin);
    const env = {
      HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    };
    const transport = createUndiciTransport({ network: { httpProxy: env.HTTP_PROXY, env } });
    await clientOf(server.baseURL, { transport }).client.fineTuning.checkpoints.permissions.list(
      testCheckpoint,
    );
    assert.equal(server.seen.length, 1);
    assert.deepEqual([proxy.connects, proxy.others], [[], []]);
  });

  const direct: Record<string, NetworkSettings> = {
    'its name is an exception': { noProxy: [nowhereHost] },
    'its domain is an exception': { noProxy: ['other.test', '.GATEWAY.test'] },
    'its domain is one with a star': { noProxy: ['*.gateway.test'] },
    'its port is one, too': { noProxy: [`${nowhereHost}:443`] },
    'everything is an exception': { noProxy: ['*'] },
    'the environment excepts it': { env: { NO_PROXY: `localhost, ${nowhereHost}` } },
    'proxy support is off': { proxySupport: 'off' },
  };
  for (const [what, settings] of Object.entries(direct))
    it(`an origin is not reached when ${what}`, async () => {
      const proxy = await proxyTo('http://127.0.0.1:1');
      const { permissions } = reaching(
        { httpProxy: `http://127.0.0.1:${proxy.port}`, ...settings },
        {},
        nowhereHost,
      );
      const error = await rejection(permissions.list(testCheckpoint), APIConnectionError);
      assert.equal(error.kind, 'dns');
      assert.deepEqual(proxy.connects, []);
    });

  it('an origin is reached when only others are exceptions', async () => {
    const server = await serveSecurely(identity, list([]));
    const proxy = await proxyTo(server.origin);
    const noProxy = ['gateway.tes', 'teway.test', 'other', `${gatewayHost}:8443`, '', 'x.api.gateway.test'];
    const settings = { noProxy, env: { NO_PROXY: '*' }, ca: [authority.cert] };
    await reaching({ httpProxy: `http://127.0.0.1:${proxy.port}`, ...settings }).permissions.list(
      testCheckpoint,
    );
    assert.equal(proxy.connects.length, 1);
  });
});

describe('A proxy that fails', () => {
  afterEach(endAll);

  const replying = (text: string) => (socket: NodeJS.WritableStream) => {
    socket.end(text);
    return true;
  };
  const answers: Record<string, [answer: string, kind: string, code: string]> = {
    'asks for authentication': [
      'HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n',
      'proxyAuth',
      'PROXY_AUTH_REQUIRED',
    ],
    'refuses the host': ['HTTP/1.1 403 Forbidden\r\n\r\n<html>', 'proxy', 'PROXY_STATUS_403'],
    'does not reach the host': ['HTTP/1.0 502 Bad Gateway\r\n\r\n', 'proxy', 'PROXY_STATUS_502'],
    'hangs up': ['', 'proxy', 'PROXY_CLOSED'],
    'is something else': [`SSH-2.0-x\r\n\r\n`, 'proxy', 'PROXY_PROTOCOL'],
    'talks without end': ['x'.repeat(20_000), 'proxy', 'PROXY_PROTOCOL'],
  };
  for (const [what, [answer, kind, code]] of Object.entries(answers))
    it(`because it ${what}, is told as such, and a POST is known not to have been sent`, async () => {
      const proxy = await proxyTo('http://127.0.0.1:1', replying(answer));
      const { permissions, reports } = reaching({ httpProxy: `http://u:secret@127.0.0.1:${proxy.port}` });
      const error = await rejection(permissions.create(testCheckpoint, grantBody), APIConnectionError);
      assert.deepEqual([error.kind, error.code, error.uncertain], [kind, code, false]);
      assert.equal(reports[0]?.error, code);
      assert.ok(!`${error.message}${error.cause}`.includes('secret'));
    });

  it('because nothing listens, is told as such', async () => {
    const httpProxy = await deadOrigin();
    const error = await rejection(
      reaching({ httpProxy }).permissions.list(testCheckpoint),
      APIConnectionError,
    );
    assert.deepEqual([error.kind, error.code], ['proxy', 'PROXY_ECONNREFUSED']);
  });

  it('because it does not answer, is told as such', async () => {
    const proxy = await proxyTo('http://127.0.0.1:1', () => true);
    const { permissions } = reaching({ httpProxy: `http://127.0.0.1:${proxy.port}` }, { connectTimeout: 20 });
    const error = await rejection(permissions.list(testCheckpoint), APIConnectionError);
    assert.deepEqual([error.kind, error.code], ['proxy', 'PROXY_TIMEOUT']);
  });

  it('because its certificate is not trusted, is told as such, unless that is not to be verified', async () => {
    const server = await serveSecurely(identity, list([]));
    const proxy = await proxyTo(server.origin, undefined, createAuthority().issue('127.0.0.1'));
    const httpProxy = `https://127.0.0.1:${proxy.port}`;
    const { permissions } = reaching({ httpProxy, ca: [authority.cert] });
    const error = await rejection(permissions.list(testCheckpoint), APIConnectionError);
    assert.deepEqual([error.kind, error.code], ['proxy', 'PROXY_UNABLE_TO_VERIFY_LEAF_SIGNATURE']);
    await reaching({ httpProxy, proxyStrictSSL: false }).permissions.list(testCheckpoint);
    assert.equal(server.seen.length, 1);
  });

  for (const [httpProxy, code] of [
    ['socks5://127.0.0.1:1', 'PROXY_UNSUPPORTED'],
    ['http://', 'PROXY_INVALID'],
  ] as const)
    it(`because it is ${httpProxy}, is told as such`, async () => {
      const error = await rejection(
        reaching({ httpProxy }).permissions.list(testCheckpoint),
        APIConnectionError,
      );
      assert.deepEqual([error.kind, error.code], ['proxy', code]);
    });
});

describe('A certificate', () => {
  afterEach(endAll);

  const wrong = {
    'of an authority that is not trusted': [
      createAuthority().issue('127.0.0.1'),
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    'of another host': [authority.issue('other.test'), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    'that has expired': [authority.issue('127.0.0.1', new Date(Date.now() - 60_000)), 'CERT_HAS_EXPIRED'],
  } as const;
  for (const [what, [bad, code]] of Object.entries(wrong))
    it(`${what} is refused before anything is sent, also with strict SSL off for proxies`, async () => {
      const server = await serveSecurely(bad, list([]));
      for (const proxyStrictSSL of [true, false]) {
        const transport = createUndiciTransport({ network: { proxyStrictSSL, ca: [authority.cert] } });
        const { client, reports } = clientOf(server.baseURL, { transport });
        const promise = client.fineTuning.checkpoints.permissions.create(testCheckpoint, grantBody);
        const error = await rejection(promise, APIConnectionError);
        assert.deepEqual([error.kind, error.code, error.uncertain], ['certificate', code, false]);
        assert.equal(reports.length, 1);
      }
      assert.equal(server.seen.length, 0);
    });

  it('of an authority that is trusted is accepted', async () => {
    const server = await serveSecurely(authority.issue('127.0.0.1'), list([]));
    const transport = createUndiciTransport({ network: { ca: [authority.cert], systemCertificates: false } });
    await clientOf(server.baseURL, { transport }).client.fineTuning.checkpoints.permissions.list(
      testCheckpoint,
    );
    assert.equal(server.seen.length, 1);
  });

  it('that a proxy put in place of the true one is accepted only with strict SSL off', async () => {
    const server = await serveSecurely(createAuthority().issue(gatewayHost), list([]));
    const proxy = await proxyTo(server.origin);
    const httpProxy = `http://127.0.0.1:${proxy.port}`;
    const error = await rejection(
      reaching({ httpProxy }).permissions.list(testCheckpoint),
      APIConnectionError,
    );
    assert.equal(error.kind, 'certificate');
    await reaching({ httpProxy, proxyStrictSSL: false }).permissions.list(testCheckpoint);
    assert.equal(server.seen.length, 1);
  });
});

describe('A host that cannot be reached', () => {
  afterEach(endAll);

  it('because its name leads nowhere, is told as such', async () => {
    const { permissions } = reaching({}, {}, nowhereHost);
    const error = await rejection(permissions.list(testCheckpoint), APIConnectionError);
    assert.equal(error.kind, 'dns');
  });

  it('because it speaks no TLS, is told as such', async () => {
    const server = await serve(list([]));
    const { client } = clientOf(server.origin.replace('http:', 'https:'), { maxRetries: 0 });
    const promise = client.fineTuning.checkpoints.permissions.create(testCheckpoint, grantBody);
    const error = await rejection(promise, APIConnectionError);
    assert.deepEqual([error.kind, error.uncertain], ['tls', false]);
  });

  it('because it does not finish connecting, is told as such', async () => {
    const sockets: { destroy(): void }[] = [];
    const server = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    atEnd({
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          for (const socket of sockets) socket.destroy();
        }),
    });
    const { port } = server.address() as { port: number };
    const transport = createUndiciTransport({ connectTimeout: 20 });
    const { client } = clientOf(`https://127.0.0.1:${port}`, { transport, maxRetries: 0 });
    const promise = client.fineTuning.checkpoints.permissions.create(testCheckpoint, grantBody);
    const error = await rejection(promise, APIConnectionTimeoutError);
    assert.deepEqual(
      [error.kind, error.code, error.uncertain],
      ['timeout', 'UND_ERR_CONNECT_TIMEOUT', false],
    );
  });
});
