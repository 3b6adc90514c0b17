import assert from 'node:assert/strict';
import { type TabId, tabIds } from '../../src/protocol/accessPage';
import { accessErrorTexts as errorTexts } from '../../src/words/accessError';
import { findingKindInWords } from '../../src/words/findings';
import { progressInWords } from '../../src/words/matrix';
import { permissionColumns, permissionsTab } from '../../src/words/permissionsTab';
import { inTabs, loadLog, loadUsage } from '../../src/words/tabs';
import { paletteTitleOf, titleOf } from '../titles';
import { pictureOf } from './pictures';
import { step, type Theme, useWorkbench } from './workbench';

/** Windows, in the pixels that a page has at their zoom. The last one's page is 320 pixels wide. */
const rooms = {
  '100 %': { width: 1280, height: 800 },
  '150 %': { width: 911, height: 512 },
  '200 %': { width: 640, height: 400 },
  '320 px': { width: 320, height: 640 },
} as const;

const themes = ['dark', 'light', 'high contrast', 'high contrast light'] satisfies Theme[];

const allLoaded = progressInWords({ done: 9, total: 9, failed: 0, isLoading: false, isStopped: false });

describe('each tab of the Access page, in each theme and at each size', () => {
  const usual = { width: 1440, height: 860 };
  const workbench = useWorkbench({ theme: 'dark', size: usual });
  const access = () => workbench.access;
  const panelButton = (id: TabId, name: string) =>
    access().panel(id).getByRole('button', { name, exact: true });
  /** What there is of a tab when it shows its data. */
  const content = (id: TabId) => {
    if (id === 'matrix') return workbench.matrix.grid.getByRole('gridcell');
    return id === 'explain' ? access().panel(id).locator('[data-gate]') : access().rows(id);
  };

  async function open(): Promise<void> {
    await workbench.runCommand(paletteTitleOf('openAccess'));
    await access().waitFor();
  }

  before('load what each tab can show, and stage changes of each kind', async () => {
    await workbench.openView('Checkpoint Permissions');
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await workbench.waitForSample();
    await workbench.view.widen(220);
    await open();
    await workbench.matrix.waitForProgress(allLoaded);
    await step('grants', async () => {
      await access().searchFor('project:antwerp model:step');
      for (const project of ['Antwerp billing', 'Antwerp customs', 'Antwerp fleet'])
        await workbench.matrix.cell('support-bot · step 160', project).click();
      await access().searchFor('');
    });
    await step('the audit log, usage, a filter, and revokes', async () => {
      await access().select('permissions');
      await panelButton('permissions', loadLog(1)).click();
      await panelButton('permissions', loadUsage(3, false)).click();
      const lastUsed = { name: permissionColumns.lastUsed, exact: true };
      await access().panel('permissions').getByRole('columnheader', lastUsed).waitFor();
      for (const index of [0, 1, 2])
        await access().rows('permissions').nth(index).getByRole('checkbox').click();
      await panelButton('permissions', inTabs.stageToRevoke).click();
      await panelButton('permissions', permissionsTab.addFilter).click();
    });
    await step('findings of a category', async () => {
      await access().select('findings');
      const group = access().row('findings', findingKindInWords.archived).first();
      if ((await group.getAttribute('aria-expanded')) !== 'true') await group.locator('.twistie').click();
    });
    await step('the details of a change', async () => {
      await access().select('history');
      await access()
        .row('history', /Granted|Revoked/)
        .first()
        .dblclick();
    });
    await step('an explanation', async () => {
      await workbench.runCommand(paletteTitleOf('explainAccess'));
      await (await workbench.input.waitFor(errorTexts.checkpointQuestion)).choose('support-bot');
      const input = await workbench.input.waitFor(errorTexts.projectQuestion);
      await input.type('Antwerp billing');
      await input.choose('Antwerp billing');
      await access().waitForTab('explain');
      await workbench.screenshot('.vscode-test/pictures/each-explanation.png');
      await content('explain').first().waitFor();
    });
    for (const id of tabIds) {
      await access().select(id);
      await content(id).first().waitFor();
    }
    await workbench.resize({ width: 1100, height: 640 });
    await workbench.screenshot(pictureOf('changes'));
  });

  for (const theme of themes) {
    describe(`in the theme ${theme}`, () => {
      before(async () => {
        await workbench.resize(usual);
        await workbench.useTheme(theme);
        // The page shows itself anew after the editor of the settings.
        await open();
      });

      for (const [room, { width, height }] of Object.entries(rooms)) {
        it(`breaks no rule of accessibility at ${room}`, async () => {
          if (room === '320 px') await access().makeWide(width, height);
          else await workbench.resize({ width, height });
          const found: object[] = [];
          for (const id of tabIds) {
            await access().select(id);
            await content(id).first().waitFor();
            const file = `each-${id}-${room}-${theme}`.replaceAll(/[ %]+/g, '-');
            await workbench.screenshot(`.vscode-test/pictures/${file}.png`);
            const wide = await access().evaluate<number>('document.documentElement.scrollWidth - innerWidth');
            if (wide > 0) found.push({ id, wide });
            for (const violation of await access().violations()) found.push({ id, ...violation });
          }
          assert.deepEqual(found, []);
        });
      }
    });
  }
});
