import assert from 'node:assert/strict';
import { addQuestion } from '../../src/words/checkpointList';
import { nameMissing, nameTaken, organizationQuestions } from '../../src/words/organizations';
import { type Emulator, startEmulator } from '../emulator';
import { labelOf, paletteTitleOf } from '../titles';
import { useEmulator } from './support';
import { expect, step } from './workbench';

const name = 'Checkpoint Permissions';
const ours = 'ft:gpt-4.1-2025-04-14:harbor-labs:first-bot:Ca1Na2Ry';
const theirs = 'ft:gpt-4.1-2025-04-14:harbor-labs:second-bot:Ba1Na2Na';

/** A window without any organization, a server for it, and a second one. */
function useServers() {
  const { workbench, emulator } = useEmulator();
  const tree = () => workbench.tree('Checkpoints');
  const host = (of: Emulator) => new URL(of.origin).host;
  let gateway: Emulator;

  before('a second organization', async () => {
    gateway = await startEmulator({ adminAPIKey: 'test-key-of-the-gateway' });
    gateway.organization.addCheckpoint(theirs, { permissions: 2 });
    emulator().organization.addCheckpoint(ours, { permissions: 3 });
  });
  after(() => gateway.stop());

  /** Titles are drawn with capitals. */
  const titleSays = (text: string) =>
    expect(
      () => workbench.view.title(),
      (title) => title.toLowerCase().endsWith(`checkpoints · ${text}`.toLowerCase()),
      `a title with ${text}`,
    );

  async function addCheckpoint(id: string): Promise<void> {
    await workbench.view.pressWelcome('Add Checkpoint…');
    const input = await workbench.input.waitFor(addQuestion.prompt);
    await input.type(id);
    await input.accept();
  }

  /** Has the keyboard in the box of the name; ends with the organization shown. */
  async function fill(called: string, baseURL: string, key: string): Promise<void> {
    const input = await workbench.input.waitFor('Add Organization (1/3)');
    await input.type(called);
    await input.accept();
    await workbench.input.waitFor('Add Organization (2/3)');
    await input.type(baseURL);
    await input.accept();
    await workbench.input.waitFor(`Paste an admin API key of “${called}”`);
    await input.type(key);
    await input.accept();
    await titleSays(called);
  }
  return { workbench, emulator, tree, host, gateway: () => gateway, titleSays, addCheckpoint, fill };
}

describe('several organizations', () => {
  const { workbench, emulator, tree, host, gateway, titleSays, addCheckpoint } = useServers();

  it('by mouse: added, switched between, renamed and removed', async () => {
    await step('the welcome offers to add one', async () => {
      const view = await workbench.openView(name);
      assert.match(await view.welcome(), /Manage several organizations\?/);
      await view.pressWelcome('Add Organization…');
      const input = await workbench.input.waitFor('Add Organization (1/3)');
      await input.type('Main');
      await input.accept();
      await workbench.input.waitFor('Add Organization (2/3)');
      assert.equal(await input.value(), emulator().baseURL, 'the address of the setting is there already');
      await input.accept();
      await workbench.input.waitFor('Paste an admin API key of “Main”');
      assert.equal(await input.isPassword(), true);
      await input.type(emulator().adminAPIKey);
      await input.accept();
      await titleSays('Main');
      await addCheckpoint(ours);
      await tree().row('first-bot').expand();
    });
    await step('another one is added from the title’s menu', async () => {
      await (await workbench.view.moreActions()).choose('Add Organization…', labelOf('organizationsMenu'));
      const input = await workbench.input.waitFor('Add Organization (1/3)');
      await input.type('main');
      await workbench.input.waitFor(nameTaken);
      await input.accept();
      await workbench.input.waitFor('Add Organization (2/3)');
      await input.type(gateway().baseURL);
      await input.accept();
      await workbench.input.waitFor('Paste an admin API key of “main”');
      await input.type(gateway().adminAPIKey);
      await input.accept();
      await titleSays(`main · ${host(gateway())}`);
      await addCheckpoint(theirs);
      await tree().row('second-bot').waitFor();
      await tree().row('first-bot').waitUntilGone();
    });
    await step('it is renamed', async () => {
      await (await workbench.view.moreActions()).choose('Rename Organization…', labelOf('organizationsMenu'));
      const input = await workbench.input.waitFor('Select the organization to rename');
      await input.choose(host(gateway()));
      await workbench.input.waitFor('The name is used only in VS Code');
      assert.equal(await input.value(), 'main');
      await input.type('Gateway');
      await input.accept();
      await titleSays('Gateway');
    });
    await step('the first one is shown again as it was, without a request', async () => {
      const before = emulator().requests.length;
      await (await workbench.view.moreActions()).choose('Switch Organization…', labelOf('organizationsMenu'));
      const input = await workbench.input.waitFor(organizationQuestions.switch);
      const options = await input.options();
      assert.ok(
        options.some((option) => /Gateway.*shown now/.test(option)),
        options.join(' | '),
      );
      await input.choose(/^Main/);
      await titleSays('Main');
      await tree().row('first-bot').waitFor();
      const row = await tree().row('first-bot').expand();
      assert.equal((await row.children()).length, 3);
      await tree().row('second-bot').waitUntilGone();
      assert.equal(emulator().requests.length, before);
    });
    await step('it stays so over a reload, and the other one can be removed', async () => {
      await workbench.reload();
      await workbench.openView(name);
      await titleSays('Main');
      await tree().row('first-bot').waitFor();
      await (await workbench.view.moreActions()).choose('Remove Organization…', labelOf('organizationsMenu'));
      const input = await workbench.input.waitFor('Select the organization to remove');
      await input.choose('Gateway');
      const dialog = await workbench.dialog.waitFor();
      assert.match(await dialog.message(), /Remove the organization “Gateway” from VS Code\?/);
      const detail = await dialog.detail();
      for (const part of ["No one's access changes", gateway().origin, 'Checkpoint list (1 checkpoint)'])
        assert.ok(detail.includes(part), part);
      await dialog.press('Remove');
      await workbench.waitForStatus('Removed “Gateway” from VS Code');
      await tree().row('first-bot').waitFor();
    });
  });
});

