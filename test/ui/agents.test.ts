import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolIds } from '../../src/ids';
import { dataNote, stagedByAgent, toolNotes } from '../../src/words/agents';
import { requestsInWords } from '../../src/words/requests';
import { inTabs } from '../../src/words/tabs';
import { setUp, useEmulator } from './support';
import { step, type WindowOptions } from './workbench';

const checkpoint = 'ft:gpt-4.1-2025-04-14:harbor-labs:agents:Aa1Bb2Cc';

/** An extension that calls tools as another extension does: without a chat, so that VS Code asks in a dialog. */
const manifest = {
  name: 'caller',
  publisher: 'test',
  version: '0.0.1',
  engines: { vscode: '^1.100.0' },
  capabilities: { untrustedWorkspaces: { supported: true } },
  main: './main.js',
  activationEvents: ['onStartupFinished'],
  contributes: { commands: [{ command: 'caller.call', title: 'Call a Tool' }] },
};

/** Calls what `call.json` says, and shows what came of it as `answer-N.txt`. */
const main = `
const { commands, lm, Uri, window } = require('vscode');
const { readFile, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
let calls = 0;
exports.activate = () =>
  commands.registerCommand('caller.call', async () => {
    const { tool, input } = JSON.parse(await readFile(join(__dirname, 'call.json'), 'utf8'));
    const text = await lm.invokeTool(tool, { input, toolInvocationToken: undefined }).then(
      ({ content }) => content.map(({ value }) => value).join(''),
      (error) => 'Rejected: ' + error.message,
    );
    calls += 1;
    const file = join(__dirname, 'answer-' + calls + '.txt');
    await writeFile(file, text);
    await window.showTextDocument(Uri.file(file), { preview: false });
  });
`;

describe('tools of agents, called by another extension', () => {
  const options: WindowOptions = {};
  let folder = '';
  let calls = 0;
  before('write the other extension', async () => {
    folder = await mkdtemp(join(tmpdir(), 'caller-'));
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'main.js'), main);
    options.companion = folder;
  });
  const { workbench, emulator } = useEmulator(options);
  after(() => rm(folder, { recursive: true, force: true }));
  const sent = () => emulator().requests.length;

  before('an organization with a checkpoint', async () => {
    emulator().organization.addCheckpoint(checkpoint, { permissions: 3 });
    await setUp(workbench, emulator().adminAPIKey, [checkpoint]);
    await workbench.tree('Checkpoints').row('agents').waitFor();
    await emulator().idle();
  });

  /** Begins to call a tool, and resolves when VS Code asks. */
  async function call(tool: keyof typeof toolIds, input: object) {
    await writeFile(join(folder, 'call.json'), JSON.stringify({ tool: toolIds[tool], input }));
    await workbench.runCommand('Call a Tool');
    calls += 1;
    return workbench.dialog.waitFor();
  }

  /** What the other extension got. */
  async function answer(): Promise<string> {
    const name = `answer-${calls}.txt`;
    await workbench.page.locator('.part.editor .tab.active').filter({ hasText: name }).waitFor();
    return readFile(join(folder, name), 'utf8');
  }

  it('are asked about, and send nothing before the answer, nor after a no', async () => {
    const before = sent();
    const dialog = await call('listAccess', { checkpoint, load: true });
    const said = `${await dialog.message()} ${await dialog.detail()}`;
    assert.ok(said.includes(requestsInWords(2)), said);
    assert.ok(said.includes(new URL(emulator().baseURL).port), said);
    await workbench.screenshot('.vscode-test/pictures/agents-question.png');
    await emulator().idle();
    assert.equal(sent(), before);
    await dialog.press('Cancel');
    assert.match(await answer(), /^Rejected: /);
    await emulator().idle();
    assert.equal(sent(), before);
  });

  it('answer after a yes', async () => {
    const dialog = await call('listAccess', { checkpoint, load: true });
    await dialog.locator.getByRole('button').first().click();
    const text = await answer();
    assert.ok(text.startsWith(dataNote), text);
    assert.ok(text.includes('"permissions":3'), text);
  });

  it('stage, and leave it to the person to look and apply', async () => {
    const [other = ''] = [...emulator().organization.state.projects.keys()].filter(
      (id) => !projectsWithAccess().includes(id),
    );
    const before = sent();
    await step('the question names the change', async () => {
      const dialog = await call('stageChanges', {
        changes: [{ action: 'grant', project: other, checkpoint }],
      });
      assert.ok((await dialog.detail()).includes('agents'));
      await dialog.locator.getByRole('button').first().click();
      assert.ok((await answer()).includes(toolNotes.nothingSent));
      assert.equal(sent(), before);
    });
    await step('the message leads to the changes', async () => {
      const toast = await workbench.toasts.waitFor(stagedByAgent);
      await workbench.screenshot('.vscode-test/pictures/agents-staged.png');
      await toast.press(inTabs.reviewChanges);
      await workbench.access.waitForTab('changes');
      await workbench.screenshot('.vscode-test/pictures/agents-review.png');
    });
    await emulator().idle();
    assert.ok(!projectsWithAccess().includes(other));
  });

  function projectsWithAccess(): string[] {
    const found = emulator().organization.state.checkpoints.get(checkpoint);
    return found?.permissions.all().map((permission) => permission.project_id) ?? [];
  }
});
