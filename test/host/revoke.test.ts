import assert from 'node:assert/strict';
import type { PermissionNode } from '../../src/views/nodes';
import { faults } from '../emulator';
import { checkpoint, run, Scene } from './support/extension';
import { Person } from './support/person';

describe('Revoke…', () => {
  let scene: Scene;
  let person: Person;

  before(async () => {
    scene = await Scene.begin();
  });
  after(() => scene.end());
  beforeEach(async () => {
    await scene.reset(12);
    person = new Person();
    person.sitsDown();
  });
  afterEach(() => person.leaves());

  async function permissions(): Promise<PermissionNode[]> {
    const { rows } = await scene.expand();
    return rows.filter((row): row is PermissionNode => row.kind === 'permission');
  }

  it('on a permission: names checkpoint and project, revokes it, shows what was read back', async () => {
    const [node] = await permissions();
    assert.ok(node);
    person.presses('Revoke');
    await run('revoke', node);
    assert.deepEqual(scene.sent, [
      'GET permissions.list',
      'DELETE permissions.delete',
      'GET permissions.list',
    ]);
    const modal = person.shown.find(({ kind }) => kind === 'modal');
    for (const part of [checkpoint, node.permission.project_id, node.permission.id]) {
      assert.ok(modal?.text.includes(part));
    }
    assert.deepEqual(modal?.buttons, ['Revoke']);
    assert.ok(!(await permissions()).some(({ permission }) => permission.id === node.permission.id));
    assert.equal(scene.sent.length, 3);
  });

  it('on a selection: revokes all of it', async () => {
    const nodes = (await permissions()).slice(0, 3);
    person.presses('Revoke');
    await run('revoke', nodes[0], nodes);
    assert.equal(scene.projectsOnServer().length, 9);
    assert.match(person.told.at(-1) ?? '', /Revoked 3 permissions/);
  });

  it('of ten, two failing leaves eight revoked and two explained, and Retry does those two', async () => {
    const nodes = (await permissions()).slice(0, 10);
    const failing = nodes.slice(4, 6);
    for (const { permission } of failing) {
      scene.emulator.fail({ method: 'DELETE', path: new RegExp(permission.id) }, faults.status(403), 1);
    }
    person.presses('Revoke').willPressInMessage('Retry');
    await run('revoke', nodes[0], nodes);
    const told = person.told.find((text) => text.includes('8 of 10')) ?? '';
    assert.match(told, /Revoked 8 of 10 permissions/);
    for (const { permission } of failing) assert.ok(told.includes(permission.project_id));
    assert.match(told, /not allowed/);
    await scene.emulator.ended(12, 'permissions.delete');
    await scene.emulator.ended(3, 'permissions.list');
    assert.equal(scene.projectsOnServer().length, 2);
  });

  it('without an argument: asks for the checkpoint, then for permissions, several at once', async () => {
    person
      .picks(['host-test'])
      .picks((_label, index) => index < 4)
      .presses('Revoke');
    await run('revoke');
    assert.equal(scene.projectsOnServer().length, 8);
  });

  it('on a checkpoint: asks for its permissions', async () => {
    const { node } = await scene.expand();
    person.picks((_label, index) => index === 0).presses('Revoke');
    await run('revoke', node);
    assert.equal(scene.projectsOnServer().length, 11);
  });

  it('says so in the picker when there are more than were read', async () => {
    await scene.reset(250);
    person.picks(['host-test']).cancels();
    await run('revoke');
    assert.match(person.shown.at(-1)?.text ?? '', /the newest 100, there are more/);
  });

  it('tells in words when the permissions cannot be read for the picker', async () => {
    scene.emulator.fail('permissions.list', faults.status(404));
    person.picks(['host-test']);
    await run('revoke');
    assert.match(person.told.at(-1) ?? '', /knows no such checkpoint/);
    assert.deepEqual(scene.changes, []);
  });

  describe('cancelled', () => {
    const ways: Readonly<Record<string, () => void>> = {
      'at the checkpoint': () => person.cancels(),
      'at the permissions': () => person.picks(['host-test']).cancels(),
      'with none chosen': () => person.picks(['host-test']).picks(() => false),
      'at the question': () =>
        person
          .picks(['host-test'])
          .picks((_label, index) => index < 2)
          .cancels(),
    };
    for (const [name, arrange] of Object.entries(ways)) {
      it(`${name} sends nothing`, async () => {
        arrange();
        await run('revoke');
        assert.deepEqual(scene.changes, []);
      });
    }
  });
});
