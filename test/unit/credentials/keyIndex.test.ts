import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { AdminKeys } from '../../../src/credentials/adminKeys';
import { KeyIndex } from '../../../src/credentials/keyIndex';
import { ProjectKeys } from '../../../src/credentials/projectKeys';
import { adminKeyName } from '../../../src/credentials/secretNames';
import { stateItem } from '../../../src/organizations/stateItem';
import { FakeMemento } from '../organizations/memento';
import { FakeSecrets, ListingSecrets } from './secrets';

const origin = 'https://gateway.example';
const about = { name: 'Production', baseUrl: `${origin}/v1` };
const saved = { key: 'test-admin-key', origin };
const web = { project: 'proj_web', label: 'Website' };
const bot = { project: 'proj_bot', label: 'Bot' };

/** A window of VS Code: its keys, with the state of its profile. */
function openWindow(fake: FakeSecrets, memory = new FakeMemento()) {
  const secrets = fake as unknown as SecretStorage;
  const index = new KeyIndex(secrets);
  const admin = new AdminKeys(
    secrets,
    async () => index,
    (profile) => stateItem(memory, `keySaved.${profile}`),
  );
  const lists = (profile: string) => stateItem(memory, `projectKeys.${profile}`);
  const projects = new ProjectKeys(secrets, lists, async () => index);
  return { index, admin, projects, memory };
}

