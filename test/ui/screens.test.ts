import { mkdirSync, writeFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { tabIds } from '../../src/protocol/accessPage';
import { paletteTitleOf, titleOf } from '../titles';
import { step, useWorkbench } from './workbench';

describe('screens', () => {
  const workbench = useWorkbench({
    clock: new Date('2026-09-15T12:00:00Z'),
    size: { width: 1440, height: 900 },
  });
  async function screen(name: string, locator: Locator) {
    mkdirSync('.vscode-test/screens', { recursive: true });
    writeFileSync(`.vscode-test/screens/${name}.yaml`, `${await locator.ariaSnapshot()}\n`);
    await workbench.screenshot(`.vscode-test/pictures/screen-${name}.png`, { keepMouse: true });
  }
  it('explore', async () => {
    await workbench.openView('Checkpoint Permissions');
    await workbench.view.welcome();
    await screen('welcome', workbench.view.locator);
    await workbench.view.pressWelcome('See the first steps');
    await workbench.page.locator('.gettingStartedContainer').getByText('Share a model').waitFor();
    await screen('walkthrough', workbench.page.locator('.gettingStartedContainer'));
    await workbench.runCommand('View: Close All Editors');
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await workbench.tree('Checkpoints').row('support-bot').waitFor();
    await workbench.tree('Checkpoints').row('invoice-reader').expand();
    await screen('checkpoints', workbench.view.locator);
    await screen('status', workbench.page.locator('.part.statusbar'));
    await workbench.tree('Checkpoints').row('invoice-reader').contextMenu();
    await screen('contextMenu', workbench.page.getByRole('menu'));
    await workbench.menu.close();
    await workbench.runCommand(paletteTitleOf('switchOrganization'));
    await workbench.input.waitFor(/rganization/);
    await screen('switcher', workbench.input.locator);
    await workbench.input.choose('Juniper');
    await workbench.tree('Checkpoints').row('icd-codes').waitFor();
    await screen('juniper', workbench.view.locator);
    await screen('notifications', workbench.page.locator('.notifications-toasts'));
    await workbench.runCommand(paletteTitleOf('openAccess'));
    await workbench.access.waitFor();
    for (const id of tabIds) {
      await step(id, async () => {
        await workbench.access.select(id);
        await workbench.access.evaluate('new Promise((resolve) => setTimeout(resolve, 1500))');
        await screen(`access-${id}`, workbench.access.frame.locator('body'));
      });
    }
  });
});
