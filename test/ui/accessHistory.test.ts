import assert from 'node:assert/strict';
import { applyChanges, changesTab } from '../../src/words/changesTab';
import { exportTexts, formatInWords } from '../../src/words/exports/dialogs';
import {
  actionsInWords,
  historyChoices,
  historyTab,
  shownInWords,
  sourcesInWords,
} from '../../src/words/historyTab';
import { reviewChanges } from '../../src/words/matrix';
import { inTabs, loadLog } from '../../src/words/tabs';
import { labelOf, paletteTitleOf, titleOf } from '../titles';
import { pictureOf } from './pictures';
import { expect, step, useWorkbench } from './workbench';

const name = 'Checkpoint Permissions';
const words = historyTab;

describe('the history', () => {
  const workbench = useWorkbench({ theme: 'dark', size: { width: 1280, height: 860 } });
  const access = () => workbench.access;
  const panel = () => access().panel('history');
  const button = (text: string) => panel().getByRole('button', { name: text, exact: true });
  const filter = (text: string) => panel().getByLabel(text, { exact: true });
  const items = () =>
    access()
      .rows('history')
      .filter({ hasText: /Granted|Revoked/ });
  const reach = (text: string | RegExp) => panel().locator('.reach').filter({ hasText: text }).waitFor();
  const status = (text: string | RegExp) => panel().locator('.status').filter({ hasText: text }).waitFor();
  /** The text of the chosen option. */
  const chosen = (text: string) => filter(text).locator('option:checked').innerText();
  const isQuiet = () => button(inTabs.stop).waitFor({ state: 'hidden' });

  async function noViolations(): Promise<void> {
    assert.deepEqual(await access().violations(), []);
  }

  before('open the sample organization', async () => {
    await workbench.openView(name);
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await workbench.waitForSample();
  });

  it('by mouse: loads, reads, filters, searches, copies, exports and undoes', async () => {
    await step('shows nothing of the log before it is asked for, and what that costs', async () => {
      await (await workbench.view.moreActions()).choose('Show History', labelOf('auditMenu'));
      await access().waitForTab('history');
      await reach(/isn't loaded/);
      await noViolations();
      await button(loadLog(2)).click();
      await reach(/Audit log loaded just now\. It is loaded back to/);
      await status(shownInWords(100, 100));
      await items().first().waitFor();
      const [first] = await items().allInnerTexts();
      assert.match(first ?? '', /@harbor-labs\.example/);
      await workbench.resize({ width: 1100, height: 640 });
      await workbench.screenshot(pictureOf('history'));
      await workbench.resize({ width: 1280, height: 860 });
      await noViolations();
    });
    await step('shows every fact of a row', async () => {
      await items().first().dblclick();
      const pane = panel().getByRole('region', { name: words.details });
      await pane.getByText(/^Audit log event: audit_log-/).waitFor();
      await pane.getByText(/^Permission: cp_/).waitFor();
      await workbench.screenshot('.vscode-test/pictures/history-details.png');
      await noViolations();
      await button(words.closeDetails).click();
      await pane.waitFor({ state: 'hidden' });
    });
    await step('copies the ID of a row from its menu, and rows with the button', async () => {
      const menu = await access().contextMenuOf(items().first());
      const [explain, details] = await menu.entries();
      assert.deepEqual([explain, details], [titleOf('explainAccess'), titleOf('showRowDetails')]);
      await menu.choose(titleOf('explainAccess'));
      await access().waitForTab('explain');
      await access().select('history');
      await (await access().contextMenuOf(items().first())).choose('Copy Permission ID');
      await workbench.waitForStatus('Copied 1 permission ID');
      assert.match(await workbench.clipboard(), /^cp_\w+$/);
      await items().nth(1).getByRole('checkbox').click();
      await button(inTabs.copyRows).click();
      const copied = await expect(
        () => workbench.clipboard(),
        (text) => text.startsWith('When\t'),
        'a copied row',
      );
      assert.equal(copied.split('\r\n').length, 2);
      await items().nth(1).getByRole('checkbox').click();
    });
    await step('asks the API for a person alone, and says what was asked', async () => {
      const [person = ''] = (await filter(words.person).locator('option').allInnerTexts()).filter((text) =>
        text.includes('@'),
      );
      await filter(words.person).selectOption(person);
      await button(words.search).click();
      await isQuiet();
      await reach(/by asking the API for events by /);
      await workbench.screenshot('.vscode-test/pictures/history-person.png');
      await button(inTabs.clearFilters).click();
    });
    await step('filters by kind, and searches until something is found', async () => {
      await filter(words.kind).selectOption(historyChoices.kind.revoked);
      await status(/ of 100 changes/);
      for (const text of await items().allInnerTexts())
        assert.match(text, new RegExp(actionsInWords.revoked));
      await button(inTabs.clearFilters).click();
      await status(shownInWords(100, 100));
      await access().searchFor('invoice-reader · step 40');
      await status(/ of 100 changes/);
      await button(words.search).click();
      await isQuiet();
      await reach(/Searched back to|All of it is loaded/);
      await access().searchFor('');
    });
    await step('exports what is shown', async () => {
      await button(inTabs.exportShown).click();
      await (await workbench.input.waitFor(exportTexts.formatQuestion)).choose(formatInWords.json.label);
      const dialog = await workbench.input.waitFor(/Export/);
      await expect(
        () => dialog.value(),
        (value) => value.endsWith('.json'),
        'a file to be offered',
      );
      await dialog.accept();
      await workbench.page
        .getByRole('tab', { name: /access-history-harbor-labs-.*\.json/ })
        .first()
        .waitFor();
      await access().editorTabs().click();
      await access().waitForKeyboard();
    });
    await step('has what was changed here, and undoes it', async () => {
      await workbench.runCommand(paletteTitleOf('openAccess'));
      await access().select('matrix');
      await access().searchFor('mobile app');
      await workbench.matrix.cell('support-bot · step 160', 'Mobile app').click();
      await access().button(reviewChanges(1)).click();
      await access().button(applyChanges(1)).click();
      await access()
        .panel('changes')
        .getByText(/Granted 1 project access/)
        .waitFor();
      await access().button(changesTab.close).click();
      await access().searchFor('');
      await access().select('history');
      await button(words.loadNew).click();
      const own = access().row('history', sourcesInWords.both).first();
      await own.waitFor();
      await own.dblclick();
      await button(words.undo).click();
      await access().button(applyChanges(1)).click();
      await access()
        .panel('changes')
        .getByText(/Revoked 1 permission/)
        .waitFor();
      await access().button(changesTab.close).click();
    });
    await step('opens filtered by the checkpoint of a row of the sidebar', async () => {
      const menu = await workbench.tree('Checkpoints').row('support-bot').contextMenu();
      await menu.choose('Show History');
      await access().waitForTab('history');
      await expect(
        () => chosen(words.checkpoint),
        (text) => text.startsWith('support-bot'),
        'the checkpoint to be chosen',
      );
      await button(inTabs.clearFilters).click();
    });
  });

  it('comes back after a reload with its filter, and loads nothing', async () => {
    await filter(words.kind).selectOption(historyChoices.kind.granted);
    await workbench.waitForStored(
      /checkpointPermissions\.access[^\n]*\baction\W+granted[^\n]*\btab\W+history/,
    );
    await workbench.reload();
    await access().waitForTab('history');
    await expect(
      () => chosen(words.kind),
      (text) => text === historyChoices.kind.granted,
      'the filter to be there again',
    );
    await button(inTabs.clearFilters).click();
  });
});

describe('the history by keyboard alone', () => {
  const workbench = useWorkbench({ theme: 'high contrast', size: { width: 1280, height: 860 } });
  const access = () => workbench.access;
  const panel = () => access().panel('history');
  const focused = () => access().frame.locator(':focus');
  const place = () => focused().evaluate((each) => each.ariaLabel ?? each.textContent ?? '');
  const tabTo = (wanted: (text: string) => boolean, what: string) =>
    workbench.pressUntil('Tab', place, wanted, what);

  it('loads, reads, searches, copies', async () => {
    await workbench.openView(name);
    await workbench.runCommand(paletteTitleOf('exploreSample'));
    await workbench.waitForSample();
    await workbench.runCommand(paletteTitleOf('showHistory'));
    await access().waitForTab('history');
    await panel()
      .getByText(/isn't loaded/)
      .first()
      .waitFor();
    await access().tab('history').focus();
    await tabTo((text) => text === loadLog(2), 'the button that loads');
    await workbench.press('Enter');
    await panel()
      .locator('.status')
      .filter({ hasText: shownInWords(100, 100) })
      .waitFor();
    await step('reads the facts of a row', async () => {
      await panel().locator('.table [role=row][tabindex="0"]').focus();
      await workbench.press('Home');
      await workbench.press('ArrowDown');
      await workbench.press('Enter');
      await panel()
        .getByText(/^Audit log event: /)
        .waitFor();
      await tabTo((text) => text === words.closeDetails, 'the button that closes');
      await workbench.press('Escape');
      await panel().getByRole('region', { name: words.details }).waitFor({ state: 'hidden' });
    });
    await step('selects and copies', async () => {
      await workbench.press('Space');
      await workbench.press('Shift+ArrowDown');
      await panel().locator('.status').filter({ hasText: '2 selected' }).waitFor();
      await workbench.press('ControlOrMeta+c');
      await expect(
        () => workbench.clipboard(),
        (text) => text.split('\r\n').length === 3,
        'two copied rows',
      );
      await workbench.press('Escape');
    });
    await step('folds a day, and loads older events', async () => {
      await workbench.press('ArrowLeft');
      await workbench.press('ArrowLeft');
      await expect(
        () => focused().getAttribute('aria-expanded'),
        (expanded) => expanded === 'false',
        'a folded day',
      );
      await access().tab('history').focus();
      await tabTo((text) => text === words.loadOlder, 'the button that loads older events');
      await workbench.press('Enter');
      await panel()
        .locator('.status')
        .filter({ hasText: shownInWords(200, 200) })
        .waitFor();
    });
    assert.deepEqual(await access().violations(), []);
    await workbench.screenshot('.vscode-test/pictures/history-high-contrast.png');
  });
});
