import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { FileStorage } from '../../src/access/journal/fileStorage';
import { Journal } from '../../src/access/journal/journal';
import { type Session, thisSession } from '../../src/access/journal/session';
import type { OrganizationIdentity } from '../../src/access/organizationIdentity';
import { planGrants } from '../../src/access/plan/plan';
import { changesMade } from '../../src/words/outcomes';
import { chooseChangesButton, planInWords } from '../../src/words/plan';
import * as words from '../../src/words/undo';
import { assertSays } from '../says';
import { run, step, useStage } from './support/extension';

/** A window whose process has ended. */
const dead: Session = {
  ...thisSession,
  id: 'before',
  pid: spawnSync(process.execPath, ['--version']).pid,
  began: 'before',
};

const { continue: resume, undo, dismiss } = words.resumeChoices;
const none = { done: 0, total: 0 };
const one = { done: 1, total: 1 };

describe('changes that were interrupted', () => {
  const stage = useStage(1);
  let projects: string[] = [];
  beforeEach(async () => {
    await rm(stage.scene.services.journals.folder, { recursive: true, force: true });
    projects = [stage.scene.newProject(), stage.scene.newProject()];
  });

  const journal = (session: Session = dead) =>
    new Journal(new FileStorage(stage.scene.services.journals.folder), Date.now, session);
  const offer = () =>
    stage.person.shown.find(({ kind, buttons }) => kind === 'message' && buttons.includes(resume.label));

  /** Records a plan of two grants whose window ended after the first was sent and carried out. */
  async function interrupt(session?: Session, whose?: OrganizationIdentity): Promise<void> {
    const plan = planGrants([step], projects);
    const entry = await journal(session).begin({
      profile: (await stage.scene.organization()).id,
      organization: 'Test',
      names: {},
      plan,
      ...(whose && { whose }),
    });
    await entry.sending(plan.steps.slice(0, 1));
    const { state } = stage.scene.emulator.organization;
    const found = state.checkpoints.get(step);
    if (found) state.addPermission(found, projects[0] ?? '');
  }

  /** Resolves when a message that contains the text was shown. */
  function told(sentence: string): Promise<void> {
    return new Promise((resolve) => {
      stage.person.onTold = (text) => text.includes(sentence) && resolve();
    });
  }

  /** Opens the organization, as the next start does. */
  async function comeBack(): Promise<void> {
    await stage.scene.services.current.reopen();
    await stage.scene.services.current.get();
  }

  it('are offered when their organization is shown, without a request; Continue applies the remaining steps', async () => {
    await interrupt();
    const end = told(changesMade([step], one, none));
    stage.person.willPressInMessage(resume.label).presses('Grant');
    await comeBack();
    await end;
    const progress = { done: 0, unanswered: 1, total: 2 };
    assertSays(offer()?.text, planInWords(planGrants([step], projects)), words.progressInWords(progress));
    assert.deepEqual(offer()?.buttons, [resume.label, undo.label, dismiss.label]);
    assert.deepEqual(stage.scene.sent, [
      'GET permissions.list',
      'POST permissions.create',
      'GET permissions.list',
    ]);
    assert.deepEqual(stage.scene.requests[1]?.body, { project_ids: projects.slice(1) });
    const [account] = (await journal().read('default')).accounts;
    assert.equal(account?.ended?.how, 'applied');
    // Nothing tells who made the first one: its answer was not recorded.
    assert.deepEqual(
      account?.steps.map(({ done }) => done?.by),
      ['perhapsUs', 'us'],
    );
  });

  it('Truth 4: Undo Completed Changes leaves unselected what nobody can tell who made, and undoes what is selected', async () => {
    await interrupt();
    const end = told(changesMade([step], none, one));
    stage.person
      .willPressInMessage(undo.label)
      .presses(chooseChangesButton)
      .picks((_label, index) => index === 1)
      .presses('Revoke');
    await comeBack();
    await end;
    const [first] = stage.person.shown.filter(({ kind }) => kind === 'modal');
    assert.deepEqual(first?.buttons, [chooseChangesButton], 'nothing is selected at first');
    const picker = stage.person.shown.findLast(({ kind }) => kind === 'picker');
    assert.deepEqual(picker?.ticked, []);
    assert.deepEqual(stage.scene.projectsOnServer(step), []);
    // The report comes before the last line of the record.
    const isUndone = async (): Promise<boolean> =>
      (await journal().read('default')).accounts.some(({ ended }) => ended?.how === 'undone');
    while (!(await isUndone()));
    await run('showInterrupted');
    assertSays(stage.person.told.at(-1), words.resumePicker.none);
  });

  it('Dismiss stops asking and sends nothing', async () => {
    await interrupt();
    const end = told(words.dismissed);
    stage.person.willPressInMessage(dismiss.label);
    await comeBack();
    await end;
    await comeBack();
    await run('showInterrupted');
    assertSays(stage.person.told.at(-1), words.resumePicker.none);
    assert.deepEqual(stage.scene.sent, []);
  });

  it('can be listed later by a command, and stay until something is chosen', async () => {
    await interrupt();
    stage.person.cancels();
    await run('showInterrupted');
    stage.person.picks(() => true).cancels();
    await run('showInterrupted');
    assert.deepEqual(stage.scene.sent, []);
    stage.person
      .picks(() => true)
      .picks([resume.label])
      .cancels();
    await run('showInterrupted');
    assert.deepEqual(stage.scene.changes, [], 'the plan is shown before anything is sent');
    stage.person
      .picks(() => true)
      .picks([resume.label])
      .presses('Grant');
    await run('showInterrupted');
    assert.deepEqual(stage.scene.projectsOnServer(step), projects);
  });

  it('of another organization are listed, can be dismissed, and can’t be continued', async () => {
    await interrupt(dead, { origin: 'https://elsewhere.example', key: 'another' });
    const said = told(words.foreignInterruptions(1));
    await comeBack();
    await said;
    stage.person.picks((label) => label.startsWith('Grant 2')).picks([dismiss.label]);
    await run('showInterrupted');
    assertSays(stage.person.told.at(-1), words.dismissed);
    await run('showInterrupted');
    assertSays(stage.person.told.at(-1), words.resumePicker.none);
    assert.deepEqual(stage.scene.sent, []);
  });

  it('are not offered while another window applies them', async () => {
    // A running process other than this one.
    await interrupt({ id: 'another window', pid: process.ppid });
    await comeBack();
    stage.person.picks((label) => label.startsWith('Grant 2'));
    await run('showInterrupted');
    assertSays(stage.person.told.at(-1), words.beingAppliedElsewhere(process.ppid));
    assert.equal(stage.person.told.length, 1);
  });
});
