import assert from 'node:assert/strict';
import tls from 'node:tls';
import { APIConnectionError, type NetworkSettings, UnexpectedResponseError } from '../../../src/openai';
import { createUndiciTransport } from '../../../src/openai/undici/transport';
import { createAuthority, type Identity } from './support/certificates';
import { clientOf, rejection, testCheckpoint, testKey } from './support/client';
import { authority, gatewayHost, grantBody, identity, nowhereHost, reaching } from './support/gateway';
import { proxyTo } from './support/proxy';
import { list, raw } from './support/replies';
import { deadOrigin, endAll, serve, serveSecurely } from './support/server';

describe("The host's own fetch", () => {
  afterEach(endAll);

  /** Responds with a page of permissions, and records its calls. */
  function fetching(...answers: (() => Response | Promise<Response>)[]) {
    const calls: { url: string; init: RequestInit }[] = [];
    const fetch = (async (url: string, init: RequestInit) => {
      const answer = answers[Math.min(calls.length, answers.length - 1)];
      calls.push({ url, init });
      return answer?.();
    }) as unknown as typeof globalThis.fetch;
    return { fetch, calls };
  }
  const page = () =>
    Response.json({ object: 'list', data: [], has_more: false }, { headers: { 'x-request-id': 'req_f' } });

  it('takes over where no connection could be made, is announced, and stays', async () => {
    const proxy = await proxyTo('http://127.0.0.1:1', (socket) => {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\n\r\n');
      return true;
    });
    const { fetch, calls } = fetching(page);
    const { permissions, fallbacks, reports } = reaching(
      { httpProxy: `http://127.0.0.1:${proxy.port}` },
      { fetch },
    );
    assert.deepEqual((await permissions.list(testCheckpoint)).data, []);
    await permissions.create(testCheckpoint, grantBody);
    assert.equal(proxy.connects.length, 1);
    assert.deepEqual(fallbacks, [{ origin: `https://${gatewayHost}`, code: 'PROXY_AUTH_REQUIRED' }]);
    assert.deepEqual(
      calls.map(({ url, init }) => [init.method, url, init.redirect, init.body]),
      [
        [
          'GET',
          `https://${gatewayHost}/v1/fine_tuning/checkpoints/${testCheckpoint}/permissions`,
          'manual',
          null,
        ],
        [
          'POST',
          `https://${gatewayHost}/v1/fine_tuning/checkpoints/${testCheckpoint}/permissions`,
          'manual',
          '{"project_ids":["proj_a"]}',
        ],
      ],
    );
    assert.deepEqual(
      reports.map(({ status, requestId }) => [status, requestId]),
      [
        [200, 'req_f'],
        [200, 'req_f'],
      ],
    );
  });

  it('is given up when the settings change', async () => {
    const server = await serveSecurely(identity, list([]));
    const proxy = await proxyTo(server.origin);
    const { fetch, calls } = fetching(page);
    let httpProxy = 'socks5://127.0.0.1:1';
    const { permissions } = reaching(() => ({ httpProxy, ca: [authority.cert] }), { fetch });
    await permissions.list(testCheckpoint);
    httpProxy = `http://127.0.0.1:${proxy.port}`;
    await permissions.list(testCheckpoint);
    assert.deepEqual([calls.length, server.seen.length], [1, 1]);
  });

  it('is not asked when proxy support is off, for loopback, or once a request was sent', async () => {
    const { fetch, calls } = fetching(page);
    const { permissions } = reaching({ proxySupport: 'off' }, { fetch }, nowhereHost);
    await rejection(permissions.list(testCheckpoint), APIConnectionError);
    const server = await serve((response) => response.socket?.destroy());
    for (const baseURL of [await deadOrigin(), server.origin]) {
      const transport = createUndiciTransport({ fetch });
      const { client } = clientOf(baseURL, { transport, maxRetries: 0 });
      await rejection(client.fineTuning.checkpoints.permissions.list(testCheckpoint), APIConnectionError);
    }
    assert.deepEqual(calls, []);
  });

  describe('and a certificate that is not trusted', () => {
    const runtime = tls as { getCACertificates?: unknown };
    const { getCACertificates } = runtime;
    const { NODE_TLS_REJECT_UNAUTHORIZED: verification } = process.env;
    const { emitWarning } = process;

    beforeEach(() => {
      // Node warns of that variable, rightly.
      process.emitWarning = () => {};
      delete runtime.getCACertificates;
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    });
    afterEach(() => {
      process.emitWarning = emitWarning;
      if (getCACertificates) runtime.getCACertificates = getCACertificates;
      if (verification === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = verification;
    });

    /** Reads a list at a server with a certificate; how often `fetch` was asked, and the failure if there was one. */
    async function met(certificate: Identity, settings: NetworkSettings = {}) {
      const server = await serveSecurely(certificate, list([]));
      const proxy = await proxyTo(server.origin);
      const { fetch, calls } = fetching(page);
      const network = { httpProxy: `http://127.0.0.1:${proxy.port}`, ca: [authority.cert], ...settings };
      const { permissions } = reaching(network, { fetch });
      const outcome: unknown = await permissions.list(testCheckpoint).catch((reason: unknown) => reason);
      assert.equal(server.seen.length, 0);
      return [calls.length, outcome instanceof APIConnectionError ? outcome.kind : undefined];
    }
    const unknown = () => createAuthority().issue(gatewayHost);

    it('is not asked where the runtime tells which authorities the system trusts', async () => {
      runtime.getCACertificates = () => [...tls.rootCertificates];
      assert.deepEqual(await met(unknown()), [0, 'certificate']);
    });

    it('is asked where the runtime does not, for it knows them', async () =>
      assert.deepEqual(await met(unknown()), [1, undefined]));

    it('is not asked where those of the system are not to be trusted', async () =>
      assert.deepEqual(await met(unknown(), { systemCertificates: false }), [0, 'certificate']));

    it('is not asked when it would verify nothing', async () => {
      process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
      assert.deepEqual(await met(unknown()), [0, 'certificate']);
    });

    it('is not asked when the authority is known and something else is wrong', async () => {
      assert.deepEqual(await met(authority.issue(gatewayHost, new Date(Date.now() - 60_000))), [
        0,
        'certificate',
      ]);
      assert.deepEqual(await met(authority.issue('other.test')), [0, 'certificate']);
    });

    it('of a proxy is not asked either', async () => {
      runtime.getCACertificates = () => [...tls.rootCertificates];
      const proxy = await proxyTo('http://127.0.0.1:1', undefined, createAuthority().issue('127.0.0.1'));
      const { fetch, calls } = fetching(page);
      const { permissions } = reaching({ httpProxy: `https://127.0.0.1:${proxy.port}` }, { fetch });
      const error = await rejection(permissions.list(testCheckpoint), APIConnectionError);
      assert.deepEqual([calls.length, error.kind], [0, 'proxy']);
    });
  });

  it('is not asked when what answers speaks no TLS', async () => {
    const server = await serve(list([]));
    const proxy = await proxyTo(server.origin);
    const { fetch, calls } = fetching(page);
    const { permissions } = reaching({ httpProxy: `http://127.0.0.1:${proxy.port}` }, { fetch });
    const error = await rejection(permissions.list(testCheckpoint), APIConnectionError);
    assert.deepEqual([calls.length, error.kind], [0, 'tls']);
  });

  it('is not given the key any more once it verifies nothing', async () => {
    const { fetch, calls } = fetching(page);
    const { permissions } = reaching({ httpProxy: 'socks5://127.0.0.1:1' }, { fetch });
    await permissions.list(testCheckpoint);
    const { NODE_TLS_REJECT_UNAUTHORIZED: before } = process.env;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      const error = await rejection(permissions.list(testCheckpoint), APIConnectionError);
      assert.deepEqual([calls.length, error.code], [1, 'PROXY_UNSUPPORTED']);
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    }
  });

  it('tells its own failures apart once it has taken over', async () => {
    const failures: [message: string, code: string | undefined, kind: string, uncertain: boolean][] = [
      ['net::ERR_NAME_NOT_RESOLVED', undefined, 'dns', false],
      ['net::ERR_CERT_AUTHORITY_INVALID', undefined, 'certificate', false],
      ['net::ERR_PROXY_CONNECTION_FAILED', undefined, 'proxy', false],
      ['net::ERR_PROXY_AUTH_UNSUPPORTED', undefined, 'proxyAuth', false],
      ['net::ERR_CONNECTION_REFUSED', undefined, 'refused', false],
      ['net::ERR_CONNECTION_TIMED_OUT', undefined, 'timeout', false],
      ['net::ERR_INTERNET_DISCONNECTED', undefined, 'unreachable', false],
      ['net::ERR_CONNECTION_RESET', undefined, 'reset', true],
      ['fetch failed', 'ENOTFOUND', 'dns', false],
      ['fetch failed', 'UND_ERR_SOCKET', 'reset', true],
    ];
    const { fetch } = fetching(
      page,
      ...failures.map(([message, code]) => () => {
        const cause = code && Object.assign(new Error('no'), { code });
        return Promise.reject(new TypeError(message, cause ? { cause } : undefined));
      }),
    );
    const { permissions } = reaching({ httpProxy: 'socks5://127.0.0.1:1' }, { fetch });
    await permissions.list(testCheckpoint);
    for (const [message, code, kind, uncertain] of failures) {
      const error = await rejection(permissions.create(testCheckpoint, grantBody), APIConnectionError);
      assert.deepEqual(
        [error.kind, error.code, error.uncertain],
        [kind, code ?? message.slice('net::'.length), uncertain],
      );
    }
  });

  it('leaves the first failure to be told when it cannot connect either', async () => {
    const cause = Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    const { fetch } = fetching(() => Promise.reject(new TypeError('fetch failed', { cause })));
    const { permissions, fallbacks } = reaching({ httpProxy: 'socks5://127.0.0.1:1' }, { fetch });
    const error = await rejection(permissions.create(testCheckpoint, grantBody), APIConnectionError);
    assert.deepEqual([error.code, error.uncertain], ['PROXY_UNSUPPORTED', false]);
    assert.deepEqual(fallbacks, []);
  });

  it('leaves a POST uncertain when it may have sent it', async () => {
    const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
    const { fetch } = fetching(() => Promise.reject(new TypeError('fetch failed', { cause })));
    const { permissions } = reaching({ httpProxy: 'socks5://127.0.0.1:1' }, { fetch });
    const error = await rejection(permissions.create(testCheckpoint, grantBody), APIConnectionError);
    assert.deepEqual([error.code, error.kind, error.uncertain], ['UND_ERR_SOCKET', 'reset', true]);
  });

  it('follows no redirect and reads no endless body', async () => {
    const opaque = Object.defineProperties(new Response(), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
    });
    const { fetch } = fetching(
      () => Response.redirect('https://elsewhere.test/', 307),
      () => opaque,
      () => new Response('x'.repeat(2000)),
    );
    const { permissions } = reaching({ httpProxy: 'socks5://127.0.0.1:1' }, { fetch, maxBodySize: 1000 });
    const reasons: string[] = [];
    for (let call = 0; call < 3; call++)
      reasons.push((await rejection(permissions.list(testCheckpoint), UnexpectedResponseError)).reason);
    assert.deepEqual(reasons, ['redirect', 'redirect', 'too-large']);
  });

  it('really works as a transport', async () => {
    const server = await serve(list(['cp_1']), raw('', 302, { location: '/away' }));
    const local = ((_: string, init: RequestInit) => fetch(`${server.baseURL}/x`, init)) as typeof fetch;
    const { permissions } = reaching({ httpProxy: 'socks5://127.0.0.1:1' }, { fetch: local });
    assert.equal((await permissions.list(testCheckpoint)).data.length, 1);
    assert.equal(
      (await rejection(permissions.list(testCheckpoint), UnexpectedResponseError)).reason,
      'redirect',
    );
    assert.equal(server.seen[0]?.headers.authorization, `Bearer ${testKey}`);
  });
});
