import assert from 'node:assert/strict';
import type { commandIds } from '../../../src/ids';
import { commandTitles } from '../../../src/words/titles';
import { titleOf } from '../../titles';

describe('titles of commands in sentences and on buttons', () => {
  for (const [name, title] of Object.entries(commandTitles))
    it(`“${title}” is what the manifest says`, () =>
      assert.equal(titleOf(name as keyof typeof commandIds), title));
});
