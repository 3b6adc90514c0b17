import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { PermissionNode } from '../../src/views/shared/nodes';
import { checkpoint, run, setSetting, step, useStage } from './support/extension';

describe('the preview of a plan', () => {
  const stage = useStage(12);
  afterEach(() => setSetting('confirmRevokesAbove', undefined));

  const modals = () => stage.person.shown.filter(({ kind }) => kind === 'modal').map(({ text }) => text);
  const last = () => stage.person.told.at(-1) ?? '';

  async function permissions(): Promise<PermissionNode[]> {
    const { rows } = await stage.scene.expand();
    return rows.filter((row): row is PermissionNode => row.kind === 'permission');
  }

  /** Does something after the person has agreed and before anything is sent. */
  function beforeItIsSent(act: () => unknown): void {
    const { current } = stage.scene.services;
    const isShown = current.isShown.bind(current);
    current.isShown = async (organization) => {
      current.isShown = isShown;
      await act();
      return isShown(organization);
    };
  }

  it('says what it costs', async () => {
    const { node } = await stage.scene.expand(step);
    stage.person.types(stage.scene.newProject()).presses('Grant');
    await run('grant', node);
    assert.match(
      modals()[0] ?? '',
      /Takes 1 request and 1 read back: about 1 minute at the slowest rate seen\./,
    );
    assert.deepEqual(stage.person.shown.find(({ kind }) => kind === 'modal')?.buttons, ['Grant']);
  });

  it('lets steps be unticked, and comes back with what is left', async () => {
    const { node } = await stage.scene.expand(step);
    const projects = [stage.scene.newProject(), stage.scene.newProject(), stage.scene.newProject()];
    stage.person
      .types(projects.join(' '))
      .presses('Choose Steps…')
      .picks((_label, index) => index === 1 || index === 2)
      .presses('Grant');
    await run('grant', node);
    assert.equal(modals().length, 2);
    assert.match(modals()[1] ?? '', /Grant 2 projects access to host-test · step 24\?/);
    assert.match(modals()[1] ?? '', /1 step not ticked/);
    assert.deepEqual(stage.scene.projectsOnServer(step).length, 2);
    assert.equal(stage.scene.changes.length, 1);
  });

  it('takes the end of a model from the server, where it told one, before the announced dates', async () => {
    const announced = 'ft:gpt-3.5-turbo-0125:harbor-labs:postponed:Pp1Oo2Ss';
    stage.scene.emulator.organization.addCheckpoint(announced);
    const { catalog } = await stage.scene.organization();
    await catalog.add([announced]);
    const { node } = await stage.scene.expand(announced);
    stage.person.types(stage.scene.newProject());
    await run('grant', node);
    assert.match(last(), /Nothing was sent\. .*ended 23 Oct 2026/);
    await catalog.add([{ id: announced, findings: [], shutdownDate: '2099-01-01' }]);
    stage.person.types(stage.scene.newProject()).presses('Grant');
    await run('grant', node);
    assert.equal(stage.scene.projectsOnServer(announced).length, 1);
  });

  it('leaves out what is known to be impossible, says why, and does not let it be ticked', async () => {
    const { node } = await stage.scene.expand(step);
    const owner = stage.scene.emulator.organization.state.checkpoints.get(step)?.owner ?? '';
    stage.person.types(owner).presses('Grant');
    await run('grant', node);
    assert.match(last(), /owns this model/);
    const [one, other] = [stage.scene.newProject(), stage.scene.newProject()];
    stage.person
      .types(`${owner} ${one} ${other}`)
      .presses('Choose Steps…')
      .picks((label, index) => index === 1 || label.startsWith('$(circle-slash)'))
      .presses('Grant');
    await run('grant', node);
    assert.match(modals()[1] ?? '', /Left out:\n• .* owns this model, so it can always use it/);
    assert.equal(stage.scene.projectsOnServer(step).length, 1);
    assert.ok(!stage.scene.projectsOnServer(step).includes(owner));

    stage.person.types(owner);
    await run('grant', node);
    assert.match(last(), /Nothing was sent\. .* owns this model/);
    assert.equal(stage.scene.changes.length, 2, 'not sent in vain again');
  });

  it('asks to type the number before many permissions are revoked', async () => {
    await setSetting('confirmRevokesAbove', 2);
    const nodes = (await permissions()).slice(0, 3);
    stage.person.presses('Revoke').types('3');
    await run('revoke', nodes[0], nodes);
    assert.equal(stage.scene.projectsOnServer().length, 9);
    const left = (await permissions()).slice(0, 2);
    stage.person.presses('Revoke');
    await run('revoke', left[0], left);
    assert.equal(stage.scene.projectsOnServer().length, 7, 'two are not many');
  });

  describe('cancelled', () => {
    const ways: Readonly<Record<string, () => void>> = {
      'at the plan': () => stage.person.cancels(),
      'after the choice of steps was closed': () => stage.person.presses('Choose Steps…').cancels().cancels(),
      'with no step ticked': () =>
        stage.person
          .presses('Choose Steps…')
          .picks(() => false)
          .cancels(),
      'at the number': () => stage.person.presses('Revoke').cancels(),
      'with a wrong number': () => stage.person.presses('Revoke').types('4'),
    };
    for (const [name, arrange] of Object.entries(ways)) {
      it(`${name}, nothing is sent`, async () => {
        await setSetting('confirmRevokesAbove', 2);
        const nodes = (await permissions()).slice(0, 3);
        arrange();
        await run('revoke', nodes[0], nodes);
        assert.deepEqual(stage.scene.changes, []);
      });
    }

    it('while it is applied, the step in flight is the last, and what was not sent is said', async () => {
      const nodes = (await permissions()).slice(0, 3);
      const source = new vscode.CancellationTokenSource();
      const { withProgress } = vscode.window;
      const window = vscode.window as { withProgress: unknown };
      window.withProgress = (_options: unknown, task: (...args: unknown[]) => unknown) =>
        task({ report: () => undefined }, source.token);
      const gate = stage.scene.emulator.hold('permissions.delete', 'processed');
      stage.person.presses('Revoke');
      const revoking = run('revoke', nodes[0], nodes);
      await stage.scene.emulator.requested(1, 'permissions.delete');
      source.cancel();
      gate.release();
      await revoking;
      window.withProgress = withProgress;
      assert.deepEqual(stage.scene.changes, ['DELETE permissions.delete']);
      assert.match(
        last(),
        /Revoked 1 of 3 permissions for host-test, as read back.*Not sent, because it was cancelled/,
      );
    });
  });

  it('is followed by what others did meanwhile', async () => {
    const [node, other] = await permissions();
    assert.ok(node && other);
    const { state } = stage.scene.emulator.organization;
    const theirs = state.addProject('Their project').id;
    beforeItIsSent(() => {
      const found = state.checkpoints.get(checkpoint);
      assert.ok(found);
      found.permissions.remove(other.permission.id);
      state.addPermission(found, theirs);
      state.addPermission(found, node.permission.project_id);
    });
    stage.person.presses('Revoke');
    await run('revoke', node);
    assert.match(last(), /Revoked 1 permission/);
    assert.match(last(), /somebody else granted access again meanwhile, by a new permission/);
    assert.match(last(), new RegExp(`Meanwhile somebody else granted access: .*${theirs}`));
    assert.match(last(), /Meanwhile somebody else revoked access/);
    assert.equal(stage.scene.projectsOnServer().length, 12, 'left as they made it');
  });

  it('says that a grant was there already, by somebody else', async () => {
    const { node } = await stage.scene.expand(step);
    const project = stage.scene.newProject();
    const { state } = stage.scene.emulator.organization;
    beforeItIsSent(() => {
      const found = state.checkpoints.get(step);
      if (found) state.addPermission(found, project, state.seconds() - 60);
    });
    stage.person.types(project).presses('Grant');
    await run('grant', node);
    assert.match(last(), /Granted 1 permission .* 1 of them had been granted already, by somebody else/);
  });

  it('sends nothing when it cannot be written down, and says so', async () => {
    const { folder } = stage.scene.services.journals;
    await rm(folder, { recursive: true, force: true });
    await writeFile(folder, 'in the way');
    const { node } = await stage.scene.expand(step);
    stage.person.types(stage.scene.newProject()).presses('Grant');
    await run('grant', node);
    await rm(folder);
    assert.deepEqual(stage.scene.changes, []);
    assert.match(
      last(),
      /The change history on this computer can't be accessed\..* Nothing is changed without it/,
    );
  });
});
