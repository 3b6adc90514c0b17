import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { AdminKeys, KeyringError } from '../../../src/credentials/adminKeys';
import { KeyIndex } from '../../../src/credentials/keyIndex';
import { ProjectKeys } from '../../../src/credentials/projectKeys';
import { adminKeyName, projectKeyName } from '../../../src/credentials/secretNames';
import { stateItem } from '../../../src/organizations/stateItem';
import { FakeMemento } from '../organizations/memento';
import { FakeSecrets } from './secrets';

const origin = 'https://api.openai.com';
const web = { project: 'proj_web', label: 'Website' };
const bot = { project: 'proj_bot', label: 'Bot' };
const [webKey, botKey] = ['test-project-key-of-web', 'test-project-key-of-bot'];

describe('project API keys', () => {
  let secrets: FakeSecrets;
  let memory: FakeMemento;
  let keys: ProjectKeys;
  beforeEach(() => {
    secrets = new FakeSecrets();
    memory = new FakeMemento();
    keys = open();
  });

  function open(): ProjectKeys {
    return new ProjectKeys(
      secrets as unknown as SecretStorage,
      (profile) => stateItem(memory, `projectKeys.${profile}`),
      async () => new KeyIndex(secrets as unknown as SecretStorage),
    );
  }
  function openAdmin(): AdminKeys {
    return new AdminKeys(
      secrets as unknown as SecretStorage,
      async () => new KeyIndex(secrets as unknown as SecretStorage),
      (profile) => stateItem(memory, `keySaved.${profile}`),
    );
  }
  const set = (entry = web, key = webKey, profile = 'one') => keys.set(profile, entry, { key, origin });

  it('are stored one for each project, bound to their origin, and listed by label', async () => {
    await set();
    await set(bot, botKey);
    assert.deepEqual(open().list('one'), [bot, web]);
    assert.deepEqual(await open().get('one', web.project), { key: webKey, origin });
    assert.deepEqual(await open().get('one', bot.project), { key: botKey, origin });
    assert.equal(await keys.get('one', 'proj_other'), undefined);
  });

  it('are replaced, with their label, and removed', async () => {
    await set();
    await set({ ...web, label: 'Shop' }, botKey);
    assert.deepEqual(keys.list('one'), [{ ...web, label: 'Shop' }]);
    assert.equal((await keys.get('one', web.project))?.key, botKey);
    await keys.remove('one', web.project);
    assert.deepEqual(keys.list('one'), []);
    assert.equal(secrets.kept.size, 0);
  });

  it('belong to one organization', async () => {
    await set();
    await set(bot, botKey, 'two');
    assert.deepEqual(keys.list('two'), [bot]);
    assert.equal(await keys.get('two', web.project), undefined);
    await keys.removeAll('one');
    assert.deepEqual([keys.list('one'), keys.list('two')], [[], [bot]]);
    assert.equal((await keys.get('two', bot.project))?.key, botKey);
  });

  it('and admin API keys don’t trigger each other’s events', async () => {
    const admin = openAdmin();
    const heard: string[] = [];
    admin.onDidChange((profile) => heard.push(`admin ${profile}`));
    keys.onDidChange(({ profile, project }) => heard.push(`${profile} ${project}`));
    await admin.set('one', { key: 'test-admin-key', origin });
    await set();
    await keys.remove('one', web.project);
    assert.deepEqual(heard, ['admin one', 'one proj_web', 'one proj_web']);
    assert.equal((await admin.get('one'))?.key, 'test-admin-key');
  });

  it('have admin API keys beside them with a random ID, which stays when the same key is saved again', async () => {
    const admin = openAdmin();
    const idOf = async (key: string, organization?: string) => {
      await admin.set('one', { key, origin, ...(organization && { organization }) });
      return (await admin.get('one'))?.id;
    };
    const first = await idOf('test-admin-key');
    assert.match(first ?? '', /^[\da-f-]{36}$/);
    assert.equal(await idOf('test-admin-key', 'harbor-labs'), first);
    assert.equal((await admin.get('one'))?.organization, 'harbor-labs');
    const second = await idOf('test-other-key');
    assert.notEqual(second, first);
    assert.notEqual(await idOf('test-admin-key'), first, 'what was replaced is not remembered');
    secrets.kept.set(adminKeyName('one'), JSON.stringify({ key: 'k', origin, id: 3 }));
    assert.deepEqual(await admin.get('one'), { key: 'k', origin });
  });

  it('are in the secret storage only, also when the label contains the key', async () => {
    await set({ ...web, label: `my ${webKey}` });
    const remembered = memory.keys().map((name) => JSON.stringify([name, memory.get(name)]));
    assert.ok(remembered.length > 0);
    assert.ok(!remembered.join().includes(webKey));
    assert.equal(keys.list('one')[0]?.label, 'my (key)');
  });

  it('set concurrently are all in the index', async () => {
    await Promise.all([set(), set(bot, botKey), keys.remove('one', 'proj_none')]);
    assert.deepEqual(keys.list('one'), [bot, web]);
  });

  it('that the keyring rejects are not listed, and the keyring’s message has no key', async () => {
    const name = projectKeyName('one', web.project);
    secrets.fault = { on: 'store', error: new Error(`no ${webKey} here`), name };
    await assert.rejects(set(), (error) => {
      assert.ok(error instanceof KeyringError);
      assert.deepEqual(
        [error.problem, error.key, error.reason],
        ['save', 'project API key', 'no [redacted] here'],
      );
      assert.ok(!error.message.includes(webKey));
      return true;
    });
    assert.deepEqual(keys.list('one'), []);
    secrets.fault = 'loses';
    await assert.rejects(set(), { name: 'KeyringError', problem: 'notKept' });
    assert.deepEqual(keys.list('one'), []);
  });

  it('stay listed with their old key when a new one is rejected', async () => {
    await set();
    secrets.fault = { on: 'store', error: new Error('locked') };
    await assert.rejects(set({ ...web, label: 'Shop' }, botKey), KeyringError);
    secrets.fault = undefined;
    assert.deepEqual(keys.list('one'), [web]);
    assert.equal((await keys.get('one', web.project))?.key, webKey);
  });

  it('stay listed when they can’t be removed, so that a retry is possible', async () => {
    await set();
    secrets.fault = { on: 'delete', error: new Error('locked') };
    await assert.rejects(keys.removeAll('one'), KeyringError);
    assert.deepEqual(keys.list('one'), [web]);
    secrets.fault = undefined;
    await keys.removeAll('one');
    assert.equal(secrets.kept.size, 0);
  });

  it('that can’t be read throw an error without the value', async () => {
    await set();
    secrets.kept.set(projectKeyName('one', web.project), webKey);
    await assert.rejects(keys.get('one', web.project), (error) => {
      assert.ok(error instanceof KeyringError && error.problem === 'damaged');
      assert.ok(!error.message.includes(webKey));
      return true;
    });
    secrets.fault = { on: 'get', error: new Error('locked') };
    await assert.rejects(keys.get('one', web.project), { problem: 'read', reason: 'locked' });
  });

  it('have an index whose valid entries survive damage to others', async () => {
    await set();
    const kept = [null, 7, { project: 3 }, { project: '' }, web, { project: 'proj_x', label: 9 }, web];
    await memory.update('projectKeys.one', { version: 1, keys: kept });
    assert.deepEqual(keys.list('one'), [{ project: 'proj_x', label: 'proj_x' }, web]);
    for (const damaged of [null, 7, { keys: 'x' }]) {
      await memory.update('projectKeys.one', damaged);
      assert.deepEqual(keys.list('one'), []);
    }
  });
});
