import assert from 'node:assert/strict';
import { NotFoundError } from '../../src/openai';
import type { PermissionNode } from '../../src/views/shared/nodes';
import { applyChanges } from '../../src/words/changesTab';
import { explain } from '../../src/words/errors';
import { changesMade, retryButton } from '../../src/words/outcomes';
import { doubtInWords } from '../../src/words/standing';
import { faults } from '../emulator';
import { assertSays } from '../says';
import { checkpoint, run, useStage } from './support/extension';

describe('Revoke Access…', () => {
  const stage = useStage(12);

  const revoked = (done: number, total = done) =>
    changesMade([checkpoint], { done: 0, total: 0 }, { done, total });

  async function permissions(): Promise<PermissionNode[]> {
    const { rows } = await stage.scene.expand();
    return rows.filter((row): row is PermissionNode => row.kind === 'permission');
  }

  it('on a permission: names checkpoint and project, revokes it, shows the confirmed list', async () => {
    const [node] = await permissions();
    assert.ok(node);
    stage.person.presses('Revoke');
    await run('revoke', node);
    assert.deepEqual(stage.scene.sent, [
      'GET permissions.list',
      'DELETE permissions.delete',
      'GET permissions.list',
    ]);
    const modal = stage.person.shown.find(({ kind }) => kind === 'modal');
    for (const part of [checkpoint, node.permission.project_id, node.permission.id]) {
      assert.ok(modal?.text.includes(part));
    }
    assert.deepEqual(modal?.buttons, ['Revoke']);
    assert.ok(!(await permissions()).some(({ permission }) => permission.id === node.permission.id));
    assert.equal(stage.scene.sent.length, 3);
  });

  it('on a selection: revokes all of it', async () => {
    const nodes = (await permissions()).slice(0, 3);
    stage.person.presses('Revoke');
    await run('revoke', nodes[0], nodes);
    assert.equal(stage.scene.projectsOnServer().length, 9);
    assertSays(stage.person.told.at(-1), revoked(3));
  });

  it('of ten with two failures: eight are revoked, two explained, and Retry repeats those two', async () => {
    const nodes = (await permissions()).slice(0, 10);
    const failing = nodes.slice(4, 6);
    for (const { permission } of failing) {
      stage.scene.emulator.fail({ method: 'DELETE', path: new RegExp(permission.id) }, faults.status(403), 1);
    }
    stage.person.presses(applyChanges(10)).willPressInMessage(retryButton);
    await run('revoke', nodes[0], nodes);
    const told = stage.person.told.find((text) => text.includes(revoked(8, 10))) ?? '';
    const { projects } = await stage.scene.organization();
    for (const { permission } of failing)
      assert.ok(told.includes(projects.nameOf(permission.project_id) ?? '?'), told);
    const { failed = [] } = stage.person.shown.find(({ kind }) => kind === 'result') ?? {};
    assert.deepEqual(
      failed.map((outcome) => 'error' in outcome && (outcome.error as { status?: number }).status),
      [403, 403],
    );
    await stage.scene.emulator.ended(12, 'permissions.delete');
    await stage.scene.emulator.ended(3, 'permissions.list');
    assert.equal(stage.scene.projectsOnServer().length, 2);
  });

  it('without an argument: asks for the checkpoint, then for permissions, several at once', async () => {
    stage.person
      .picks(['host-test'])
      .picks((_label, index) => index < 4)
      .presses('Revoke');
    await run('revoke');
    assert.equal(stage.scene.projectsOnServer().length, 8);
  });

  it('on a checkpoint: asks for its permissions', async () => {
    const { node } = await stage.scene.expand();
    stage.person.picks((_label, index) => index === 0).presses('Revoke');
    await run('revoke', node);
    assert.equal(stage.scene.projectsOnServer().length, 11);
  });

  it('says in the picker when there are more than loaded', async () => {
    await stage.scene.reset(250);
    stage.person.picks(['host-test']).cancels();
    await run('revoke');
    const standing = (await stage.scene.organization()).standingOf(checkpoint);
    assert.equal(standing.count, 100);
    assertSays(stage.person.shown.at(-1)?.text, doubtInWords.moreToLoad(standing, Date.now()));
  });

  it('says when the permissions can’t be loaded for the picker', async () => {
    stage.scene.emulator.fail('permissions.list', faults.status(404));
    stage.person.picks(['host-test']);
    await run('revoke');
    const refused = new NotFoundError(404, {}, undefined, undefined);
    assertSays(stage.person.told.at(-1), explain(refused).what);
    assert.deepEqual(stage.scene.changes, []);
  });

  describe('canceled', () => {
    const ways: Readonly<Record<string, () => void>> = {
      'at the checkpoint': () => stage.person.cancels(),
      'at the permissions': () => stage.person.picks(['host-test']).cancels(),
      'with none chosen': () => stage.person.picks(['host-test']).picks(() => false),
      'at the question': () =>
        stage.person
          .picks(['host-test'])
          .picks((_label, index) => index < 2)
          .cancels(),
    };
    for (const [name, arrange] of Object.entries(ways)) {
      it(`${name} sends nothing`, async () => {
        arrange();
        await run('revoke');
        assert.deepEqual(stage.scene.changes, []);
      });
    }
  });
});
