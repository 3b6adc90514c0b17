import assert from 'node:assert/strict';
import { filterQuestion } from '../../src/words/checkpointList';
import { allOfModel, foundQuestion, searchTexts } from '../../src/words/discovery';
import { titleOfOrganization, viewNames } from '../../src/words/organizationNames';
import { organizationQuestions } from '../../src/words/organizations';
import { statusInWords } from '../../src/words/status';
import { labelOf, paletteTitleOf, titleOf } from '../titles';
import { setUp, useEmulator } from './support';
import { expect, step } from './workbench';

const bot = 'ft:gpt-4.1-2025-04-14:harbor-labs:pilot-bot:Pi1Lo2Bt';
const step40 = `${bot}:ckpt-step-40`;
/** Where a picture to look at goes. */
const picture = (name: string) => `.vscode-test/pictures/${name}.png`;
const found = 'ft:gpt-4.1-2025-04-14:harbor-labs:found-bot:Fo1Un2Dd';

describe('menus and the status bar', () => {
  const { workbench, emulator } = useEmulator({ size: { width: 1100, height: 760 } });
  const tree = () => workbench.tree('Checkpoints');

  it('the palette offers what makes sense before there is an organization', async () => {
    await workbench.openView('Checkpoint Permissions');
    await workbench.view.welcome();
    await workbench.press('F1');
    const input = await workbench.input.waitFor('Type the name of a command');
    await input.type('>Checkpoint Permissions: ');
    const offered = await expect(
      async () => (await input.options()).filter((each) => each.startsWith('Checkpoint Permissions: ')),
      (options) => options.some((each) => each.startsWith(paletteTitleOf('setAdminKey'))),
      'the commands',
    );
    for (const name of ['grant', 'revoke', 'findCheckpoints', 'openAccess', 'addProjectKey'] as const)
      assert.ok(!offered.some((each) => each.startsWith(paletteTitleOf(name))), offered.join('\n'));
    for (const name of ['addOrganization', 'exploreSample', 'showLog'] as const)
      assert.ok(
        offered.some((each) => each.startsWith(paletteTitleOf(name))),
        offered.join('\n'),
      );
    await input.cancel();
    assert.equal(await workbench.statusOf(/Checkpoint Permissions/).count(), 0, 'nothing in the status bar');
  });

  it('a narrow title can be read, and has three icons at most', async () => {
    const { organization } = emulator();
    const project = organization.state.addProject('Anchors').id;
    organization.addCheckpoint(bot, { permissions: [project] });
    organization.addCheckpoint(step40, { permissions: [project] });
    for (const number of [1000, 90, 200, 16, 320, 8, 640, 56, 72, 480, 24])
      organization.addCheckpoint(`${found}:ckpt-step-${number}`, { permissions: [project] });
    await setUp(workbench, emulator().adminAPIKey, [bot, step40]);
    await tree().row('pilot-bot').waitFor();
    await workbench.view.widen(220);
    for (const name of [viewNames.checkpoints, viewNames.projects]) {
      const buttons = await workbench.view.titleButtons(name);
      assert.ok(buttons.length <= 3, `${name}: ${buttons.join(', ')}`);
    }
    const buttons = await workbench.view.titleButtons();
    assert.ok(
      buttons.some((each) => each.startsWith(titleOf('openAccess'))),
      buttons.join(),
    );
    assert.ok(
      buttons.some((each) => each.startsWith(titleOf('filter'))),
      buttons.join(),
    );
    assert.ok((await workbench.view.titleWidth()) > 60, 'room for the name under the mouse');
    await workbench.screenshot(picture('narrow-title'), { keepMouse: true });
  });

  it('each view names the organization, also while another or all are collapsed', async () => {
    await workbench.runCommand(paletteTitleOf('exploreSample'));
    await workbench.waitForSample();
    const label = 'Harbor Labs (sample)';
    const named = Object.values(viewNames).map((name) => titleOfOrganization(name, label).toLowerCase());
    const titles = async () => (await workbench.view.titles()).map((each) => each.toLowerCase());
    const areNamed = (now: readonly string[]) => now.join() === named.join();
    await expect(titles, areNamed, 'every title with the sample');
    await workbench.view.fold('Checkpoints');
    await workbench.runCommand(paletteTitleOf('leaveSample'));
    await expect(titles, (now) => now.every((each) => !each.includes('sample')), 'titles without the sample');
    await workbench.runCommand(paletteTitleOf('exploreSample'));
    await workbench.waitForSample();
    await expect(titles, areNamed, 'every title with the sample, all collapsed');
    await workbench.runCommand(paletteTitleOf('leaveSample'));
    await workbench.view.unfold('Checkpoints');
    await tree().row('pilot-bot').waitFor();
  });

  it('by mouse: a submenu opens and an entry of it acts', async () => {
    const menu = await workbench.view.moreActions();
    const direct = await menu.entries();
    assert.deepEqual(direct, [
      titleOf('findCheckpoints'),
      titleOf('addCheckpoint'),
      titleOf('refresh'),
      titleOf('refreshProjects'),
      labelOf('viewMenu'),
      labelOf('changesMenu'),
      labelOf('auditMenu'),
      labelOf('organizationsMenu'),
      titleOf('showLog'),
    ]);
    await menu.open(labelOf('changesMenu'));
    assert.deepEqual(await menu.submenuEntries(), [
      titleOf('grant'),
      titleOf('revoke'),
      titleOf('copyAccessFrom'),
      titleOf('revokeAll'),
      titleOf('undoLastChange'),
      titleOf('showInterrupted'),
    ]);
    await workbench.screenshot(picture('submenu'), { keepMouse: true });
    await workbench.press('Escape');
    await workbench.press('Escape');
    await (await workbench.view.moreActions()).choose(titleOf('groupByModel'), labelOf('viewMenu'));
    await tree()
      .row(/^Fine-tuned model pilot-bot/)
      .waitFor();
  });

  it('by keyboard: a submenu opens, and an entry of it acts', async () => {
    const menu = await workbench.view.moreActions();
    const moveTo = async (entry: string): Promise<void> => {
      await workbench.pressUntil(
        'ArrowDown',
        () => menu.focused(),
        (focused) => focused === entry,
        entry,
      );
    };
    await moveTo(labelOf('viewMenu'));
    await workbench.press('ArrowRight');
    await moveTo(titleOf('filter'));
    await workbench.press('Enter');
    const input = await workbench.input.waitFor(filterQuestion.placeHolder);
    await input.type('pilot');
    await input.accept();
    await workbench.view.waitForMessage('Filtered by “pilot”');
  });

  it('the icon of a set filter edits it, and Clear Filter clears it', async () => {
    assert.ok((await workbench.view.titleButtons()).some((each) => each.startsWith(titleOf('editFilter'))));
    await workbench.view.pressTitle(titleOf('editFilter'));
    const input = await workbench.input.waitFor(filterQuestion.placeHolder);
    assert.equal(await input.value(), 'pilot');
    await input.cancel();
    await workbench.view.waitForMessage('Filtered by “pilot”');
    await (await workbench.view.moreActions()).choose(titleOf('clearFilter'), labelOf('viewMenu'));
    await workbench.view.waitForTitleButton(titleOf('filter'));
  });

  it('the row of a model has the menu of its checkpoints, and copies the IDs of all', async () => {
    const menu = await tree()
      .row(/^Fine-tuned model pilot-bot/)
      .contextMenu();
    const entries = await menu.entries();
    for (const name of ['grant', 'revoke', 'copyAccessFrom', 'exportCheckpoint', 'removeFromList'] as const)
      assert.ok(entries.includes(titleOf(name)), entries.join(', '));
    await menu.choose(titleOf('copyCheckpointId'));
    await workbench.waitForStatus('Copied 2 checkpoint IDs');
    assert.equal(await workbench.clipboard(), [bot, step40].join('\n'));
  });

  it('what Find Checkpoints found is selected and cleared by model, and what was added is in sight', async () => {
    await workbench.runCommand(paletteTitleOf('findCheckpoints'));
    const sources = await workbench.input.waitFor(searchTexts.where);
    await sources.accept();
    const results = await workbench.input.waitFor(foundQuestion('').trim());
    const checked = () => results.selected();
    const all = await checked();
    const model = allOfModel(11);
    await step('clearing the model clears its steps', async () => {
      await results.choose(model);
      await expect(checked, (now) => now === all - 12, 'twelve rows fewer');
      await results.choose(model);
      await expect(checked, (now) => now === all, 'all rows');
    });
    await step('clearing a step clears the model alone', async () => {
      await results.choose(/found-bot · step 8(?!\d)/);
      await expect(checked, (now) => now === all - 2, 'two rows fewer');
      await results.choose(/found-bot · step 8(?!\d)/);
      await expect(checked, (now) => now === all, 'all rows');
    });
    await workbench.screenshot(picture('find-many'));
    await workbench.input.press('OK');
    await tree().rowsOnce((rows) => rows.some(({ selected }) => selected), 'a selected row');
  });

  it('the status bar names the organization, counts what is staged, and opens the switcher', async () => {
    await workbench.runCommand(paletteTitleOf('exploreSample'));
    await workbench.waitForSample();
    const name = 'Harbor Labs (sample)';
    const item = (staged: number) => workbench.statusOf(statusInWords(name, staged).spoken);
    await item(0).waitFor();
    await workbench.runCommand(paletteTitleOf('openAccess'));
    await workbench.matrix.waitFor();
    await workbench.matrix.searchAxis('projects', 'mobile app');
    await workbench.matrix.waitForCell('support-bot · step 160', 'Mobile app', /^not granted/);
    await workbench.matrix.cell('support-bot · step 160', 'Mobile app').click();
    await item(1).waitFor();
    assert.equal((await item(1).innerText()).trim(), statusInWords(name, 1).text);
    await workbench.screenshot(picture('status'));
    await item(1).click();
    const input = await workbench.input.waitFor(organizationQuestions.switch);
    await input.cancel();
  });
});
