import assert from 'node:assert/strict';
import { faults } from '../emulator';
import { checkpoint, run, step, useStage } from './support/extension';

describe('Grant…', () => {
  const stage = useStage(3);

  it('on a checkpoint: shows the plan, sends one request for all projects, shows what was read back', async () => {
    const { node } = await stage.scene.expand();
    const projects = [stage.scene.newProject(), stage.scene.newProject()];
    stage.person.types(projects.join(', ')).presses('Grant');
    await run('grant', node);
    assert.deepEqual(stage.scene.sent, [
      'GET permissions.list',
      'POST permissions.create',
      'GET permissions.list',
    ]);
    assert.deepEqual(stage.scene.requests[1]?.body, { project_ids: projects });
    const { rows } = await stage.scene.expand();
    assert.equal(stage.scene.sent.length, 3, 'what is shown is what was read back');
    const shown = rows.map((row) => (row.kind === 'permission' ? row.permission.project_id : row.kind));
    for (const project of projects) assert.ok(shown.includes(project));
    const modal = stage.person.shown.find(({ kind }) => kind === 'modal');
    for (const part of [checkpoint, ...projects]) assert.ok(modal?.text.includes(part));
    assert.match(stage.person.told.at(-1) ?? '', /Granted 2 permissions for host-test, as read back/);
  });

  it('without an argument: asks for the checkpoint first', async () => {
    const project = stage.scene.newProject();
    stage.person.picks(['host-test · step 24']).types(project).presses('Grant');
    await run('grant');
    assert.deepEqual(stage.scene.projectsOnServer(step), [project]);
  });

  it('on several selected checkpoints: one request each', async () => {
    const one = await stage.scene.expand(checkpoint);
    const other = await stage.scene.expand(step);
    const project = stage.scene.newProject();
    stage.person.types(project).presses('Grant');
    await run('grant', one.node, [one.node, other.node]);
    assert.deepEqual(stage.scene.changes, ['POST permissions.create', 'POST permissions.create']);
    assert.ok(stage.scene.projectsOnServer(checkpoint).includes(project));
    assert.ok(stage.scene.projectsOnServer(step).includes(project));
  });

  it('shows projects that have access already as such and does not send them again', async () => {
    const { node } = await stage.scene.expand();
    const [had = ''] = stage.scene.projectsOnServer();
    const project = stage.scene.newProject();
    stage.person.types(`${had} ${project}`).presses('Grant');
    await run('grant', node);
    assert.deepEqual(stage.scene.requests[1]?.body, { project_ids: [project] });
    assert.ok(stage.person.told.some((text) => text.includes(`${had} already has access`)));
    assert.match(
      stage.person.shown.find(({ kind }) => kind === 'modal')?.text ?? '',
      /Already with access, not sent again/,
    );
  });

  it('sends nothing when all have access already', async () => {
    const { node } = await stage.scene.expand();
    stage.person.types(stage.scene.projectsOnServer().join(' '));
    await run('grant', node);
    assert.deepEqual(stage.scene.changes, []);
    assert.match(stage.person.told.at(-1) ?? '', /already have access .* Nothing was sent/);
  });

  it('finds out by asking for it whether a project beyond the first page has access', async () => {
    await stage.scene.reset(250);
    const { node } = await stage.scene.expand();
    const oldest = stage.scene.projectsOnServer()[0] ?? '';
    stage.person.types(oldest);
    await run('grant', node);
    assert.deepEqual(stage.scene.changes, []);
    assert.equal(stage.scene.requests.at(-1)?.query.project_id, oldest);
  });

  it('explains the owning project and offers to grant to the others', async () => {
    const { node } = await stage.scene.expand(step);
    const owner = stage.scene.emulator.organization.state.checkpoints.get(step)?.owner ?? '';
    const project = stage.scene.newProject();
    stage.person.types(`${owner} ${project}`).presses('Grant').willPressInMessage('Grant to the Others');
    await run('grant', node);
    await stage.scene.emulator.ended(2, 'permissions.create');
    await stage.scene.emulator.ended(3, 'permissions.list');
    assert.match(stage.person.told.join('\n'), new RegExp(`${owner} owns this model`));
    assert.deepEqual(stage.scene.projectsOnServer(step), [project]);
  });

  it('sends nothing when the list cannot be read, and says why', async () => {
    stage.scene.emulator.fail('permissions.list', faults.status(403));
    await stage.scene.services.tree.getChildren();
    await run('grant', stage.scene.services.tree.nodeOf(checkpoint));
    assert.deepEqual(stage.scene.changes, []);
    assert.match(stage.person.told.at(-1) ?? '', /not allowed/);
  });

  describe('cancelled', () => {
    const ways: Readonly<Record<string, (project: string) => void>> = {
      'at the checkpoint': () => stage.person.cancels(),
      'at the projects': () => stage.person.picks(['host-test']).cancels(),
      'at the plan': (project) => stage.person.picks(['host-test']).types(project).cancels(),
      'with a refused id': () => stage.person.picks(['host-test']).types('ft:not-a-project'),
      'with nothing typed': () => stage.person.picks(['host-test']).types('  '),
    };
    for (const [name, arrange] of Object.entries(ways)) {
      it(`${name} sends nothing`, async () => {
        const project = stage.scene.newProject();
        arrange(project);
        await run('grant');
        assert.deepEqual(stage.scene.changes, []);
      });
    }
  });
});
