import assert from 'node:assert/strict';
import { env } from 'vscode';
import type { CheckpointNode, ModelNode } from '../../src/views/shared/nodes';
import { checkpointsHaveAllAccess, copying, grantTitleFor } from '../../src/words/changes';
import { applyChanges } from '../../src/words/changesTab';
import { removedInWords } from '../../src/words/checkpointList';
import { formatInWords } from '../../src/words/exports/dialogs';
import { assertSays } from '../says';
import { checkpoint, run, step, useStage } from './support/extension';

const later = `${checkpoint}:ckpt-step-120`;
const other = 'ft:gpt-4.1-mini-2025-04-14:harbor-labs:other:Oo1Tt2Hh';

describe('the row of a model offers what its checkpoints offer', () => {
  const stage = useStage(2);
  const catalog = async () => (await stage.scene.organization()).catalog;

  beforeEach(async () => {
    for (const id of [later, other]) stage.scene.emulator.organization.addCheckpoint(id);
    await (await catalog()).add([later, other]);
    await stage.scene.services.choices.arrangeBy({ grouping: 'model', sort: 'added' });
  });

  async function rows() {
    const root = await stage.scene.services.tree.getChildren();
    const model = root.find((node): node is ModelNode => node.kind === 'model');
    const single = root.find((node): node is CheckpointNode => node.kind === 'checkpoint');
    assert.ok(model && single);
    return { model, single };
  }

  it('Grant Access…: one plan over all its checkpoints', async () => {
    const { model } = await rows();
    const project = stage.scene.newProject();
    stage.person.types(project).presses('Grant');
    await run('grant', model);
    const asked = stage.person.shown.find(({ kind }) => kind === 'picker')?.text;
    assertSays(asked, grantTitleFor([checkpoint, step, later], await stage.scene.organization()));
    for (const id of [checkpoint, step, later])
      assert.ok(stage.scene.projectsOnServer(id).includes(project), id);
    assert.deepEqual(stage.scene.projectsOnServer(other), []);
    assert.equal(stage.scene.changes.length, 3);
    assert.equal(stage.person.shown.filter(({ kind }) => kind === 'modal').length, 1);
  });

  it('Grant Access…: models and checkpoints mixed, each checkpoint once', async () => {
    const { model, single } = await rows();
    const child = stage.scene.services.tree.nodeOf(step);
    const project = stage.scene.newProject();
    stage.person.types(project).presses('Grant');
    await run('grant', single, [single, child, model]);
    for (const id of [checkpoint, step, later, other])
      assert.deepEqual(
        stage.scene.projectsOnServer(id).filter((each) => each === project),
        [project],
        id,
      );
    assert.equal(stage.scene.changes.length, 4);
  });

  it('acts on the checkpoints that the filter shows', async () => {
    const organization = await stage.scene.organization();
    await stage.scene.services.choices.filterBy(organization, { text: 'step 24' });
    const { tree } = stage.scene.services;
    const [model] = await tree.getChildren();
    assert.equal(model?.kind, 'model');
    await run('removeFromList', model);
    assert.deepEqual((await catalog()).ids, [checkpoint, later, other]);
    assertSays(stage.person.told.at(-1), removedInWords([step]));
  });

  it('Remove from List: removes all of them, and no access', async () => {
    const { model } = await rows();
    await run('removeFromList', model);
    assert.deepEqual((await catalog()).ids, [other]);
    assert.deepEqual(stage.scene.changes, []);
  });

  it('Copy Checkpoint ID: copies the ID of each', async () => {
    const { model, single } = await rows();
    await run('copyCheckpointId', model);
    assert.equal(await env.clipboard.readText(), [checkpoint, step, later].join('\n'));
    await run('copyCheckpointId', single, [single, model]);
    assert.equal(await env.clipboard.readText(), [other, checkpoint, step, later].join('\n'));
  });

  it('Refresh Permissions: loads each list', async () => {
    const { model } = await rows();
    await run('refreshCheckpoint', model);
    assert.deepEqual(stage.scene.sent, Array(3).fill('GET permissions.list'));
  });

  it('Export Permissions…: of its checkpoints, at once', async () => {
    const { model } = await rows();
    stage.person.cancels();
    await run('exportCheckpoint', model);
    const [format, another] = stage.person.shown.filter(({ kind }) => kind === 'picker');
    assert.ok(format?.text.includes(formatInWords.csv.label), format?.text);
    assert.equal(another, undefined, 'nothing else is asked');
  });

  it('Copy Access From…: gives each the access of another checkpoint', async () => {
    const { model } = await rows();
    const [source] = stage.scene.projectsOnServer(checkpoint);
    const { state } = stage.scene.emulator.organization;
    const access = state.checkpoints.get(other);
    const project = stage.scene.newProject();
    assert.ok(access && source);
    state.addPermission(access, project);
    stage.person.picks(['other']).picks([copying.addMissing]).presses('Grant');
    await run('copyAccessFrom', model);
    for (const id of [checkpoint, step, later])
      assert.ok(stage.scene.projectsOnServer(id).includes(project), id);
    assert.equal(stage.scene.projectsOnServer(checkpoint).length, 3, 'nothing was revoked');
    stage.person.picks(['other']).picks([copying.addMissing]);
    await run('copyAccessFrom', model);
    assertSays(stage.person.told.at(-1), checkpointsHaveAllAccess([checkpoint, step, later], other));
  });

  it('Copy Access From…: makes its steps match one of its own checkpoints', async () => {
    const { model } = await rows();
    const { state } = stage.scene.emulator.organization;
    const extra = stage.scene.newProject();
    const access = state.checkpoints.get(step);
    assert.ok(access);
    state.addPermission(access, extra);
    stage.person
      .picks((label) => label === 'host-test')
      .picks([copying.match])
      .presses(applyChanges(5));
    await run('copyAccessFrom', model);
    const wanted = stage.scene.projectsOnServer(checkpoint).sort();
    assert.equal(wanted.length, 2);
    for (const id of [step, later]) assert.deepEqual(stage.scene.projectsOnServer(id).sort(), wanted, id);
  });
});
