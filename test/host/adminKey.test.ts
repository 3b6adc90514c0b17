import assert from 'node:assert/strict';
import type { Services } from '../../src/commands/shared/services';
import { keptWithoutAdminKey, keyMissing, noKey, saveUnverifiedKey } from '../../src/words/keys';
import { keyForOtherHost, noAdminKey } from '../../src/words/organizations';
import { commandTitles } from '../../src/words/titles';
import { type Fault, faults } from '../emulator';
import { run, Scene, setSetting } from './support/extension';
import { Person } from './support/person';

describe('the admin API key', () => {
  let scene: Scene;
  let person: Person;

  before(async () => {
    scene = await Scene.begin();
  });
  after(() => scene.end());
  beforeEach(async () => {
    scene.emulator.reset();
    await scene.forgetAll();
    await setSetting('baseUrl', scene.emulator.baseURL);
    person = new Person();
    person.sitsDown();
  });
  afterEach(() => person.leaves());

  const saved = () => scene.services.keys.get('default');
  const kind = async () => (await scene.services.current.get()).kind;

  it('is checked with one request, then saved for the origin it was checked at', async () => {
    person.types(`  ${scene.emulator.adminAPIKey}\n`);
    await run('setAdminKey');
    const { id, ...kept } = (await saved()) ?? {};
    const { adminAPIKey: key, origin } = scene.emulator;
    assert.deepEqual(kept, { key, origin, organization: 'harbor-labs' });
    assert.ok(id && !id.includes(key));
    assert.deepEqual(scene.sent, ['GET adminAPIKeys.list']);
    assert.equal(await kind(), 'organization');
  });

  it('that the API rejects is not saved, and the message has the reason', async () => {
    person.types('wrong-key');
    await run('setAdminKey');
    assert.equal(await saved(), undefined);
    assert.match(
      person.told.at(-1) ?? '',
      /wasn't saved\. The API rejected the admin API key\..*Incorrect API key/,
    );
  });

  it('that lacks a scope is not called invalid, and is saved only after a question', async () => {
    scene.emulator.removeScopes('api.management.read');
    person.types(scene.emulator.adminAPIKey).cancels();
    await run('setAdminKey');
    assert.equal(await saved(), undefined);
    person.types(scene.emulator.adminAPIKey).presses('Save Anyway');
    await run('setAdminKey');
    assert.ok(await saved());
    const modal = person.shown.find((each) => each.kind === 'modal')?.text ?? '';
    assert.ok(modal.includes(saveUnverifiedKey({ kind: 'admin API key' }, 'notAllowed')), modal);
    assert.match(modal, /lacks the api\.management\.read scope/);
  });

  const failing: Readonly<Record<string, Fault>> = {
    'a failing server': faults.status(500, { headers: { 'x-should-retry': 'false' } }),
    'a sign-in page': faults.html(200),
    'a redirect': faults.redirect('https://elsewhere.invalid/'),
  };
  for (const [name, fault] of Object.entries(failing)) {
    it(`is not saved because of ${name}`, async () => {
      scene.emulator.fail(undefined, fault);
      person.types(scene.emulator.adminAPIKey);
      await run('setAdminKey');
      assert.equal(await saved(), undefined);
      assert.match(person.told.at(-1) ?? '', /wasn't saved/);
    });
  }

  it('sends no request when the question is canceled or left empty', async () => {
    person.cancels();
    await run('setAdminKey');
    for (const nothing of ['', '   ']) {
      person.types(nothing);
      await run('setAdminKey');
    }
    person.types('two words');
    await run('setAdminKey');
    const missing = keyMissing['admin API key'];
    assert.deepEqual(person.told, [missing, missing, noKey]);
    assert.deepEqual(scene.sent, []);
    assert.equal(await saved(), undefined);
  });

  it('is not asked for when the base URL is not safe for it', async () => {
    await setSetting('baseUrl', 'http://example.invalid/v1');
    await run('setAdminKey');
    assert.match(person.told.at(-1) ?? '', /https/);
    assert.equal(person.shown.filter((each) => each.kind === 'input').length, 0);
  });

  it('set in another window is picked up', async () => {
    assert.equal(await kind(), 'none');
    await scene.saveKey(scene.emulator.adminAPIKey);
    assert.equal(await kind(), 'organization');
  });

  it('is not sent to another origin, and a warning names its own', async () => {
    await scene.saveKey(scene.emulator.adminAPIKey);
    await setSetting('baseUrl', 'https://elsewhere.invalid/v1');
    assert.equal(await kind(), 'elsewhere');
    await run('grant');
    const { origin: savedFor } = scene.emulator;
    const words = keyForOtherHost({ savedFor, now: 'https://elsewhere.invalid', isAdded: false });
    assert.equal(person.told.at(-1), words);
    await setSetting('baseUrl', scene.emulator.baseURL);
    assert.equal(await kind(), 'organization');
    assert.deepEqual(scene.sent, []);
  });

  it('is removed after a question that says what stays; canceled, it stays', async () => {
    await scene.saveKey(scene.emulator.adminAPIKey);
    person.cancels();
    await run('removeAdminKey');
    assert.ok(await saved());
    person.presses('Remove');
    await run('removeAdminKey');
    assert.equal(await saved(), undefined);
    assert.equal(await kind(), 'none');
    assert.ok(person.shown.at(-1)?.text.includes(keptWithoutAdminKey(0)));
    await run('removeAdminKey');
    assert.match(person.told.at(-1) ?? '', /Nothing was removed/);
  });

  it('without one, commands say what to do', async () => {
    for (const name of [
      'grant',
      'revoke',
      'addCheckpoint',
      'removeFromList',
      'refresh',
      'copyPermissionId',
    ] as const) {
      await run(name);
      assert.match(person.told.at(-1) ?? '', new RegExp(`^${noAdminKey(undefined)}`));
      const { setAdminKey, exploreSample } = commandTitles;
      assert.deepEqual(person.shown.at(-1)?.buttons, [setAdminKey, exploreSample]);
    }
    assert.deepEqual(scene.sent, []);
  });

  describe('when the keyring fails', () => {
    const broken = new Error('org.freedesktop.secrets was not provided by any .service files');
    let original: Services['keys']['get'];

    function breakKeyring(method: 'get' | 'store'): () => void {
      const secrets = (scene.services.keys as unknown as { secrets: Record<string, unknown> }).secrets;
      const before = secrets[method];
      Object.defineProperty(secrets, method, {
        configurable: true,
        writable: true,
        value: () => Promise.reject(broken),
      });
      return () =>
        Object.defineProperty(secrets, method, { configurable: true, writable: true, value: before });
    }

    it('to save, its error is shown, and no message claims that the key was saved', async () => {
      original = scene.services.keys.get;
      assert.ok(original);
      const mend = breakKeyring('store');
      person.types(scene.emulator.adminAPIKey);
      await run('setAdminKey');
      mend();
      assert.match(person.told.at(-1) ?? '', /couldn't save the key\..*\(org\.freedesktop\.secrets/);
      assert.equal(await saved(), undefined);
    });

    it('to be read, the view says so instead of asking for a key', async () => {
      const mend = breakKeyring('get');
      await scene.services.current.chooseSample(false);
      const [row] = await scene.services.tree.getChildren();
      mend();
      assert.ok(row?.kind === 'failure');
      assert.match(row.what, /couldn't read the key/);
      assert.match(row.detail ?? '', /^org\.freedesktop\.secrets/);
      await scene.services.current.chooseSample(false);
    });
  });
});
