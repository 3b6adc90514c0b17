import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { planGrants } from '../../src/access/plan/plan';
import type { PermissionNode } from '../../src/views/shared/nodes';
import { firstProjects } from '../../src/words/names';
import { changesMade, retryButton } from '../../src/words/outcomes';
import { planInWords } from '../../src/words/plan';
import { buttons } from '../../src/words/titles';
import * as words from '../../src/words/undo';
import { faults } from '../emulator';
import { assertSays } from '../says';
import { checkpoint, run, step, useStage } from './support/extension';

describe('Undo a Change…', () => {
  const stage = useStage(3);
  afterEach(() => run('leaveSample'));

  const first = (_label: string, index: number) => index === 0;
  const last = () => stage.person.told.at(-1) ?? '';
  const lastModal = () => stage.person.shown.findLast(({ kind }) => kind === 'modal')?.text ?? '';

  async function grantTwo(): Promise<[string, string]> {
    const { node } = await stage.scene.expand(step);
    const projects: [string, string] = [stage.scene.newProject(), stage.scene.newProject()];
    stage.person.types(projects.join(' ')).presses('Grant');
    await run('grant', node);
    return projects;
  }

  it('revokes what was granted, without refreshing a current list', async () => {
    const projects = await grantTwo();
    const before = stage.scene.sent.length;
    stage.person.picks(first).presses('Revoke');
    await run('undoLastChange');
    assert.deepEqual(stage.scene.projectsOnServer(step), []);
    for (const project of projects) assert.ok(lastModal().includes(project));
    assert.deepEqual(stage.scene.sent.slice(before), [
      'DELETE permissions.delete',
      'DELETE permissions.delete',
      'GET permissions.list',
    ]);
    assertSays(last(), changesMade([step], { done: 0, total: 0 }, { done: 2, total: 2 }));
  });

  it('grants again what was revoked, and says that the ID is new', async () => {
    const { rows } = await stage.scene.expand();
    const node = rows.find((row): row is PermissionNode => row.kind === 'permission');
    assert.ok(node);
    stage.person.presses('Revoke');
    await run('revoke', node);
    stage.person.picks(first).presses('Grant');
    await run('undoLastChange');
    assertSays(lastModal(), words.restoredGetsNewId);
    assert.ok(stage.scene.projectsOnServer(checkpoint).includes(node.permission.project_id));
  });

  it('is offered by the message of a success, for that very change', async () => {
    const { rows } = await stage.scene.expand();
    stage.person.presses('Revoke');
    await run('revoke', rows[0]);
    const projects = [stage.scene.newProject(), stage.scene.newProject()];
    const { node } = await stage.scene.expand(step);
    stage.person
      .types(projects.join(' '))
      .presses('Grant')
      .willPressInMessage(buttons.undo)
      .presses('Revoke');
    const undone = new Promise<void>((resolve) => {
      stage.person.onTold = (text) =>
        text.includes(changesMade([step], { done: 0, total: 0 }, { done: 2, total: 2 })) && resolve();
    });
    await run('grant', node);
    await undone;
    assert.deepEqual(stage.scene.projectsOnServer(step), []);
    for (const project of projects) assert.ok(lastModal().includes(project));
    const { buttons: offered } = stage.person.shown.findLast(({ kind }) => kind === 'message') ?? {};
    assert.deepEqual(offered, [], 'an undo is not undone by the same word');
  });

  it('takes back all tries of a plan, also from the message of the last one', async () => {
    const nodes = (await stage.scene.expand()).rows.filter(({ kind }) => kind === 'permission').slice(0, 3);
    const before = stage.scene.projectsOnServer(checkpoint).sort();
    const [failing] = nodes as PermissionNode[];
    assert.ok(failing);
    const path = new RegExp(failing.permission.id);
    stage.scene.emulator.fail({ method: 'DELETE', path }, faults.status(403), 1);
    // Three are revoked by two tries, and all of them are granted again.
    stage.person
      .presses('Revoke')
      .willPressInMessage(retryButton)
      .willPressInMessage(buttons.undo)
      .presses('Grant');
    const restored = new Promise<void>((resolve) => {
      stage.person.onTold = (text) =>
        text.includes(changesMade([checkpoint], { done: 3, total: 3 }, { done: 0, total: 0 })) && resolve();
    });
    await run('revoke', nodes[0], nodes);
    await restored;
    assert.deepEqual(stage.scene.projectsOnServer(checkpoint).sort(), before);
  });

  it('can be undone', async () => {
    const projects = await grantTwo();
    stage.person.picks(first).presses('Revoke');
    await run('undoLastChange');
    stage.person.picks((label) => label.startsWith('Undo: ')).presses('Grant');
    await run('undoLastChange');
    assert.deepEqual(stage.scene.projectsOnServer(step).sort(), [...projects].sort());
  });

  it('skips later changes by others', async () => {
    const [one, other] = await grantTwo();
    const { state } = stage.scene.emulator.organization;
    const found = state.checkpoints.get(step);
    assert.ok(found);
    for (const { id } of found.permissions.ofProject(one)) found.permissions.remove(id);
    state.addPermission(found, one);
    // The shown list is stale, so it is refreshed as a person would do.
    await (await stage.scene.organization()).permissions.readAgain(step);
    stage.person.picks(first).presses('Revoke');
    await run('undoLastChange');
    const gone = firstProjects(await stage.scene.organization(), [one], 5);
    assertSays(lastModal(), words.notUndone.goneAlready(gone));
    assert.ok(lastModal().includes(other));
    assert.deepEqual(stage.scene.projectsOnServer(step), [one]);
  });

  it('says when there is nothing left to undo', async () => {
    const projects = await grantTwo();
    stage.person.picks(first).presses('Revoke');
    await run('undoLastChange');
    const before = stage.scene.changes.length;
    stage.person.picks((label) => label === planInWords(planGrants([step], projects)));
    await run('undoLastChange');
    assertSays(last(), words.nothingLeftToUndo);
    assert.equal(stage.scene.changes.length, before);
  });

  it('doesn’t offer rejected changes, nor changes of another organization', async () => {
    await grantTwo();
    await run('exploreSample');
    await run('undoLastChange');
    assertSays(last(), words.undoPicker.nothing);
  });

  it('Truth 17: says that a record cannot be read, and offers the others', async () => {
    const { folder } = stage.scene.services.journals;
    await rm(folder, { recursive: true, force: true });
    const odd = join(folder, 'a-folder.1.jsonl');
    await mkdir(odd, { recursive: true });
    try {
      await run('undoLastChange');
      assertSays(last(), words.undoPicker.nothing, words.unreadableRecords(1));
      await run('showInterrupted');
      assertSays(last(), words.resumePicker.none, words.unreadableRecords(1));
      await grantTwo();
      stage.person.picks(first).presses('Revoke');
      await run('undoLastChange');
      assert.deepEqual(stage.scene.projectsOnServer(step), []);
    } finally {
      await rm(odd, { recursive: true });
    }
  });

  describe('after the key was replaced', () => {
    beforeEach(() => rm(stage.scene.services.journals.folder, { recursive: true, force: true }));

    /** Saves a key as Set Admin API Key… does. `organization` is the one that the API reports, if any. */
    async function setKey(organization?: string, key = stage.scene.emulator.adminAPIKey): Promise<void> {
      const { current, keys } = stage.scene.services;
      stage.scene.emulator.organization.state.keys.set(key, { kind: 'admin', missingScopes: [] });
      const { origin } = stage.scene.emulator;
      await keys.set('default', { key, origin, ...(organization && { organization }) });
      await current.reopen();
      await stage.scene.expand(step);
    }

    it('by one of the same organization undoes without a warning', async () => {
      await setKey('harbor-labs');
      await grantTwo();
      await setKey('harbor-labs', 'test-second-key');
      stage.person.picks(first).presses('Revoke');
      await run('undoLastChange');
      for (const warning of Object.values(words.attributionWarning))
        assert.ok(!lastModal().includes(warning));
      assert.deepEqual(stage.scene.projectsOnServer(step), []);
    });

    it('warns before the first request when the organization of the key is unknown', async () => {
      await grantTwo();
      await setKey(undefined, 'test-second-key');
      stage.person.picks(first).cancels();
      await run('undoLastChange');
      assertSays(lastModal(), words.attributionWarning.anotherKey);
      assert.equal(stage.scene.projectsOnServer(step).length, 2);
    });

    it('by one of another organization offers no earlier change, and says that there are some', async () => {
      await setKey('harbor-labs');
      await grantTwo();
      await setKey('juniper', 'test-second-key');
      const before = stage.scene.changes.length;
      await run('undoLastChange');
      assertSays(last(), words.undoPicker.nothing, words.foreignChanges(1));
      await run('showInterrupted');
      assertSays(last(), words.resumePicker.none);
      assert.equal(stage.scene.changes.length, before);
      await setKey('harbor-labs');
      stage.person.picks(first).presses('Revoke');
      await run('undoLastChange');
      assert.deepEqual(stage.scene.projectsOnServer(step), [], 'with its own key it can be taken back');
    });
  });

  for (const [where, arrange] of Object.entries({
    'at the choice': () => stage.person.cancels(),
    'at the plan': () => stage.person.picks(first).cancels(),
  })) {
    it(`canceled ${where}, sends nothing`, async () => {
      await grantTwo();
      const before = stage.scene.changes.length;
      arrange();
      await run('undoLastChange');
      assert.equal(stage.scene.changes.length, before);
    });
  }
});
