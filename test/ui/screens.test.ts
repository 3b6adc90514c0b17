import assert from 'node:assert/strict';
import { findingKindInWords } from '../../src/words/findings';
import { loadAllButton } from '../../src/words/loading';
import { reviewChanges } from '../../src/words/matrix';
import { organizationQuestions } from '../../src/words/organizations';
import { inTabs, loadLog } from '../../src/words/tabs';
import { labelOf, paletteTitleOf, titleOf } from '../titles';
import { Screens } from './screens';
import { useWorkbench } from './workbench';

// One window for all, and each screen follows from the one before.
describe('the screens', () => {
  const workbench = useWorkbench({
    clock: new Date('2026-09-15T12:00:00Z'),
    size: { width: 1440, height: 900 },
    settings: { 'editor.hover.delay': 100 },
  });
  const screens = new Screens(workbench);
  const checkpoints = () => workbench.tree('Checkpoints');
  const projects = () => workbench.tree('Projects');
  const access = () => workbench.access;
  const button = (name: string) => access().frame.getByRole('button', { name, exact: true });
  /** What a page of details shows. */
  const preview = () => workbench.preview;

  /** A test of one screen, which leaves the window as the next one needs it. */
  function screen(title: string, act: () => Promise<void>): void {
    it(title, async () => {
      await act();
      screens.assertAsStored();
    });
  }

  screen('the welcome', async () => {
    await workbench.openView('Checkpoint Permissions');
    await screens.compare('welcome', workbench.view.locator);
  });

  screen('the walkthrough', async () => {
    await workbench.view.pressWelcome('See the first steps');
    const steps = workbench.page.locator('.gettingStartedSlideDetails');
    await screens.compare('walkthrough', steps);
    // Drawing itself takes a while, and would take the keyboard from the palette.
    await workbench.page.locator('.tabs-container .tab.active').click({ button: 'middle' });
    await steps.waitFor({ state: 'detached' });
  });

  screen('Checkpoints', async () => {
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await checkpoints().row('invoice-reader').expand();
    await screens.compare('checkpoints', workbench.view.locator);
  });

  screen('the status bar', async () => {
    await screens.compare('statusBar', workbench.statusOf(/Checkpoint Permissions/));
  });

  screen('the menu of a checkpoint', async () => {
    await checkpoints().row('invoice-reader').contextMenu();
    await screens.compare('checkpointMenu', workbench.page.getByRole('menu'));
    await workbench.menu.close();
  });

  screen('the menu of a permission', async () => {
    await checkpoints().row('Partner portal').contextMenu();
    await screens.compare('permissionMenu', workbench.page.getByRole('menu'));
    await workbench.menu.close();
  });

  screen('the menu of the title', async () => {
    const menu = await workbench.view.moreActions();
    await menu.open(labelOf('viewMenu'));
    await screens.compare('titleMenu', workbench.page.getByRole('menu').first(), { keepMouse: true });
    await menu.choose(titleOf('groupByModel'));
  });

  screen('Checkpoints by model', async () => {
    // Before, a checkpoint had that name.
    await checkpoints()
      .row(/^Fine-tuned model invoice-reader, 2 checkpoints/)
      .expand();
    await checkpoints().row('Final model').expand();
    await screens.compare('checkpointsByModel', workbench.view.locator);
  });

  screen('the details of a permission', async () => {
    await checkpoints().row('Partner portal').click();
    await screens.compare('permissionDetails', preview());
  });

  screen('the plan of a revoke', async () => {
    await checkpoints().row('Partner portal').choose(titleOf('revoke'));
    await screens.compare('planDialog', workbench.dialog.locator);
  });

  screen('what became of it', async () => {
    await workbench.dialog.press('Revoke');
    const toast = await workbench.toasts.waitFor(/Revoked/);
    await screens.compare('changeNotification', toast.locator);
    await toast.close();
  });

  screen('the filter', async () => {
    await workbench.view.pressTitle(titleOf('filter'), 'Checkpoints');
    await workbench.input.type('reader');
    await screens.compare('filter', workbench.input.locator);
    await workbench.input.cancel();
    await checkpoints().row('support-bot').waitFor();
  });

  screen('the switcher of organizations', async () => {
    await workbench.statusOf(/Checkpoint Permissions/).click();
    await workbench.input.waitFor(organizationQuestions.switch);
    await screens.compare('switcher', workbench.input.locator);
    await workbench.input.choose('Juniper Clinics');
    await checkpoints().row('icd-codes').waitFor();
  });

  screen('Projects', async () => {
    await workbench.view.fold('Checkpoints');
    await workbench.view.unfold('Projects');
    await projects()
      .row(/^Based on/)
      .click();
    await (await workbench.dialog.waitFor()).press(loadAllButton);
    await projects().row('Lab reports').expand();
    await screens.compare('projects', workbench.view.locator);
  });

  screen('the status of the key', async () => {
    await workbench.runCommand(paletteTitleOf('showKeyStatus'));
    await screens.compare('keyStatus', preview());
  });

  screen('a hover', async () => {
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.page.keyboard.insertText('ft:gpt-4.1-2025-04-14:juniper-clinics:letters:Cr5PwE8b');
    await workbench.page.locator('.editor-instance .view-line span > span').first().hover();
    await screens.compare(
      'hover',
      workbench.page.locator('.monaco-hover:visible').filter({ hasText: 'Copy ID' }),
      { keepMouse: true },
    );
    await workbench.revertEditors();
  });

  screen('the matrix', async () => {
    await workbench.view.unfold('Checkpoints');
    await workbench.view.pressTitle(titleOf('openAccess'), 'Checkpoints');
    await access().waitFor();
    await workbench.matrix.cell('icd-codes', 'Research').click();
    await screens.compare('matrix', access().frame.locator('body'));
  });

  screen('staged changes', async () => {
    await button(reviewChanges(1)).click();
    await access().waitForTab('changes');
    await screens.compare('changes', access().frame.locator('body'));
  });

  screen('permissions', async () => {
    await access().select('permissions');
    await screens.compare('permissions', access().frame.locator('body'));
  });

  screen('findings', async () => {
    await access().select('findings');
    await access()
      .rows('findings')
      .filter({ hasText: findingKindInWords.archived })
      .locator('.twistie')
      .click();
    await screens.compare('findings', access().frame.locator('body'));
  });

  screen('the history', async () => {
    await access().select('history');
    await button(loadLog(1)).click();
    await button(inTabs.stop).waitFor({ state: 'hidden' });
    await screens.compare('history', access().frame.locator('body'));
  });

  screen('an explanation', async () => {
    await access().select('matrix');
    const menu = await access().contextMenuOf(workbench.matrix.cell('icd-codes', 'Billing codes'));
    await menu.choose(titleOf('explainAccess'));
    await access().waitForTab('explain');
    await screens.compare('explain', access().frame.locator('body'));
  });

  it('are all that is stored', async () => {
    assert.deepEqual(await screens.leftOver(), []);
  });
});
