import assert from 'node:assert/strict';
import { checkBaseURL, InsecureBaseURLError, OpenAIAdmin } from '../../../src/openai';

describe('The base URL', () => {
  const accepted: Record<string, string> = {
    'https://api.openai.com/v1': 'https://api.openai.com/v1',
    ' https://Gateway.Example:8443/openai/v1// ': 'https://gateway.example:8443/openai/v1',
    'https://gateway.example': 'https://gateway.example',
    'http://localhost:8080/v1': 'http://localhost:8080/v1',
    'http://127.0.0.1:1/': 'http://127.0.0.1:1',
    'http://127.255.3.4/v1': 'http://127.255.3.4/v1',
    'http://[::1]:9/v1': 'http://[::1]:9/v1',
  };
  for (const [given, normalized] of Object.entries(accepted))
    it(`may be ${given}`, () => assert.equal(checkBaseURL(given), normalized));

  const refused: Record<string, RegExp> = {
    '': /not a valid URL/,
    'api.openai.com/v1': /not a valid URL/,
    'http://api.openai.com/v1': /not https/,
    'http://10.0.0.1/v1': /not https/,
    'http://localhost.example/v1': /not https/,
    'http://127.0.0.1.example/v1': /not https/,
    'http://0.0.0.0/v1': /not https/,
    'ftp://localhost/v1': /not https/,
    'file:///etc/passwd': /not https/,
    'https://user@gateway.example/v1': /user name or a password/,
    'https://:pw@gateway.example/v1': /user name or a password/,
    'https://gateway.example/v1?x=1': /query/,
    'https://gateway.example/v1?': /query/,
    'https://gateway.example/v1#part': /fragment/,
    'https://gateway.example/v1#': /fragment/,
  };
  for (const [given, why] of Object.entries(refused))
    it(`may not be ${given || 'empty'}`, () => {
      assert.throws(() => checkBaseURL(given), { name: 'InsecureBaseURLError', message: why });
      assert.throws(
        () => new OpenAIAdmin({ adminAPIKey: 'test-admin-key', baseURL: given }),
        InsecureBaseURLError,
      );
    });

  it('is refused without repeating its credentials', () => {
    assert.throws(
      () => checkBaseURL('https://owner:canary-password@gateway.example/v1'),
      (error: Error) => !/canary-password|owner:/.test(`${error.message}${error.stack}`),
    );
  });

  it('has to be of the origin that the key was saved for', () => {
    const options = { adminAPIKey: 'test-admin-key', keyOrigin: 'https://gateway.example' };
    assert.throws(() => new OpenAIAdmin(options), {
      name: 'InsecureBaseURLError',
      message: /saved for https:\/\/gateway\.example, so it is not sent to https:\/\/api\.openai\.com/,
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
