import assert from 'node:assert/strict';
import { exportTexts, formatInWords } from '../../src/words/exports/dialogs';
import {
  daysQuestion,
  filterHistoryQuestion,
  filterHistoryValues,
  lastDays,
  loadLogRow,
} from '../../src/words/history';
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
  const history = () => workbench.tree('History');
  const checkpoints = () => workbench.tree('Checkpoints');
  /** Takes a picture of nothing but what is to be seen. */
  async function picture(file: string): Promise<void> {
    await workbench.toasts.waitUntilGone();
    await workbench.resize(pictureSize);
    await workbench.screenshot(pictureOf(file));
    await workbench.resize(usualSize);
  }
  const rowsOfHistory = (least: number) =>
    history().rowsOnce((rows) => rows.length >= least, `${least} rows of the history`);

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

  it('by mouse: looks at the history, and exports it', async () => {
    await step('opens the history of the sample organization from the menu of the title', async () => {
      await workbench.openView(name);
      await workbench.view.pressWelcome(titleOf('exploreSample'));
      await checkpoints().row('tone-of-voice').expand();
      await checkpoints().row('tone-of-voice').collapse();
      await workbench.view.widen(560);
      await (await workbench.view.moreActions()).choose('Show History', labelOf('auditMenu'));
      const [load] = await rowsOfHistory(1);
      assert.equal(load?.spoken, loadLogRow(1).spoken);
      await history().row(loadLogRow(1).label).click();
      const [first] = await rowsOfHistory(5);
      assert.match(first?.description ?? '', /^(granted|revoked) .* ago · /);
      assert.match(first?.spoken ?? '', /^(Granted|Revoked) .* ago: /);
      await workbench.view.waitForMessage(/Audit log loaded just now/);
      await history().rowsOnce((rows) => / · /.test(rows[0]?.label ?? ''), 'names');
      await workbench.view.fold('Checkpoints');
      await workbench.view.widen(820);
      await picture('history');
      await workbench.view.widen(560);
      await workbench.view.unfold('Checkpoints');
    });
    await step('copies a permission id from the menu of a row', async () => {
      const [first] = await history().rowsOnce((rows) => / · /.test(rows[0]?.label ?? ''), 'names');
      const menu = await history()
        .row(first?.label ?? '')
        .contextMenu();
      assert.deepEqual(await menu.entries(), ['Copy Permission ID', 'Copy Project ID', 'Copy Checkpoint ID']);
      await menu.choose('Copy Permission ID');
      await workbench.waitForStatus('Copied 1 permission ID');
      assert.match(await workbench.clipboard(), /^cp_\w+$/);
    });
    await step('filters by a checkpoint with the button of the title, and shows all again', async () => {
      await workbench.view.pressTitle(/^Filter History…/, 'History');
      await (await workbench.input.waitFor(filterHistoryQuestion(100))).choose('Checkpoint…');
      const input = await workbench.input.waitFor(filterHistoryValues.checkpoint.placeHolder);
      await input.type('invoice-reader:BxN4kd9V:ckpt-step-120');
      await input.choose('invoice-reader · step 120');
      await workbench.view.waitForMessage(/Filtered by invoice-reader · step 120: \d+ of 100 shown/);
      await history().rowsOnce(
        (rows) =>
          rows.every(
            ({ label, spoken }) => /invoice-reader · step 120/.test(label) || /Load older/.test(spoken),
          ),
        'only changes of that step',
      );
      await workbench.view.pressTitle(/^Clear History Filter/, 'History');
      await rowsOfHistory(5);
    });
    await step('exports it as CSV to a file that opens', async () => {
      await (await workbench.view.moreActions('History')).choose('Export Access…');
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
  const history = () => workbench.tree('History');

  it('history and export', async () => {
    await workbench.openView(name);
    await workbench.runCommand(paletteTitleOf('exploreSample'));
    await workbench.tree('Checkpoints').row('tone-of-voice').waitFor();
    await step('reads the history and copies from the row that has the keyboard', async () => {
      await workbench.runCommand(paletteTitleOf('showHistory'));
      await history().row(loadLogRow(2).label).waitFor();
      await history().focus();
      await history().press('Home');
      await history().press('Enter');
      await history().rowsOnce((rows) => rows.length > 3 && / · /.test(rows[1]?.label ?? ''), 'the history');
      await history().press('Home');
      await history().press('ArrowDown');
      await history().rowsOnce((rows) => rows.some(({ focused, index }) => focused && index === 1), 'row 2');
      await history().press('ControlOrMeta+c');
      await workbench.waitForStatus('Copied 1 permission ID');
      assert.match(await workbench.clipboard(), /^cp_\w+$/);
    });
    await step('loads what is older', async () => {
      await workbench.runCommand(paletteTitleOf('loadOlderHistory'));
      await history().focus();
      await expect(
        async () => {
          await history().press('End');
          return history().rows();
        },
        (rows) => rows.some(({ index }) => index >= 150),
        'more than 150 rows',
      );
    });
    await step('filters by time', async () => {
      await workbench.runCommand(paletteTitleOf('filterHistory'));
      await (await workbench.input.waitFor(filterHistoryQuestion(200))).type('Time');
      await workbench.press('Enter');
      await (await workbench.input.waitFor(daysQuestion.placeHolder)).type(lastDays(7));
      await workbench.press('Enter');
      await workbench.view.waitForMessage(/Filtered by since .*: \d+ of \d+ shown/);
      await workbench.runCommand(paletteTitleOf('clearHistoryFilter'));
    });
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
