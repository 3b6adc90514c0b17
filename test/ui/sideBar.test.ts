import assert from 'node:assert/strict';
import { loadAllButton } from '../../src/words/loading';
import { filterProjectsQuestion } from '../../src/words/projects';
import { buttons } from '../../src/words/titles';
import { titleOf } from '../titles';
import { setUp, useEmulator } from './support';
import { expect, step } from './workbench';

const bot = 'ft:gpt-4.1-2025-04-14:harbor-labs:pilot-bot:Pi1Lo2Bt';
const botStep = `${bot}:ckpt-step-160`;
const reader = 'ft:gpt-4.1-2025-04-14:harbor-labs:reader:Re1Ad2Er';
const projectNames = ['Anchors', 'Beacons', 'Cranes', 'Docks'];

describe('a narrow side bar', () => {
  const { workbench, emulator } = useEmulator({ size: { width: 1000, height: 700 } });
  const tree = () => workbench.tree('Checkpoints');
  const projects = () => workbench.tree('Projects');
  const preview = () =>
    workbench.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame').locator('body');
  const tabs = () => workbench.page.locator('.tabs-container .tab').count();

  before('four projects, three checkpoints', async () => {
    const { organization } = emulator();
    const ids = projectNames.map((name) => organization.state.addProject(name).id);
    organization.addCheckpoint(bot, { permissions: ids });
    organization.addCheckpoint(botStep);
    organization.addCheckpoint(reader, { permissions: ids.slice(0, 1) });
    await setUp(workbench, emulator().adminAPIKey, [bot, botStep, reader]);
    await workbench.view.widen(220);
    await tree().row('pilot-bot').waitFor();
  });

  it('says what matters in each row', async () => {
    const rows = await (await tree().row('pilot-bot').expand()).childrenOnce(
      (all) => all.length === 4 && all.every(({ label }) => projectNames.includes(label)),
      'the projects by name',
    );
    for (const { description } of rows) assert.match(description, /^granted (.* ago|just now)$/);
    // The description begins inside the side bar, so that it can be read.
    const width = (await workbench.view.locator.boundingBox())?.width ?? 0;
    assert.ok(width < 260, String(width));
    const described = tree().row('Anchors').locator.locator('.label-description');
    const box = await described.boundingBox();
    assert.ok(box && box.x + 60 < width + 48, JSON.stringify(box));
    await workbench.screenshot('.vscode-test/pictures/sideBar-checkpoints.png');
  });

  it('opens the details of a permission by a click, which leaves the keyboard in the tree, and by Enter', async () => {
    await step('by mouse', async () => {
      await tree().row('Anchors').click();
      await preview()
        .getByRole('heading', { name: /Anchors/ })
        .waitFor();
      await tree().rowsOnce((rows) => rows.some((row) => row.focused && row.label === 'Anchors'), 'Anchors');
      await workbench.press('ArrowUp');
      await tree().rowsOnce(
        (rows) => rows.some((row) => row.focused && row.label === 'Beacons'),
        'the keyboard still moves in the tree',
      );
      assert.equal(await tabs(), 1);
    });
    await step('by keyboard, twice: no second page of it', async () => {
      for (let times = 0; times < 2; times += 1) {
        await tree().focus();
        await tree().press('Enter');
        await preview()
          .getByRole('heading', { name: /Beacons/ })
          .waitFor();
        // As for a file, Enter keeps its page, beside the one that a click previews.
        assert.equal(await tabs(), 2);
      }
    });
  });

  it('selects what was granted, and an undo from the message takes it back', async () => {
    await tree().row('Docks').click();
    await tree().press('Delete');
    await (await workbench.dialog.waitFor()).press('Revoke');
    await tree().row('Docks').waitUntilGone();
    const toast = await workbench.toasts.waitFor(/Revoked/);
    await toast.press(buttons.undo);
    await (await workbench.dialog.waitFor()).press('Grant');
    await tree().row('Docks').waitFor();
    await tree().rowsOnce(
      (rows) =>
        rows
          .filter(({ selected }) => selected)
          .map(({ label }) => label)
          .join() === 'Docks',
      'what was restored is selected',
    );
  });

  it('searches Projects, says how many have nothing, and revokes all access of one', async () => {
    // The buttons of a narrow title cover where it is clicked.
    await workbench.view.widen(460);
    await workbench.view.fold('Checkpoints');
    await workbench.view.unfold('Projects');
    await workbench.view.widen(220);
    await projects()
      .row(/^Based on/)
      .click();
    await (await workbench.dialog.waitFor()).press(loadAllButton);
    await projects().row('Based on all 3 checkpoints').waitFor();
    const without = projects().row(/projects have no permission/);
    await without.waitFor();
    const box = (part: string) => without.locator.locator(part).first().boundingBox();
    const [name, all] = [await box('.label-name'), await box('.monaco-icon-label-container')];
    assert.ok(name && all && name.x + name.width <= all.x + all.width, 'the label is not cut');
    await workbench.screenshot('.vscode-test/pictures/sideBar-projects.png');
    await step('by the button in the title', async () => {
      await workbench.view.pressTitle(titleOf('filterProjects'), 'Projects');
      const input = await workbench.input.waitFor(filterProjectsQuestion.placeHolder);
      await input.type('reader');
      await projects().row('Beacons').waitUntilGone();
      await workbench.press('Enter');
      await workbench.view.waitForMessage(/Filtered by “reader”: 1 of 4 shown\./);
      await workbench.screenshot('.vscode-test/pictures/sideBar-filtered.png');
    });
    await step('all access, by the context menu', async () => {
      await projects().row('Anchors').choose(titleOf('revokeAll'));
      await (await workbench.dialog.waitFor()).press('Revoke');
      await projects().row('Anchors').waitUntilGone();
      await expect(
        async () => emulator().organization.state.checkpoints.get(reader)?.permissions.all().length,
        (left) => left === 0,
        'no permission is left',
      );
    });
    await step('and the filter is cleared', async () => {
      await (await workbench.view.moreActions('Projects')).choose(titleOf('clearProjectsFilter'));
      await projects().row('Beacons').waitFor();
    });
  });
});
