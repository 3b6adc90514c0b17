import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { FileStorage } from '../../src/access/journal/fileStorage';
import { Journal } from '../../src/access/journal/journal';
import type { Session } from '../../src/access/journal/session';
import type { OrganizationIdentity } from '../../src/access/organizationIdentity';
import { planGrants } from '../../src/access/plan/plan';
import { run, step, useStage } from './support/extension';

/** A window whose process has ended. */
const dead: Session = { id: 'before', pid: spawnSync(process.execPath, ['--version']).pid };

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
    stage.person.shown.find(({ kind, text }) => kind === 'message' && /interrupted/.test(text));

  /** What a window leaves that ended after its first of two grants was sent and carried out. */
  async function interrupt(session?: Session, whose?: OrganizationIdentity): Promise<void> {
    const plan = planGrants([step], projects);
    const entry = await journal(session).begin({
      profile: (await stage.scene.organization()).id,
      organization: 'Test',
      title: 'Grant 2 projects access to host-test · step 24',
      names: {},
      plan,
      ...(whose && { whose }),
    });
    await entry.sending(plan.steps.slice(0, 1));
    const { state } = stage.scene.emulator.organization;
    const found = state.checkpoints.get(step);
    if (found) state.addPermission(found, projects[0] ?? '');
  }

  /** Resolves when a message like this was told. */
  function told(pattern: RegExp): Promise<void> {
    return new Promise((resolve) => {
      stage.person.onTold = (text) => pattern.test(text) && resolve();
    });
  }

  /** As at the next start: the organization comes to be shown. */
  async function comeBack(): Promise<void> {
    await stage.scene.services.current.reopen();
    await stage.scene.services.current.get();
  }

  it('are offered when their organization is shown, without a request; Continue does the rest', async () => {
    await interrupt();
    const end = told(/Granted 1 permission/);
    stage.person.willPressInMessage('Continue').presses('Grant');
    await comeBack();
    await end;
    assert.match(
      offer()?.text ?? '',
      /Grant 2 projects access .*0 of 2 steps done, 1 sent without an answer/,
    );
    assert.deepEqual(offer()?.buttons, ['Continue', 'Undo What Was Done', 'Forget']);
    assert.deepEqual(stage.scene.sent, [
      'GET permissions.list',
      'POST permissions.create',
      'GET permissions.list',
    ]);
    assert.deepEqual(stage.scene.requests[1]?.body, { project_ids: projects.slice(1) });
    const [account] = await journal().accounts('default');
    assert.equal(account?.ended?.how, 'applied');
    assert.ok(account?.steps.every(({ done }) => done?.by === 'us'));
  });

  it('Undo What Was Done takes back what was done and nothing else', async () => {
    await interrupt();
    const end = told(/Revoked 1 permission/);
    stage.person.willPressInMessage('Undo What Was Done').presses('Revoke');
    await comeBack();
    await end;
    assert.deepEqual(stage.scene.projectsOnServer(step), []);
    await run('showInterrupted');
    assert.match(stage.person.told.at(-1) ?? '', /No change was interrupted/);
  });

  it('Forget asks no more and sends nothing', async () => {
    await interrupt();
    const end = told(/Forgotten/);
    stage.person.willPressInMessage('Forget');
    await comeBack();
    await end;
    await comeBack();
    await run('showInterrupted');
    assert.match(stage.person.told.at(-1) ?? '', /No change was interrupted/);
    assert.deepEqual(stage.scene.sent, []);
  });

  it('can be shown later by a command, and stay where they are until something is chosen', async () => {
    await interrupt();
    stage.person.cancels();
    await run('showInterrupted');
    stage.person.picks(() => true).cancels();
    await run('showInterrupted');
    assert.deepEqual(stage.scene.sent, []);
    stage.person
      .picks(() => true)
      .picks(['Continue'])
      .cancels();
    await run('showInterrupted');
    assert.deepEqual(stage.scene.changes, [], 'the plan is shown before anything is sent');
    stage.person
      .picks(() => true)
      .picks(['Continue'])
      .presses('Grant');
    await run('showInterrupted');
    assert.deepEqual(stage.scene.projectsOnServer(step), projects);
  });

  it('of another organization are said to be there, can be forgotten, and not continued', async () => {
    await interrupt(dead, { origin: 'https://elsewhere.example', key: 'another' });
    const said = told(/^Interrupted: 1 change is of another organization or address/);
    await comeBack();
    await said;
    stage.person.picks((label) => label.startsWith('Grant 2')).picks(['Forget']);
    await run('showInterrupted');
    assert.match(stage.person.told.at(-1) ?? '', /Forgotten/);
    await run('showInterrupted');
    assert.match(stage.person.told.at(-1) ?? '', /No change was interrupted/);
    assert.deepEqual(stage.scene.sent, []);
  });

  it('are not offered while another window is at them', async () => {
    // A process that runs, and is not this one.
    await interrupt({ id: 'another window', pid: process.ppid });
    await comeBack();
    stage.person.picks((label) => label.startsWith('Grant 2'));
    await run('showInterrupted');
    assert.match(stage.person.told.at(-1) ?? '', /Another window is working on it/);
    assert.equal(stage.person.told.length, 1);
  });
});
