import assert from 'node:assert/strict';
import { addQuestion } from '../../src/words/checkpointList';
import { paletteTitleOf, titleOf } from '../titles';
import { setUp, useEmulator } from './support';
import { step } from './workbench';

const bot = 'ft:gpt-4.1-2025-04-14:harbor-labs:pilot-bot:Pi1Lo2Bt';
const reader = 'ft:gpt-4.1-2025-04-14:harbor-labs:reader:Re1Ad2Er';
const writer = 'ft:gpt-4.1-2025-04-14:harbor-labs:writer:Wr1It2Er';
const projectNames = ['Anchors', 'Beacons', 'Cranes', 'Docks', 'Engines', 'Ferries', 'Gangways', 'Hawsers'];

describe('rows that disappear', () => {
  const { workbench, emulator } = useEmulator({ size: { width: 1100, height: 760 } });
  const tree = () => workbench.tree('Checkpoints');
  const projects = () => workbench.tree('Projects');
  /** The projects as they are listed: the newest permission first. */
  let listed: string[] = [];
  let entries: string[] = [];

  /** Waits until a row has the focus and is the only selected one. */
  async function isNext(label: string, of = tree()): Promise<void> {
    await of.rowsOnce((rows) => {
      const selected = rows.filter((row) => row.selected).map((row) => row.label);
      const focused = rows.filter((row) => row.focused).map((row) => row.label);
      return selected.join() === label && focused.join() === label;
    }, `${label} with the focus and the selection`);
  }

  /** The context menu of a row is that of a single row. */
  async function hasWholeMenu(label: string): Promise<void> {
    const menu = await tree().row(label).contextMenu();
    assert.deepEqual(await menu.entries(), entries);
    await menu.close();
  }

  async function confirmRevoke(): Promise<void> {
    await (await workbench.dialog.waitFor()).press('Revoke');
  }

  before('a checkpoint with eight permissions is unfolded', async () => {
    const { organization } = emulator();
    const ids = projectNames.map((name) => organization.state.addProject(name).id);
    organization.addCheckpoint(bot, { permissions: ids });
    organization.addCheckpoint(reader, { permissions: ids.slice(0, 2) });
    organization.addCheckpoint(writer);
    await setUp(workbench, emulator().adminAPIKey, [bot, reader, writer]);
    await workbench.view.widen(460);
    const rows = await (await tree().row('pilot-bot').expand()).childrenOnce(
      (all) => all.length === 8 && all.every(({ label }) => projectNames.includes(label)),
      'the projects by name',
    );
    listed = rows.map(({ label }) => label);
    const menu = await tree()
      .row(listed[0] ?? '')
      .contextMenu();
    entries = await menu.entries();
    await menu.close();
    assert.ok(entries.includes(titleOf('revoke')) && entries.includes(titleOf('copyProjectId')));
  });

  it('Truth 24: by keyboard, by mouse, several at once: the next row has focus and selection, and a whole menu', async () => {
    const [
      first = '',
      second = '',
      third = '',
      fourth = '',
      fifth = '',
      sixth = '',
      seventh = '',
      last = '',
    ] = listed;
    await step('by keyboard', async () => {
      await tree().row(first).click();
      await workbench.page.getByRole('tab', { name: first }).waitFor();
      await tree().press('ArrowDown');
      await tree().rowsOnce((rows) => rows.some((row) => row.focused && row.label === second), second);
      await tree().press('Delete');
      await workbench.dialog.waitFor();
      await workbench.press('Enter');
      await tree().row(second).waitUntilGone();
      await isNext(third);
      await tree().press('ArrowDown');
      await tree().rowsOnce((rows) => rows.some((row) => row.focused && row.label === fourth), fourth);
    });
    await step('several at once', async () => {
      await tree().row(third).click();
      await tree().row(fifth).alsoSelect();
      await tree().press('Delete');
      await confirmRevoke();
      await tree().row(fifth).waitUntilGone();
      await isNext(sixth);
      await hasWholeMenu(sixth);
      await hasWholeMenu(fourth);
    });
    await step('by the context menu of a row that is not selected', async () => {
      await tree().row(first).click();
      await tree().row(sixth).choose(titleOf('revoke'));
      await confirmRevoke();
      await tree().row(sixth).waitUntilGone();
      await isNext(seventh);
    });
    await step('by the button in the row, the last one of the list', async () => {
      await tree().row(last).press(titleOf('revoke'));
      await confirmRevoke();
      await tree().row(last).waitUntilGone();
      await isNext(seventh);
      await hasWholeMenu(seventh);
    });
    await step('all that are left', async () => {
      await tree().row(first).click();
      await tree().row(fourth).alsoSelect();
      await tree().row(seventh).alsoSelect();
      await tree().press('Delete');
      await confirmRevoke();
      await tree().row('No permissions').waitFor();
      await isNext('pilot-bot');
    });
  });

  it('Truth 24: a checkpoint that is removed from the list leaves its place to the next one', async () => {
    await tree().row('pilot-bot').collapse();
    await tree().row('pilot-bot').choose(titleOf('removeFromList'));
    await tree().row('pilot-bot').waitUntilGone();
    await isNext('reader');
    await workbench.runCommand(paletteTitleOf('addCheckpoint'));
    await (await workbench.input.waitFor(addQuestion.prompt)).type(bot);
    await workbench.input.accept();
    await tree().row('pilot-bot').waitFor();
  });

  it('Truth 24: in Projects, the next checkpoint of the project, else the project', async () => {
    await tree().row('reader').expand();
    await workbench.view.unfold('Projects');
    await projects().row('Anchors').expand();
    await projects().row('reader').click();
    await projects().press('Delete');
    await confirmRevoke();
    await projects().row('Anchors').waitUntilGone();
    await isNext('Beacons', projects());
  });
});
