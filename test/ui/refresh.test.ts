import assert from 'node:assert/strict';
import { type Emulator, faults, startEmulator } from '../emulator';
import { useWorkbench, type WindowOptions } from './workbench';

const name = 'Checkpoint Permissions';
const one = 'ft:gpt-4.1-2025-04-14:harbor-labs:first-bot:Ca1Na2Ry';
const two = 'ft:gpt-4.1-2025-04-14:harbor-labs:second-bot:Ba1Na2Na';

describe('refreshing', () => {
  const options: WindowOptions = {};
  let emulator: Emulator;
  let granted: string;

  before(async () => {
    emulator = await startEmulator();
    options.settings = { 'checkpointPermissions.baseUrl': emulator.baseURL };
  });
  const workbench = useWorkbench(options);
  const tree = () => workbench.tree('Checkpoints');

  before('two checkpoints are unfolded and a permission is selected', async () => {
    for (const id of [one, two]) emulator.organization.addCheckpoint(id, { permissions: 3 });
    await workbench.openView(name);
    await workbench.view.pressWelcome('Set Admin Key…');
    await (await workbench.input.waitFor('Paste an admin API key')).type(emulator.adminAPIKey);
    await workbench.input.accept();
    await workbench.waitForStatus('Admin API key saved');
    await workbench.view.pressWelcome('Add Checkpoint…');
    await (await workbench.input.waitFor('Ids of fine-tuned models')).type(`${one} ${two}`);
    await workbench.input.accept();
    await tree().row('first-bot').expand();
    await tree().row('second-bot').expand();
    granted = (await tree().row('first-bot').children())[1]?.label ?? '';
    await tree().row('first-bot').children();
  });
  after(() => emulator.stop());

  const selected = async () =>
    (await tree().rows()).filter((row) => row.selected).map(({ spoken }) => spoken);

  async function select(): Promise<string[]> {
    const [row] = (await tree().row('first-bot').children()).slice(1);
    const index = (row?.index ?? 0) as number;
    await tree().locator.locator(`.monaco-list-row[data-index="${index}"] .label-name`).click();
    await tree().rowsOnce(
      (rows) => rows.some((each) => each.selected && each.index === index),
      'a selected row',
    );
    return selected();
  }

  it('all keeps what is unfolded and selected, and shows what has come', async () => {
    const before = await select();
    const project = emulator.organization.state.addProject('New').id;
    const list = emulator.organization.state.checkpoints.get(two);
    assert.ok(list);
    emulator.organization.state.addPermission(list, project, Math.floor(Date.now() / 1000));
    await workbench.view.pressTitle(/^Refresh/);
    await tree().row(project).waitFor();
    assert.deepEqual(await selected(), before);
    for (const label of ['first-bot', 'second-bot']) {
      assert.equal((await tree().row(label).state()).expanded, true);
    }
    assert.ok(granted);
  });

  it('one that fails keeps its old rows, says how old they are, and disturbs nothing else', async () => {
    const before = await select();
    emulator.fail({ endpoint: 'permissions.list', path: /second-bot/ }, faults.status(403), 1);
    await tree().row('second-bot').press('Refresh Checkpoint');
    const row = await tree()
      .row(/^Error: /)
      .waitFor();
    assert.match((await row.state()).description, /^The rows below were read/);
    assert.ok((await tree().row('second-bot').children()).length >= 4);
    assert.equal((await tree().row('first-bot').children()).length, 3);
    assert.deepEqual(await selected(), before);
    await row.click();
    await workbench.page.locator('.part.panel .monaco-editor').first().waitFor();
    await tree().row('second-bot').press('Refresh Checkpoint');
    await row.waitUntilGone();
  });
});
