import assert from 'node:assert/strict';
import { APIError } from '../../../../src/openai';
import { checkpoint, Scene, services } from '../../support/extension';

describe('before the restart', () => {
  it('a key, the list and nothing else is kept', async () => {
    const scene = await Scene.begin();
    await scene.reset(1);
    assert.deepEqual((await scene.expand()).rows.length, 1);
    await (await services()).keys.set('default', { key: 'test-admin-key', origin: 'https://api.openai.com' });
    const { profiles, keys, projectKeys, current } = scene.services;
    const saved = { key: 'test-second-key', origin: 'https://gateway.invalid' };
    await profiles.add({ id: 'second', name: 'Second', baseUrl: 'https://gateway.invalid/v1' });
    await keys.set('second', saved);
    await projectKeys.set('second', { project: 'proj_web', label: 'Website' }, saved);
    const message = 'Cannot modify checkpoint permissions for the owning project: proj_owner';
    const refusal = new APIError(400, { message }, undefined, undefined);
    await current.show('second');
    const { owners } = await scene.organization();
    owners.learn(checkpoint, refusal);
    await owners.settled();
    await current.show('default');
    await scene.emulator.stop();
    assert.ok((await services()).tree.nodeOf(checkpoint));
  });
});
