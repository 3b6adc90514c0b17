import assert from 'node:assert/strict';
import { selectCheckpointsToGrant } from '../../src/words/changes';
import {
  checkButton,
  filterWithoutChecking,
  sortChoices,
  sortQuestion,
} from '../../src/words/checkpointList';
import { loadAllButton } from '../../src/words/loading';
import { labelOf, paletteTitleOf, titleOf } from '../titles';
import { setUp, useEmulator } from './support';
import { expect, step } from './workbench';

const bot = 'ft:gpt-4.1-2025-04-14:harbor-labs:pilot-bot:Pi1Lo2Bt';
const botStep = `${bot}:ckpt-step-40`;
const reader = 'ft:my-model:harbor-labs:reader:Re1Ad2Er';

describe('arranging the checkpoints', () => {
  const { workbench, emulator } = useEmulator({ size: { width: 1100, height: 760 } });
  const tree = () => workbench.tree('Checkpoints');
  const projects = () => workbench.tree('Projects');
  const labels = async () => (await tree().rows()).map(({ label }) => label);
  const labelsOnce = (wanted: readonly string[]) =>
    tree().rowsOnce(
      (rows) => JSON.stringify(rows.map(({ label }) => label)) === JSON.stringify(wanted),
      wanted.join(),
    );
  const sent = () => emulator().requests.length;
  let one = '';
  let two = '';

  before('three checkpoints are listed', async () => {
    const { organization } = emulator();
    one = organization.state.addProject('Beacons').id;
    two = organization.state.addProject('Anchors').id;
    organization.addCheckpoint(bot, { permissions: [one, two] });
    organization.addCheckpoint(botStep, { permissions: [one] });
    organization.addCheckpoint(reader);
    await setUp(workbench, emulator().adminAPIKey, [bot, botStep, reader]);
    await tree().row('reader').waitFor();
    await workbench.view.widen(520);
  });

  it('by mouse: under their models and back, from the menu of the title', async () => {
    const before = sent();
    await (await workbench.view.moreActions()).choose(titleOf('groupByModel'), labelOf('viewMenu'));
    await labelsOnce(['pilot-bot', 'reader']);
    const model = await tree().row('pilot-bot').expand();
    assert.deepEqual(
      (await model.children()).map(({ label }) => label),
      ['Final model', 'Step 40'],
    );
    assert.match((await tree().rows())[0]?.spoken ?? '', /^Fine-tuned model pilot-bot, 2 checkpoints/);
    assert.equal(sent(), before);
    await (await workbench.view.moreActions()).choose(titleOf('showAsFlatList'), labelOf('viewMenu'));
    await labelsOnce(['pilot-bot', 'pilot-bot · step 40', 'reader']);
  });

  it('by keyboard: filtered with each key, taken back with Escape, kept with Enter, cleared by its command', async () => {
    const before = sent();
    await workbench.runCommand(paletteTitleOf('filter'));
    const input = await workbench.input.waitFor('3 of 3 shown');
    await workbench.press('r');
    await workbench.press('e');
    await labelsOnce(['reader']);
    await workbench.input.waitFor('1 of 3 shown');
    assert.equal(await input.value(), 're', 'the keyboard stays in the box while the tree is drawn');
    await workbench.press('a');
    await workbench.press('x');
    await labelsOnce([]);
    await workbench.view.waitForMessage(
      /^Filtered by “reax”: 0 of 3 shown\. .*To show all, use Clear Filter\.$/,
    );
    await input.cancel();
    await labelsOnce(['pilot-bot', 'pilot-bot · step 40', 'reader']);
    await workbench.runCommand(paletteTitleOf('filter'));
    await (await workbench.input.waitFor('3 of 3 shown')).type('pilot 40');
    await labelsOnce(['pilot-bot · step 40']);
    await workbench.press('Enter');
    await workbench.view.waitForMessage('Filtered by “pilot 40”: 1 of 3 shown.');
    await tree().press('Home');
    await tree().rowsOnce((rows) => rows.some(({ focused }) => focused), 'the keyboard in the tree');
    await workbench.reload();
    await labelsOnce(['pilot-bot · step 40']);
    await workbench.view.waitForMessage('Filtered by “pilot 40”: 1 of 3 shown.');
    await workbench.runCommand(paletteTitleOf('clearFilter'));
    await labelsOnce(['pilot-bot', 'pilot-bot · step 40', 'reader']);
    await expect(
      () => workbench.view.message(),
      (message) => message === '',
      'no message',
    );
    assert.equal(sent(), before);
  });

  it('sorted through the picker, remembered over a restart of the window', async () => {
    await workbench.runCommand(paletteTitleOf('sortBy'));
    await (await workbench.input.waitFor(sortQuestion.placeHolder)).choose(sortChoices.permissions.label);
    await workbench.view.waitForMessage('Sorted by number of loaded permissions');
    await workbench.reload();
    await workbench.view.waitForMessage('Sorted by number of loaded permissions');
    await workbench.runCommand(paletteTitleOf('sortBy'));
    await (await workbench.input.waitFor(sortQuestion.placeHolder)).choose(sortChoices.added.label);
    await tree().row('reader').waitFor();
  });

  it('what ends soon, in one click', async () => {
    const before = sent();
    await (await workbench.view.moreActions()).choose(titleOf('showWhatEndsSoon'), labelOf('viewMenu'));
    await workbench.view.waitForMessage(
      /^Filtered by upcoming shutdown \(shared, within 60 days\): \d of 3 shown/,
    );
    assert.ok(!(await labels()).includes('reader'), 'no end is known of it');
    await (await workbench.view.moreActions()).choose(titleOf('clearFilter'), labelOf('viewMenu'));
    await labelsOnce(['pilot-bot', 'pilot-bot · step 40', 'reader']);
    assert.equal(sent(), before);
  });

  it('what a project can use: chosen by name, asked for at a price that was said, by id without asking', async () => {
    await workbench.runCommand(paletteTitleOf('filterByProject'));
    const input = await workbench.input.waitFor('Select a project or paste its ID');
    await input.type('anch');
    await workbench.press('Enter');
    const dialog = await workbench.dialog.waitFor();
    assert.match(await dialog.message(), /Check whether “Anchors” can use 3 more checkpoints\?/);
    assert.match(await dialog.detail(), /At least 3 requests/);
    const before = sent();
    await dialog.press(checkButton);
    await labelsOnce(['pilot-bot']);
    assert.equal(sent() - before, 3);
    await workbench.view.waitForMessage(
      /^Filtered by project “Anchors”: 1 of 3 shown\. The project may own 2 hidden checkpoints, whose owners are unknown\. The oldest data was loaded just now\./,
    );
    await workbench.runCommand(paletteTitleOf('filterByProject'));
    await (await workbench.input.waitFor('Select a project or paste its ID')).type('proj_of_nobody');
    await workbench.press('Enter');
    await (await workbench.dialog.waitFor()).press(filterWithoutChecking);
    await workbench.view.waitForMessage(
      /project proj_of_nobody: 3 of 3 shown\. Access is unknown for 3 of them\./,
    );
    assert.match((await tree().row('reader').state()).description, /^access unknown/);
    await (await workbench.view.moreActions()).choose(titleOf('clearFilter'), labelOf('viewMenu'));
  });

  it('Projects: opened for nothing, completed at a price that was said, and worked with', async () => {
    await step('opening it asks nobody', async () => {
      const before = sent();
      await workbench.view.unfold('Projects');
      await projects().row('Based on 0 of 3 checkpoints').waitFor();
      assert.equal(sent(), before);
    });
    await step('a click on what it is made from completes it', async () => {
      await projects().row('Based on 0 of 3 checkpoints').click();
      const dialog = await workbench.dialog.waitFor();
      assert.match(await dialog.message(), /Load all permissions for 3 checkpoints\?/);
      await dialog.press(loadAllButton);
      await projects().row('Based on all 3 checkpoints').waitFor();
      const rows = await projects().rows();
      assert.deepEqual(
        rows.map(({ label }) => label),
        ['Based on all 3 checkpoints', '270 without permission', 'Anchors', 'Beacons'],
      );
      for (const { spoken } of rows)
        assert.match(
          spoken,
          /^(Based on all 3 checkpoints|270 projects have no permission|Project (Anchors|Beacons), )/,
        );
    });
    await step('by keyboard a project is unfolded, and a permission copied and revoked', async () => {
      await projects().focus();
      await projects().press('End');
      await projects().rowsOnce(
        (rows) => rows.some(({ label, focused }) => focused && label === 'Beacons'),
        'the focus',
      );
      await projects().press('ArrowRight');
      await projects().row('pilot-bot · step 40').waitFor();
      await projects().press('ArrowDown');
      await projects().press('ArrowDown');
      await projects().rowsOnce(
        (rows) => rows.some(({ label, focused }) => focused && label === 'pilot-bot · step 40'),
        'the focus',
      );
      await projects().press('Shift+Alt+c');
      await workbench.waitForStatus('Copied 1 project ID');
      assert.equal(await workbench.clipboard(), one);
      await projects().press('Delete');
      const dialog = await workbench.dialog.waitFor();
      assert.ok((await dialog.detail()).includes(one));
      await workbench.press('Enter');
      await projects().row('pilot-bot · step 40').waitUntilGone();
    });
    await step('by mouse a project is granted access to a checkpoint', async () => {
      await projects().row('Anchors').press(titleOf('grant'));
      const input = await workbench.input.waitFor(selectCheckpointsToGrant);
      await input.type('reader');
      for (const keys of ['ArrowDown', 'Space', 'Enter']) await workbench.press(keys);
      await workbench.dialog.press('Grant');
      await projects().rowsOnce(
        (rows) => rows.some(({ description }) => description.startsWith('2 checkpoints')),
        'a second checkpoint',
      );
      await projects().row('Anchors').expand();
      await projects().row('reader').waitFor();
    });
    await step('what one project can use is shown from its menu', async () => {
      await projects().row('Anchors').choose(titleOf('filterByProject'));
      await workbench.view.waitForMessage(/^Filtered by project “Anchors”: 2 of 3 shown/);
      await tree().row('pilot-bot · step 40').waitUntilGone();
      await (await workbench.view.moreActions('Checkpoints')).choose(
        titleOf('clearFilter'),
        labelOf('viewMenu'),
      );
    });
  });
});
