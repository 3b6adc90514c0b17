import assert from 'node:assert/strict';
import { planGrants } from '../../src/access/plan/plan';
import { sourceAge } from '../../src/access/thresholds';
import { PermissionDeniedError } from '../../src/openai';
import type { PermissionNode } from '../../src/views/shared/nodes';
import {
  checkpointsHaveAllAccess,
  copying,
  skippedNotLoaded,
  sourceOwnerUnknown,
} from '../../src/words/changes';
import { explain } from '../../src/words/errors';
import { projectName } from '../../src/words/names';
import { changesMade } from '../../src/words/outcomes';
import { changedSincePreview, planQuestion } from '../../src/words/plan';
import { faults } from '../emulator';
import { assertSays } from '../says';
import { checkpoint, run, step, useStage } from './support/extension';

/** What the server of these tests answers to a request that its key may not make. */
const refused = new PermissionDeniedError(403, { message: 'no' }, undefined, undefined);

describe('Copy Access From…', () => {
  const stage = useStage(3);

  const last = () => stage.person.told.at(-1) ?? '';
  const lastModal = () => stage.person.shown.findLast(({ kind }) => kind === 'modal')?.text ?? '';
  const add = (name: string) => stage.scene.emulator.organization.state.addProject(name).id;

  function grantBehindTheBack(id: string, project: string): void {
    const { state } = stage.scene.emulator.organization;
    const found = state.checkpoints.get(id);
    if (found) state.addPermission(found, project);
  }

  it('gives a checkpoint the access of another one, without a revoke', async () => {
    const own = stage.scene.newProject();
    grantBehindTheBack(step, own);
    const { node } = await stage.scene.expand(step);
    stage.person.picks(['host-test']).picks([copying.addMissing]).presses('Grant');
    await run('copyAccessFrom', node);
    const expected = [...stage.scene.projectsOnServer(checkpoint), own];
    assert.deepEqual(stage.scene.projectsOnServer(step).sort(), expected.sort());
    assert.deepEqual(stage.scene.sent, [
      'GET permissions.list',
      'GET permissions.list',
      'POST permissions.create',
      'GET permissions.list',
    ]);
  });

  it('Truth 6: shows the plan again when the source lost access while the preview was open', async () => {
    const organization = await stage.scene.organization();
    const store = organization.permissions;
    const clock = store as { now: () => number };
    const { now } = clock;
    const { node } = await stage.scene.expand(step);
    const { permissions } = await store.readAgain(checkpoint);
    const [gone] = permissions;
    assert.ok(gone);
    stage.person.picks(['host-test']).picks([copying.addMissing]).presses('Grant').presses('Grant');
    let asked = 0;
    stage.person.onAsked = (text) => {
      if (!text.includes(planQuestion(planGrants([step], ['a', 'b', 'c'])))) return;
      asked += 1;
      // Somebody takes it off the source, and the preview stands open for longer than the source may be old.
      stage.scene.emulator.organization.state.checkpoints.get(checkpoint)?.permissions.remove(gone.id);
      clock.now = () => now() + 2 * sourceAge;
    };
    try {
      await run('copyAccessFrom', node);
    } finally {
      clock.now = now;
    }
    assert.equal(asked, 1);
    const removed = planGrants([step], [gone.project_id]).steps;
    assertSays(lastModal(), changedSincePreview(organization, { added: [], removed }));
    assert.ok(!stage.scene.projectsOnServer(step).includes(gone.project_id));
    assert.equal(stage.scene.projectsOnServer(step).length, 2);
  });

  it('makes two checkpoints the same, as one plan that grants and revokes', async () => {
    const own = stage.scene.newProject();
    grantBehindTheBack(step, own);
    stage.person
      .picks([copying.betweenCheckpoints])
      .picks(['host-test · step 24'])
      .picks(['host-test'])
      .picks([copying.match])
      .presses('Apply');
    await run('copyAccessFrom');
    assert.match(lastModal(), /^Grant 3 permissions and revoke 1 for .*• Revoke: .*\n.*• Grant: /s);
    assert.deepEqual(stage.scene.changes, ['POST permissions.create', 'DELETE permissions.delete']);
    assert.deepEqual(
      stage.scene.projectsOnServer(step).sort(),
      stage.scene.projectsOnServer(checkpoint).sort(),
    );
    assertSays(last(), changesMade([step], { done: 3, total: 3 }, { done: 1, total: 1 }));
  });

  it('gives a project what another one can use, over the checkpoints of the list', async () => {
    grantBehindTheBack(step, add('The source'));
    const { rows } = await stage.scene.expand();
    const node = rows.find((row): row is PermissionNode => row.kind === 'permission');
    assert.ok(node);
    const target = node.permission.project_id;
    stage.person.picks(['The source']).picks([copying.match]).presses('Apply');
    await run('copyAccessFrom', node);
    assert.ok(stage.scene.projectsOnServer(step).includes(target));
    assert.ok(!stage.scene.projectsOnServer(checkpoint).includes(target), 'the source has no access to it');
  });

  it('matches a project that has a second permission on a page that was not loaded', async () => {
    const { organization } = stage.scene.emulator;
    const [from, to] = [add('The source'), add('The target')];
    const many = Array.from({ length: 110 }, (_, index) => add(`Many ${index}`));
    organization.addCheckpoint(step, { permissions: [to, ...many] });
    grantBehindTheBack(step, to);
    grantBehindTheBack(checkpoint, from);
    stage.person
      .picks([copying.betweenProjects])
      .picks(['The target'])
      .picks(['The source'])
      .picks([copying.match])
      .presses('Apply');
    await run('copyAccessFrom');
    assert.deepEqual(stage.scene.projectsOnServer(step), many);
    assert.ok(stage.scene.projectsOnServer(checkpoint).includes(to));
  });

  it('gives access to a project of the view By Project', async () => {
    await stage.scene.expand();
    const rows = await stage.scene.services.projectsTree.getChildren();
    const row = rows.find((each) => each.kind === 'project');
    assert.ok(row);
    stage.person.cancels();
    await run('copyAccessFrom', row);
    const name = projectName(row.organization, row.project);
    assertSays(stage.person.shown.at(-1)?.text, copying.titleTo(name), copying.fromWhichProject(name));
  });

  it('says the cost of loading before it loads', async () => {
    add('The source');
    add('The target');
    stage.person.picks([copying.betweenProjects]).picks(['The target']).picks(['The source']).cancels();
    const before = stage.scene.sent.length;
    await run('copyAccessFrom');
    assert.equal(stage.scene.sent.length, before);
    assert.equal(stage.person.shown.filter(({ kind }) => kind === 'picker').length, 4);
  });

  it('sends nothing when both have the same access already', async () => {
    const { node } = await stage.scene.expand(step);
    for (const project of stage.scene.projectsOnServer(checkpoint)) grantBehindTheBack(step, project);
    await (await stage.scene.organization()).permissions.readAgain(step);
    stage.person.picks(['host-test']).picks([copying.match]);
    await run('copyAccessFrom', node);
    assert.equal(
      last(),
      `${checkpointsHaveAllAccess([step], checkpoint)} ${sourceOwnerUnknown(checkpoint, false)}`,
    );
    assert.deepEqual(stage.scene.changes, []);
  });

  it('never treats a checkpoint that can’t be loaded as one without access', async () => {
    const { node } = await stage.scene.expand(step);
    stage.scene.emulator.fail('permissions.list', faults.status(403));
    stage.person.picks(['host-test']).picks([copying.match]);
    await run('copyAccessFrom', node);
    assertSays(last(), explain(refused).what);
    assert.deepEqual(stage.scene.changes, []);
  });

  it('skips a checkpoint that can’t be loaded, and says so', async () => {
    const target = add('The target');
    grantBehindTheBack(checkpoint, add('The source'));
    stage.scene.emulator.fail({ method: 'GET', path: /ckpt-step-24/ }, faults.status(403));
    stage.person
      .picks([copying.betweenProjects])
      .picks(['The target'])
      .picks(['The source'])
      .picks([copying.addMissing])
      .presses('Grant');
    await run('copyAccessFrom');
    assertSays(lastModal(), skippedNotLoaded(step, refused));
    assert.ok(stage.scene.projectsOnServer(checkpoint).includes(target));
  });

  for (const [where, arrange] of Object.entries({
    'at the kind': () => stage.person.cancels(),
    'at the target': () => stage.person.picks([copying.betweenCheckpoints]).cancels(),
    'at the source': () => stage.person.picks([copying.betweenCheckpoints]).picks(['host-test']).cancels(),
    'at the way': () =>
      stage.person
        .picks([copying.betweenCheckpoints])
        .picks(['host-test'])
        .picks(['host-test · step 24'])
        .cancels(),
    'at the plan': () =>
      stage.person
        .picks([copying.betweenCheckpoints])
        .picks(['host-test · step 24'])
        .picks(['host-test'])
        .picks([copying.addMissing])
        .cancels(),
    'at the project': () => stage.person.picks([copying.betweenProjects]).cancels(),
  })) {
    it(`canceled ${where}, changes nothing`, async () => {
      arrange();
      await run('copyAccessFrom');
      assert.deepEqual(stage.scene.changes, []);
    });
  }
});
