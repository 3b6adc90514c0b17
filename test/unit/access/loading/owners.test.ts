import assert from 'node:assert/strict';
import { Owners, type OwnersRecord } from '../../../../src/access/loading/owners';
import type { OrganizationIdentity } from '../../../../src/access/organizationIdentity';
import { MissingScopes } from '../../../../src/access/plan/missingScopes';
import { APIError } from '../../../../src/openai/index';
import { checkpoint } from '../support';

const here: OrganizationIdentity = {
  origin: 'https://api.example',
  organization: 'harbor-labs',
  key: 'key-1',
};
const owned = (project: string) => {
  const message = `Cannot modify checkpoint permissions for the owning project: ${project}`;
  return new APIError(400, { message }, undefined, undefined);
};

/** The storage that windows and sessions share. */
function memory(kept?: unknown) {
  return {
    kept,
    writes: 0,
    read() {
      return this.kept;
    },
    async write(record: OwnersRecord) {
      this.writes += 1;
      this.kept = JSON.parse(JSON.stringify(record));
    },
  };
}

describe('the owners that the server told of', () => {
  const step = `${checkpoint}:ckpt-step-7`;
  let now = 1000;
  const open = (storage = memory(), whose: OrganizationIdentity | undefined = here) =>
    new Owners(() => now, whose, storage);

  async function told(storage = memory()) {
    now = 1000;
    const owners = open(storage);
    owners.learn(checkpoint, owned('proj_owner'));
    await owners.settled();
    return storage;
  }

  it('are known after a restart, as old as they are', async () => {
    const storage = await told();
    now = 9000;
    assert.deepEqual(open(storage).get(checkpoint), { project: 'proj_owner', at: 1000 });
    assert.equal(open(storage).projectOf(step), undefined);
  });

  it('are known with a new key of the same organization, and with no other', async () => {
    const storage = await told();
    const { origin } = here;
    const of = (whose: OrganizationIdentity | undefined) =>
      new Owners(() => now, whose, storage).projectOf(checkpoint);
    assert.equal(of({ ...here, key: 'key-2' }), 'proj_owner');
    assert.equal(of({ origin, key: 'key-1' }), 'proj_owner');
    assert.equal(of({ origin, organization: 'juniper', key: 'key-2' }), undefined);
    assert.equal(of({ origin, key: 'key-2' }), undefined, 'where nobody tells, the server is asked anew');
    assert.equal(of({ ...here, origin: 'https://gateway.example' }), undefined);
    assert.equal(of(undefined), undefined);
  });

  it('are replaced by those of another organization, not mixed with them', async () => {
    const storage = await told();
    const other = open(storage, { ...here, organization: 'juniper', key: 'key-2' });
    other.learn(step, owned('proj_other'));
    await other.settled();
    assert.equal(open(storage).projectOf(step), undefined);
    const { owners } = storage.kept as OwnersRecord;
    assert.deepEqual(
      owners.map(({ project }) => project),
      ['proj_other'],
    );
  });

  it('of two windows are kept together, and told again are as old as the last word', async () => {
    const storage = memory();
    const [one, two] = [open(storage), open(storage)];
    one.learn(checkpoint, owned('proj_a'));
    await one.settled();
    now = 5000;
    two.learn(step, owned('proj_b'));
    two.learn(checkpoint, owned('proj_a'));
    await two.settled();
    one.reload();
    assert.deepEqual(one.get(step), { project: 'proj_b', at: 5000 });
    assert.deepEqual(one.get(checkpoint), { project: 'proj_a', at: 5000 });
    assert.equal((storage.kept as OwnersRecord).owners.length, 2);
  });

  it('tell of each that becomes known, once', () => {
    const owners = open();
    const heard: string[] = [];
    owners.onDidChange((id) => heard.push(id));
    owners.learn(checkpoint, owned('proj_a'));
    owners.learn(checkpoint, owned('proj_a'));
    owners.learn(checkpoint, new Error('something else'));
    assert.deepEqual(heard, [checkpoint]);
  });

  it('are the last thousand', async () => {
    const storage = memory();
    const owners = open(storage);
    for (now = 1; now <= 1005; now += 1) owners.learn(`${checkpoint}:ckpt-step-${now}`, owned('proj_a'));
    await owners.settled();
    const { owners: kept } = storage.kept as OwnersRecord;
    assert.deepEqual([kept.length, kept[0]?.at, kept.at(-1)?.at], [1000, 1005, 6]);
  });

  it('are kept no more once the organization was let go of', async () => {
    const storage = memory();
    const owners = open(storage);
    owners.dispose();
    owners.learn(checkpoint, owned('proj_a'));
    await owners.settled();
    assert.equal(storage.writes, 0);
  });

  it('that cannot be kept are known until the end of the session', async () => {
    const owners = new Owners(() => now, here, {
      read: () => undefined,
      write: () => Promise.reject(new Error('no room')),
    });
    owners.learn(checkpoint, owned('proj_a'));
    await owners.settled();
    assert.equal(owners.projectOf(checkpoint), 'proj_a');
  });

  for (const [what, kept] of Object.entries({
    nothing: undefined,
    text: 'text',
    'a later version': { version: 2, whose: here, owners: [{ checkpoint, project: 'proj_a', at: 1 }] },
    'no list': { version: 1, whose: here, owners: { checkpoint } },
    'damaged entries': {
      version: 1,
      whose: here,
      owners: [
        null,
        'text',
        { checkpoint: 'gpt-4.1', project: 'proj_a', at: 1 },
        { checkpoint, project: 3, at: 1 },
        { checkpoint, project: '', at: 1 },
        { checkpoint, project: 'p'.repeat(300), at: 1 },
        { checkpoint, project: 'proj_a', at: 'yesterday' },
      ],
    },
  })) {
    it(`are none where ${what} is kept`, () => {
      assert.equal(open(memory(kept)).projectOf(checkpoint), undefined);
    });
  }
});

describe('the scopes that a key lacks', () => {
  const write = 'api.fine_tuning.checkpoints.write';
  const lacks = (scope: string) => {
    const message = `You have insufficient permissions for this operation. Missing scopes: ${scope}.`;
    return new APIError(401, { message }, undefined, undefined);
  };

  it('are known for a while, for the checkpoint where the server refused', () => {
    let now = 0;
    const scopes = new MissingScopes(() => now);
    scopes.learn('one', lacks(write));
    assert.deepEqual([scopes.of('one'), scopes.of('other')], [[write], []]);
    now = 10 * 60_000;
    assert.deepEqual(scopes.of('one'), []);
  });

  it('are forgotten everywhere once a change is accepted anywhere, and by nothing else', () => {
    const scopes = new MissingScopes(() => 0);
    scopes.learn('one', lacks(write));
    scopes.learn('two', lacks(write));
    scopes.learn('one', new Error('the network'));
    scopes.learn('three', lacks('api.model.read'));
    assert.deepEqual([scopes.of('one'), scopes.of('two'), scopes.of('three')], [[write], [write], []]);
    scopes.learn('three', undefined);
    assert.deepEqual([scopes.of('one'), scopes.of('two')], [[], []]);
  });
});
