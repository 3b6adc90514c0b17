import assert from 'node:assert/strict';
import { AdminKeys } from '../../src/credentials/adminKeys';
import { KeyIndex } from '../../src/credentials/keyIndex';
import { stateItem } from '../../src/organizations/stateItem';
import { keptWithoutSavedKeys, noAdminKeyToRemove, noSavedKey, savedKeyInPicker } from '../../src/words/keys';
import { noSavedOrganization, savedKeyGone, savedOrganizationsInPicker } from '../../src/words/organizations';
import { buttons, commandTitles } from '../../src/words/titles';
import { run, useStage } from './support/extension';
import { memory } from './support/memory';

const baseUrl = 'https://gateway.invalid/v1';
const saved = { key: 'test-key-of-elsewhere', origin: 'https://gateway.invalid' };
const web = { project: 'proj_web', label: 'Website' };

describe('keys that are saved on this computer', () => {
  const stage = useStage(3);
  const parts = () => stage.scene.services;
  const kind = async () => (await parts().current.get()).kind;
  const secrets = () =>
    (parts().keys as unknown as { secrets: ConstructorParameters<typeof KeyIndex>[0] }).secrets;

  /** What another profile of VS Code does: the same secrets, and other state. */
  async function saveElsewhere(id: string, name: string): Promise<void> {
    const state = memory();
    const keys = new AdminKeys(
      secrets(),
      async () => new KeyIndex(secrets()),
      (each) => stateItem(state, `keySaved.${each}`),
    );
    await keys.set(id, saved, { name, baseUrl });
    await parts().projectKeys.set(id, web, saved);
    await parts().stores.everywhere.update(`projectKeys.${id}`, undefined);
  }

  it('Truth 21: by another profile of VS Code are offered, and added with all their keys', async () => {
    await saveElsewhere('elsewhere-1', 'Production');
    stage.person.cancels();
    await run('switchOrganization');
    const row = stage.person.shown.at(-1)?.rows?.at(-1) ?? '';
    assert.equal(row, [commandTitles.addSavedOrganizations, savedOrganizationsInPicker(1)].join(' · '));
    stage.person.picks(['Production']);
    await run('addSavedOrganizations');
    const added = parts().profiles.find('elsewhere-1');
    assert.deepEqual([added?.name, added?.baseUrl], ['Production', baseUrl]);
    assert.equal((await stage.scene.organization()).id, 'default', 'the shown one stays');
    await parts().current.show('elsewhere-1');
    assert.equal(await kind(), 'organization');
    await parts().projectKeys.refresh('elsewhere-1');
    assert.deepEqual(parts().projectKeys.list('elsewhere-1'), [web]);
    await run('addSavedOrganizations');
    assert.equal(stage.person.told.at(-1), noSavedOrganization);
    await parts().current.show('default');
    assert.deepEqual(stage.scene.sent, []);
  });

  it('Truth 21: are all removed with an organization, also those that this profile did not list', async () => {
    await saveElsewhere('elsewhere-2', 'Research');
    stage.person.picks(['Research']);
    await run('addSavedOrganizations');
    stage.person.picks(['Research']).presses(buttons.remove);
    await run('removeOrganization');
    const text = stage.person.shown.at(-1)?.text ?? '';
    assert.ok(text.includes('1 project API key: Website'), text);
    assert.ok(!(await (await parts().keyIndex()).list()).some(({ profile }) => profile === 'elsewhere-2'));
    assert.equal(await parts().keys.get('elsewhere-2'), undefined);
    assert.equal(await parts().projectKeys.get('elsewhere-2', web.project), undefined);
  });

  it('Truth 21: for no organization here are found and removed, after a question', async () => {
    await saveElsewhere('elsewhere-3', 'Orphan');
    stage.person.picks((label, index) => index > 0 && label !== '').cancels();
    await run('removeSavedKeys');
    assert.ok(stage.person.shown.at(-1)?.text.includes(keptWithoutSavedKeys));
    assert.equal((await (await parts().keyIndex()).list()).length, 2);
    const ofOrphan = [savedKeyInPicker(undefined), savedKeyInPicker(web.label)];
    let separators = 0;
    stage.person
      .picks((label) => {
        if (label.startsWith('Orphan')) separators += 1;
        return separators > 0 && ofOrphan.includes(label);
      })
      .presses(buttons.remove);
    await run('removeSavedKeys');
    const left = (await (await parts().keyIndex()).list()).map(({ profile }) => profile);
    assert.ok(!left.includes('elsewhere-3'), left.join());
    assert.equal(await parts().keys.get('elsewhere-3'), undefined);
    assert.equal(await parts().projectKeys.get('elsewhere-3', web.project), undefined);
  });

  it('Truth 21: that are gone are said to be gone, until one is set or the memory is removed', async () => {
    const changed = new Promise((resolve) => parts().current.onDidChange(resolve));
    // Another tab of a browser stores what it read before.
    await secrets().delete('checkpointPermissions.adminKey.default');
    await changed;
    assert.equal(await kind(), 'keyGone');
    assert.deepEqual(await parts().tree.getChildren(), [], 'the welcome says it');
    await run('grant');
    assert.equal(stage.person.told.at(-1), savedKeyGone(undefined));
    stage.person.types(stage.scene.emulator.adminAPIKey);
    await run('setAdminKey');
    assert.equal(await kind(), 'organization');
    const changedAgain = new Promise((resolve) => parts().current.onDidChange(resolve));
    await secrets().delete('checkpointPermissions.adminKey.default');
    await changedAgain;
    assert.equal(await kind(), 'keyGone');
    await run('removeAdminKey');
    assert.equal(stage.person.told.at(-1), noAdminKeyToRemove(undefined));
    assert.equal(await kind(), 'none');
  });

  it('Truth 21: and removed elsewhere by a person are not said to be gone', async () => {
    const changed = new Promise((resolve) => parts().current.onDidChange(resolve));
    const state = memory();
    const keys = new AdminKeys(
      secrets(),
      async () => new KeyIndex(secrets()),
      (each) => stateItem(state, `keySaved.${each}`),
    );
    await keys.remove('default');
    await changed;
    assert.equal(await kind(), 'none');
    await run('removeSavedKeys');
    assert.equal(stage.person.told.at(-1), noSavedKey);
  });
});
