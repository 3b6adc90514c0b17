import assert from 'node:assert/strict';
import { paletteTitleOf } from '../titles';
import { pictureOf } from './pictures';
import { expect, step, useWorkbench } from './workbench';

/** Of the sample organization: one that two active projects and an archived one can use, and one that nobody can. */
const source = 'contract-summary · step 48';
const target = 'support-bot · step 160';

describe('a plan', () => {
  const workbench = useWorkbench();
  const tree = () => workbench.tree('Checkpoints');

  before('open the view', async () => {
    await workbench.runCommand(paletteTitleOf('exploreSample'));
    await tree().row('support-bot').waitFor();
  });

  const rowOf = (project: string) =>
    workbench.input.locator
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: project })
      .first();

  const isTicked = (project: string) => rowOf(project).getAttribute('aria-checked');

  /** Moves the keyboard to a button of the dialog. */
  async function tabTo(button: string): Promise<void> {
    const focused = () => workbench.page.locator(':focus').innerText();
    for (let presses = 0; presses < 5 && (await focused()) !== button; presses += 1)
      await workbench.press('Tab');
    assert.equal(await focused(), button);
  }

  it('by mouse: copied from another checkpoint, a step unticked, applied, and undone', async () => {
    const row = await tree().row(target).expand();
    await step('the access of another checkpoint is copied', async () => {
      await (await tree().row(target).contextMenu()).choose('Copy Access From…');
      await workbench.input.waitFor('Choose the checkpoint whose access');
      await workbench.input.choose(source);
      await workbench.input.waitFor('The plan is shown first');
      await workbench.input.choose('Add what is missing');
    });
    await step('the plan says what it does, what it leaves out, and what it costs', async () => {
      const dialog = await workbench.dialog.waitFor();
      assert.match(await dialog.message(), /Grant 2 projects access to support-bot · step 160\?/);
      const detail = await dialog.detail();
      for (const words of ['Sales copilot', 'Partner portal', 'Left out:', 'Voice pilot is archived'])
        assert.ok(detail.includes(words), detail);
      assert.match(detail, /Takes 1 request and 1 read back: about 1 minute/);
      assert.deepEqual((await dialog.buttons()).sort(), ['Cancel', 'Choose Steps…', 'Grant']);
      await workbench.toasts.waitUntilGone();
      await workbench.screenshot(pictureOf('preview'));
    });
    await step('a step is unticked, and the plan comes back without it', async () => {
      await workbench.dialog.press('Choose Steps…');
      await workbench.input.waitFor('Untick what is not to be done');
      await rowOf('Voice pilot').click();
      await rowOf('Partner portal').click();
      await expect(
        () => isTicked('Partner portal'),
        (ticked) => ticked !== 'true',
        'an unticked step',
      );
      await expect(
        () => isTicked('Voice pilot'),
        (ticked) => ticked !== 'true',
        'what cannot be done is not ticked',
      );
      await workbench.input.accept();
      const dialog = await workbench.dialog.waitFor();
      assert.match(await dialog.message(), /Grant 1 project access/);
      assert.match(await dialog.detail(), /1 step not ticked/);
      await dialog.press('Grant');
      await (await workbench.toasts.waitFor('Granted 1 permission for support-bot · step 160')).close();
      assert.deepEqual(
        (await row.children()).map(({ label }) => label),
        ['Sales copilot'],
      );
    });
    await step('it is undone', async () => {
      await workbench.runCommand(paletteTitleOf('undoLastChange'));
      await workbench.input.waitFor('Choose the change to take back');
      await workbench.input.choose('Grant 1 project access to support-bot · step 160');
      const dialog = await workbench.dialog.waitFor();
      assert.match(await dialog.message(), /Revoke 1 permission for support-bot · step 160\?/);
      await dialog.press('Revoke');
      await (await workbench.toasts.waitFor('Revoked 1 permission for support-bot · step 160')).close();
      await tree().row('Sales copilot').waitUntilGone();
    });
  });

  it('by keyboard: the same', async () => {
    await step('the access of another checkpoint is copied', async () => {
      await workbench.runCommand(paletteTitleOf('copyAccessFrom'));
      const input = await workbench.input.waitFor('What is to be copied?');
      await workbench.press('Enter');
      await input.waitFor('Choose the checkpoint that is to get the access');
      await input.type(target);
      await workbench.press('Enter');
      await input.waitFor('Choose the checkpoint whose access');
      await input.type(source);
      await workbench.press('Enter');
      await input.waitFor('The plan is shown first');
      await workbench.press('Enter');
    });
    await step('a step is unticked, and the rest is applied', async () => {
      await workbench.dialog.waitFor();
      await tabTo('Choose Steps…');
      await workbench.press('Enter');
      await workbench.input.waitFor('Untick what is not to be done');
      await workbench.press('ArrowDown');
      await workbench.press('Space');
      await workbench.press('Enter');
      const dialog = await workbench.dialog.waitFor();
      assert.match(await dialog.detail(), /1 step not ticked/);
      await workbench.press('Enter');
      await (await workbench.toasts.waitFor('Granted 1 permission for support-bot · step 160')).close();
    });
    await step('it is undone', async () => {
      await workbench.runCommand(paletteTitleOf('undoLastChange'));
      await workbench.input.waitFor('Choose the change to take back');
      await workbench.press('Enter');
      const dialog = await workbench.dialog.waitFor();
      assert.match(await dialog.message(), /Revoke 1 permission for support-bot · step 160\?/);
      await workbench.press('Enter');
      await (await workbench.toasts.waitFor('Revoked 1 permission for support-bot · step 160')).close();
    });
  });
});
