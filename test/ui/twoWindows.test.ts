import assert from 'node:assert/strict';
import { accessPage } from '../../src/words/accessPage';
import * as texts from '../../src/words/changesTab';
import { reviewChanges, stagedCount } from '../../src/words/matrix';
import { changesMade } from '../../src/words/outcomes';
import { systemClock } from '../emulator/clock';
import { paletteTitleOf } from '../titles';
import { setUp, useEmulator } from './support';
import { expect, type Workbench } from './workbench';

const model = 'ft:gpt-4.1-2025-04-14:harbor-labs:shared-bot:Sh1Ar2Ed';
const none = { done: 0, total: 0 };

describe('the Access page of one organization in two windows', () => {
  // What one window loads reaches the other one a few seconds later, where it is kept. This is of what happens before.
  const settings = { 'checkpointPermissions.keepAccess': false };
  /** How far the server's clock is ahead, in milliseconds. */
  let ahead = 0;
  const clock = { ...systemClock, now: () => Date.now() + ahead };
  const { workbench: one, emulator } = useEmulator(
    { size: { width: 1280, height: 800 }, settings },
    { clock },
  );
  let other: Workbench;
  const names = ['Anchors', 'Beacons', 'Docks'] as const;

  before('a checkpoint and three projects, and the page in both windows', async () => {
    const { state } = emulator().organization;
    state.projects.clear();
    for (const name of names) state.addProject(name);
    emulator().organization.addCheckpoint(model, { owner: state.addProject('The owner').id });
    await setUp(one, emulator().adminAPIKey, [model]);
    await one.tree('Checkpoints').row('shared-bot').waitFor();
    other = await one.openBeside();
    await other.openView('Checkpoint Permissions');
    await other.tree('Checkpoints').row('shared-bot').waitFor();
    for (const window of [one, other]) {
      await window.runCommand(paletteTitleOf('openAccess'));
      await window.matrix.waitFor();
      // A cell whose list is still being loaded refuses to be staged.
      for (const name of names) await window.matrix.waitForCell('shared-bot', name, /^not granted/);
    }
  });

  async function stage(window: Workbench, ...projects: readonly string[]): Promise<void> {
    for (const project of projects) await window.matrix.cell('shared-bot', project).click();
  }

  async function apply(window: Workbench, staged: number): Promise<void> {
    await window.access.button(reviewChanges(staged)).click();
    await window.access.waitForTab('changes');
    await window.access.button(texts.applyChanges(staged)).click();
    await window.access.button(texts.changesTab.close).waitFor();
  }

  const staged = (window: Workbench, grants: number) =>
    expect(
      () => window.matrix.staged(),
      (text) => text.startsWith(stagedCount({ grants, revokes: 0 })),
      `${grants} staged changes`,
    );
  const isMarked = (window: Workbench) => window.access.editorTabs(/^● Access · /).waitFor();
  const grantsSent = () =>
    emulator().requests.filter(({ endpoint }) => endpoint === 'permissions.create').length;
  const idOf = (project: string) =>
    [...emulator().organization.state.projects.values()].find(({ name }) => name === project)?.id ?? 'none';
  const granted = () =>
    emulator()
      .organization.state.checkpoints.get(model)
      ?.permissions.all()
      .map(({ project_id: id }) => emulator().organization.state.projects.get(id)?.name)
      .sort();

  it('stages in each window what was staged there, also after a reload', async () => {
    await stage(one, 'Anchors');
    await stage(other, 'Anchors', 'Beacons');
    await staged(one, 1);
    await staged(other, 2);
    // VS Code stores what is kept a few seconds later.
    for (const [window, last] of [
      [other, 'Beacons'],
      [one, 'Anchors'],
    ] as const) {
      await window.waitForStored(/checkpointPermissions\.access[^\n]*\btab\W+matrix/);
      await window.waitForStored(new RegExp(`staged[^\\n]*${idOf(last)}`));
      await window.reload();
      await window.matrix.waitFor();
      await isMarked(window);
    }
    await staged(one, 1);
    await staged(other, 2);
    assert.equal(grantsSent(), 0);
    for (const window of [one, other]) {
      await window.access.button(accessPage.refresh).click();
      await window.matrix.waitForCell('shared-bot', 'Anchors', /^not granted/);
    }
  });

  it('says in one window what the other one changed, and grants nothing a second time', async () => {
    await apply(one, 1);
    await one.access
      .panel('changes')
      .getByText(changesMade([model], { done: 1, total: 1 }, none))
      .waitFor();
    assert.deepEqual(granted(), ['Anchors']);
    await staged(other, 2);
    await other.access.button(accessPage.refresh).click();
    await other.matrix.waitForCell('shared-bot', 'Anchors', /^has access/);
    await other.access.button(reviewChanges(2)).click();
    await other.access.waitForTab('changes');
    const inEffect = other.access.row('changes', texts.noteInWords('grant', 'inEffect'));
    await inEffect.filter({ hasText: 'Anchors' }).waitFor();
    const before = grantsSent();
    await other.access.button(texts.applyChanges(2)).click();
    await other.access.button(texts.changesTab.close).waitFor();
    await other.access
      .panel('changes')
      .getByText(changesMade([model], { done: 1, total: 1 }, none))
      .waitFor();
    assert.equal(grantsSent(), before + 1);
    assert.deepEqual(granted(), ['Anchors', 'Beacons']);
    await other.access.button(texts.changesTab.close).click();
  });

  it('never calls its own what the other window granted first', async () => {
    await one.access.button(texts.changesTab.close).click();
    for (const window of [one, other]) {
      await window.access.select('matrix');
      await window.access.button(accessPage.refresh).click();
      await window.matrix.waitForCell('shared-bot', 'Beacons', /^has access/);
      await stage(window, 'Docks');
      await staged(window, 1);
    }
    await apply(one, 1);
    const before = granted();
    // Within two seconds, nobody can tell whose it is.
    ahead += 10_000;
    await apply(other, 1);
    assert.match(await other.access.row('changes', 'Docks').innerText(), /made by someone else/);
    assert.deepEqual(granted(), before);
    await other.tree('Checkpoints').row('Docks').waitFor();
    await expect(
      () => other.access.editorTabs(/^● /).count(),
      (marked) => marked === 0,
      'nothing staged',
    );
  });
});
