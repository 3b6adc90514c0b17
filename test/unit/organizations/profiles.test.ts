import assert from 'node:assert/strict';
import { defaultProfile } from '../../../src/organizations/profile';
import { Profiles } from '../../../src/organizations/profiles';
import { FakeMemento } from './memento';

const one = { id: 'one', name: 'Production', baseUrl: 'https://gateway.example/v1' };
const two = { id: 'two', name: 'Research', baseUrl: 'https://api.openai.com/v1' };

describe('the profiles', () => {
  let memory: FakeMemento;
  let setting: string;
  beforeEach(() => {
    memory = new FakeMemento();
    setting = 'https://api.openai.com/v1';
  });

  const storage = (): ConstructorParameters<typeof Profiles>[0] => ({
    read: () => memory.get('profiles'),
    write: (value) => memory.update('profiles', value),
  });
  const profiles = () => new Profiles(storage(), () => setting);
  const names = (of: Profiles) => of.all.map(({ name }) => name);

  it('start with the default one, named by the host of the setting', () => {
    const found = profiles();
    assert.deepEqual(found.all, [
      {
        id: defaultProfile,
        name: 'api.openai.com',
        baseUrl: 'https://api.openai.com/v1',
        host: 'api.openai.com',
      },
    ]);
    setting = 'http://localhost:8080/v1';
    assert.equal(found.default.name, 'localhost:8080');
    assert.equal(memory.keys().length, 0, 'nothing is written by looking');
  });

  it('that are added follow it in their order, and survive a restart', async () => {
    const found = profiles();
    await found.add(one);
    await found.add(two);
    assert.deepEqual(names(profiles()), ['api.openai.com', 'Production', 'Research']);
    assert.deepEqual(profiles().find('one'), { ...one, host: 'gateway.example' });
    assert.equal(profiles().find('three'), undefined);
  });

  it('keep their base URL when the setting changes', async () => {
    const found = profiles();
    await found.add(two);
    setting = 'https://elsewhere.example/v1';
    assert.equal(found.find('two')?.baseUrl, two.baseUrl);
    assert.equal(found.default.baseUrl, setting);
  });

  it('are renamed, and the default one without a name uses its host', async () => {
    const found = profiles();
    await found.add(one);
    await found.rename('one', 'Live');
    await found.rename(defaultProfile, 'Mine');
    assert.equal(found.isNamed(defaultProfile), true);
    assert.deepEqual(names(profiles()), ['Mine', 'Live']);
    await found.rename(defaultProfile, '');
    assert.deepEqual(names(profiles()), ['api.openai.com', 'Live']);
    await found.rename('gone', 'Ghost');
    assert.equal(profiles().find('gone'), undefined);
  });

  it('are removed, but the default one is always there', async () => {
    const found = profiles();
    await found.add(one);
    await found.rename(defaultProfile, 'Mine');
    await found.remove('one');
    await found.remove(defaultProfile);
    assert.deepEqual(names(profiles()), ['api.openai.com']);
    assert.equal(found.isNamed(defaultProfile), false);
  });

  it('of two windows are merged: each change starts from the stored ones', async () => {
    const [here, there] = [profiles(), profiles()];
    let told = 0;
    here.onDidChange(() => {
      told += 1;
    });
    await there.add(one);
    await here.add(two);
    assert.deepEqual(names(here), ['api.openai.com', 'Production', 'Research']);
    assert.equal(told, 1);
    await there.rename('two', 'Lab');
    here.reload();
    here.reload();
    assert.equal(here.find('two')?.name, 'Lab');
    assert.equal(told, 2);
    await Promise.all([here.remove('one'), there.rename('two', 'Labs'), here.rename('two', 'Laboratory')]);
    assert.equal(profiles().all.length, 2);
  });

  it('don’t change when they can’t be stored', async () => {
    const full = new Error('disk full');
    const found = new Profiles({ ...storage(), write: () => Promise.reject(full) }, () => setting);
    await assert.rejects(found.add(one), full);
    assert.deepEqual(names(found), ['api.openai.com']);
  });

  it('reduce names to one line without bidi characters, and shorten them', async () => {
    const found = profiles();
    await found.add({ ...one, name: ' a\u202egnol\nname ' });
    await found.add({ ...two, name: 'x'.repeat(500) });
    assert.equal(found.find('one')?.name, 'a gnol name');
    assert.equal(found.find('two')?.name.length, 60);
  });

  describe('have unique labels', () => {
    const labels = async (...added: (typeof one)[]) => {
      const found = profiles();
      for (const each of added) await found.add(each);
      return found.all.map((each) => found.label(each));
    };

    it('by name if names differ', async () =>
      assert.deepEqual(await labels(one, two), ['api.openai.com', 'Production', 'Research']));

    it('by host if names are equal, ignoring case', async () =>
      assert.deepEqual(await labels(one, { ...two, name: 'production' }), [
        'api.openai.com',
        'Production · gateway.example',
        'production · api.openai.com',
      ]));

    it('by number if hosts are equal, too', async () =>
      assert.deepEqual(await labels(one, { ...one, id: 'two' }, { ...two, name: 'api.openai.com' }), [
        'api.openai.com',
        'Production · gateway.example',
        'Production · gateway.example (2)',
        'api.openai.com (2)',
      ]));
  });

  for (const [damage, kept] of Object.entries({
    nothing: null,
    'a number': 7,
    'no list': { version: 1, profiles: 'x' },
    'entries that are none': { profiles: [null, 3, 'x', {}, { id: 7 }, { id: '' }, { id: 'a.b' }] },
    'ids that are taken': { profiles: [{ id: 'sample', name: 'Not a sample' }] },
  })) {
    it(`read ${damage} as no profile`, async () => {
      await memory.update('profiles', kept);
      assert.deepEqual(names(profiles()), ['api.openai.com']);
    });
  }

  it('of which only the ID is readable are listed, so that they can be removed', async () => {
    const damaged = [
      { id: 'one', name: 7, baseUrl: null },
      { id: 'one' },
      { id: 'two', baseUrl: 'nonsense' },
    ];
    await memory.update('profiles', { version: 9, profiles: damaged });
    const found = profiles();
    assert.deepEqual(names(found), ['api.openai.com', 'Unnamed organization', 'Unnamed organization']);
    await found.remove('one');
    assert.deepEqual(
      profiles().all.map(({ id }) => id),
      [defaultProfile, 'two'],
    );
  });

  it('never take the base URL of the default one from stored state', async () => {
    await memory.update('profiles', {
      profiles: [{ id: defaultProfile, name: 'Mine', baseUrl: 'https://elsewhere.example' }],
    });
    assert.equal(profiles().default.baseUrl, setting);
  });

  it('don’t show the user name or password of a base URL', async () => {
    const secret = ['pass', 'word'].join('');
    setting = `https://user:${secret}@gateway.example/v1`;
    const { name, host } = profiles().default;
    assert.deepEqual([name, host], ['gateway.example', 'gateway.example']);
  });
});
