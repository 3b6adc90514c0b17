import assert from 'node:assert/strict';
import { copying } from '../../src/words/changes';
import { applyChanges, changesTab } from '../../src/words/changesTab';
import { checkpointName } from '../../src/words/names';
import { changesMade } from '../../src/words/outcomes';
import * as words from '../../src/words/plan';
import { undoPicker } from '../../src/words/undo';
import { assertSays } from '../says';
import { paletteTitleOf } from '../titles';
import { pictureOf } from './pictures';
import { step, useWorkbench } from './workbench';

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
    await workbench.waitForSample();
  });

  const change = (project: string) => workbench.access.row('changes', project);
  const applyButton = (changes: number) => workbench.access.button(applyChanges(changes));
  const closeResults = () => workbench.access.button(changesTab.close);
  const says = (text: string) => workbench.access.panel('changes').getByText(text).waitFor();

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
      await workbench.access.waitForTab('changes');
      await says(`Grant 2 projects access to ${inSentences}`);
      await change('Sales copilot').waitFor();
      await change('Partner portal').waitFor();
      const archived = await change('Voice pilot').innerText();
      assertSays(archived, 'Voice pilot is archived', target);
      assert.ok(await change('Voice pilot').locator('input').isDisabled());
      await says(words.costInWords({ changes: 1, readBacks: 1 }));
      await workbench.toasts.waitUntilGone();
      await workbench.screenshot(pictureOf('preview'));
    });
    await step('a change is cleared, and the rest is applied', async () => {
      await change('Partner portal').locator('input').click();
      await applyButton(1).click();
      await says(granted);
      assert.deepEqual(
        (await row.children()).map(({ label }) => label),
        ['Sales copilot'],
      );
      await closeResults().click();
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
      await change('Partner portal').waitFor();
      const focused = () =>
        workbench.access.evaluate<string>("document.activeElement.closest('button, .row')?.innerText ?? ''");
      const press = (key: string, wanted: string) =>
        workbench.pressUntil(key, focused, (text) => text.includes(wanted), wanted);
      await press('ArrowDown', 'Partner portal');
      await workbench.press('Space');
      await applyButton(1).waitFor();
      await press('Tab', applyChanges(1));
      await workbench.press('Enter');
      await says(granted);
      await press('Tab', changesTab.close);
      await workbench.press('Enter');
      await says(changesTab.empty);
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
