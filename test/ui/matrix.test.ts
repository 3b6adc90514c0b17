import assert from 'node:assert/strict';
import { paletteTitleOf, titleOf } from '../titles';
import { pictureOf } from './pictures';
import { expect, step, useWorkbench } from './workbench';

const name = 'Checkpoint Permissions';
/** In the sample: 2 projects have access to it. */
const few = 'support-bot · step 80';
/** In the sample: no project has access to it. */
const none = 'support-bot · step 160';

describe('the access matrix', () => {
  const workbench = useWorkbench({ theme: 'dark', size: { width: 1440, height: 860 } });
  const matrix = () => workbench.matrix;

  async function bringToFront(): Promise<void> {
    await workbench.page.getByRole('tab', { name: /^Access Matrix/ }).click();
    await matrix().waitForProgress('All 9 checkpoints are read');
  }

  before('open it', async () => {
    await workbench.openView(name);
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await workbench.tree('Checkpoints').row('support-bot').waitFor();
    await workbench.runCommand(paletteTitleOf('openMatrix'));
    await matrix().waitFor();
    await matrix().waitForProgress('All 9 checkpoints are read');
  });
  afterEach('take everything back', async () => {
    if (!(await matrix().grid.count()) && !(await matrix().frame.locator('#empty').count())) return;
    await matrix().search('projects', '');
    await matrix().search('checkpoints', '');
    const discard = matrix().frame.getByRole('button', { name: 'Discard' });
    if (await discard.isEnabled()) await discard.click();
    await matrix().waitForStaged('Nothing is staged');
  });

  it('shows every checkpoint and project with counts, and who has access since when', async () => {
    assert.equal(await matrix().grid.getAttribute('aria-rowcount'), '10');
    assert.equal(await matrix().grid.getAttribute('aria-colcount'), '268');
    assert.equal((await matrix().headings('row')).length, 9);
    const labels = await matrix()
      .grid.getByRole('rowheader')
      .evaluateAll((all) => all.map((each) => each.ariaLabel));
    assert.match(labels.join('\n'), /^Checkpoint support-bot, 250 projects, Read just now$/m);
    assert.match(labels.join('\n'), /^Checkpoint support-bot · step 160, 0 projects, Read just now$/m);
    await matrix().search('projects', 'desk');
    await matrix().waitForCell(
      'invoice-reader',
      'Customs desk',
      /^(has access, granted \d+ \w+ 20\d\d|no access)$/,
    );
  });

  it('is brought to the front from the title of the view', async () => {
    await workbench.view.pressTitle('Open Access Matrix');
    assert.equal(await workbench.page.getByRole('tab', { name: /^Access Matrix/ }).count(), 1);
  });

  it('stages by click, previews, applies and shows what was read back', async () => {
    await matrix().search('projects', 'mobile app');
    await matrix().cell(none, 'Mobile app').click();
    await matrix().waitForStaged('Staged: 1 grant');
    await matrix().waitForCell(none, 'Mobile app', /^no access; staged to grant$/);
    await matrix().cell(none, 'Mobile app').click();
    await matrix().waitForStaged('Nothing is staged');
    await matrix().cell(none, 'Mobile app').click();
    await matrix().pressButton('Preview…');
    const dialog = await workbench.dialog.waitFor();
    assert.match(`${await dialog.message()}${await dialog.detail()}`, /Grant/);
    await dialog.press('Grant');
    await matrix().waitForCell(none, 'Mobile app', /^has access, granted/);
    await matrix().waitForStaged('Nothing is staged');
    await step('and takes it away again', async () => {
      await matrix().cell(none, 'Mobile app').click();
      await matrix().waitForStaged('Staged: 1 revoke');
      await matrix().waitForCell(none, 'Mobile app', /; staged to revoke$/);
      await matrix().pressButton('Preview…');
      await (await workbench.dialog.waitFor()).press('Revoke');
      await matrix().waitForCell(none, 'Mobile app', /^no access$/);
      await matrix().waitForStaged('Nothing is staged');
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
    await focused(/^support-bot · step 160, project Antwerp billing: no access$/);
    await workbench.press('Space');
    await matrix().waitForStaged('Staged: 1 grant');
    await workbench.press('Shift+ArrowRight');
    await workbench.press('Shift+ArrowRight');
    await workbench.press('Shift+ArrowRight');
    assert.equal(await matrix().selected(), 4);
    await workbench.press('Space');
    await matrix().waitForStaged('Staged: 4 grants');
    await workbench.press('Space');
    await matrix().waitForStaged('Nothing is staged');
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
    await matrix().frame.getByText('267 cells selected').waitFor();
    await workbench.press('Escape');
    await workbench.press('Control+Space');
    await matrix().frame.getByText('9 cells selected').waitFor();
  });

  it('stages rectangles by mouse', async () => {
    await matrix().search('projects', 'bergen');
    await matrix().cell(none, 'Bergen analytics').click();
    await matrix()
      .cell(few, 'Bergen customs')
      .click({ modifiers: ['Shift'] });
    await matrix().frame.getByText('6 cells selected').waitFor();
    await matrix().pressButton('Stage Grants');
    await matrix().waitForStaged('Staged: 6 grants');
    await matrix().pressButton('Unstage');
    await matrix().waitForStaged('Nothing is staged');
    await matrix().heading(none).click();
    await matrix().frame.getByText('14 cells selected').waitFor();
    await matrix().pressButton('Stage Grants');
    await matrix().waitForRefusal(/Not staged: .*Bergen operations: it is archived/);
    assert.equal(await matrix().staged(), 'Staged: 13 grants');
  });

  it('stages rectangles by dragging', async () => {
    await matrix().search('projects', 'antwerp');
    await matrix().cell(few, 'Antwerp analytics').hover();
    await workbench.page.mouse.down();
    await matrix().cell(none, 'Antwerp customs').hover();
    await workbench.page.mouse.up();
    await matrix().frame.getByText('6 cells selected').waitFor();
    assert.equal(await matrix().staged(), 'Nothing is staged');
    await workbench.press('Space');
    await matrix().waitForStaged('Staged: 6 grants');
  });

  it('refuses what is in vain, with the reason', async () => {
    await matrix().search('projects', 'voice pilot');
    await matrix().cell(none, 'Voice pilot').click();
    await matrix().waitForRefusal(
      'support-bot · step 160, project Voice pilot: it is archived, so access would have no effect.',
    );
    assert.equal(await matrix().staged(), 'Nothing is staged');
  });

  it('searches, sorts and transposes', async () => {
    await matrix().search('checkpoints', 'invoice');
    await matrix().waitForHeadings(
      'row',
      (names) => names.join() === 'invoice-reader,invoice-reader · step 120',
    );
    await matrix().search('checkpoints', '');
    await matrix().sort('Checkpoints', 'most access');
    await matrix().waitForHeadings('row', (names) => names.length === 9 && names[0] === 'support-bot');
    await matrix().sort('Checkpoints', 'end date');
    await matrix().waitForHeadings('row', ([first]) => first === 'tone-of-voice');
    await matrix().sort('Checkpoints', 'list order');
    await matrix().search('projects', 'nothing is called this');
    await matrix().frame.getByText('No project matches “nothing is called this”.').waitFor();
    await matrix().search('projects', 'antwerp');
    await matrix().pressButton('Transpose');
    await matrix().waitForHeadings('row', ([first]) => first === 'Antwerp analytics');
    await matrix().waitForHeadings('column', ([first]) => first === 'support-bot');
    await matrix().cell(few, 'Antwerp billing').waitFor();
    await matrix().pressButton('Transpose');
  });

  it('shows the same again after it was out of sight', async () => {
    await matrix().search('projects', 'antwerp');
    await matrix().cell(none, 'Antwerp billing').click();
    await matrix().waitForStaged('Staged: 1 grant');
    await workbench.runCommand('File: New Untitled Text File');
    await matrix().grid.waitFor({ state: 'hidden' });
    await bringToFront();
    await matrix().waitForStaged('Staged: 1 grant');
    await matrix().waitForHeadings('column', ({ length }) => length === 14);
    await matrix().cell(none, 'Antwerp billing').waitFor();
  });

  for (const theme of ['dark', 'light', 'high contrast', 'high contrast light'] as const) {
    it(`breaks no rule of accessibility in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      // Changing the settings closes every editor.
      await workbench.runCommand(paletteTitleOf('openMatrix'));
      await matrix().waitForProgress('All 9 checkpoints are read');
      await matrix().search('projects', 'a');
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

  it('is closed when another organization comes to be shown, and says what was not applied', async () => {
    await matrix().search('projects', 'antwerp');
    await matrix().cell(none, 'Antwerp billing').click();
    await matrix().waitForStaged('Staged: 1 grant');
    await workbench.runCommand(paletteTitleOf('leaveSample'));
    await workbench.toasts.waitFor(/access matrix was closed.*1 staged change was not applied/);
    await workbench.page.getByRole('tab', { name: /^Access Matrix/ }).waitFor({ state: 'detached' });
  });
});
