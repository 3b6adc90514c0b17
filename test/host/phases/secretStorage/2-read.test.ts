import assert from 'node:assert/strict';
import { checkpoint, services, step } from '../../support/extension';

describe('after the restart', () => {
  it('the key is there, bound to its origin, and the list as it was', async () => {
    const { keys, current } = await services();
    const { key, origin } = (await keys.get('default')) ?? {};
    assert.deepEqual([key, origin], ['test-admin-key', 'https://api.openai.com']);
    await current.show('default');
    const found = await current.get();
    assert.equal(found.kind, 'organization');
    assert.ok(found.kind === 'organization');
    const { catalog, owners } = found.organization;
    assert.deepEqual(catalog.ids, [checkpoint, step]);
    // The emulator had another port in the first start.
    assert.equal(owners.projectOf(checkpoint), undefined);
  });

  it('the other organization is there with its keys, and can be shown', async () => {
    const { keys, projectKeys, profiles, current } = await services();
    const saved = { key: 'test-second-key', origin: 'https://gateway.invalid' };
    const { id, ...second } = (await keys.get('second')) ?? {};
    assert.deepEqual(second, saved);
    assert.ok(id);
    assert.deepEqual(projectKeys.list('second'), [{ project: 'proj_web', label: 'Website' }]);
    assert.deepEqual(await projectKeys.get('second', 'proj_web'), saved);
    await current.show('second');
    assert.equal(current.label, 'Second');
    const shown = await current.get();
    assert.ok(shown.kind === 'organization');
    assert.match(
      shown.organization.owners.projectOf(checkpoint) ?? '',
      /^proj_/,
      'what the server told is known',
    );
    assert.equal(profiles.all.filter(({ id }) => id === 'second').length, 1);
  });

  it('the key can be removed', async () => {
    const { keys } = await services();
    await keys.remove('default');
    assert.equal(await keys.get('default'), undefined);
  });

  it('Truth 21: the lost key is said to be gone, and for the removed one the view asks as at first', async () => {
    const { current } = await services();
    await current.show('lost');
    const lost = await current.get();
    assert.ok(lost.kind === 'keyGone', lost.kind);
    assert.equal(lost.profile.id, 'lost');
    await current.show('removed');
    assert.equal((await current.get()).kind, 'none');
  });
});
