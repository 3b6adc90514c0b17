import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { AdminKeys } from '../../src/credentials/adminKeys';
import { KeyIndex } from '../../src/credentials/keyIndex';
import { stateItem } from '../../src/organizations/stateItem';
import { allRemoved, removeAllQuestion } from '../../src/words/removeAll';
import { buttons } from '../../src/words/titles';
import { checkpoint, run, step, useStage } from './support/extension';
import { memory } from './support/memory';

describe('Remove All Keys and Data', () => {
  const stage = useStage(3);
  const parts = () => stage.scene.services;
  const folder = () => dirname(parts().notices);
  type Secrets = ConstructorParameters<typeof KeyIndex>[0];
  const secrets = () => (parts().keys as unknown as { secrets: Secrets }).secrets;
  const ofOrganization = { key: 'test-key-of-another', origin: 'https://gateway.invalid' };
  const about = { name: 'Production', baseUrl: 'https://gateway.invalid/v1' };

  /** A person who has used it: two organizations, keys, a recorded change, filters, a page, and a file from long ago. */
  async function use(): Promise<void> {
    const { profiles, keys, projectKeys, choices } = parts();
    await profiles.add({ id: 'production', ...about });
    await keys.set('production', ofOrganization, about);
    await projectKeys.set('production', { project: 'proj_web', label: 'Website' }, ofOrganization);
    await stage.scene.expand();
    stage.person.types(stage.scene.newProject()).presses('Grant');
    await run('grant', parts().tree.nodeOf(step));
    await choices.filterBy(await stage.scene.organization(), { text: 'bot' });
    await mkdir(folder(), { recursive: true });
    await writeFile(join(folder(), 'of-an-older-version.json'), '{}');
    assert.ok((await readdir(parts().journals.folder)).length > 0);
  }

  async function left(): Promise<Record<string, unknown>> {
    const { keyIndex, keys, stores, profiles } = parts();
    return {
      keys: await (await keyIndex()).list(),
      admin: await keys.get('default'),
      index: await secrets().get('checkpointPermissions.index'),
      everywhere: stores.everywhere.keys().filter((name) => stores.everywhere.get(name) !== undefined),
      window: stores.window.keys().filter((name) => stores.window.get(name) !== undefined),
      profiles: profiles.all.map(({ id }) => id),
      folder: existsSync(folder()),
    };
  }
  const nothing = {
    keys: [],
    admin: undefined,
    index: undefined,
    everywhere: [],
    window: [],
    profiles: ['default'],
    folder: false,
  };

  it('changes nothing when canceled, and one question lists everything', async () => {
    await use();
    const before = stage.scene.requests.length;
    stage.person.cancels();
    await run('removeAllData');
    const { kind, text = '' } = stage.person.shown.at(-1) ?? {};
    assert.equal(kind, 'modal');
    for (const part of [
      removeAllQuestion,
      '• 2 admin API keys',
      '• 1 project API key',
      '• 2 organizations',
      '• Checkpoint lists (2 checkpoints)',
      '• Change history (',
    ])
      assert.ok(text.includes(part), `${part} in ${text}`);
    assert.equal((await (await parts().keyIndex()).list()).length, 2);
    assert.ok(existsSync(folder()));
    assert.equal(stage.scene.requests.length, before);
  });

  it('removes every key, state, and file, and changes no access', async () => {
    await use();
    await run('openAccess');
    const having = stage.scene.projectsOnServer(step);
    assert.equal(having.length, 1);
    const changes = stage.scene.changes.length;
    stage.person.presses(buttons.removeAll);
    await run('removeAllData');
    assert.equal(stage.person.told.at(-1), allRemoved(0));
    assert.deepEqual(await left(), nothing);
    assert.equal((await parts().current.get()).kind, 'none', 'the welcome of a first visit');
    assert.deepEqual(await parts().tree.getChildren(), []);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.deepEqual(
      tabs.filter(({ input }) => input instanceof vscode.TabInputWebview).map(({ label }) => label),
      [],
    );
    assert.deepEqual(stage.scene.projectsOnServer(step), having);
    assert.equal(stage.scene.changes.length, changes);
    assert.equal(stage.scene.projectsOnServer(checkpoint).length, 3);
  });

  it('also removes keys that another window or profile of VS Code saved, and can be run again', async () => {
    const state = memory();
    const other = new AdminKeys(
      secrets(),
      async () => new KeyIndex(secrets()),
      (id) => stateItem(state, `keySaved.${id}`),
    );
    await other.set('of-another', ofOrganization, about);
    for (let times = 0; times < 2; times += 1) {
      stage.person.presses(buttons.removeAll);
      await run('removeAllData');
      assert.deepEqual(await left(), nothing);
    }
    assert.equal(await other.get('of-another'), undefined);
  });

  it('is followed by a first visit: a key can be set, and what it loads is kept again', async () => {
    stage.person.presses(buttons.removeAll);
    await run('removeAllData');
    stage.person.types(stage.scene.emulator.adminAPIKey);
    await run('setAdminKey');
    const organization = await stage.scene.organization();
    assert.deepEqual(organization.catalog.ids, []);
    await organization.catalog.add([checkpoint, step]);
    await stage.scene.expand(step);
    stage.person.types(stage.scene.newProject()).presses('Grant');
    await run('grant', parts().tree.nodeOf(step));
    assert.ok((await readdir(parts().journals.folder)).length > 0);
  });
});
