import assert from 'node:assert/strict';
import { exportTexts, formatInWords } from '../../src/words/exports/dialogs';
import { exportAnyway } from '../../src/words/loading';
import { labelOf, paletteTitleOf, titleOf } from '../titles';
import { pictureOf } from './pictures';
import { expect, step, useWorkbench } from './workbench';

const name = 'Checkpoint Permissions';
const usualSize = { width: 1280, height: 860 };
/** Of the pictures, which are seen in a README. */
const pictureSize = { width: 1100, height: 640 };

describe('evidence of who has access', () => {
  const workbench = useWorkbench({
    theme: 'dark',
    size: usualSize,
    settings: { 'editor.minimap.enabled': false },
  });
  const checkpoints = () => workbench.tree('Checkpoints');
  /** Takes a picture of nothing but what is to be seen. */
  async function picture(file: string): Promise<void> {
    await workbench.toasts.waitUntilGone();
    await workbench.resize(pictureSize);
    await workbench.screenshot(pictureOf(file));
    await workbench.resize(usualSize);
  }

  /** Accepts the place that the dialog for files offers, and resolves to the file's name once it is open. */
  async function save(): Promise<string> {
    const dialog = await workbench.input.waitFor(/Export/);
    const path = await expect(
      () => dialog.value(),
      (value) => /\.(csv|json|md)$/.test(value),
      'a file to be offered',
    );
    await dialog.accept();
    const file = path.split(/[\\/]/).at(-1) ?? '';
    await workbench.page
      .getByRole('tab', { name: new RegExp(file.replaceAll('.', '\\.')) })
      .first()
      .waitFor();
    return file;
  }

  it('by mouse: exports the history', async () => {
    await step('opens the sample organization', async () => {
      await workbench.openView(name);
      await workbench.view.pressWelcome(titleOf('exploreSample'));
      await workbench.waitForSample();
      await checkpoints().row('tone-of-voice').expand();
      await checkpoints().row('tone-of-voice').collapse();
      await workbench.view.widen(560);
    });
    await step('exports the history as CSV to a file that opens', async () => {
      await (await workbench.view.moreActions()).choose('Export Access…', labelOf('auditMenu'));
      await (await workbench.input.waitFor(exportTexts.question)).choose(exportTexts.history);
      await (await workbench.input.waitFor(exportTexts.formatQuestion)).choose(formatInWords.csv.label);
      assert.match(await save(), /^access-history-harbor-labs-\d{4}-\d\d-\d\d\.csv$/);
      const editor = workbench.page.locator('.editor-group-container .view-lines').first();
      await editor
        .getByText(/^When,Who,API.key,What,/)
        .first()
        .waitFor();
      await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
      await picture('export');
      await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
      await workbench.runCommand('View: Close All Editors');
    });
  });
});

describe('evidence by keyboard alone', () => {
  const workbench = useWorkbench({ theme: 'high contrast', size: { width: 1280, height: 860 } });
  it('the export', async () => {
    await workbench.openView(name);
    await workbench.runCommand(paletteTitleOf('exploreSample'));
    await workbench.waitForSample();
    await step('exports the matrix as it is', async () => {
      await workbench.runCommand(paletteTitleOf('exportAccess'));
      await (await workbench.input.waitFor(exportTexts.question)).type(exportTexts.matrix);
      await workbench.press('Enter');
      await (await workbench.input.waitFor(exportTexts.formatQuestion)).type(formatInWords.json.label);
      await workbench.press('Enter');
      const dialog = await workbench.dialog.waitFor();
      assert.match(await dialog.message(), /checkpoints aren't complete and up to date/);
      await dialog.press(exportAnyway);
      const input = await workbench.input.waitFor(/Export/);
      await expect(
        () => input.value(),
        (value) => value.endsWith('.json'),
        'a file to be offered',
      );
      await workbench.press('Enter');
      await workbench.page
        .getByRole('tab', { name: /access-matrix-harbor-labs-.*\.json/ })
        .first()
        .waitFor();
    });
  });
});
