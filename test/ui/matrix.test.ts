import assert from 'node:assert/strict';
import { metadata, sentences } from '../../src/text/lists';
import { applyChanges, changesTab } from '../../src/words/changesTab';
import { sortChoices } from '../../src/words/checkpointList';
import {
  cornerInWords,
  emptyMatrix,
  hiddenBySearch,
  legend,
  matrixPage,
  progressInWords,
  projectsWithAccess,
  refusalsInWords,
  reviewChanges,
  selectedInWords,
  stagedCount,
  stagedHiddenBySearch,
  stagedOwnersUnknown,
} from '../../src/words/matrix';
import { paletteTitleOf, titleOf } from '../titles';
import { pictureOf } from './pictures';
import { expect, step, useWorkbench } from './workbench';

const name = 'Checkpoint Permissions';
/** In the sample: 2 projects have access to it. */
const few = 'support-bot · step 80';
/** In the sample: no project has access to it. */
const none = 'support-bot · step 160';

const allLoaded = progressInWords({ done: 9, total: 9, failed: 0, isLoading: false, isStopped: false });
const nothingStaged = stagedCount({ grants: 0, revokes: 0 });
/** A cell that cannot be staged because its project is archived. */
const archived = (checkpoint: string, project: string) =>
  refusalsInWords([{ why: 'archived', count: 1 }], () => ({ checkpoint, project }));
/** The owners of the sample are unknown, as with every admin API key. */
const toGrant = (grants: number) =>
  metadata(stagedCount({ grants, revokes: 0 }), stagedOwnersUnknown(grants));

