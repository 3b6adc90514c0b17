import assert from 'node:assert/strict';
import { faults } from '../emulator';
import { titleOf } from '../titles';
import { setUp, useEmulator } from './support';

const one = 'ft:gpt-4.1-2025-04-14:harbor-labs:first-bot:Ca1Na2Ry';
const two = 'ft:gpt-4.1-2025-04-14:harbor-labs:second-bot:Ba1Na2Na';

describe('refreshing', () => {
  const { workbench, emulator } = useEmulator();
  const tree = () => workbench.tree('Checkpoints');

  before('two checkpoints are unfolded', async () => {
    for (const id of [one, two]) emulator().organization.addCheckpoint(id, { permissions: 3 });
    await setUp(workbench, emulator().adminAPIKey, [one, two]);
    await tree().row('first-bot').expand();
    await tree().row('second-bot').expand();
    await tree().rowsOnce(
      (rows) => rows.every(({ label }) => !label.startsWith('proj_')),
      'rows with the names of projects',
    );
  });

  const selected = async () =>
    (await tree().rows()).filter((row) => row.selected).map(({ spoken }) => spoken);

  async function select(): Promise<string[]> {
    const [row] = (await tree().row('first-bot').children()).slice(1);
    const index = row?.index ?? 0;
    await tree().locator.locator(`.monaco-list-row[data-index="${index}"] .label-name`).click();
    await tree().rowsOnce(
      (rows) => rows.some((each) => each.selected && each.index === index),
      'a selected row',
    );
    // The editor that a click opens makes VS Code draw the title of each view anew, which closes a menu that is open there.
    await workbench.page
      .frameLocator('iframe.webview')
      .frameLocator('iframe#active-frame')
      .getByRole('heading')
      .first()
      .waitFor();
    return selected();
  }

  it('all keeps what is unfolded and selected, and shows what has come', async () => {
    const before = await select();
    const project = emulator().organization.state.addProject('New').id;
    const list = emulator().organization.state.checkpoints.get(two);
    assert.ok(list);
    emulator().organization.state.addPermission(list, project, Math.floor(Date.now() / 1000));
    await (await workbench.view.moreActions()).choose(titleOf('refresh'));
    await tree().row(project).waitFor();
    assert.deepEqual(await selected(), before);
    for (const label of ['first-bot', 'second-bot']) {
      assert.equal((await tree().row(label).state()).expanded, true);
    }
  });

  it('one that fails keeps its old rows, says how old they are, and disturbs nothing else', async () => {
    const before = await select();
    emulator().fail({ endpoint: 'permissions.list', path: /second-bot/ }, faults.status(403), 1);
    await tree().row('second-bot').press(titleOf('refreshCheckpoint'));
    const row = await tree()
      .row(/^Error: /)
      .waitFor();
    assert.match((await row.state()).description, /^Rows below were loaded/);
    assert.ok((await tree().row('second-bot').children()).length >= 4);
    assert.equal((await tree().row('first-bot').children()).length, 3);
    assert.deepEqual(await selected(), before);
    await row.click();
    await workbench.page.locator('.part.panel .monaco-editor').first().waitFor();
    await tree().row('second-bot').press(titleOf('refreshCheckpoint'));
    await row.waitUntilGone();
  });
});
