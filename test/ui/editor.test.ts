import assert from 'node:assert/strict';
import { accessInWords } from '../../src/words/access';
import { hoverLinks } from '../../src/words/hover';
import { paletteTitleOf } from '../titles';
import { pictureOf } from './pictures';
import { step, useWorkbench } from './workbench';

const shared = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:invoice-reader:BxN4kd9V';
const unlisted = 'ft:gpt-3.5-turbo-0125:harbor-labs:old-times:Zz1Yy2Xx';

const notLoaded = accessInWords(
  { state: 'notLoaded', count: 0, isComplete: false, doubts: [], isLoading: false },
  0,
);

describe('ids in an editor', () => {
  // Before the hook that closes the window.
  after('close the editors', () => workbench.revertEditors());

  const workbench = useWorkbench({
    theme: 'dark',
    size: { width: 1180, height: 720 },
    settings: { 'editor.hover.delay': 100, 'editor.fontSize': 13, 'editor.minimap.enabled': false },
  });
  const tree = () => workbench.tree('Checkpoints');
  const picture = (file: string) => workbench.screenshot(pictureOf(file), { keepMouse: true });
  const hover = () => workbench.page.locator('.monaco-hover:visible').filter({ hasText: 'Copy ID' });
  const hoverText = async () => (await hover().allInnerTexts()).join('\n');
  const link = (label: string) => hover().getByText(label, { exact: true });
  const preview = () =>
    workbench.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame').locator('body');

  /** Points at an id in the editor with the mouse. */
  async function point(id: string): Promise<void> {
    await workbench.page.mouse.move(0, 0);
    await hover().waitFor({ state: 'hidden' });
    const line = workbench.page.locator('.editor-instance .view-line').filter({ hasText: id });
    const box = await line.locator('span > span').first().boundingBox();
    assert.ok(box);
    await workbench.page.mouse.move(box.x + 150, box.y + box.height / 2, { steps: 4 });
    await hover().waitFor();
  }

  before('a file with ids, beside the sample organization', async () => {
    await workbench.runCommand(paletteTitleOf('exploreSample'));
    await workbench.waitForSample();
    await workbench.view.widen(380);
    await workbench.runCommand('File: New Untitled Text File');
    const editor = workbench.page.locator('.editor-instance .monaco-editor').first();
    await editor.locator('.view-lines').click();
    for (const line of [`model: openai/${shared}`, '', `retired: ${unlisted}`]) {
      await workbench.page.keyboard.insertText(line);
      await workbench.press('Enter');
    }
  });

  it('are explained under the mouse, and lead to the view', async () => {
    await step('what is not read is said to be so', async () => {
      await point(shared);
      const text = await hoverText();
      assert.match(text, /invoice-reader/);
      assert.ok(text.includes(notLoaded), text);
      assert.match(text, /Shuts? down (Jan 14, 2027|today)/i);
      await workbench.screenshot('.vscode-test/pictures/hover-unread.png', { keepMouse: true });
    });
    await step('Check Who Has Access asks and tells', async () => {
      await link(hoverLinks.readAccess[0]).click();
      const toast = await workbench.toasts.waitFor(/6 projects have access/);
      await toast.close();
      await point(shared);
      assert.match(await hoverText(), /6 projects have access · loaded just now/);
      await picture('hover');
    });
    await step('Show in Sidebar selects it there', async () => {
      await link(hoverLinks.showInSidebar[0]).click();
      await tree().rowsOnce(
        (rows) => rows.some(({ label, selected }) => selected && label === 'invoice-reader'),
        'the checkpoint selected',
      );
    });
    await step('Grant… asks for projects', async () => {
      await point(shared);
      await link(hoverLinks.grant[0]).click();
      await workbench.input.waitFor(/grant access to/i);
      await workbench.input.cancel();
      // VS Code may give the keyboard back to the hover, which stays as long as it has it.
      await workbench.press('Escape');
    });
    await step('a retired model that is not in the list is said to be both, and can be added', async () => {
      await point(unlisted);
      const text = await hoverText();
      assert.match(text, /Shut down Oct 23, 2026/);
      assert.match(text, /Not in your checkpoint list/);
      await workbench.screenshot('.vscode-test/pictures/hover-retired.png', { keepMouse: true });
      await link(hoverLinks.addCheckpoint[0]).click();
      await tree().row('old-times').waitFor();
    });
  });

  it('are explained by keyboard', async () => {
    await workbench.page.locator('.editor-instance .view-lines').first().click();
    await workbench.press('Control+Home');
    for (let column = 0; column < 30; column += 1) await workbench.press('ArrowRight');
    await workbench.page.mouse.move(0, 0);
    await workbench.press('Control+K');
    await workbench.press('Control+I');
    await hover().waitFor();
    assert.match(await hoverText(), /6 projects have access/);
    // The second time, the keyboard goes into the hover; its links are reached with Tab and followed with Enter.
    await workbench.press('Control+K');
    await workbench.press('Control+I');
    const focused = () => workbench.page.evaluate<string>('document.activeElement?.textContent ?? ""');
    await workbench.pressUntil('Tab', focused, (text) => text === 'Show Details', 'the link');
    await workbench.press('Enter');
    await preview().getByText('6 projects have access').waitFor();
  });

  it('and rows have a page with all that is known', async () => {
    await step('by the context menu', async () => {
      await tree().row('invoice-reader').choose('Show Details');
      await preview().getByRole('heading', { name: 'invoice-reader' }).waitFor();
      const text = (await preview().allInnerTexts()).join('\n');
      assert.match(text, /6 projects have access/);
      assert.match(text, /\$OPENAI_ADMIN_KEY/);
      assert.equal(await preview().locator('a').count(), 0);
      await picture('details');
    });
    await step('by keyboard', async () => {
      await tree().row('support-bot · step 160').click();
      await tree().focus();
      await tree().press('Shift+F10');
      await workbench.menu.waitFor();
      const focusedEntry = () =>
        workbench.page.evaluate<string>('document.activeElement?.textContent?.trim() ?? ""');
      await workbench.pressUntil('ArrowDown', focusedEntry, (text) => text === 'Show Details', 'the entry');
      await workbench.press('Enter');
      await preview().getByRole('heading', { name: 'support-bot · step 160' }).waitFor();
    });
  });
});
