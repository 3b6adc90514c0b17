import assert from 'node:assert/strict';
import { copying } from '../../src/words/changes';
import { checkpointName } from '../../src/words/names';
import { changesMade } from '../../src/words/outcomes';
import * as words from '../../src/words/plan';
import { undoPicker } from '../../src/words/undo';
import { assertSays } from '../says';
import { paletteTitleOf } from '../titles';
import { pictureOf } from './pictures';
import { expect, step, useWorkbench } from './workbench';

/** Of the sample organization: one that two active projects and an archived one can use, and one that nobody can. */
const source = 'contract-summary · step 48';
const target = 'support-bot · step 160';

const targetId = 'ft:gpt-4.1-mini-2025-04-14:harbor-labs:support-bot:Cq7TzR2m:ckpt-step-160';
const inSentences = checkpointName(targetId);
const none = { done: 0, total: 0 };
const one = { done: 1, total: 1 };
const granted = changesMade([targetId], one, none);
const revoked = changesMade([targetId], none, one);

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

  it('by mouse: copied from another checkpoint, a change cleared, applied, and undone', async () => {
    const row = await tree().row(target).expand();
    await step('the access of another checkpoint is copied', async () => {
      await (await tree().row(target).contextMenu()).choose('Copy Access From…');
      await workbench.input.waitFor(copying.fromWhichCheckpoint(inSentences));
      await workbench.input.choose(source);
      await workbench.input.waitFor(/the plan/);
      await workbench.input.choose(copying.addMissing);
    });
    await step('the plan says what it does, what it leaves out, and what it costs', async () => {
      const dialog = await workbench.dialog.waitFor();
      assertSays(await dialog.message(), `Grant 2 projects access to ${inSentences}?`);
      const detail = await dialog.detail();
      assertSays(detail, 'Sales copilot', 'Partner portal', words.impossibleTitle, 'Voice pilot is archived');
      assertSays(detail, words.costInWords({ changes: 1, readBacks: 1 }));
      assert.deepEqual((await dialog.buttons()).sort(), [
        'Cancel',
        words.chooseChangesButton,
        words.applyButton.grants,
      ]);
      await workbench.toasts.waitUntilGone();
      await workbench.screenshot(pictureOf('preview'));
    });
    await step('a change is cleared, and the plan comes back without it', async () => {
      await workbench.dialog.press(words.chooseChangesButton);
      await workbench.input.waitFor(words.chooseChanges.placeholder);
      await rowOf('Voice pilot').click();
      await rowOf('Partner portal').click();
      await expect(
        () => isTicked('Partner portal'),
        (ticked) => ticked !== 'true',
        'a cleared change',
      );
      await expect(
        () => isTicked('Voice pilot'),
        (ticked) => ticked !== 'true',
        'what cannot be done is not ticked',
      );
      await workbench.input.accept();
      const dialog = await workbench.dialog.waitFor();
      assert.match(await dialog.message(), /Grant 1 project access/);
      assertSays(await dialog.detail(), words.notSelected(1));
      await dialog.press('Grant');
      await (await workbench.toasts.waitFor(granted)).close();
      assert.deepEqual(
        (await row.children()).map(({ label }) => label),
        ['Sales copilot'],
      );
    });
    await step('it is undone', async () => {
      await workbench.runCommand(paletteTitleOf('undoLastChange'));
      await workbench.input.waitFor(undoPicker.placeholder);
      await workbench.input.choose(`Grant 1 project access to ${inSentences}`);
      const dialog = await workbench.dialog.waitFor();
      assertSays(await dialog.message(), `Revoke 1 permission for ${inSentences}?`);
      await dialog.press('Revoke');
      await (await workbench.toasts.waitFor(revoked)).close();
      await tree().row('Sales copilot').waitUntilGone();
    });
  });

  it('by keyboard: the same', async () => {
    await step('the access of another checkpoint is copied', async () => {
      await workbench.runCommand(paletteTitleOf('copyAccessFrom'));
      const input = await workbench.input.waitFor(copying.whatToCopy);
      await workbench.press('Enter');
      await input.waitFor(copying.toWhichCheckpoint);
      await input.type(target);
      await workbench.press('Enter');
      await input.waitFor(copying.fromWhichCheckpoint(inSentences));
      await input.type(source);
      await workbench.press('Enter');
      await input.waitFor(/the plan/);
      await workbench.press('Enter');
    });
    await step('a change is cleared, and the rest is applied', async () => {
      await workbench.dialog.waitFor();
      await tabTo(words.chooseChangesButton);
      await workbench.press('Enter');
      await workbench.input.waitFor(words.chooseChanges.placeholder);
      await workbench.press('ArrowDown');
      await workbench.press('Space');
      await workbench.press('Enter');
      const dialog = await workbench.dialog.waitFor();
      assertSays(await dialog.detail(), words.notSelected(1));
      await workbench.press('Enter');
      await (await workbench.toasts.waitFor(granted)).close();
    });
    await step('it is undone', async () => {
      await workbench.runCommand(paletteTitleOf('undoLastChange'));
      await workbench.input.waitFor(undoPicker.placeholder);
      await workbench.press('Enter');
      const dialog = await workbench.dialog.waitFor();
      assertSays(await dialog.message(), `Revoke 1 permission for ${inSentences}?`);
      await workbench.press('Enter');
      await (await workbench.toasts.waitFor(revoked)).close();
    });
  });
});
