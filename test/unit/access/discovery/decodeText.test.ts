import assert from 'node:assert/strict';
import { decodeText } from '../../../../src/access/discovery/decodeText';

const text = 'model = "ft:gpt-4.1-2025-04-14:acme:support-bot:CZtsdFlR" é Ω\n';
const little = Buffer.from(text, 'utf16le');
const big = Buffer.from(little).swap16();

describe('the text of a file', () => {
  const files: Readonly<Record<string, Buffer>> = {
    'UTF-8': Buffer.from(text),
    'UTF-8 with a mark': Buffer.from(`\ufeff${text}`),
    'UTF-16 LE with a mark': Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
    'UTF-16 BE with a mark': Buffer.concat([Buffer.from([0xfe, 0xff]), big]),
    'UTF-16 LE': little,
    'UTF-16 BE': big,
    'UTF-16 LE that is cut': Buffer.concat([Buffer.from([0xff, 0xfe]), little, Buffer.from([0x41])]),
  };
  for (const [encoding, bytes] of Object.entries(files))
    it(`Truth 27: is read as ${encoding}`, () => assert.equal(decodeText(bytes), text));

  it('is none for a binary file', () => {
    for (const bytes of [
      [0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1],
      [0x89, 0x50, 0, 0x47, 0, 0, 0, 0x0d],
    ])
      assert.equal(decodeText(Buffer.from(bytes)), undefined);
    assert.equal(decodeText(Buffer.alloc(0)), '');
  });

  it('Truth 27: cannot be read as UTF-32, which is said', () => {
    assert.throws(() => decodeText(Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0])));
    assert.throws(() => decodeText(Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x41])));
  });
});
