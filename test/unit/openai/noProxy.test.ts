import assert from 'node:assert/strict';
import type { NetworkSettings } from '../../../src/openai';
import { isExempt, notUnderstood } from '../../../src/openai/undici/noProxy';
import { ignoredExceptions, proxyOf } from '../../../src/openai/undici/proxy';
import { createUndiciTransport } from '../../../src/openai/undici/transport';
import { ignoredProxyExceptions } from '../../../src/words/requests';

describe('Exceptions from the proxy', () => {
  /** Each with origins that it is for, and origins that it is not for. */
  const forms: Record<string, [direct: string[], proxied: string[]]> = {
    '*': [['https://a.example', 'https://[2001:db8::1]', 'https://10.0.0.1'], []],
    'api.example': [
      ['https://api.example', 'https://api.example:8443', 'https://x.api.example', 'https://api.example.'],
      ['https://myapi.example', 'https://api.example.org'],
    ],
    'API.example.': [['https://api.example'], ['https://api.exampl']],
    '.example': [['https://api.example', 'https://example'], ['https://apiexample']],
    '*.example': [['https://api.example', 'https://a.b.example'], ['https://apiexample']],
    '*example.com': [['https://myexample.com', 'https://example.com'], ['https://example.com.org']],
    'api-*.corp.example': [
      ['https://api-1.corp.example', 'https://api-.corp.example'],
      ['https://api.corp.example', 'https://api-1.corp.example.org'],
    ],
    'bücher.example': [
      ['https://xn--bcher-kva.example', 'https://www.bücher.example'],
      ['https://bucher.example'],
    ],
    'api.example:8443': [['https://api.example:8443'], ['https://api.example', 'https://api.example:443']],
    'api.example:443': [['https://api.example'], ['https://api.example:8443']],
    '192.0.2.7': [
      ['https://192.0.2.7', 'https://192.0.2.7:8443'],
      ['https://192.0.2.70', 'https://1.192.0.2'],
    ],
    '192.0.2.7:8443': [['https://192.0.2.7:8443'], ['https://192.0.2.7']],
    '192.0.2.*': [['https://192.0.2.7'], ['https://192.0.3.7']],
    '::2': [['https://[::2]', 'https://[0:0:0:0:0:0:0:2]:8443'], ['https://[::3]']],
    '2001:db8::1': [
      ['https://[2001:db8::1]', 'https://[2001:0db8:0:0::1]:8443'],
      ['https://[2001:db8::2]', 'https://a.example'],
    ],
    '2001:DB8:0:0:0:0:0:1': [['https://[2001:db8::1]'], ['https://[2001:db8::11]']],
    '[2001:db8::1]': [['https://[2001:db8::1]', 'https://[2001:db8::1]:8443'], ['https://[2001:db8::2]']],
    '[2001:db8::1]:8443': [['https://[2001:db8::1]:8443'], ['https://[2001:db8::1]']],
    '10.0.0.0/8': [
      ['https://10.1.2.3', 'https://10.255.255.255:8443'],
      ['https://11.0.0.1', 'https://a.example'],
    ],
    '10.1.2.3/8': [['https://10.9.9.9'], ['https://11.0.0.1']],
    '192.0.2.128/25': [['https://192.0.2.200'], ['https://192.0.2.100']],
    '0.0.0.0/0': [['https://203.0.113.9'], ['https://a.example', 'https://[2001:db8::1]']],
    '192.0.2.7/32': [['https://192.0.2.7'], ['https://192.0.2.8']],
    '2001:db8::/32': [['https://[2001:db8:ffff::1]'], ['https://[2001:db9::1]', 'https://10.0.0.1']],
    '[2001:db8::]/32': [['https://[2001:db8:1::1]'], ['https://[2001:db9::1]']],
    'fd00::/8': [['https://[fdab::1]'], ['https://[fe80::1]']],
  };
  for (const [entry, [direct, proxied]] of Object.entries(forms))
    it(`Truth 28: may be ${entry}`, () => {
      assert.deepEqual(notUnderstood([entry]), []);
      for (const origin of direct) assert.equal(isExempt(new URL(origin), [entry]), true, origin);
      for (const origin of proxied) assert.equal(isExempt(new URL(origin), [entry]), false, origin);
    });

  const unknown = [
    '10.0.0.0/33',
    '10.0.0/8',
    '10.0.0.0/255.0.0.0',
    '10.0.0.0/8:443',
    '10.0.0.1-10.0.0.9',
    '192.168.',
    '256.1.1.1',
    '2001:db8::/129',
    '2001:db8::zz',
    'fe80::1%eth0',
    '[2001:db8::1',
    '[10.0.0.1]',
    '[2001:db8::1]:x',
    'a.example/8',
    'https://a.example',
    'a.example:port',
    '<local>',
    'user@a.example',
    '/',
    '.',
    ':443',
  ];
  for (const entry of unknown)
    it(`Truth 28: cannot be ${entry}, which is said and never taken for something else`, () => {
      assert.deepEqual(notUnderstood([entry, 'a.test', '']), [entry]);
      for (const origin of [
        'https://a.example',
        'https://10.0.0.5',
        'https://10.0.0.1',
        'https://192.168.0.1',
        'https://[2001:db8::1]',
        'https://[fe80::1]',
      ])
        assert.equal(isExempt(new URL(origin), [entry]), false, origin);
    });

  it('Truth 28: of the environment count, unless the settings have any', () => {
    const settings: NetworkSettings = {
      httpProxy: 'http://proxy.example:8080',
      env: { NO_PROXY: '::1, 2001:db8::1 10.0.0.0/8,<local>' },
    };
    assert.equal(proxyOf('https://[2001:db8::1]', settings), undefined);
    assert.equal(proxyOf('https://10.1.1.1', settings), undefined);
    assert.equal(proxyOf('https://[2001:db8::2]', settings)?.host, 'proxy.example:8080');
    assert.deepEqual(ignoredExceptions(settings), ['<local>']);
    const own = { ...settings, noProxy: ['10.0.0.0/33'] };
    assert.equal(proxyOf('https://[2001:db8::1]', own)?.host, 'proxy.example:8080');
    assert.deepEqual(ignoredExceptions(own), ['10.0.0.0/33']);
    assert.deepEqual(ignoredExceptions({ ...own, httpProxy: '' }), []);
    assert.deepEqual(ignoredExceptions({ ...own, proxySupport: 'off' }), []);
  });

  it('Truth 28: that are not understood are told once for each state of the settings', async () => {
    const told: (readonly string[])[] = [];
    let noProxy = ['10.0.0.0/33', '::9'];
    const transport = createUndiciTransport({
      network: () => ({ httpProxy: 'socks5://127.0.0.1:1', noProxy }),
      fetch: () => Promise.reject(new Error('no')),
      onIgnoredExceptions: (exceptions) => told.push(exceptions),
    });
    const send = () =>
      transport
        .send({ method: 'GET', url: 'https://a.example/', headers: {}, signal: new AbortController().signal })
        .catch(() => {});
    await send();
    await send();
    assert.deepEqual(told, [['10.0.0.0/33']]);
    noProxy = ['[', '/'];
    await send();
    assert.deepEqual(told, [['10.0.0.0/33'], ['[', '/']]);
    await transport.close?.();
  });

  it('Truth 28: that are not understood have words for the log', () => {
    assert.equal(
      ignoredProxyExceptions(['<local>']),
      "An entry of the Http: No Proxy setting or of NO_PROXY isn't understood and is ignored: <local>. Hosts that it names are reached through the proxy.",
    );
    assert.match(ignoredProxyExceptions(['a/1', 'b/2']), /^2 entries .* ignored: a\/1 and b\/2\. /);
  });

  it('take time in proportion to their length', () => {
    const stars = '*a'.repeat(140);
    const host = new URL(`https://${'a'.repeat(60)}.${'a'.repeat(60)}.b`);
    const began = performance.now();
    for (let round = 0; round < 1000; round++) isExempt(host, [stars]);
    assert.ok(performance.now() - began < 1000);
  });
});
