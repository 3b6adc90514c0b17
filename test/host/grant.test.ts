import assert from 'node:assert/strict';
import { faults } from '../emulator';
import { checkpoint, run, Scene, step } from './support/extension';
import { Person } from './support/person';

describe('Grant…', () => {
  let scene: Scene;
  let person: Person;

  before(async () => {
    scene = await Scene.begin();
  });
  after(() => scene.end());
  beforeEach(async () => {
    await scene.reset(3);
    person = new Person();
    person.sitsDown();
  });
  afterEach(() => person.leaves());

  it('on a checkpoint: shows the plan, sends one request for all projects, shows what was read back', async () => {
    const { node } = await scene.expand();
    const projects = [scene.newProject(), scene.newProject()];
    person.types(projects.join(', ')).presses('Grant');
    await run('grant', node);
    assert.deepEqual(scene.sent, ['GET permissions.list', 'POST permissions.create', 'GET permissions.list']);
    assert.deepEqual(scene.emulator.requests[1]?.body, { project_ids: projects });
    const { rows } = await scene.expand();
    assert.equal(scene.sent.length, 3, 'what is shown is what was read back');
    const shown = rows.map((row) => (row.kind === 'permission' ? row.permission.project_id : row.kind));
    for (const project of projects) assert.ok(shown.includes(project));
    const modal = person.shown.find(({ kind }) => kind === 'modal');
    for (const part of [checkpoint, ...projects]) assert.ok(modal?.text.includes(part));
    assert.match(person.told.at(-1) ?? '', /Granted 2 permissions for host-test, as read back/);
  });

  it('without an argument: asks for the checkpoint first', async () => {
    const project = scene.newProject();
    person.picks(['host-test · step 24']).types(project).presses('Grant');
    await run('grant');
    assert.deepEqual(scene.projectsOnServer(step), [project]);
  });

  it('on several selected checkpoints: one request each', async () => {
    const one = await scene.expand(checkpoint);
    const other = await scene.expand(step);
    const project = scene.newProject();
    person.types(project).presses('Grant');
    await run('grant', one.node, [one.node, other.node]);
    assert.deepEqual(scene.changes, ['POST permissions.create', 'POST permissions.create']);
    assert.ok(scene.projectsOnServer(checkpoint).includes(project));
    assert.ok(scene.projectsOnServer(step).includes(project));
  });

  it('shows projects that have access already as such and does not send them again', async () => {
    const { node } = await scene.expand();
    const [had = ''] = scene.projectsOnServer();
    const project = scene.newProject();
    person.types(`${had} ${project}`).presses('Grant');
    await run('grant', node);
    assert.deepEqual(scene.emulator.requests[1]?.body, { project_ids: [project] });
    assert.ok(person.told.some((text) => text.includes(`${had} already has access`)));
    assert.match(
      person.shown.find(({ kind }) => kind === 'modal')?.text ?? '',
      /Already with access, not sent again/,
    );
  });

  it('sends nothing when all have access already', async () => {
    const { node } = await scene.expand();
    person.types(scene.projectsOnServer().join(' '));
    await run('grant', node);
    assert.deepEqual(scene.changes, []);
    assert.match(person.told.at(-1) ?? '', /already have access .* Nothing was sent/);
  });

  it('finds out by asking for it whether a project beyond the first page has access', async () => {
    await scene.reset(250);
    const { node } = await scene.expand();
    const oldest = scene.projectsOnServer()[0] ?? '';
    person.types(oldest);
    await run('grant', node);
    assert.deepEqual(scene.changes, []);
    assert.equal(scene.emulator.requests.at(-1)?.query.project_id, oldest);
  });

  it('explains the owning project and offers to grant to the others', async () => {
    const { node } = await scene.expand(step);
    const owner = scene.emulator.organization.state.checkpoints.get(step)?.owner ?? '';
    const project = scene.newProject();
    person.types(`${owner} ${project}`).presses('Grant').willPressInMessage('Grant to the Others');
    await run('grant', node);
    await scene.emulator.ended(2, 'permissions.create');
    await scene.emulator.ended(3, 'permissions.list');
    assert.match(person.told.join('\n'), new RegExp(`${owner} owns this model`));
    assert.deepEqual(scene.projectsOnServer(step), [project]);
  });

  it('sends nothing when the list cannot be read, and says why', async () => {
    scene.emulator.fail('permissions.list', faults.status(403));
    await scene.services.tree.getChildren();
    await run('grant', scene.services.tree.nodeOf(checkpoint));
    assert.deepEqual(scene.changes, []);
    assert.match(person.told.at(-1) ?? '', /not allowed/);
  });

  describe('cancelled', () => {
    const ways: Readonly<Record<string, (project: string) => void>> = {
      'at the checkpoint': () => person.cancels(),
      'at the projects': () => person.picks(['host-test']).cancels(),
      'at the plan': (project) => person.picks(['host-test']).types(project).cancels(),
      'with a refused id': () => person.picks(['host-test']).types('ft:not-a-project'),
      'with nothing typed': () => person.picks(['host-test']).types('  '),
    };
    for (const [name, arrange] of Object.entries(ways)) {
      it(`${name} sends nothing`, async () => {
        const project = scene.newProject();
        arrange(project);
        await run('grant');
        assert.deepEqual(scene.changes, []);
      });
    }
  });
});
