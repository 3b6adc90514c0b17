import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commandIds } from '../../../src/ids';
import { commandTitles } from '../../../src/words/titles';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
  };
}

const { contributes }: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));

describe('the titles of commands on buttons', () => {
  for (const name of Object.keys(commandTitles) as (keyof typeof commandTitles)[])
    it(`are those of the manifest: ${name}`, () => {
      const command = contributes.commands.find((each) => each.command === commandIds[name]);
      assert.equal(commandTitles[name], command?.title);
    });
});
