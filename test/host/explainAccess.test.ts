import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { explanationOf } from '../../src/access/explain/explainAccess';
import { namesOf } from '../../src/views/access/explain/shown';
import type { PermissionNode } from '../../src/views/shared/nodes';
import {
  missingScopesExplained,
  noAccessErrorFound,
  otherModelExplained,
  projectMissing,
  accessErrorTexts as texts,
} from '../../src/words/accessError';
import { verdictLine } from '../../src/words/explain';
import { checkpointName, plainCheckpointLabel, projectName } from '../../src/words/names';
import { commandTitles } from '../../src/words/titles';
import { eventually } from './support/eventually';
import { checkpoint, run, step, useStage } from './support/extension';

const five = [
  'modelPermissions.retrieve',
  'permissions.list',
  'projectAPIKeys.list',
  'projects.retrieve',
  'usage.completions',
];

describe('explaining access', () => {
  const stage = useStage(7);
  const endpoints = () => stage.scene.requests.map(({ endpoint }) => endpoint ?? '').sort();
  const organization = () => stage.scene.organization();
  const [granted, other] = [() => stage.scene.projectsOnServer()[0] ?? '', () => stage.scene.newProject()];

  /** The explanation that the page has, as it copies it. Empty if it has none. */
  async function copied(): Promise<string> {
    await vscode.env.clipboard.writeText('');
    await stage.scene.services.pages.send('explain', { type: 'copy' });
    return vscode.env.clipboard.readText();
  }

  /** Resolves when the page explains an access, and nothing is under way. */
  async function explained(project: string, of = checkpoint): Promise<string> {
    for (const end = performance.now() + 10_000; performance.now() < end; ) {
      const text = await copied();
      const isIt = text.includes(`Project: ${project}\nCheckpoint: ${of}\n`);
      await stage.scene.emulator.idle();
      if (isIt && stage.scene.requests.length > 0) return copied();
      await new Promise(setImmediate);
    }
    throw new Error(`The page doesn't explain ${project}, ${of}.`);
  }

  async function line(project: string, of = checkpoint): Promise<string> {
    const shown = await organization();
    const names = namesOf(shown, { project, checkpoint: of });
    return verdictLine(explanationOf(shown, project, of), names);
  }

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('sends nothing by opening the tab', async () => {
    await stage.scene.services.pages.open(await organization(), { tab: 'explain' });
    const { pages } = await stage.scene.services.pages.registry();
    await eventually(() => pages.some(({ session }) => session.organization !== undefined), true);
    assert.equal(await copied(), '');
    await stage.scene.emulator.idle();
    assert.deepEqual(stage.scene.emulator.requests, []);
  });

  it('takes five requests for what is named, and none for what is current', async () => {
    const project = granted();
    await run('explainAccess', { project, checkpoint });
    await stage.scene.emulator.ended(5);
    const text = await explained(project);
    assert.deepEqual(endpoints(), five);
    assert.equal(stage.scene.sentForNames, 0);
    assert.ok(text.startsWith(await line(project)), text);
    await run('explainAccess', { project, checkpoint });
    await explained(project);
    assert.equal(endpoints().length, 5);
  });

  it('explains the access of a permission row by what its list says', async () => {
    const { rows } = await stage.scene.expand();
    const row = rows.find((each): each is PermissionNode => each.kind === 'permission');
    assert.ok(row);
    await run('explainAccess', row);
    await stage.scene.emulator.ended(1, 'usage.completions');
    await explained(row.permission.project_id);
    // The lists of permissions and of projects are loaded, and say enough.
    assert.deepEqual(
      endpoints(),
      five.filter((endpoint) => endpoint !== 'projects.retrieve'),
    );
  });

  it('asks for the project of a checkpoint, and for the checkpoint of a project', async () => {
    const { node } = await stage.scene.expand(step);
    const project = other();
    stage.person.types(project);
    await run('explainAccess', node);
    await explained(project, step);
    stage.person.picks((label) => label === plainCheckpointLabel(checkpoint));
    await run('explainAccess', { project });
    await explained(project);
    assert.deepEqual(
      stage.person.shown.filter(({ kind }) => kind === 'picker').map(({ text }) => text.split(' · ')[0]),
      [texts.explainTitle, texts.explainTitle],
    );
  });

  it('sends nothing when a question is closed', async () => {
    stage.person.cancels();
    await run('explainAccess');
    assert.deepEqual(stage.scene.emulator.requests, []);
  });

  it('refuses the link of another organization, and believes no other argument', async () => {
    await run('explainAccess', { project: granted(), checkpoint, organization: 'another' });
    assert.equal(stage.person.told.length, 1);
    stage.person.cancels();
    await run('explainAccess', { project: '../keys', checkpoint: 'gpt-4o' });
    assert.deepEqual(stage.scene.emulator.requests, []);
  });

  it('turns when access is granted from it', async () => {
    const project = other();
    await run('explainAccess', { project, checkpoint: step });
    assert.match(await explained(project, step), /^Whether .* is unknown\./);
    stage.person.presses('Grant');
    await stage.scene.services.pages.send('explain', { type: 'grant' });
    await stage.scene.emulator.ended(1, 'permissions.create');
    await stage.scene.emulator.idle();
    assert.deepEqual(stage.scene.projectsOnServer(step), [project]);
    const text = await explained(project, step);
    assert.ok(text.startsWith(await line(project, step)), text);
    assert.match(text, /^[^.]* can use /);
  });
});

