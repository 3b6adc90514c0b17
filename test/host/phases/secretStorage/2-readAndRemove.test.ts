import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { checkpoint, services, setSetting, step } from '../../support/extension';

describe('after the restart', () => {
  it('the key is there, bound to its origin, and the list as it was', async () => {
    const { keys, current } = await services();
    assert.deepEqual(await keys.get('default'), { key: 'test-admin-key', origin: 'https://api.openai.com' });
    await setSetting('baseUrl', undefined);
    const found = await current.get();
    assert.equal(found.kind, 'organization');
    assert.deepEqual(found.kind === 'organization' && found.organization.catalog.ids, [checkpoint, step]);
  });

  it('the other organization is there, with its keys, and shown when it is chosen', async () => {
    const { keys, projectKeys, profiles, current } = await services();
    const saved = { key: 'test-second-key', origin: 'https://gateway.invalid' };
    assert.deepEqual(await keys.get('second'), saved);
    assert.deepEqual(projectKeys.list('second'), [{ project: 'proj_web', label: 'Website' }]);
    assert.deepEqual(await projectKeys.get('second', 'proj_web'), saved);
    await current.show('second');
    assert.equal(current.label, 'Second');
    assert.equal((await current.get()).kind, 'organization');
    assert.equal(profiles.all.length, 2);
  });

  it('the key can be removed', async () => {
    const { keys } = await services();
    await keys.remove('default');
    assert.equal(await keys.get('default'), undefined);
    assert.ok(vscode.window.state);
  });
});
