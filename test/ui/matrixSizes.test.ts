import assert from 'node:assert/strict';
import { headingSplitters, legend, matrixPage, progressInWords } from '../../src/words/matrix';
import { paletteTitleOf, titleOf } from '../titles';
import { expect, step, type Theme, useWorkbench } from './workbench';

const allLoaded = progressInWords({ done: 9, total: 9, failed: 0, isLoading: false, isStopped: false });

/** Windows, in the pixels that a page has at their zoom. */
const windows = {
  '1366×768 at 150 %': { width: 911, height: 512, hasReview: true },
  '1280×720 at 200 %': { width: 640, height: 360, hasReview: false },
} as const;

describe('the matrix where room is short', () => {
  const workbench = useWorkbench({ theme: 'dark', size: { width: 1440, height: 860 } });
  const matrix = () => workbench.matrix;
  const frame = () => matrix().frame;

  async function open(): Promise<void> {
    await workbench.runCommand(paletteTitleOf('openAccess'));
    await matrix().waitFor();
    await expect(
      () => matrix().evaluate<string>('document.getElementById("progress").textContent'),
      (text) => text === allLoaded,
      'everything to be loaded',
    );
  }

  /** How many rows and columns of cells are wholly in sight, with nothing over them. */
  function inSight(): Promise<{ rows: number; columns: number }> {
    return matrix().evaluate(`(() => {
      const seen = [...document.querySelectorAll('#grid [role=gridcell]:not([hidden])')].filter((cell) => {
        const { left, top, right, bottom } = cell.getBoundingClientRect();
        return [[left + 1, top + 1], [right - 2, bottom - 2]].every(([x, y]) => cell.contains(document.elementFromPoint(x, y)));
      });
      const count = (of) => new Set(seen.map(of)).size;
      return { rows: count((cell) => cell.closest('[role=row]').ariaRowIndex), columns: count((cell) => cell.ariaColIndex) };
    })()`);
  }

  async function waitForInSight(wanted: number): Promise<void> {
    await expect(
      inSight,
      ({ rows, columns }) => rows >= wanted && columns >= wanted,
      `${wanted} × ${wanted} cells in sight`,
    );
  }

  async function isInSight(selector: string): Promise<boolean> {
    return matrix().evaluate(`(() => {
      const { left, top, right, bottom } = document.querySelector('${selector}').getBoundingClientRect();
      return right > left && bottom > top && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    })()`);
  }

  before('open it', async () => {
    await workbench.openView('Checkpoint Permissions');
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await workbench.waitForSample();
    await open();
  });

  for (const theme of ['dark', 'light', 'high contrast', 'high contrast light'] satisfies Theme[]) {
    describe(`in the theme ${theme}`, () => {
      before(async () => {
        await workbench.resize({ width: 1440, height: 860 });
        // The page shows itself anew after the editor of the settings.
        await workbench.useTheme(theme);
        await open();
        await matrix()
          .cell('support-bot', 'Antwerp billing')
          .click({ modifiers: ['Shift'] });
      });

      for (const [name, { hasReview, ...size }] of Object.entries(windows)) {
        it(`has 3 × 3 cells in sight in a window of ${name} beside the side bar, and breaks no rule of accessibility`, async () => {
          await workbench.resize(size);
          assert.ok(await workbench.page.locator('.part.sidebar').isVisible());
          await waitForInSight(3);
          assert.ok(await isInSight('#title'), 'the organization is in sight');
          assert.ok(await frame().locator('#note').isVisible(), 'there is a note, which takes room');
          if (hasReview) assert.ok(await isInSight('#preview'), 'Review is in sight');
          await workbench.screenshot(
            `.vscode-test/pictures/matrix-${size.width}-${theme.replaceAll(' ', '-')}.png`,
          );
          assert.deepEqual(await matrix().violations(), []);
        });
      }

      it('is used at a width of 320 pixels, and breaks no rule of accessibility', async () => {
        await matrix().makeWide(320, 700);
        await waitForInSight(5);
        assert.equal(await matrix().evaluate('document.documentElement.scrollWidth'), 320);
        for (const selector of ['#title', '#tab-select', '#search-button', '#view-button', '#refresh'])
          assert.ok(await isInSight(selector), `${selector} is in sight`);
        await workbench.screenshot(`.vscode-test/pictures/matrix-320-${theme.replaceAll(' ', '-')}.png`);
        assert.deepEqual(await matrix().violations(), []);
      });
    });
  }

  describe('by keyboard alone', () => {
    before(async () => {
      await workbench.resize({ width: 1440, height: 860 });
      await workbench.useTheme('dark');
      await open();
      await matrix().makeWide(320, 420);
    });
    afterEach('search nothing', async () => {
      if (await matrix().search.isVisible()) await matrix().searchAxis('checkpoints', '');
    });
    const focused = () => matrix().evaluate<string>('document.activeElement.id');

    it('has its sort orders behind a button', async () => {
      await frame().locator('#view-button').focus();
      await workbench.press('Enter');
      const sort = frame().getByRole('combobox', { name: matrixPage.sortCheckpoints });
      await sort.waitFor();
      await workbench.press('Tab');
      assert.equal(await focused(), 'sort-checkpoints');
      assert.deepEqual(await matrix().violations(), []);
      await workbench.press('Escape');
      await sort.waitFor({ state: 'hidden' });
      assert.equal(await focused(), 'view-button');
    });

    it('has its search behind a button, and shows it while it filters', async () => {
      await frame().locator('#search-button').focus();
      await workbench.press('Enter');
      await frame().getByRole('searchbox').waitFor();
      await workbench.page.keyboard.insertText('model:invoice');
      await matrix().waitForHeadings('row', (names) => names.length === 2);
      await matrix().cell('invoice-reader', 'Antwerp billing').focus();
      assert.ok(await frame().getByRole('searchbox').isVisible());
      await frame().locator('#search-button').focus();
      await workbench.press('Enter');
      await workbench.press('Escape');
      await matrix().waitForHeadings('row', (names) => names.length > 2);
      await workbench.press('Escape');
      await frame().getByRole('searchbox').waitFor({ state: 'hidden' });
      await expect(
        () => matrix().focused(),
        (label) => label.startsWith('invoice-reader, project Antwerp billing: '),
        'the cell to have the keyboard',
      );
    });

    it('says what signs and keys mean, and gives the keyboard back', async () => {
      await matrix().cell('support-bot', 'Antwerp billing').focus();
      await workbench.press('?');
      const help = frame().getByRole('region', { name: matrixPage.help });
      await help.getByText(legend.notGranted, { exact: true }).waitFor();
      assert.equal(await focused(), 'help');
      assert.deepEqual(await matrix().violations(), []);
      await workbench.screenshot('.vscode-test/pictures/matrix-help.png');
      await workbench.press('Escape');
      await help.waitFor({ state: 'hidden' });
      await expect(
        () => matrix().focused(),
        (label) => label.startsWith('support-bot, project Antwerp billing: '),
        'the cell to have the keyboard again',
      );
    });

    it('brings each cell into sight that gets the keyboard', async () => {
      await matrix().cell('support-bot', 'Antwerp billing').focus();
      await workbench.press('Control+End');
      await expect(
        () => matrix().evaluate<string>('document.activeElement.ariaLabel'),
        (label) => label.startsWith('tone-of-voice, project Voice pilot'),
        'the last cell to have the keyboard',
      );
      await workbench.press('Control+Home');
      assert.ok(await isInSight('#grid :focus'));
    });

    it('gives headings another size, keeps it while another editor is shown, and gives the usual one back', async () => {
      await workbench.resize({ width: 1440, height: 860 });
      const handle = frame().getByRole('separator', { name: headingSplitters.width });
      const size = async () => Number(await handle.getAttribute('aria-valuenow'));
      const usual = await size();
      await handle.focus();
      await workbench.press('ArrowRight');
      await expect(size, (now) => now === usual + 8, 'wider headings');
      await workbench.press('End');
      await expect(size, (now) => now === 720, 'the widest headings');
      const heading = matrix().heading('support-bot');
      assert.equal((await heading.boundingBox())?.width, 720);
      await workbench.press('Home');
      await expect(size, (now) => now === 112, 'the narrowest headings');
      await step('and after the page was out of sight', async () => {
        await workbench.runCommand('File: New Untitled Text File');
        await matrix().grid.waitFor({ state: 'hidden' });
        await workbench.page.getByRole('tab', { name: /Access · / }).click();
        await expect(size, (now) => now === 112, 'the narrowest headings again');
      });
      await handle.focus();
      await workbench.press('Enter');
      await expect(size, (now) => now === usual, 'the usual headings');
    });
  });

  it('gives headings another size by dragging', async () => {
    const handle = frame().getByRole('separator', { name: headingSplitters.height });
    const size = async () => Number(await handle.getAttribute('aria-valuenow'));
    const before = await size();
    const box = await handle.boundingBox();
    assert.ok(box);
    const [x, y] = [box.x + 40, box.y + box.height / 2];
    await workbench.page.mouse.move(x, y);
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(x, y + 60, { steps: 4 });
    await workbench.page.mouse.up();
    await expect(size, (now) => Math.abs(now - before - 60) <= 4, 'higher headings');
    await workbench.page.mouse.dblclick(x, y + 60);
    await expect(size, (now) => now === before, 'the usual headings');
  });
});
