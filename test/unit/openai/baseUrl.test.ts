import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { checkBaseURL, type InsecureBaseURL, InsecureBaseURLError, OpenAIAdmin } from '../../../src/openai';

describe('The base URL', () => {
  const accepted: Record<string, string> = {
    'https://api.openai.com/v1': 'https://api.openai.com/v1',
    ' https://Gateway.Example:8443/openai/v1// ': 'https://gateway.example:8443/openai/v1',
    'https://gateway.example': 'https://gateway.example',
    'http://localhost:8080/v1': 'http://localhost:8080/v1',
    'http://127.0.0.1:1/': 'http://127.0.0.1:1',
    'http://127.255.3.4/v1': 'http://127.255.3.4/v1',
    'http://[::1]:9/v1': 'http://[::1]:9/v1',
    'http://[0:0:0:0:0:0:0:1]:9/v1': 'http://[::1]:9/v1',
    'http://LocalHost:8080/v1': 'http://localhost:8080/v1',
    'http://127.1:8080/v1': 'http://127.0.0.1:8080/v1',
    'http://2130706433/v1': 'http://127.0.0.1/v1',
    'http://0x7f000001/v1': 'http://127.0.0.1/v1',
    'http://0177.0.0.1/v1': 'http://127.0.0.1/v1',
  };
  for (const [given, normalized] of Object.entries(accepted))
    it(`may be ${given}`, () => assert.equal(checkBaseURL(given), normalized));

  const refused: Record<string, InsecureBaseURL> = {
    '': 'invalid',
    'api.openai.com/v1': 'invalid',
    'http://api.openai.com/v1': 'notHTTPS',
    'http://10.0.0.1/v1': 'notHTTPS',
    'http://localhost.example/v1': 'notHTTPS',
    'http://127.0.0.1.example/v1': 'notHTTPS',
    'http://0.0.0.0/v1': 'notHTTPS',
    'http://localhost./v1': 'notHTTPS',
    'http://foo.localhost/v1': 'notHTTPS',
    'http://localhost.localdomain/v1': 'notHTTPS',
    'http://[::ffff:127.0.0.1]/v1': 'notHTTPS',
    'http://[::]/v1': 'notHTTPS',
    'http://128.1/v1': 'notHTTPS',
    'http://3232235521/v1': 'notHTTPS',
    'http://0x0a000001/v1': 'notHTTPS',
    'ftp://localhost/v1': 'notHTTPS',
    'file:///etc/passwd': 'notHTTPS',
    'https://user@gateway.example/v1': 'credentials',
    'https://:pw@gateway.example/v1': 'credentials',
    'https://gateway.example/v1?x=1': 'query',
    'https://gateway.example/v1?': 'query',
    'https://gateway.example/v1#part': 'fragment',
    'https://gateway.example/v1#': 'fragment',
  };
  for (const [given, reason] of Object.entries(refused))
    it(`may not be ${given || 'empty'}`, () => {
      assert.throws(() => checkBaseURL(given), { name: 'InsecureBaseURLError', reason });
      assert.throws(
        () => new OpenAIAdmin({ adminAPIKey: 'test-admin-key', baseURL: given }),
        InsecureBaseURLError,
      );
    });

  it('is refused without repeating its credentials', () => {
    assert.throws(
      () => checkBaseURL('https://owner:canary-password@gateway.example/v1'),
      (error: Error) => {
        assert.doesNotMatch(inspect(error, { depth: null, showHidden: true }), /canary-password|owner:/);
        return (error as InsecureBaseURLError).host === 'gateway.example';
      },
    );
  });

  it('has to be of the origin that the key was saved for', () => {
    const options = { adminAPIKey: 'test-admin-key', keyOrigin: 'https://gateway.example' };
    assert.throws(() => new OpenAIAdmin(options), {
      name: 'InsecureBaseURLError',
      reason: 'otherOrigin',
      host: 'api.openai.com',
    });
    assert.throws(
      () => new OpenAIAdmin({ ...options, baseURL: 'https://gateway.example:8443' }),
      InsecureBaseURLError,
    );
    assert.ok(new OpenAIAdmin({ ...options, baseURL: 'https://gateway.example/openai/v1' }));
  });

  it('is the API of OpenAI by default', () => {
    assert.equal(new OpenAIAdmin({ adminAPIKey: 'test-admin-key' }).baseURL, 'https://api.openai.com/v1');
  });
});
