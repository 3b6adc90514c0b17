import assert from 'node:assert/strict';
import { effectCell, effectiveInWords, loadPolicies } from '../../src/words/effect';
import { exportTexts } from '../../src/words/exports/dialogs';
import { stagedCount } from '../../src/words/matrix';
import {
  copiedInWords,
  facetInWords,
  loadMoreLog,
  notLoadedHeading,
  permissionColumns,
  removeFilter,
  stagedRows,
  permissionsTab as words,
} from '../../src/words/permissionsTab';
import { inTabs, loadLog, loadUsage, selectedRows } from '../../src/words/tabs';
import { paletteTitleOf, titleOf } from '../titles';
import { pictureOf } from './pictures';
import { expect, step, useWorkbench } from './workbench';

describe('the Permissions tab', () => {
  const workbench = useWorkbench({ theme: 'dark', size: { width: 1440, height: 860 } });
  const access = () => workbench.access;
  const tab = () => access().frame.locator('.permissions');
  const status = () => tab().locator('.status').innerText();
  const rows = () => tab().locator('.table-canvas [role=row]');
  const row = (...texts: readonly string[]) =>
    texts.reduce((found, text) => found.filter({ hasText: text }), rows());
  /** The elements of rows are in any order. */
  const rowAt = (index: number) => tab().locator(`.table-canvas [aria-rowindex="${index + 2}"]`);
  const heading = (title: string) => tab().getByRole('columnheader', { name: title, exact: true });
  const button = (name: string) => tab().getByRole('button', { name, exact: true });
  const saysStatus = (text: RegExp) => expect(status, (said) => text.test(said), `the status ${text}`);
  /** How many permissions the sample has. */
  let all = 0;

  async function sortBy(title: string, direction: 'ascending' | 'descending'): Promise<void> {
    const sort = () => heading(title).getAttribute('aria-sort');
    // A first click sorts, and a second one turns the order round.
    for (let clicks = 0; clicks < 2 && (await sort()) !== direction; clicks += 1) {
      const before = await sort();
      await heading(title).getByRole('button').click();
      await expect(sort, (now) => now !== before, `another order by ${title}`);
    }
    assert.equal(await sort(), direction);
  }

  async function openTab(): Promise<void> {
    await workbench.runCommand(paletteTitleOf('openAccess'));
    await access().waitFor();
    await access().frame.getByRole('tab', { name: 'Permissions' }).click();
  }

  before('open it', async () => {
    await workbench.openView('Checkpoint Permissions');
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await workbench.waitForSample();
    await openTab();
    await saysStatus(/^\d+ permissions$/);
    all = Number.parseInt(await status(), 10);
  });

  it('has a row for each permission, and says what is not loaded and what loading it costs', async () => {
    assert.ok(all > 100, `${all} permissions`);
    assert.equal(await access().count('permissions'), `${all}`);
    await heading(notLoadedHeading(permissionColumns.by)).waitFor();
    await heading(notLoadedHeading(permissionColumns.lastUsed)).waitFor();
    await step('the audit log', async () => {
      await button(loadLog(1)).click();
      await heading(permissionColumns.by).waitFor();
      await button(loadMoreLog.whole).click();
      await button(loadMoreLog.whole).waitFor({ state: 'hidden' });
      await row('@').first().waitFor();
    });
    await step('usage, with a line of the last 90 days that has its numbers as text', async () => {
      await button(loadUsage(3, false)).click();
      await heading(permissionColumns.lastUsed).waitFor();
      const line = rows().getByRole('img').first();
      await line.waitFor();
      assert.match((await line.getAttribute('aria-label')) ?? '', /requests? in 13 weeks/);
    });
    await step('model policies, and then whether each permission is effective', async () => {
      await heading(notLoadedHeading(permissionColumns.effective)).waitFor();
      await workbench.screenshot('.vscode-test/pictures/permissions-effective-not-loaded.png');
      await tab()
        .getByRole('button', { name: /^Load Model Policies \(\d+ requests\)$/ })
        .click();
      await heading(permissionColumns.effective).waitFor();
      // One project refuses: the sample shows what a missing scope does.
      await button(loadPolicies(1, false)).waitFor();
      // What has no effect comes first. Only rows in sight have elements.
      await sortBy(permissionColumns.effective, 'ascending');
      await row(effectCell({ kind: 'cannot', gates: ['policy'] }))
        .first()
        .waitFor();
      await sortBy(permissionColumns.project, 'ascending');
    });
    await workbench.screenshot(pictureOf('permissions'));
  });

  it('is sorted by the heading of any column, rows without a value last', async () => {
    for (const title of Object.values(permissionColumns)) {
      await sortBy(title, 'ascending');
      await sortBy(title, 'descending');
    }
    await sortBy(permissionColumns.project, 'ascending');
  });

  it('is filtered by the search and by chips, which a click removes', async () => {
    await button(words.addFilter).click();
    await tab().getByLabel(words.filterBy).selectOption('project');
    await tab().getByLabel(words.filterValue).selectOption({ label: 'Antwerp staging' });
    await tab().locator('.filter-form').getByRole('button', { name: words.add }).click();
    await saysStatus(/^\d+ of \d+ permissions shown$/);
    const shown = Number.parseInt(await status(), 10);
    assert.ok(shown > 0 && shown < all);
    for (const text of await rows().allInnerTexts()) assert.match(text, /Antwerp staging/);
    await access().searchFor('support-bot');
    await expect(
      async () => Number.parseInt(await status(), 10),
      (count) => count > 0 && count < shown,
      'fewer rows',
    );
    await access().searchFor('zzz');
    await tab().getByText(words.noMatch).waitFor();
    await access().searchFor('');
    await button(removeFilter(facetInWords('project', 'Antwerp staging'))).click();
    await saysStatus(new RegExp(`^${all} permissions$`));
  });

  it('is filtered by whether access is effective, by keyboard', async () => {
    await button(words.addFilter).focus();
    await workbench.press('Enter');
    await tab().getByLabel(words.filterBy).selectOption('effective');
    await tab().getByLabel(words.filterValue).selectOption({ label: effectiveInWords.cannot });
    await tab().getByLabel(words.filterValue).focus();
    await workbench.press('Tab');
    await workbench.press('Enter');
    await saysStatus(/^\d+ of \d+ permissions shown$/);
    for (const text of await rows().allInnerTexts()) assert.match(text, /\bno · /);
    assert.deepEqual(await access().violations(), []);
    await workbench.screenshot('.vscode-test/pictures/permissions-effective-no.png');
    await button(removeFilter(facetInWords('effective', effectiveInWords.cannot))).focus();
    await workbench.press('Enter');
    await saysStatus(new RegExp(`^${all} permissions$`));
  });

  it('shows and hides columns', async () => {
    await button(words.columns).click();
    await tab().getByLabel(permissionColumns.id).uncheck();
    await heading(permissionColumns.id).waitFor({ state: 'hidden' });
    await tab().getByLabel(permissionColumns.id).check();
    await heading(permissionColumns.id).waitFor();
    await workbench.press('Escape');
  });

  it('selects by checkbox and Shift, and drops what a filter hides, which it says', async () => {
    await rowAt(0).getByRole('checkbox').click();
    await rowAt(3).click({ modifiers: ['Shift'] });
    await saysStatus(new RegExp(selectedRows(4)));
    await access().searchFor('no such permission');
    await tab().getByText('no longer selected').waitFor();
    await access().searchFor('');
    await saysStatus(new RegExp(`^${all} permissions$`));
  });

  it('works by the keyboard alone: selects, copies, stages, and opens details', async () => {
    await access().frame.getByRole('tab', { name: 'Matrix' }).click();
    await workbench.runCommand(paletteTitleOf('nextAccessTab'));
    await expect(
      () => access().evaluate<string>('document.activeElement.className'),
      (name) => name.includes('row'),
      'a row to have the keyboard',
    );
    await step('Space selects, Shift extends, and Ctrl+C copies the rows as a table', async () => {
      await workbench.press('Home');
      await workbench.press('Space');
      await workbench.press('Shift+ArrowDown');
      await saysStatus(new RegExp(selectedRows(2)));
      await workbench.press('Control+c');
      await access().frame.locator('#announced').getByText(copiedInWords('rows', 2)).waitFor();
      const lines = (await workbench.clipboard()).split(/\r?\n/);
      assert.equal(lines.length, 3);
      assert.equal(lines[0]?.split('\t')[0], permissionColumns.project);
      assert.match(lines[1] ?? '', /\tcp_\w+$/);
    });
    await step('the menu copies IDs', async () => {
      await button(words.copy).focus();
      await workbench.press('Enter');
      for (let presses = 0; presses < 2; presses += 1) await workbench.press('Tab');
      await workbench.press('Enter');
      await access().frame.locator('#announced').getByText(copiedInWords('permissions', 2)).waitFor();
      assert.match(await workbench.clipboard(), /^cp_\w+\ncp_\w+$/);
    });
    await step('the selection is staged to be revoked, and nothing is sent', async () => {
      await button(inTabs.stageToRevoke).focus();
      await workbench.press('Enter');
      await tab().getByText(stagedRows(2, 0)).waitFor();
      await row('staged to revoke').first().waitFor();
      await access().frame.getByRole('tab', { name: 'Matrix' }).click();
      await workbench.matrix.waitForStaged(stagedCount({ grants: 0, revokes: 2 }));
      await access().button('Discard Changes').click();
      await workbench.runCommand(paletteTitleOf('nextAccessTab'));
      await row('staged to revoke').first().waitFor({ state: 'hidden' });
    });
    await step('Ctrl+A selects what is shown, Escape nothing', async () => {
      await expect(
        () => access().evaluate<boolean>("document.activeElement.classList.contains('row')"),
        Boolean,
        'the keyboard in the table',
      );
      await workbench.press('Control+a');
      await saysStatus(new RegExp(`${selectedRows(all)}$`));
      await workbench.press('Escape');
      await saysStatus(new RegExp(`^${all} permissions$`));
    });
    await step('Enter opens the details', async () => {
      await workbench.press('Enter');
      await workbench.page.getByRole('tab', { name: /.* · .*\.md/ }).waitFor();
      await workbench.runCommand('View: Close Editor');
      await access().waitFor();
    });
  });

  it('exports what is shown', async () => {
    await access().searchFor('antwerp');
    await saysStatus(/ of \d+ permissions shown$/);
    await button(inTabs.exportShown).click();
    await workbench.input.waitFor(exportTexts.formatQuestion);
    await workbench.press('Escape');
    await access().searchFor('');
  });

  for (const theme of ['dark', 'light', 'high contrast', 'high contrast light'] as const)
    it(`breaks no rule of accessibility in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      // The page shows itself anew after the editor of the settings.
      await openTab();
      await rows().first().waitFor();
      await button(words.addFilter).click();
      assert.deepEqual(await access().violations(), []);
      await tab().locator('.filter-form').getByRole('button', { name: words.cancel }).click();
    });

  it('breaks none where there is little room, and still shows rows', async () => {
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    // A zoom of 150 %, of 200 %, and a page of about 320 px.
    for (const size of [
      { width: 960, height: 573 },
      { width: 720, height: 430 },
      { width: 400, height: 700 },
    ]) {
      await workbench.resize(size);
      await rows().first().scrollIntoViewIfNeeded();
      assert.deepEqual(await access().violations(), [], `${size.width} px`);
    }
    await workbench.screenshot('.vscode-test/pictures/access-permissions-narrow.png');
  });
});
