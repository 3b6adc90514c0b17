import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { checkpoint, Scene, services } from '../../support/extension';

describe('before the restart', () => {
  it('the key and the list are stored, and nothing else', async () => {
    const scene = await Scene.begin();
    await scene.setUp(1);
    assert.deepEqual((await scene.expand()).rows.length, 1);
    const owner = scene.emulator.organization.state.checkpoints.get(checkpoint)?.owner ?? '';
    const { api } = await scene.organization();
    const refusal: unknown = await api
      .create(checkpoint, { project_ids: [owner] })
      .then(undefined, (error: unknown) => error);
    await (await services()).keys.set('default', { key: 'test-admin-key', origin: 'https://api.openai.com' });
    const { profiles, keys, projectKeys, current } = scene.services;
    const saved = { key: 'test-second-key', origin: 'https://gateway.invalid' };
    await profiles.add({ id: 'second', name: 'Second', baseUrl: 'https://gateway.invalid/v1' });
    await keys.set('second', saved);
    await projectKeys.set('second', { project: 'proj_web', label: 'Website' }, saved);
    await current.show('second');
    const { owners } = await scene.organization();
    owners.learn(checkpoint, refusal);
    await owners.settled();
    assert.equal(owners.projectOf(checkpoint), owner);
    await current.show('default');
    await scene.emulator.stop();
    assert.ok((await services()).tree.nodeOf(checkpoint));
  });

  it('one key is removed, and one is lost, as in a browser with several tabs', async () => {
    const { keys, profiles } = await services();
    for (const id of ['removed', 'lost']) {
      await profiles.add({ id, name: id, baseUrl: 'https://gateway.invalid/v1' });
      await keys.set(id, { key: 'test-third-key', origin: 'https://gateway.invalid' });
    }
    await keys.remove('removed');
    const { secrets } = keys as unknown as { secrets: vscode.SecretStorage };
    await secrets.delete('checkpointPermissions.adminKey.lost');
    for (const id of ['removed', 'lost']) assert.equal(await keys.get(id), undefined);
  });
});
