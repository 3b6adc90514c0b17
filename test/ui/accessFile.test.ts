import assert from 'node:assert/strict';
import { accessFilePath } from '../../src/access/accessFile/accessFilePath';
import { acceptedReason, planLens } from '../../src/words/accessFile';
import { acceptedIntoFile } from '../../src/words/accessFileEditor';
import * as texts from '../../src/words/changesTab';
import { paletteTitleOf, titleOf } from '../titles';
import { Workplace } from '../unit/cli/installed';
import { pictureOf } from './pictures';
import { setUp, useEmulator } from './support';
import { expect, step } from './workbench';

const support = 'ft:gpt-4.1-mini-2025-04-14:harbor-labs:support-bot:Sb1Aa2Cc';
const invoices = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:invoice-reader:Ir3Dd4Ee';

describe('the access file', () => {
  // Before the hook that closes the window.
  after('close the editors', () => workbench.revertEditors());

  const { workbench, emulator } = useEmulator({
    theme: 'dark',
    size: { width: 1280, height: 800 },
    settings: {
      'editor.minimap.enabled': false,
      'editor.fontSize': 13,
      'files.autoSave': 'off',
      // The models of this file shut down soon, which is not what is looked at here.
      'checkpointPermissions.shutdownProblems': false,
    },
  });
  const tree = () => workbench.tree('Checkpoints');
  const access = () => workbench.access;
  const editor = () => workbench.page.locator('.editor-instance .monaco-editor').first();
  const lens = (text: string | RegExp) => editor().locator('.codelens-decoration').getByText(text).first();
  const squiggles = (kind: 'error' | 'warning' | 'info') => editor().locator(`.squiggly-${kind}`);
  const projects: Record<'desk' | 'billing' | 'stranger', { id: string; name: string }> = {
    desk: { id: '', name: 'Support desk' },
    billing: { id: '', name: 'Billing' },
    stranger: { id: '', name: 'Weekend experiment' },
  };

  before('an organization with two checkpoints', async () => {
    const { state } = emulator().organization;
    state.projects.clear();
    const owner = state.addProject('The owner').id;
    for (const project of Object.values(projects)) project.id = state.addProject(project.name).id;
    emulator().organization.addCheckpoint(support, { owner, permissions: [projects.desk.id] });
    emulator().organization.addCheckpoint(invoices, { owner });
    await setUp(workbench, emulator().adminAPIKey, [support, invoices]);
    await tree().row('support-bot').waitFor();
    await workbench.runCommand(paletteTitleOf('renameOrganization'));
    const input = await workbench.input.waitFor('The name is used only in VS Code');
    await input.type('Harbor Labs');
    await input.accept();
    await workbench.waitForStatus(/Renamed to/);
  });

  const onServer = (id: string): string[] =>
    emulator()
      .organization.state.checkpoints.get(id)
      ?.permissions.all()
      .map(({ project_id }) => project_id) ?? [];

  /** The text of the editor as it is rendered: all of it, because the file is short. */
  const text = async (): Promise<string> =>
    (await editor().locator('.view-line').allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');

  it('is created, edited, planned, applied, and takes over drift, by mouse and keyboard', async () => {
    await step('create it from the palette', async () => {
      await workbench.runCommand(paletteTitleOf('createAccessFile'));
      await workbench.page
        .getByRole('tab', { name: /checkpoint-access\.jsonc/ })
        .first()
        .waitFor();
      await lens(planLens).waitFor();
      await expect(text, (shown) => shown.includes(projects.desk.id), 'the project in the file');
      await (await workbench.toasts.waitFor(/The file has 2 checkpoints/)).close();
    });
    await step('edit it by keyboard, with a suggestion', async () => {
      await editor().locator('.view-line').filter({ hasText: '"grants": []' }).click();
      await workbench.press('End');
      await workbench.press('ArrowLeft');
      await workbench.page.keyboard.insertText('{ "reason": "TICK-12", "until": "2099-01-10", "project": ');
      await workbench.page.keyboard.type('"Bill');
      const suggestion = workbench.page
        .locator('.suggest-widget .monaco-list-row')
        .filter({ hasText: projects.billing.name });
      await suggestion.first().waitFor();
      await workbench.screenshot('.vscode-test/pictures/access-file-suggest.png');
      await suggestion.first().click();
      await expect(text, (shown) => shown.includes(projects.billing.id), 'the ID of the project');
      await workbench.page.keyboard.insertText(' }');
      await expect(
        () => squiggles('error').count(),
        (count) => count === 0,
        'no error',
      );
      await squiggles('info').first().waitFor();
      await workbench.press('Control+S');
    });
    await step('plan it by its code lens', async () => {
      await lens(planLens).click();
      await access().waitFor();
      await access().waitForTab('changes');
      const row = access().row('changes', projects.billing.name);
      await row.waitFor();
      const said = await row.innerText();
      assert.ok(said.includes('TICK-12') && said.includes('2099'), said);
      await workbench.screenshot('.vscode-test/pictures/access-file-plan.png');
      assert.deepEqual(onServer(invoices), []);
    });
    await step('apply it', async () => {
      await access().button(texts.applyChanges(1)).click();
      await access().row('changes', 'confirmed').waitFor();
      assert.deepEqual(onServer(invoices), [projects.billing.id]);
    });
    await step('somebody else grants access, and Check Drift lists it', async () => {
      const found = emulator().organization.state.checkpoints.get(support);
      assert.ok(found);
      emulator().organization.state.addPermission(found, projects.stranger.id);
      await workbench.page
        .getByRole('tab', { name: /checkpoint-access\.jsonc/ })
        .first()
        .click();
      // Lists of the last minute are not loaded again.
      await workbench.runCommand(paletteTitleOf('refresh'));
      await workbench.runCommand(paletteTitleOf('checkDrift'));
      const toast = await workbench.toasts.waitFor('Access is as the file says.');
      assert.match(await toast.message(), /1 more checkpoint or project is outside the file/);
      await squiggles('info').first().waitFor();
      await workbench.runCommand('View: Focus Problems (Errors, Warnings, Infos)');
      await workbench.page.locator('.markers-panel').getByText(projects.stranger.name).first().waitFor();
      await lens(/Access as of/).waitFor();
      await workbench.page.mouse.move(0, 0);
      await workbench.page.locator('.monaco-hover:visible').waitFor({ state: 'hidden' });
      await workbench.screenshot(pictureOf('access-file'));
      await toast.press(titleOf('acceptDrift'));
    });
    await step('it is taken over into the file, and undone by one key', async () => {
      await workbench.toasts.waitFor(acceptedIntoFile(1, 0));
      await expect(text, (shown) => shown.includes(projects.stranger.id), 'the project in the file');
      assert.ok((await text()).includes(acceptedReason('').slice(0, 8)));
      await expect(
        () => squiggles('info').count(),
        (count) => count === 0,
        'no drift',
      );
      await workbench.runCommand('View: Toggle Panel Visibility');
      await (await workbench.toasts.waitFor(acceptedIntoFile(1, 0))).close();
      await workbench.screenshot('.vscode-test/pictures/access-file-accepted.png');
      await editor().locator('.view-lines').click();
      await workbench.press('Control+Z');
      await expect(text, (shown) => !shown.includes(projects.stranger.id), 'the file as it was');
      await workbench.press('Control+Shift+Z');
      await expect(text, (shown) => shown.includes(projects.stranger.id), 'the edit again');
      await workbench.press('Control+S');
    });
    await step('a plan has nothing left to do, from the title of the editor', async () => {
      // The oldest VS Code gives the button of a submenu a name and no role.
      await workbench.page.locator('.editor-actions').getByLabel('Access File', { exact: true }).click();
      await (await workbench.menu.waitFor()).choose(titleOf('planAccessFile'));
      await workbench.toasts.waitFor('Access is as the file says.');
      assert.deepEqual(onServer(support).sort(), [projects.desk.id, projects.stranger.id].sort());
    });
  });

  it('is planned as the command-line tool plans it, change for change', async () => {
    const { state } = emulator().organization;
    const added = ['Bergen', 'Cadiz', 'Delft'].map((city) => state.addProject(`${city} desk`).id);
    const [bergen, cadiz, delft] = added as [string, string, string];
    const grant = (project: string, reason: string, until?: string) => ({
      project,
      reason,
      ...(until && { until }),
    });
    const file = {
      version: 1,
      organization: 'harbor-labs',
      checkpoints: {
        [support]: {
          ownership: 'exact',
          grants: [
            grant(projects.desk.id, 'TICK-20', '2026-01-31'),
            grant(bergen, 'TICK-21'),
            grant(cadiz, 'TICK-22', '2099-02-28'),
          ],
        },
        [invoices]: { ownership: 'exact', grants: [grant(delft, 'TICK-23'), grant(bergen, 'TICK-24')] },
      },
    };
    await workbench.writeFile(accessFilePath, JSON.stringify(file, undefined, 2));
    await expect(text, (shown) => shown.includes('TICK-20'), 'the file as it is now');
    // Lists of the last minute are not loaded again.
    await workbench.runCommand(paletteTitleOf('refreshProjects'));
    await expect(
      () => squiggles('error').count(),
      (count) => count === 0,
      'the projects that were added',
    );
    await workbench.runCommand(paletteTitleOf('planAccessFile'));
    await access().waitForTab('changes');
    const planned = access().panel('changes').locator('.table-canvas [role=row]:has(input[type=checkbox])');
    await access().row('changes', 'TICK-24').waitFor();

    const place = await Workplace.open(emulator());
    try {
      await place.write(JSON.stringify(file));
      const { code, stdout, stderr } = await place.run(['plan', '--format', 'json']);
      assert.equal(code, 2, stderr);
      const { changes } = JSON.parse(stdout) as {
        changes: {
          action: string;
          checkpoint: string;
          project: string;
          permissionId?: string;
          reason?: string;
        }[];
      };
      const count = (action: string): number => changes.filter((change) => change.action === action).length;
      assert.deepEqual([count('revoke'), count('grant')], [3, 4]);
      const shown = await planned.allInnerTexts();
      assert.equal(shown.length, changes.length, shown.join(' / '));
      for (const { checkpoint, project, permissionId, reason } of changes) {
        const parts = [
          state.projects.get(project)?.name ?? project,
          checkpoint === support ? 'support-bot' : 'invoice-reader',
          permissionId ?? '',
          permissionId ? '' : (reason ?? 'a reason'),
        ];
        const found = shown.filter((row) => parts.every((part) => row.includes(part)));
        assert.equal(found.length, 1, `${parts.join(', ')} in ${shown.join(' / ')}`);
      }
    } finally {
      await place.close();
    }
  });
});
