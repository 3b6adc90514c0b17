import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { planGrants } from '../../src/access/plan/plan';
import { JournalError } from '../../src/access/plan/recorder';
import type { PermissionNode } from '../../src/views/shared/nodes';
import { nothingSent } from '../../src/words/changes';
import { applyChanges, impossible } from '../../src/words/changesTab';
import { explain } from '../../src/words/errors';
import { firstProjects, plainCheckpointLabel } from '../../src/words/names';
import * as outcomes from '../../src/words/outcomes';
import * as words from '../../src/words/plan';
import { shutdownInWords } from '../../src/words/shutdown';
import { faults } from '../emulator';
import { assertSays } from '../says';
import { checkpoint, run, setSetting, step, useStage } from './support/extension';

describe('the preview of a plan', () => {
  const stage = useStage(12);
  afterEach(() => setSetting('confirmRevokesAbove', undefined));

  const modals = () => stage.person.shown.filter(({ kind }) => kind === 'modal').map(({ text }) => text);
  const last = () => stage.person.told.at(-1) ?? '';

  const none = { done: 0, total: 0 };
  const revoked = (done: number, total = done) => outcomes.changesMade([checkpoint], none, { done, total });

  async function permissions(): Promise<PermissionNode[]> {
    const { rows } = await stage.scene.expand();
    return rows.filter((row): row is PermissionNode => row.kind === 'permission');
  }

  /** Runs `act` after the confirmation and before the first request. */
  function beforeItIsSent(act: () => unknown): void {
    const { current } = stage.scene.services;
    const isShown = current.isShown.bind(current);
    current.isShown = async (organization) => {
      current.isShown = isShown;
      await act();
      return isShown(organization);
    };
  }

  it('says the cost', async () => {
    const { node } = await stage.scene.expand(step);
    stage.person.types(stage.scene.newProject()).presses('Grant');
    await run('grant', node);
    assertSays(modals()[0], words.costInWords({ changes: 1, readBacks: 1 }));
    assert.deepEqual(stage.person.shown.find(({ kind }) => kind === 'modal')?.buttons, ['Grant']);
  });

  it('lets changes be cleared, and shows the remaining plan', async () => {
    const { node } = await stage.scene.expand(step);
    const projects = [stage.scene.newProject(), stage.scene.newProject(), stage.scene.newProject()];
    stage.person
      .types(projects.join(' '))
      .presses(words.chooseChangesButton)
      .picks((_label, index) => index === 1 || index === 2)
      .presses('Grant');
    await run('grant', node);
    assert.equal(modals().length, 2);
    assertSays(modals()[1], words.planQuestion(planGrants([step], projects.slice(1))), words.notSelected(1));
    assert.deepEqual(stage.scene.projectsOnServer(step).length, 2);
    assert.equal(stage.scene.changes.length, 1);
  });

  it('prefers a shutdown date reported by the API to the announced dates', async () => {
    const announced = 'ft:gpt-3.5-turbo-0125:harbor-labs:postponed:Pp1Oo2Ss';
    stage.scene.emulator.organization.addCheckpoint(announced);
    const { catalog } = await stage.scene.organization();
    await catalog.add([announced]);
    const { node } = await stage.scene.expand(announced);
    stage.person.types(stage.scene.newProject());
    await run('grant', node);
    const shutdown = shutdownInWords({ shutsDownOn: '2026-10-23', source: 'table' }, Date.now());
    assertSays(last(), nothingSent, shutdown);
    await catalog.add([{ id: announced, findings: [], shutdownDate: '2099-01-01' }]);
    stage.person.types(stage.scene.newProject()).presses('Grant');
    await run('grant', node);
    assert.equal(stage.scene.projectsOnServer(announced).length, 1);
  });

  it('skips impossible changes, says why, and doesn’t let them be selected', async () => {
    const { node } = await stage.scene.expand(step);
    const owner = stage.scene.emulator.organization.state.checkpoints.get(step)?.owner ?? '';
    stage.person.types(owner).presses('Grant');
    await run('grant', node);
    const change = { action: 'grant', checkpoint: step, project: owner } as const;
    const { organization } = node;
    const why = words.obstacleInWords(organization, { step: change, kind: 'owner' }, Date.now());
    assertSays(last(), outcomes.noChangeMade([step], true));
    assert.equal(organization.ownerOf(step), owner);
    const [one, other] = [stage.scene.newProject(), stage.scene.newProject()];
    // What can't be done comes last.
    const isOwner = (index: number): boolean => index === 2;
    stage.person
      .types(`${owner} ${one} ${other}`)
      .picks((_label, index) => index === 0 || isOwner(index))
      .presses(applyChanges(1));
    await run('grant', node);
    const pages = stage.person.shown.filter(({ kind }) => kind === 'page');
    assert.equal(pages.length, 2);
    for (const { rows = [], ticked = [] } of pages) {
      const row = rows.find((each) => each.includes(impossible(why)));
      assert.ok(row?.includes(plainCheckpointLabel(step)), 'the obstacle names its checkpoint');
      assert.ok(!ticked.some((project) => row?.includes(project)));
    }
    assert.equal(stage.scene.projectsOnServer(step).length, 1);
    assert.ok(!stage.scene.projectsOnServer(step).includes(owner));

    stage.person.types(owner);
    await run('grant', node);
    assertSays(last(), words.nothingPossible(why, 0));
    assert.equal(stage.scene.changes.length, 2, 'not sent in vain again');
  });

  it('asks to type the number before it revokes many permissions', async () => {
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

  describe('canceled', () => {
    const ways: Readonly<Record<string, () => void>> = {
      'at the plan': () => stage.person.cancels(),
      'after the choice of changes was closed': () =>
        stage.person.presses(words.chooseChangesButton).cancels().cancels(),
      'with no change selected': () =>
        stage.person
          .presses(words.chooseChangesButton)
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

    it('while it is applied, the step in flight is the last, and unsent steps are reported', async () => {
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
      assertSays(last(), revoked(1, 3), outcomes.canceledBeforeSent);
    });
  });

  it('is followed by a report of concurrent changes', async () => {
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
    const organization = await stage.scene.organization();
    const named = (project: string) => firstProjects(organization, [project], 5);
    assertSays(
      last(),
      revoked(1),
      outcomes.othersGrantedAgain(named(node.permission.project_id)),
      outcomes.othersGranted(named(theirs)),
      outcomes.othersRevoked(named(other.permission.project_id)),
    );

    assert.equal(stage.scene.projectsOnServer().length, 12, 'left as they made it');
  });

  it('Truth 8: offers Check Again for a change that was accepted and isn’t listed yet, which only reads', async () => {
    const [node] = await permissions();
    assert.ok(node);
    const { id } = node.permission;
    const body = { id, object: 'checkpoint.permission', deleted: true };
    stage.scene.emulator.fail('permissions.delete', faults.status(200, { body }));
    let source = new vscode.CancellationTokenSource();
    const { withProgress } = vscode.window;
    const window = vscode.window as { withProgress: unknown };
    // The person doesn't wait for the list.
    const report = ({ message = '' }: { message?: string }): void => {
      if (message.startsWith('Waiting for the list')) source.cancel();
    };
    window.withProgress = (_options: unknown, task: (...args: unknown[]) => unknown) => {
      source = new vscode.CancellationTokenSource();
      return task({ report }, source.token);
    };
    const found = stage.scene.emulator.organization.state.checkpoints.get(checkpoint);
    const confirmed = new Promise<void>((resolve) => {
      stage.person.onTold = (text) => {
        // The list shows it by the time that the person presses the button.
        if (text.includes(outcomes.noChangeMade([checkpoint], false))) found?.permissions.remove(id);
        if (text.includes(revoked(1))) resolve();
      };
    });
    stage.person.presses('Revoke').willPressInMessage(outcomes.checkAgainButton);
    await run('revoke', node);
    await confirmed;
    window.withProgress = withProgress;
    const first = stage.person.shown.find(({ text }) =>
      text.includes(outcomes.noChangeMade([checkpoint], false)),
    );
    assert.ok(first?.buttons.includes(outcomes.checkAgainButton));
    assert.ok(!first?.buttons.includes(outcomes.retryButton), 'it is not sent a second time');
    assert.equal(stage.scene.changes.length, 1);
  });

  it('says that a grant had been made by someone else', async () => {
    const { node } = await stage.scene.expand(step);
    const project = stage.scene.newProject();
    const { state } = stage.scene.emulator.organization;
    beforeItIsSent(() => {
      const found = state.checkpoints.get(step);
      if (found) state.addPermission(found, project, state.seconds() - 60);
    });
    stage.person.types(project).presses('Grant');
    await run('grant', node);
    const granted = outcomes.changesMade([step], { done: 1, total: 1 }, none);
    assertSays(last(), granted, outcomes.alreadyGranted(1, 1));
  });

  it('sends nothing when it can’t be recorded, and says so', async () => {
    const { folder } = stage.scene.services.journals;
    await rm(folder, { recursive: true, force: true });
    await writeFile(folder, 'in the way');
    const { node } = await stage.scene.expand(step);
    stage.person.types(stage.scene.newProject()).presses('Grant');
    await run('grant', node);
    await rm(folder);
    assert.deepEqual(stage.scene.changes, []);
    const { what } = explain(new JournalError(folder, new Error('ENOTDIR')));
    assertSays(last(), what);
  });
});
