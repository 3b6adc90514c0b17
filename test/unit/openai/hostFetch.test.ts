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

  it('is not asked when proxy support is off, when it may not be, for loopback, or once a request was sent', async () => {
    const { fetch, calls } = fetching(page);
    const { permissions } = reaching({ proxySupport: 'off' }, { fetch }, nowhereHost);
    await rejection(permissions.list(testCheckpoint), APIConnectionError);
    const without = reaching({ hostFetch: false }, { fetch }, nowhereHost);
    await rejection(without.permissions.list(testCheckpoint), APIConnectionError);
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

  /** What `fetch` of Node rejects with. */
  const failed = (code: string, syscall?: string) =>
    new TypeError('fetch failed', {
      cause: Object.assign(new Error('no'), { code }, syscall && { syscall }),
    });
  /** What Node has for a host with several addresses, none of which took the connection. */
  const allFailed = (...errors: [code: string, syscall: string][]) =>
    new TypeError('fetch failed', {
      cause: Object.assign(
        new AggregateError(
          errors.map(([code, syscall]) => Object.assign(new Error('no'), { code, syscall })),
        ),
        { code: errors[0]?.[0] },
      ),
    });

  it('Truth 3: tells its own failures apart once it has taken over, and is certain of no connection only', async () => {
    const ofChromium = (code: string) => new TypeError(`net::${code}`);
    const failures: [failure: Error, code: string, kind: string, uncertain: boolean][] = [
      [ofChromium('ERR_NAME_NOT_RESOLVED'), 'ERR_NAME_NOT_RESOLVED', 'dns', false],
      [ofChromium('ERR_CERT_AUTHORITY_INVALID'), 'ERR_CERT_AUTHORITY_INVALID', 'certificate', false],
      [ofChromium('ERR_PROXY_CONNECTION_FAILED'), 'ERR_PROXY_CONNECTION_FAILED', 'proxy', false],
      [ofChromium('ERR_TUNNEL_CONNECTION_FAILED'), 'ERR_TUNNEL_CONNECTION_FAILED', 'proxy', false],
      [ofChromium('ERR_PROXY_AUTH_UNSUPPORTED'), 'ERR_PROXY_AUTH_UNSUPPORTED', 'proxyAuth', false],
      [ofChromium('ERR_CONNECTION_REFUSED'), 'ERR_CONNECTION_REFUSED', 'refused', false],
      [ofChromium('ERR_CONNECTION_TIMED_OUT'), 'ERR_CONNECTION_TIMED_OUT', 'timeout', false],
      [ofChromium('ERR_TIMED_OUT'), 'ERR_TIMED_OUT', 'timeout', true],
      [ofChromium('ERR_INTERNET_DISCONNECTED'), 'ERR_INTERNET_DISCONNECTED', 'unreachable', true],
      [ofChromium('ERR_ADDRESS_UNREACHABLE'), 'ERR_ADDRESS_UNREACHABLE', 'unreachable', true],
      [ofChromium('ERR_CONNECTION_RESET'), 'ERR_CONNECTION_RESET', 'reset', true],
      [ofChromium('ERR_NETWORK_CHANGED'), 'ERR_NETWORK_CHANGED', 'reset', true],
      [failed('ENOTFOUND', 'getaddrinfo'), 'ENOTFOUND', 'dns', false],
      [failed('ECONNREFUSED', 'connect'), 'ECONNREFUSED', 'refused', false],
      [failed('EHOSTUNREACH', 'connect'), 'EHOSTUNREACH', 'unreachable', false],
      [failed('UND_ERR_CONNECT_TIMEOUT'), 'UND_ERR_CONNECT_TIMEOUT', 'timeout', false],
      [failed('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate', false],
      [failed('ERR_TLS_CERT_ALTNAME_INVALID'), 'ERR_TLS_CERT_ALTNAME_INVALID', 'certificate', false],
      [failed('EHOSTUNREACH', 'read'), 'EHOSTUNREACH', 'unreachable', true],
      [failed('ENETUNREACH', 'write'), 'ENETUNREACH', 'unreachable', true],
      [failed('ECONNREFUSED', 'read'), 'ECONNREFUSED', 'refused', true],
      [failed('ECONNREFUSED'), 'ECONNREFUSED', 'refused', true],
      [failed('ENETUNREACH'), 'ENETUNREACH', 'unreachable', true],
      [failed('ENOTFOUND'), 'ENOTFOUND', 'dns', true],
      // Comes from the server, and with TLS 1.3 after the request.
      [
        failed('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
        'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
        'certificate',
        true,
      ],
      [failed('UND_ERR_SOCKET'), 'UND_ERR_SOCKET', 'reset', true],
      [allFailed(['ECONNREFUSED', 'connect'], ['ENETUNREACH', 'connect']), 'ECONNREFUSED', 'refused', false],
      [allFailed(['ECONNREFUSED', 'connect'], ['ENETUNREACH', 'read']), 'ECONNREFUSED', 'refused', true],
    ];
    const { fetch } = fetching(
      page,
      ...failures.map(
        ([failure]) =>
          () =>
            Promise.reject(failure),
      ),
    );
    const { permissions } = reaching({ httpProxy: 'socks5://127.0.0.1:1' }, { fetch });
    await permissions.list(testCheckpoint);
    for (const [, code, kind, uncertain] of failures) {
      const error = await rejection(permissions.create(testCheckpoint, grantBody), APIConnectionError);
      assert.deepEqual([error.code, error.kind, error.uncertain], [code, kind, uncertain]);
    }
  });

  it('leaves the first failure to be told when it cannot connect either', async () => {
    const { fetch } = fetching(() => Promise.reject(failed('ENOTFOUND', 'getaddrinfo')));
    const { permissions, fallbacks } = reaching({ httpProxy: 'socks5://127.0.0.1:1' }, { fetch });
    const error = await rejection(permissions.create(testCheckpoint, grantBody), APIConnectionError);
    assert.deepEqual([error.code, error.uncertain], ['PROXY_UNSUPPORTED', false]);
    assert.deepEqual(fallbacks, []);
  });

  it('leaves a POST uncertain when it may have sent it', async () => {
    const { fetch } = fetching(() => Promise.reject(failed('UND_ERR_SOCKET')));
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