for (const [storage, create] of Object.entries({
  'that can’t list its names': () => new FakeSecrets(),
  'that lists its names': () => new ListingSecrets(),
})) {
  describe(`the index of keys in a secret storage ${storage}`, () => {
    let secrets: FakeSecrets;
    beforeEach(() => {
      secrets = create();
    });

    it('Truth 21: tells a second profile of VS Code which organizations have keys, with nothing of a key', async () => {
      const one = openWindow(secrets);
      await one.admin.set('one', saved, about);
      await one.projects.set('one', web, { key: 'test-web-key', origin });
      await one.projects.set('one', bot, { key: 'test-bot-key', origin });
      const two = openWindow(secrets);
      assert.deepEqual(await two.index.list(), [
        { profile: 'one', about, hasAdminKey: true, projectKeys: [bot, web] },
      ]);
      assert.deepEqual(two.projects.list('one'), []);
      await two.projects.refresh('one');
      assert.deepEqual(two.projects.list('one'), [bot, web]);
      const index = secrets.kept.get('checkpointPermissions.index') ?? '';
      for (const key of ['test-admin-key', 'test-web-key', 'test-bot-key']) assert.ok(!index.includes(key));
    });

    it('removes every secret, also what another window wrote, and no window puts anything back', async () => {
      const [one, two] = [openWindow(secrets), openWindow(secrets)];
      await one.admin.set('one', saved, about);
      await one.projects.set('one', web, { key: 'test-web-key', origin });
      await two.admin.set('two', saved, about);
      await two.admin.remove('two');
      assert.ok(secrets.kept.size > 0);
      await one.index.removeAll();
      await one.index.list();
      await two.index.list();
      assert.deepEqual([...secrets.kept.keys()], []);
    });

    it('Truth 21: lets a second profile remove every key, and then there is no secret of the organization', async () => {
      const one = openWindow(secrets);
      await one.admin.set('one', saved, about);
      await one.projects.set('one', web, { key: 'test-web-key', origin });
      const two = openWindow(secrets);
      await two.projects.removeAll('one');
      await two.admin.remove('one');
      assert.deepEqual(await two.index.list(), []);
      assert.deepEqual([...secrets.kept.keys()], ['checkpointPermissions.index'], 'the note of the removal');
      assert.equal(await one.admin.isLost('one'), false, 'it was removed, not lost');
    });

    it('Truth 21: keeps what two windows add at the same time', async () => {
      const [one, two] = [openWindow(secrets), openWindow(secrets)];
      await Promise.all([
        one.admin.set('one', saved, about),
        two.admin.set('two', saved, { ...about, name: 'Research' }),
        one.projects.set('one', web, { key: 'test-web-key', origin }),
        two.projects.set('one', bot, { key: 'test-bot-key', origin }),
      ]);
      await settled(one, two);
      assert.deepEqual(await openWindow(secrets).index.list(), [
        { profile: 'one', about, hasAdminKey: true, projectKeys: [bot, web] },
        { profile: 'two', about: { ...about, name: 'Research' }, hasAdminKey: true, projectKeys: [] },
      ]);
    });

    it('Truth 21: adds again what another window overwrote, but nothing that was removed', async () => {
      const one = openWindow(secrets);
      await one.admin.set('gone', saved, about);
      const stale = secrets.kept.get('checkpointPermissions.index') ?? '';
      await one.admin.remove('gone');
      await one.admin.set('one', saved, about);
      // Another window stores what it read before.
      await secrets.store('checkpointPermissions.index', stale);
      await settled(one);
      assert.deepEqual(
        (await openWindow(secrets).index.list()).map(({ profile }) => profile),
        ['one'],
      );
      await secrets.delete(adminKeyName('one'));
      await secrets.store('checkpointPermissions.index', '{}');
      await settled(one);
      assert.deepEqual(await openWindow(secrets).index.list(), []);
    });

    it('that is damaged is used as far as it is usable', async () => {
      for (const damaged of ['', 'x', 'null', '[]', '7', '{"organizations":7,"removed":"x"}']) {
        await secrets.store('checkpointPermissions.index', damaged);
        assert.deepEqual(await openWindow(secrets).index.list(), []);
      }
      const { admin, index } = openWindow(secrets);
      await secrets.store(
        'checkpointPermissions.index',
        '{"organizations":{"a.b":{},"x":null},"removed":[7]}',
      );
      await admin.set('one', saved, about);
      assert.deepEqual(
        (await index.list()).map(({ profile }) => profile),
        ['one'],
      );
    });

    it('has the new name of a renamed organization, and nothing of one without keys', async () => {
      const { admin, index } = openWindow(secrets);
      await admin.set('one', saved, about);
      await index.describe('one', { ...about, name: 'Live' });
      await index.describe('two', about);
      assert.deepEqual(
        (await index.list()).map((each) => each.about?.name),
        ['Live'],
      );
    });

    it('Truth 21: a key that the storage lost is known to be gone, until it is saved again or removed', async () => {
      const { admin } = openWindow(secrets);
      assert.equal(await admin.isLost('one'), false, 'it was never saved');
      await admin.set('one', saved, about);
      assert.equal(await admin.isLost('one'), false);
      // At a restart without a keyring, or by another tab, everything is gone.
      secrets.kept.clear();
      assert.equal(await admin.get('one'), undefined);
      assert.equal(await admin.isLost('one'), true);
      await admin.set('one', saved, about);
      assert.equal(await admin.isLost('one'), false);
      secrets.kept.clear();
      await admin.remove('one');
      assert.equal(await admin.isLost('one'), false);
    });

    it('Truth 21: a key that another profile of VS Code saved is remembered, and its removal there is no loss', async () => {
      const [one, two] = [openWindow(secrets), openWindow(secrets)];
      await one.admin.set('one', saved, about);
      const there = await two.admin.get('one');
      assert.ok(there);
      await two.admin.remember('one', there);
      await one.admin.remove('one');
      assert.equal(await two.admin.isLost('one'), false);
      assert.deepEqual(two.memory.keys(), [], 'and it is forgotten');
      await one.admin.set('one', saved, about);
      await two.admin.remember('one', (await two.admin.get('one')) ?? saved);
      secrets.kept.clear();
      assert.equal(await two.admin.isLost('one'), true);
    });

    it('Truth 21: no window takes a key for lost while another one removes it', async () => {
      const memory = new FakeMemento();
      const [one, two] = [openWindow(secrets, memory), openWindow(secrets, memory)];
      await one.admin.set('one', saved, about);
      const seen: Promise<boolean>[] = [];
      secrets.onDidChange(() => seen.push(two.admin.isLost('one')));
      await one.admin.remove('one');
      assert.ok(seen.length > 1);
      assert.deepEqual([...new Set(await Promise.all(seen))], [false]);
    });

    it('a key that can’t be removed is still remembered', async () => {
      const { admin, index } = openWindow(secrets);
      await admin.set('one', saved, about);
      secrets.fault = { on: 'delete', error: new Error('locked'), name: adminKeyName('one') };
      await assert.rejects(admin.remove('one'), { problem: 'remove' });
      secrets.fault = undefined;
      assert.equal((await index.of('one')).hasAdminKey, true);
    });
  });
}

describe('the index of keys', () => {
  it('Truth 21: finds keys without an entry where the storage lists its names', async () => {
    const secrets = new ListingSecrets();
    const { admin, projects, index } = openWindow(secrets);
    await admin.set('one', saved, about);
    await projects.set('two', web, { key: 'test-web-key', origin });
    secrets.kept.delete('checkpointPermissions.index');
    assert.deepEqual(await index.list(), [
      { profile: 'one', hasAdminKey: true, projectKeys: [] },
      { profile: 'two', hasAdminKey: false, projectKeys: [{ project: 'proj_web', label: 'proj_web' }] },
    ]);
    secrets.keys = () => Promise.reject(new Error('locked'));
    assert.deepEqual(await index.list(), []);
  });
});

/** Resolves when the windows have written what they noticed. */
async function settled(...windows: ReturnType<typeof openWindow>[]): Promise<void> {
  for (const { index } of [...windows, ...windows]) await index.describe('nobody', about);
}
