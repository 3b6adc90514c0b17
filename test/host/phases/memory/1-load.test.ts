import assert from 'node:assert/strict';
import { checkpoint, Scene, step } from '../../support/extension';

describe('before the restart', () => {
  it('Truth 23: what is loaded is kept', async () => {
    const scene = await Scene.begin();
    await scene.reset(3);
    const { profiles, keys, current, memories } = scene.services;
    const { baseURL, origin, adminAPIKey } = scene.emulator;
    // An organization of its own: the setting Base URL doesn't survive in these tests.
    await profiles.add({ id: 'kept', name: 'Kept', baseUrl: baseURL });
    await keys.set('kept', { key: adminAPIKey, origin });
    await current.show('kept');
    const organization = await scene.organization();
    await organization.catalog.add([checkpoint, step]);
    await scene.expand();
    await scene.expand(step);
    await organization.trail.read();
    await memories.of(organization)?.flush();
    assert.equal(organization.standingOf(checkpoint).count, 3);
    // The next session must ask this address for nothing.
    await scene.emulator.stop();
  });
});
