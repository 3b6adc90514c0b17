import assert from 'node:assert/strict';
import { PermissionDeniedError } from '../../src/openai';
import {
  accessAlready,
  allHaveAccess,
  pastedWithAccess,
  projectPicker,
  projectsHeading,
  projectsMissing,
  searchProjects,
  skippedWithAccess,
  usePastedIds,
} from '../../src/words/changes';
import { applyChanges, checkFirst, impossible } from '../../src/words/changesTab';
import { withoutEffectInWords } from '../../src/words/effect';
import { explain } from '../../src/words/errors';
import { changesMade } from '../../src/words/outcomes';
import * as plan from '../../src/words/plan';
import { faults } from '../emulator';
import { assertSays } from '../says';
import { checkpoint, run, step, useStage } from './support/extension';

/** What the server of these tests answers to a request that its key may not make. */
const refused = new PermissionDeniedError(403, { message: 'no' }, undefined, undefined);

describe('Grant Access…', () => {
  const stage = useStage(3);

  it('on a checkpoint: previews the plan, sends one request for all projects, shows the confirmed list', async () => {
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
    const granted = changesMade([checkpoint], { done: 2, total: 2 }, { done: 0, total: 0 });
    assertSays(stage.person.told.at(-1), granted);
  });

  it('says in the dialog, by what is loaded, that a grant will have no effect, and makes it all the same', async () => {
    const { emulator } = stage.scene;
    const { node } = await stage.scene.expand();
    const [project, other] = [stage.scene.newProject(), stage.scene.newProject()];
    emulator.organization.state.modelPolicies.set(project, {
      object: 'project.model_permissions',
      mode: 'allow_list',
      model_ids: ['gpt-4o'],
    });
    await node.organization.gates.policyLoad.load([project, other]);
    const asked = () =>
      emulator.requests.filter(({ endpoint }) => endpoint === 'modelPermissions.retrieve').length;
    assert.equal(asked(), 2);
    stage.person.types(`${project} ${other}`).presses('Grant');
    await run('grant', node);
    const modal = stage.person.shown.find(({ kind }) => kind === 'modal');
    assertSays(modal?.text, withoutEffectInWords({ why: ['notAllowed'] }, Date.now()));
    assert.equal(modal?.text.match(/will have no effect/g)?.length, 1, 'beside its own grant');
    assert.ok(stage.scene.projectsOnServer().includes(project));
    assert.equal(asked(), 2, 'neither the preview nor the change loads a policy');
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

  it('marks projects that have access, and skips them', async () => {
    const { node } = await stage.scene.expand();
    const [had = ''] = stage.scene.projectsOnServer();
    const project = stage.scene.newProject();
    stage.person.types(`${had} ${project}`).presses('Grant');
    await run('grant', node);
    assert.deepEqual(stage.scene.requests[1]?.body, { project_ids: [project] });
    const organization = await stage.scene.organization();
    const told = `${usePastedIds(2)} · ${pastedWithAccess(organization, [had])}`;
    assert.ok(stage.person.told.includes(told));
    const modal = stage.person.shown.find(({ kind }) => kind === 'modal');
    assertSays(modal?.text, skippedWithAccess(organization, [had]));
  });

  it('sends nothing when all projects have access', async () => {
    const { node } = await stage.scene.expand();
    const projects = stage.scene.projectsOnServer();
    stage.person.types(projects.join(' '));
    await run('grant', node);
    assert.deepEqual(stage.scene.changes, []);
    assertSays(stage.person.told.at(-1), allHaveAccess(node.organization, projects, [checkpoint]));
  });

  it('requests the access of a project beyond the first page', async () => {
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
    const name = stage.scene.emulator.organization.state.projects.get(owner)?.name ?? '';
    assert.match(stage.person.told.join('\n'), new RegExp(`: ${name} owns this model`));
    assert.deepEqual(stage.scene.projectsOnServer(step), [project]);
  });

  it('sends nothing when the list can’t be loaded, and says why', async () => {
    stage.scene.emulator.fail('permissions.list', faults.status(403));
    await stage.scene.services.tree.getChildren();
    await run('grant', stage.scene.services.tree.nodeOf(checkpoint));
    assert.deepEqual(stage.scene.changes, []);
    assertSays(stage.person.told.at(-1), explain(refused).what);
  });

  describe('by name', () => {
    const state = () => stage.scene.emulator.organization.state;
    const project = (name: string, archivedAt?: number) => state().addProject(name, 1, archivedAt).id;
    /** The rows that the picker of projects offered, as text. */
    const offered = () => stage.person.shown.findLast(({ kind }) => kind === 'picker');

    it('grants to the selected projects, which the plan names', async () => {
      const [desk, shift] = [project('Harbour desk'), project('Night shift')];
      project('Not meant');
      const { node } = await stage.scene.expand(step);
      stage.person.picks(['Harbour desk', 'Night shift']).presses('Grant');
      await run('grant', node);
      assert.deepEqual(stage.scene.projectsOnServer(step).sort(), [desk, shift].sort());
      const modal = stage.person.shown.find(({ kind }) => kind === 'modal')?.text ?? '';
      for (const part of [`Harbour desk (${desk})`, `Night shift (${shift})`])
        assert.ok(modal.includes(part));
    });

    it('refreshes stale projects before it skips an archived one', async () => {
      const again = project('Opened again', 2);
      const gone = project('Gone for good', 2);
      const organization = await stage.scene.organization();
      const { projects } = organization;
      const clock = projects as { now: () => number };
      clock.now = () => Date.now() - 3_600_000;
      await projects.read();
      clock.now = Date.now;
      Object.assign(state().projects.get(again) ?? {}, { status: 'active', archived_at: null });
      stage.person.types(`${again} ${gone}`).presses(applyChanges(1));
      await run('grant', (await stage.scene.expand(step)).node);
      assert.deepEqual(stage.scene.projectsOnServer(step), [again]);
      const page = () => stage.person.shown.findLast(({ kind }) => kind === 'page')?.text ?? '';
      const change = { action: 'grant', checkpoint: step, project: gone } as const;
      const inWords = (kind: 'archived' | 'wasArchived', loadedAt: number): string =>
        plan.obstacleInWords(organization, { step: change, kind, loadedAt }, Date.now());
      assertSays(page(), impossible(inWords('archived', Date.now())));

      // What could not be read again refuses nothing, and says how old it is.
      clock.now = () => Date.now() - 3_600_000;
      await projects.readAgain();
      clock.now = Date.now;
      stage.scene.emulator.fail({ endpoint: 'projects.list' }, faults.status(403), 1);
      stage.person.types(gone).cancels();
      await run('grant', (await stage.scene.expand(step)).node);
      assertSays(page(), checkFirst(inWords('wasArchived', Date.now() - 3_600_000)));
    });

    it('loads the projects once for several grants', async () => {
      const pages = Math.ceil(state().projects.size / 100);
      const { services } = stage.scene;
      await services.tree.getChildren();
      for (let turn = 0; turn < 2; turn += 1) {
        stage.person.cancels();
        await run('grant', services.tree.nodeOf(step));
      }
      assert.deepEqual([stage.scene.sent.length, stage.scene.sentForNames], [1, pages]);
      const now = Date.now();
      assertSays(offered()?.text, searchProjects(state().projects.size, now, now));
    });

    it('shows which projects have access, to how many of several checkpoints, and archived projects last', async () => {
      state().projects.clear();
      const [some, all, none, gone] = [
        project('Some'),
        project('All'),
        project('None'),
        project('Gone', 1_700_000_000),
      ];
      const { addCheckpoint } = stage.scene.emulator.organization;
      const add = addCheckpoint.bind(stage.scene.emulator.organization);
      add(checkpoint, { owner: none, permissions: [some, all] });
      add(step, { owner: none, permissions: [all] });
      const one = await stage.scene.expand(checkpoint);
      const other = await stage.scene.expand(step);
      stage.person.cancels();
      await run('grant', one.node, [one.node, other.node]);
      assert.deepEqual(offered()?.rows, [
        `[${projectsHeading(true)}]`,
        `None · ${none}`,
        `Some · ${accessAlready(1, 2)} · ${some}`,
        `[${projectPicker.alreadyHaveAccess}]`,
        `All · ${accessAlready(2, 2)} · ${all}`,
        `[${projectPicker.archived}]`,
        `Gone · archived · ${gone}`,
      ]);
    });

    it('says that access beyond the loaded page is checked, and checks it', async () => {
      await stage.scene.reset(250);
      const { node } = await stage.scene.expand();
      const [oldest = ''] = stage.scene.projectsOnServer();
      const name = state().projects.get(oldest)?.name ?? '';
      stage.person.picks([name]);
      await run('grant', node);
      assert.equal(offered()?.rows?.[0], `[${projectsHeading(false)}]`);
      assert.deepEqual(stage.scene.changes, []);
      assertSays(stage.person.told.at(-1), allHaveAccess(node.organization, [oldest], [checkpoint]));
    });

    it('says which pasted IDs are no project IDs, and why', async () => {
      const { node } = await stage.scene.expand(step);
      stage.person.types('proj_one cp_2');
      await run('grant', node);
      assert.match(stage.person.told[0] ?? '', /^“cp_2” is a permission, not a project\./);
      assert.deepEqual(stage.scene.changes, []);
    });

    it('does not repeat a key that was pasted by mistake', async () => {
      const key = ['sk', 'admin', 'pasted-here'].join('-');
      const { node } = await stage.scene.expand(step);
      stage.person.types(key);
      await run('grant', node);
      assert.match(stage.person.told[0] ?? '', /looks like an API key/);
      assert.ok(!stage.person.told.join().includes('pasted-here'));
    });

    it('treats other text as a search, with nothing selected', async () => {
      const { node } = await stage.scene.expand(step);
      stage.person.types('Support assistant');
      await run('grant', node);
      assert.deepEqual(stage.person.told, []);
      assert.deepEqual(stage.scene.changes, []);
    });

    it('says why the projects could not be loaded, and still accepts their IDs', async () => {
      stage.scene.emulator.fail('projects.list', faults.status(403));
      const id = stage.scene.newProject();
      const { node } = await stage.scene.expand(step);
      stage.person.types(id).presses('Grant');
      await run('grant', node);
      const { projects, projectsStanding } = node.organization;
      const failure = new PermissionDeniedError(403, {}, undefined, undefined);
      const missing = projectsMissing({ ...projectsStanding, failure }, projects.now());
      assert.equal(offered()?.rows?.[0], `${missing?.label} · ${missing?.detail}`);
      assertSays(offered()?.text, projectPicker.notLoaded);
      assert.deepEqual(stage.scene.projectsOnServer(step), [id]);
    });
  });

  describe('canceled', () => {
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
