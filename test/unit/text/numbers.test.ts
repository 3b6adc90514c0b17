import assert from 'node:assert/strict';
import { setDisplayLanguage } from '../../../src/text/language';
import { usesDecimalComma } from '../../../src/text/numbers';

describe('the display language', () => {
  afterEach(() => setDisplayLanguage('en'));

  it('decides whether lists are separated by semicolons, as decimals with a comma need', () => {
    for (const [language, expected] of [
      ['en', false],
      ['de', true],
      ['fr', true],
      ['pl', true],
      ['pt-br', true],
      ['ja', false],
      ['zh-cn', false],
      ['ar', false],
    ] as const) {
      setDisplayLanguage(language);
      assert.equal(usesDecimalComma(), expected, language);
    }
  });
});
