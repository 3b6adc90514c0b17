import assert from 'node:assert/strict';
import { tabIds } from '../../src/protocol/accessPage';
import {
  changesStayStaged,
  organizationClosed,
  otherOrganizationShown,
  accessPage as words,
} from '../../src/words/accessPage';
import { stagedCount } from '../../src/words/matrix';
import { paletteTitleOf, titleOf } from '../titles';
import { extensionHosts } from './extensionHosts';
import { expect, step, useWorkbench } from './workbench';

const name = 'Checkpoint Permissions';
const sample = 'Harbor Labs (sample)';

describe('the Access page', () => {
  const workbench = useWorkbench({ theme: 'dark', size: { width: 1440, height: 860 } });
  const access = () => workbench.access;
  const matrix = () => workbench.matrix;
  const staged = (count: number) => stagedCount({ grants: count, revokes: 0 });

  async function stageOne(): Promise<void> {
    await access().select('matrix');
    await access().searchFor('project:antwerp');
    await matrix().cell('support-bot · step 160', 'Antwerp billing').click();
    await expect(
      () => matrix().staged(),
      (text) => text.startsWith(staged(1)),
      'one staged change',
    );
  }

  async function discard(): Promise<void> {
    await access().select('matrix');
    await access().button('Discard Changes').click();
    await matrix().waitForStaged(staged(0));
  }

  before('open it', async () => {
    await workbench.openView(name);
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await workbench.waitForSample();
    await workbench.runCommand(paletteTitleOf('openAccess'));
    await access().waitFor();
  });

  it('names the organization in the page and in the title of its tab', async () => {
    assert.equal(await access().organization(), sample);
    await access()
      .editorTabs(/^Access · Harbor Labs \(sample\)/)
      .waitFor();
  });

  it('has six tabs, which the mouse, the arrow keys and commands select', async () => {
    for (const id of tabIds) await access().select(id);
    await access().tab('matrix').click();
    await step('arrow keys move, and Enter selects', async () => {
      await workbench.press('ArrowRight');
      await workbench.press('Enter');
      await access().waitForTab('permissions');
      await workbench.press('End');
      await workbench.press('Space');
      await access().waitForTab('explain');
      await workbench.press('ArrowRight');
      await workbench.press('Enter');
      await access().waitForTab('matrix');
    });
    await step('commands select the next and the previous one', async () => {
      await workbench.press('Alt+PageUp');
      await access().waitForTab('explain');
      await workbench.press('Alt+PageDown');
      await access().waitForTab('matrix');
      await workbench.runCommand(paletteTitleOf('nextAccessTab'));
      await access().waitForTab('permissions');
    });
    await access().select('matrix');
  });

  it('marks its title while changes are staged, and keeps them when it is closed', async () => {
    await stageOne();
    await access()
      .editorTabs(/^● Access · /)
      .waitFor();
    await workbench.runCommand('View: Close Editor');
    const toast = await workbench.toasts.waitFor(changesStayStaged(1));
    await toast.press(titleOf('openAccess'));
    await access().waitFor();
    await expect(
      () => matrix().staged(),
      (text) => text.startsWith(staged(1)),
      'the staged change to be there again',
    );
    await discard();
    await access()
      .editorTabs(/^Access · /)
      .waitFor();
  });

  it('comes back after a reload with tab, search and staged changes, and loads nothing by itself', async () => {
    await stageOne();
    await access().select('permissions');
    await access().searchFor('project:antwerp billing');
    await workbench.waitForStored(
      /checkpointPermissions\.access[^\n]*\btab\W+permissions[^\n]*antwerp billing/,
    );
    await workbench.reload();
    await access().waitForTab('permissions');
    assert.equal(await access().search.inputValue(), 'project:antwerp billing');
    await access()
      .editorTabs(/^● Access · /)
      .waitFor();
    await access().select('matrix');
    await access().button(words.resume).waitFor();
    await expect(
      () => matrix().staged(),
      (text) => text.startsWith(staged(1)),
      'the staged change to be there again',
    );
    await access().button(words.resume).click();
    await access().button(words.resume).waitFor({ state: 'hidden' });
    await matrix().cell('support-bot · step 160', 'Antwerp billing').waitFor();
    await discard();
  });

  it('works on in another group of editors', async () => {
    await stageOne();
    await access().select('permissions');
    await workbench.runCommand('View: Move Editor into Right Group');
    await access().waitForTab('permissions');
    assert.equal(await access().editorTabs().count(), 1);
    await access()
      .editorTabs(/^● Access · /)
      .waitFor();
    await access().select('matrix');
    await expect(
      () => matrix().staged(),
      (text) => text.startsWith(staged(1)),
      'the staged change to be there',
    );
    await discard();
  });

  it('says when another organization is shown, and switches back to its own', async () => {
    await stageOne();
    await workbench.runCommand(paletteTitleOf('leaveSample'));
    await access().frame.getByText(otherOrganizationShown).waitFor();
    await access().button(words.switchOrganization).click();
    await access().frame.getByText(otherOrganizationShown).waitFor({ state: 'hidden' });
    await step('leaving a sample discards what was staged in it', () => matrix().waitForStaged(staged(0)));
    assert.equal(await access().frame.getByText(organizationClosed).isVisible(), false);
  });

  it('says when the extension is silent, disables what needs it, and recovers', async () => {
    await stageOne();
    const hosts = await extensionHosts();
    const silent = access().frame.locator('#silent');
    for (const host of hosts) process.kill(host, 'SIGSTOP');
    try {
      await silent.waitFor();
      assert.match(await silent.innerText(), /isn't answering/);
      assert.equal(await access().frame.locator('#preview').getAttribute('inert'), '');
      assert.deepEqual(await access().violations(), []);
      await workbench.screenshot('.vscode-test/pictures/access-silent.png');
    } finally {
      for (const host of hosts) process.kill(host, 'SIGCONT');
    }
    await silent.waitFor({ state: 'hidden' });
    assert.equal(await access().frame.locator('#preview').getAttribute('inert'), null);
  });

  it('loses nothing staged when the extension host is killed, and opening again closes the dead tab', async () => {
    for (const host of await extensionHosts()) process.kill(host, 'SIGKILL');
    await access().frame.locator('#silent').waitFor();
    await expect(
      async () => (await extensionHosts()).length,
      (count) => count > 0,
      'the extension host to be started again',
    );
    await workbench.runCommand(paletteTitleOf('openAccess'));
    // The dead page is in the tab until the new one has replaced it.
    await access().frame.locator('#silent').waitFor({ state: 'hidden' });
    await access().waitFor();
    await expect(
      () => access().editorTabs().count(),
      (count) => count === 1,
      'one page',
    );
    await access().select('matrix');
    await expect(
      () => matrix().staged(),
      (text) => text.startsWith(staged(1)),
      'the staged change to be there again',
    );
    await discard();
  });

  it('is one column of tabs at 320 px, with a list to choose from', async () => {
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.resize({ width: 400, height: 700 });
    const list = access().frame.locator('#tab-select');
    await list.selectOption('history');
    await access().panel('history').waitFor();
    assert.deepEqual(await access().violations(), []);
    await list.selectOption('matrix');
    await workbench.screenshot('.vscode-test/pictures/access-narrow.png');
    assert.deepEqual(await access().violations(), []);
    await workbench.resize({ width: 1440, height: 860 });
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  });
});