describe('the access matrix', () => {
  const workbench = useWorkbench({ theme: 'dark', size: { width: 1440, height: 860 } });
  const matrix = () => workbench.matrix;

  async function bringToFront(): Promise<void> {
    await workbench.page.getByRole('tab', { name: /Access · / }).click();
    await matrix().waitForProgress(allLoaded);
  }

  before('open it', async () => {
    await workbench.openView(name);
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await workbench.waitForSample();
    await workbench.runCommand(paletteTitleOf('openAccess'));
    await matrix().waitFor();
    await matrix().waitForProgress(allLoaded);
  });
  afterEach('take everything back', async () => {
    if (!(await matrix().grid.count()) && !(await matrix().frame.locator('#empty').count())) return;
    await matrix().searchAxis('projects', '');
    await matrix().searchAxis('checkpoints', '');
    const discard = matrix().frame.getByRole('button', { name: matrixPage.discard });
    if (await discard.isEnabled()) await discard.click();
    await matrix().waitForStaged(nothingStaged);
  });

  it('shows every checkpoint and project with counts, and who has access since when', async () => {
    assert.equal(await matrix().grid.getAttribute('aria-rowcount'), '10');
    assert.equal(await matrix().grid.getAttribute('aria-colcount'), '268');
    assert.equal((await matrix().headings('row')).length, 9);
    const labels = await matrix()
      .grid.getByRole('rowheader')
      .evaluateAll((all) => all.map((each) => each.ariaLabel));
    const having = (number: number) => projectsWithAccess({ number, isWhole: true });
    for (const said of [`support-bot, ${having(250)}`, `support-bot · step 160, ${having(0)}`]) {
      const isSaid = labels.some((label) =>
        label?.startsWith(`Checkpoint ${said}, loaded just now, shuts down `),
      );
      assert.ok(isSaid, labels.join('\n'));
    }
    await matrix().searchAxis('projects', 'desk');
    await matrix().waitForCell(
      'invoice-reader',
      'Customs desk',
      /^(has access, granted \w+ \d+, 20\d\d|not granted, but may own the model)$/,
    );
  });

  it('is brought to the front from the title of the view', async () => {
    await workbench.view.pressTitle('Open Access');
    assert.equal(await workbench.page.getByRole('tab', { name: /Access · / }).count(), 1);
  });

  /** Reviews the staged change in its tab, applies it there, and comes back to the matrix. */
  async function applyOne(): Promise<void> {
    const { access } = workbench;
    await matrix().pressButton(reviewChanges(1));
    await access.button(applyChanges(1)).click();
    await access.row('changes', 'confirmed').waitFor();
    await access.button(changesTab.close).click();
    await access.select('matrix');
  }

  it('stages by click, applies in the tab of the changes, and shows what was read back', async () => {
    await matrix().searchAxis('projects', 'mobile app');
    await matrix().cell(none, 'Mobile app').click();
    await matrix().waitForStaged(toGrant(1));
    await matrix().waitForCell(
      none,
      'Mobile app',
      /^not granted, but may own the model · staged to grant · /,
    );
    await matrix().cell(none, 'Mobile app').click();
    await matrix().waitForStaged(nothingStaged);
    await matrix().cell(none, 'Mobile app').click();
    await applyOne();
    await matrix().waitForCell(none, 'Mobile app', /^has access, granted/);
    await matrix().waitForStaged(nothingStaged);
    await step('and takes it away again', async () => {
      await matrix().cell(none, 'Mobile app').click();
      await matrix().waitForStaged(stagedCount({ grants: 0, revokes: 1 }));
      await matrix().waitForCell(none, 'Mobile app', / · staged to revoke$/);
      await applyOne();
      await matrix().waitForCell(none, 'Mobile app', /^not granted, but may own the model$/);
      await matrix().waitForStaged(nothingStaged);
    });
  });

  it('is worked by keyboard alone, as a grid is', async () => {
    const focused = (label: RegExp) =>
      expect(
        () => matrix().focused(),
        (seen) => label.test(seen),
        `${label} to have the keyboard`,
      );
    await matrix().cell('support-bot', 'Berth planning').focus();
    await workbench.press('Control+Home');
    await focused(/^support-bot, project Antwerp analytics: /);
    await workbench.press('ArrowDown');
    await workbench.press('ArrowDown');
    await workbench.press('ArrowRight');
    await focused(/^support-bot · step 160, project Antwerp billing: not granted, but may own the model$/);
    await workbench.press('Space');
    await matrix().waitForStaged(toGrant(1));
    await workbench.press('Shift+ArrowRight');
    await workbench.press('Shift+ArrowRight');
    await workbench.press('Shift+ArrowRight');
    assert.equal(await matrix().selected(), 4);
    await workbench.press('Space');
    await matrix().waitForStaged(toGrant(4));
    await workbench.press('Space');
    await matrix().waitForStaged(nothingStaged);
    await workbench.press('End');
    await focused(/^support-bot · step 160, project Voice pilot \(archived\): /);
    await workbench.press('Home');
    await workbench.press('ArrowLeft');
    await focused(/^Checkpoint support-bot · step 160, /);
    await workbench.press('ArrowRight');
    await workbench.press('ArrowUp');
    await workbench.press('ArrowUp');
    await workbench.press('ArrowUp');
    await focused(/^Project Antwerp analytics, /);
    await workbench.press('Space');
    assert.equal(await matrix().selected(), 9);
    await workbench.press('ArrowDown');
    await workbench.press('Control+End');
    await focused(/^tone-of-voice, project Voice pilot \(archived\): /);
    await workbench.press('PageUp');
    await focused(/^support-bot, project Voice pilot/);
    await workbench.press('Shift+Space');
    await matrix().frame.getByText(selectedInWords(267)).waitFor();
    await workbench.press('Escape');
    await workbench.press('Control+Space');
    await matrix().frame.getByText(selectedInWords(9), { exact: true }).waitFor();
  });

  it('stages rectangles by mouse', async () => {
    await matrix().searchAxis('projects', 'bergen');
    await matrix().cell(none, 'Bergen analytics').click();
    await matrix()
      .cell(few, 'Bergen customs')
      .click({ modifiers: ['Shift'] });
    await matrix().frame.getByText(selectedInWords(6), { exact: true }).waitFor();
    await matrix().pressButton(matrixPage.stageGrants);
    await matrix().waitForStaged(toGrant(6));
    await matrix().pressButton(matrixPage.unstage);
    await matrix().waitForStaged(nothingStaged);
    await matrix().heading(none).click();
    await matrix().frame.getByText(selectedInWords(14)).waitFor();
    await matrix().pressButton(matrixPage.stageGrants);
    await matrix().waitForRefusal(archived(none, 'Bergen operations'));
    assert.equal(await matrix().staged(), toGrant(13));
  });

  it('stages rectangles by dragging', async () => {
    await matrix().searchAxis('projects', 'antwerp');
    await matrix().cell(few, 'Antwerp analytics').hover();
    await workbench.page.mouse.down();
    await matrix().cell(none, 'Antwerp customs').hover();
    await workbench.page.mouse.up();
    await matrix().frame.getByText(selectedInWords(6), { exact: true }).waitFor();
    assert.equal(await matrix().staged(), nothingStaged);
    await workbench.press('Space');
    await matrix().waitForStaged(toGrant(6));
  });

  it('refuses what is in vain, with the reason', async () => {
    await matrix().searchAxis('projects', 'voice pilot');
    await matrix().cell(none, 'Voice pilot').click();
    await matrix().waitForRefusal(archived(none, 'Voice pilot'));
    assert.equal(await matrix().staged(), nothingStaged);
  });

  it('searches, sorts and transposes', async () => {
    await matrix().searchAxis('checkpoints', 'invoice');
    await matrix().waitForHeadings(
      'row',
      (names) => names.join() === 'invoice-reader,invoice-reader · step 120',
    );
    await matrix().searchAxis('checkpoints', '');
    await matrix().sort('checkpoints', sortChoices.permissions.label);
    await matrix().waitForHeadings('row', (names) => names.length === 9 && names[0] === 'support-bot');
    await matrix().sort('checkpoints', sortChoices.name.label);
    const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
    await matrix().waitForHeadings('row', (names) => {
      const running = names.filter((each) => each !== 'tone-of-voice').toSorted(byName.compare);
      // Its model has shut down.
      return names.join() === [...running, 'tone-of-voice'].join();
    });
    await matrix().sort('checkpoints', sortChoices.added.label);
    await matrix().searchAxis('projects', 'nothing');
    await matrix()
      .frame.getByText(emptyMatrix.noMatch(['nothing']))
      .waitFor();
    await matrix().searchAxis('projects', 'antwerp');
    await matrix().pressButton(matrixPage.swap);
    await matrix().waitForHeadings('row', ([first]) => first === 'Antwerp analytics');
    await matrix().waitForHeadings('column', ([first]) => first === 'support-bot');
    await matrix().cell(few, 'Antwerp billing').waitFor();
    await matrix().pressButton(matrixPage.swap);
  });

  it('copies the selected cells, as a spreadsheet and as a document take them', async () => {
    await matrix().searchAxis('projects', 'antwerp');
    await matrix().waitForHeadings('column', ([first]) => first === 'Antwerp analytics');
    await matrix().cell('support-bot', 'Antwerp analytics').focus();
    await workbench.press('Shift+ArrowRight');
    await workbench.press('Shift+ArrowDown');
    await workbench.press('ControlOrMeta+c');
    const { text: corner } = cornerInWords(false, 9, 14);
    const expected = [
      [corner, 'Antwerp analytics', 'Antwerp billing'],
      ['support-bot', legend.access, legend.access],
      [few, legend.notGranted, legend.notGranted],
    ];
    await expect(
      () => workbench.clipboard(),
      (text) => text.replaceAll('\r', '') === expected.map((row) => row.join('\t')).join('\n'),
      'the cells on the clipboard',
    );
    const html = await workbench.page.evaluate<string>(
      'navigator.clipboard.read().then(async ([item]) => (await item.getType("text/html")).text())',
    );
    for (const text of expected.flat()) assert.ok(html.includes(`>${text}</t`), `${text} in ${html}`);
  });

  it('says what a search hides, with how many staged changes, and shows those', async () => {
    await matrix().searchAxis('projects', 'antwerp');
    await matrix().cell(none, 'Antwerp billing').click();
    await matrix().waitForStaged(toGrant(1));
    const hides = matrix().frame.locator('#search-hides');
    await matrix().searchAxis('projects', 'bergen');
    const hidden = sentences(hiddenBySearch({ checkpoints: 0, projects: 267 - 14 }), stagedHiddenBySearch(1));
    await hides.getByText(hidden, { exact: true }).waitFor();
    await matrix().pressButton(matrixPage.showStaged);
    await hides.getByText(hiddenBySearch({ checkpoints: 0, projects: 267 - 15 }), { exact: true }).waitFor();
    await matrix().waitForHeadings(
      'column',
      (names) => names.includes('Antwerp billing') && names.includes('Bergen billing'),
    );
    await matrix().waitForCell(none, 'Antwerp billing', /staged to grant/);
    await matrix().searchAxis('projects', 'bergen customs');
    await hides.getByText(stagedHiddenBySearch(1)).waitFor();
    await matrix().searchAxis('projects', '');
    await expect(
      () => hides.innerText(),
      (text) => text === '',
      'nothing to be hidden',
    );
  });

  it('shows the same again after it was out of sight', async () => {
    await matrix().searchAxis('projects', 'antwerp');
    await matrix().cell(none, 'Antwerp billing').click();
    await matrix().waitForStaged(toGrant(1));
    await workbench.runCommand('File: New Untitled Text File');
    await matrix().grid.waitFor({ state: 'hidden' });
    await bringToFront();
    await matrix().waitForStaged(toGrant(1));
    await matrix().waitForHeadings('column', ({ length }) => length === 14);
    await matrix().cell(none, 'Antwerp billing').waitFor();
  });

  for (const theme of ['dark', 'light', 'high contrast', 'high contrast light'] as const) {
    it(`breaks no rule of accessibility in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      await workbench.runCommand('Notifications: Clear All Notifications');
      await workbench.toasts.waitUntilGone();
      // The page shows itself anew after the editor of the settings.
      await workbench.runCommand(paletteTitleOf('openAccess'));
      await matrix().waitForProgress(allLoaded);
      await matrix().cell(none, 'Antwerp billing').click();
      await matrix()
        .cell(none, 'Antwerp dispatch')
        .click({ modifiers: ['Shift'] });
      await matrix().cell('invoice-reader', 'Antwerp analytics').hover();
      const own = `.vscode-test/pictures/matrix-${theme.replaceAll(' ', '-')}.png`;
      await workbench.screenshot(theme === 'dark' ? pictureOf('matrix') : own);
      assert.deepEqual(await matrix().violations(), []);
      const { sign, background } = await matrix().evaluate<{ sign: string; background: string }>(
        '(({ color, backgroundColor }) => ({ sign: color, background: backgroundColor }))(getComputedStyle(document.querySelector("[aria-selected=true]")))',
      );
      assert.notEqual(sign, background, 'a sign is seen on the background of a selection');
    });
  }
});