describe('several organizations without a mouse', () => {
  const { workbench, emulator, tree, gateway, titleSays, addCheckpoint, fill } = useServers();

  before('a first organization', async () => {
    await workbench.openView(name);
    await workbench.runCommand(paletteTitleOf('addOrganization'));
    await fill('Main', emulator().baseURL, emulator().adminAPIKey);
    await addCheckpoint(ours);
    await tree().row('first-bot').waitFor();
  });

  it('by keyboard: added, switched between, renamed and removed', async () => {
    await step('added', async () => {
      await workbench.runCommand(paletteTitleOf('switchOrganization'));
      const input = await workbench.input.waitFor(organizationQuestions.switch);
      assert.ok((await input.options()).some((option) => option.includes('Main')));
      await workbench.press('ArrowUp');
      await workbench.press('Enter');
      await fill('Second', gateway().baseURL, gateway().adminAPIKey);
      assert.match(await workbench.view.welcome(), /Your checkpoint list is empty/);
    });
    await step('switched', async () => {
      await workbench.runCommand(paletteTitleOf('switchOrganization'));
      const input = await workbench.input.waitFor(organizationQuestions.switch);
      await input.type('Main');
      await workbench.press('Enter');
      await titleSays('Main');
      await tree().row('first-bot').waitFor();
      await workbench.runCommand(paletteTitleOf('switchOrganization'));
      await workbench.input.waitFor(organizationQuestions.switch);
      await input.type('Harbor Labs');
      await workbench.press('Enter');
      await titleSays('Harbor Labs (sample)');
      await tree().row('support-bot').waitFor();
    });
    await step('renamed', async () => {
      await workbench.runCommand(paletteTitleOf('renameOrganization'));
      const input = await workbench.input.waitFor('Select the organization to rename');
      await input.type('Second');
      await workbench.press('Enter');
      await workbench.input.waitFor('The name is used only in VS Code');
      await input.type('');
      await workbench.input.waitFor(nameMissing);
      await input.type('Research');
      await workbench.press('Enter');
      await workbench.waitForStatus('Renamed to Research');
    });
    await step('removed, after Escape took it back once', async () => {
      for (const key of ['Escape', 'Enter']) {
        await workbench.runCommand(paletteTitleOf('removeOrganization'));
        const input = await workbench.input.waitFor('Select the organization to remove');
        await input.type('Research');
        await workbench.press('Enter');
        await workbench.dialog.waitFor();
        await workbench.press(key);
      }
      await workbench.waitForStatus('Removed “Research” from VS Code');
      await workbench.runCommand(paletteTitleOf('leaveSample'));
      await tree().row('first-bot').waitFor();
    });
  });
});
