import assert from 'node:assert/strict';
import { redact } from '../../../src/openai';
import { presentable } from '../../../src/openai/redact';

const keyLike = ['sk', 'admin', 'canary'].join('-');

describe('Redaction', () => {
  const cases: Record<string, [text: string, expected: string]> = {
    'what looks like a key': [
      `Incorrect API key provided: ${keyLike}.`,
      'Incorrect API key provided: [redacted].',
    ],
    'a partly masked key': [`key ${keyLike.slice(0, 9)}****`, 'key [redacted]****'],
    'credentials in a URL': ['http://me:secret@proxy:8080/x', 'http://[redacted]@proxy:8080/x'],
    'a bearer token': ['Authorization: Bearer abc.def, and so on', 'Authorization: [redacted], and so on'],
    'a quoted header': ['{"authorization":"Bearer abc","x":1}', '{"authorization":"[redacted]","x":1}'],
    'proxy credentials': ['proxy-authorization: Basic bWU6', 'proxy-authorization: [redacted]'],
    'a cookie, whole': ['set-cookie: a=1; b=2\nnext', 'set-cookie: [redacted]\nnext'],
    'but not other words': [
      'task-admin-panel of ft:gpt-4o:acme::B7R9VjQd',
      'task-admin-panel of ft:gpt-4o:acme::B7R9VjQd',
    ],
  };
  for (const [what, [text, expected]] of Object.entries(cases))
    it(`takes out ${what}`.replace('takes out but not', 'leaves'), () =>
      assert.equal(redact(text), expected),
    );

  it('takes out given secrets wherever they stand', () => {
    assert.equal(
      redact('<plain>(plain)plainly', 'plain', undefined, ''),
      '<[redacted]>([redacted])[redacted]ly',
    );
  });

  it('is not fooled by invisible characters inside a key', () => {
    const hidden = `${keyLike.slice(0, 5)}\u200b${keyLike.slice(5)}`;
    assert.equal(presentable(`got ${hidden}!`, []), 'got [redacted]!');
  });

  it('leaves one short line without control or direction characters', () => {
    assert.equal(presentable('a\r\n\tb\u001b[31mc\u202ed\u2028e ', []), 'a b [31mcd e');
    assert.equal(presentable('x'.repeat(5000), []).length, 1000);
  });
});