describe('explaining an access error', () => {
  const stage = useStage(7);
  const project = () => stage.scene.projectsOnServer()[0] ?? '';
  const noAccess = (of = project(), model = checkpoint) =>
    `Error code: 403 - Project \`${of}\` does not have access to model \`${model}\``;

  async function onClipboard(text: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
  }

  /** Resolves with the pair that the page explains. */
  async function explained(): Promise<readonly [project: string, checkpoint: string]> {
    for (const end = performance.now() + 10_000; performance.now() < end; ) {
      await stage.scene.services.pages.send('explain', { type: 'copy' });
      const text = await vscode.env.clipboard.readText();
      const [, found = '', of = ''] = /^Project: (\S+)\nCheckpoint: (\S+)$/m.exec(text) ?? [];
      if (found !== '') return [found, of];
      await new Promise(setImmediate);
    }
    throw new Error('The page explains nothing.');
  }

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('takes project and model of a 403 from the clipboard, and asks nothing', async () => {
    await onClipboard(`Traceback…\nPermissionDeniedError: ${noAccess()}`);
    await run('explainAccessError');
    assert.deepEqual(await explained(), [project(), checkpoint]);
    await stage.scene.emulator.ended(5);
    await stage.scene.emulator.idle();
    assert.equal(stage.scene.emulator.requests.length, 5);
  });

  it('prefers what is selected in the editor', async () => {
    await onClipboard(noAccess(project(), checkpoint));
    const content = `nothing here\n${noAccess(project(), step)}\n`;
    const document = await vscode.workspace.openTextDocument({ content });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, 2, 0);
    await run('explainAccessError');
    assert.deepEqual(await explained(), [project(), step]);
  });

  it('takes the clipboard where the selection has no error', async () => {
    await onClipboard(noAccess());
    const document = await vscode.workspace.openTextDocument({ content: 'no error at all' });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, 0, 5);
    await run('explainAccessError');
    assert.deepEqual(await explained(), [project(), checkpoint]);
  });

  it('asks whose error a 404 is', async () => {
    await onClipboard(`404 The model \`${checkpoint}\` does not exist or you do not have access to it.`);
    stage.person.types(project());
    await run('explainAccessError');
    assert.deepEqual(await explained(), [project(), checkpoint]);
    const asked = stage.person.shown.find(({ kind }) => kind === 'picker')?.text ?? '';
    assert.ok(asked.includes(projectMissing(checkpointName(checkpoint))), asked);
  });

  it('asks which checkpoint a 400 about the owner is for', async () => {
    const owner = project();
    await onClipboard(`400 Cannot modify checkpoint permissions for the owning project: ${owner}`);
    stage.person.picks((label) => label === plainCheckpointLabel(step));
    await run('explainAccessError');
    assert.deepEqual(await explained(), [owner, step]);
    assert.equal(stage.person.shown.filter(({ kind }) => kind === 'picker').length, 1);
  });

  it('lets one be chosen where a text names several', async () => {
    await onClipboard(`tried ${checkpoint} and ${step} in ${project()}`);
    stage.person.picks((label) => label === plainCheckpointLabel(step));
    await run('explainAccessError');
    assert.deepEqual(await explained(), [project(), step]);
  });

  it('says which scope is missing, and what to do', async () => {
    await onClipboard(
      '401 You have insufficient permissions for this operation. Missing scopes: model.request.',
    );
    await run('explainAccessError');
    assert.deepEqual(stage.person.told, [missingScopesExplained(['model.request'])]);
    assert.deepEqual(stage.person.shown[0]?.buttons, [commandTitles.setAdminKey]);
  });

  it('says that no permission decides about another model', async () => {
    await onClipboard(noAccess(project(), 'gpt-4.1'));
    await run('explainAccessError');
    const name = projectName(await stage.scene.organization(), project());
    assert.equal(stage.person.told.length, 1);
    assert.ok(stage.person.told[0]?.endsWith(otherModelExplained('gpt-4.1', name)));
  });

  it('says what it looks for where nothing is found, and sends nothing', async () => {
    await onClipboard('Segmentation fault');
    await run('explainAccessError');
    assert.deepEqual(stage.person.told, [noAccessErrorFound]);
    assert.deepEqual(stage.person.shown[0]?.buttons, [commandTitles.explainAccess]);
    assert.deepEqual(stage.scene.emulator.requests, []);
  });

  it('reads the selected text of a terminal, and gives the clipboard back', async () => {
    const written = new vscode.EventEmitter<string>();
    const closed = new vscode.EventEmitter<void>();
    const opened = new Promise<vscode.Terminal>((resolve) => {
      const terminal = vscode.window.createTerminal({
        name: 'calls',
        pty: {
          onDidWrite: written.event,
          onDidClose: closed.event,
          open: () => resolve(terminal),
          close: () => undefined,
        },
      });
      terminal.show();
    });
    const terminal = await opened;
    try {
      await onClipboard('what was copied before');
      written.fire(`${noAccess().replace('Error code: ', '')}\r\n`);
      // The terminal draws in its own time, and says nothing when it has.
      for (let text = ''; !text.includes('does not have'); ) {
        await vscode.commands.executeCommand('workbench.action.terminal.selectAll');
        await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
        text = await vscode.env.clipboard.readText();
      }
      await onClipboard('what was copied before');
      await run('explainAccessError', terminal);
      assert.equal(await vscode.env.clipboard.readText(), 'what was copied before');
      assert.deepEqual(await explained(), [project(), checkpoint]);
    } finally {
      terminal.dispose();
    }
  });
});
