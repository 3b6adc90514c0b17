import assert from 'node:assert/strict';
import { samples } from '../../src/organizations/samples';
import { dayOf } from '../../src/text/dates';
import { expiryInWords, keyNotes, keyStatus } from '../../src/words/keyStatus';
import { sampleName } from '../../src/words/organizationNames';
import { organizationQuestions } from '../../src/words/organizations';
import { commandTitles } from '../../src/words/titles';
import { labelOf, paletteTitleOf, titleOf } from '../titles';
import { pictureOf } from './pictures';
import { setUp, useEmulator } from './support';
import { step, useWorkbench } from './workbench';

const bot = 'ft:gpt-4.1-2025-04-14:harbor-labs:status-bot:St1At2Us';
const day = 24 * 60 * 60_000;

describe('a key that expires', () => {
  const { workbench, emulator } = useEmulator({ size: { width: 1180, height: 800 } });
  const expires = Math.floor((Date.now() + 9 * day) / 1000) * 1000;
  const preview = () => workbench.preview;
  const pageSays = (text: string) => preview().getByText(text).first().waitFor();
  const notice = new RegExp(`expires on ${dayOf(expires)} \\(in 9 days\\)\\.`);
  const checks = () => emulator().requests.filter(({ endpoint }) => endpoint === 'adminAPIKeys.list').length;
  const closeEditors = () => workbench.runCommand('View: Close All Editors');

  it('is pointed out by a notice that leads to the status, and by a badge', async () => {
    emulator().organization.addCheckpoint(bot, { permissions: 3 });
    emulator().setKeyExpiry(expires);
    await setUp(workbench, emulator().adminAPIKey, [bot]);
    await workbench.tree('Checkpoints').row('status-bot').waitFor();
    const toast = await workbench.toasts.waitFor(notice);
    assert.deepEqual(await toast.buttons(), [commandTitles.setAdminKey, commandTitles.showKeyStatus]);
    const badge = workbench.page.locator('.activitybar .action-item', {
      has: workbench.page.locator('.badge-content', { hasText: /^1$/ }),
    });
    await badge.first().waitFor();
    const label = await badge.first().locator('a').getAttribute('aria-label');
    assert.match(label ?? '', notice);
    await workbench.screenshot('.vscode-test/pictures/key-notice.png');
    await toast.press(commandTitles.showKeyStatus);
    await pageSays(expiryInWords(expires, Date.now()));
    await workbench.toasts.waitUntilGone();
    assert.equal(checks(), 1);
    await closeEditors();
  });

  it('by keyboard: its status opens, and it is checked again', async () => {
    await workbench.runCommand(paletteTitleOf('showKeyStatus'));
    await preview().getByRole('heading', { name: keyStatus }).waitFor();
    await pageSays(keyNotes.noScopes);
    assert.equal(checks(), 1);
    emulator().removeScopes('api.fine_tuning.checkpoints.read');
    await workbench.tree('Checkpoints').row('status-bot').expand();
    await workbench.runCommand(paletteTitleOf('showKeyStatus'));
    await pageSays('api.fine_tuning.checkpoints.read');
    const text = (await preview().allInnerTexts()).join('\n');
    assert.ok(!text.includes(emulator().adminAPIKey));
    await workbench.screenshot('.vscode-test/pictures/key-scopes.png');
    emulator().setKeyExpiry(null);
    await workbench.runCommand(paletteTitleOf('checkKeyAgain'));
    await pageSays(expiryInWords('notReported', 0));
    assert.equal(checks(), 2);
    await closeEditors();
  });

  it('by mouse: its status opens from the menu of the view, and the icon of the page checks it again', async () => {
    await step('the menu', async () => {
      const menu = await workbench.view.moreActions();
      await menu.choose(titleOf('showKeyStatus'), labelOf('organizationsMenu'));
      await pageSays(expiryInWords('notReported', 0));
      assert.equal(checks(), 2);
    });
    await step('the icon', async () => {
      emulator().setKeyExpiry(expires);
      const icon = workbench.page
        .locator('.editor-actions')
        .getByRole('button', { name: titleOf('checkKeyAgain') });
      await icon.click();
      await pageSays(expiryInWords(expires, Date.now()));
      assert.equal(checks(), 3);
      await workbench.screenshot('.vscode-test/pictures/key-status-icon.png', { keepMouse: true });
    });
    await step('one notice was enough for today', async () => {
      assert.deepEqual(
        (await workbench.toasts.messages()).filter((each) => notice.test(each)),
        [],
      );
    });
  });
});

describe('the status of the key of a sample organization', () => {
  const workbench = useWorkbench({ theme: 'dark', size: { width: 1180, height: 720 } });
  const [, { name }] = samples;

  it('says when its key expires, after a check', async () => {
    await workbench.openView('Checkpoint Permissions');
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await workbench.waitForSample();
    await workbench.runCommand(paletteTitleOf('switchOrganization'));
    await (await workbench.input.waitFor(organizationQuestions.switch)).choose(name);
    await workbench.page.getByText(sampleName(name)).first().waitFor();
    await workbench.runCommand(paletteTitleOf('checkKeyAgain'));
    await workbench.preview.getByText(/^The key expires on .* \(in 9 days\)\.$/).waitFor();
    await workbench.toasts.waitUntilGone();
    await workbench.screenshot(pictureOf('key-status'));
  });
});
