import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { shutdownOf } from '../../src/access/catalog/shutdown';
import { noticeOf } from '../../src/access/catalog/shutdownNotice';
import type { ShutdownPlace } from '../../src/access/catalog/shutdownPlaces';
import { accessPageType, commandIds } from '../../src/ids';
import { isoDay } from '../../src/text/dates';
import type { WindowTime } from '../../src/views/problems/dayTurn';
import { ShutdownProblems } from '../../src/views/problems/shutdownProblems';
import { notListed } from '../../src/words/checkpointList';
import {
  findShutdownTexts,
  noShutdownsFound,
  placeInFile,
  problemInWords,
  problemTexts,
  showWhoUses,
  shutdownGaps,
} from '../../src/words/shutdownProblems';
import { eventually } from './support/eventually';
import { checkpoint, run, setSetting, useStage } from './support/extension';

const day = 24 * 60 * 60 * 1000;
const over = 'ft:babbage-002:harbor-labs:old-times:Bb1Aa2Gg';
const legacy = 'davinci:ft-acme-2023-08-24-16-25-55';
/** No date is known for its base model, until the API reports one. */
const dated = 'ft:gpt-9-2026-01-01:harbor-labs:new-times:Gg1Pp2Tt';

describe('models that shut down, in Problems', () => {
  const stage = useStage(3);
  const files: vscode.Uri[] = [];
  let opened = 0;

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const uri of files.splice(0)) await vscode.workspace.fs.delete(uri).then(undefined, () => undefined);
    await setSetting('shutdownProblems', undefined);
  });

  function uriOf(name: string): vscode.Uri {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'a folder is open');
    return vscode.Uri.joinPath(folder.uri, name);
  }

  async function file(name: string, content: string): Promise<vscode.Uri> {
    const uri = uriOf(name);
    files.push(uri);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(content));
    return uri;
  }

  /** Opens a file in an editor, as a person does: it is closed with its tab. Each has a name of its own. */
  const open = async (content: string): Promise<vscode.TextDocument> => {
    opened += 1;
    await vscode.commands.executeCommand('vscode.open', await file(`uses-models-${opened}.txt`, content));
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    return document;
  };

  const ours = (uri: vscode.Uri): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === problemTexts.source);
  const messages = (uri: vscode.Uri): string[] => ours(uri).map(({ message }) => message);

  function words(id: string, reported?: string): string {
    const kind: ShutdownPlace['kind'] = id === legacy ? 'legacy' : 'checkpoint';
    const shutdown =
      kind === 'legacy'
        ? ({ shutsDownOn: '2024-01-04', source: 'table' } as const)
        : shutdownOf(id.split(':')[1] ?? '', reported);
    assert.ok(shutdown);
    const notice = noticeOf(shutdown, Date.now());
    assert.ok(notice);
    return problemInWords({ kind, id, line: 0, start: 0, end: 0, shutdown, notice }, Date.now());
  }

  /** What the API reports of a model, as Find Checkpoints keeps it. */
  async function reports(id: string, shutdownDate: string): Promise<void> {
    const { catalog } = await stage.scene.organization();
    await catalog.add([{ id, findings: [{ in: 'models', at: Date.now() }], shutdownDate }]);
  }

  const inDays = (days: number): string => isoDay(Date.now() + days * day) ?? '';

  it('are those of open files: a warning and struck out after the date, information before', async () => {
    await reports(dated, inDays(10));
    const sent = stage.scene.emulator.requests.length;
    const { uri } = await open(`a = "${over}"\nb = openai/${dated}, ${legacy}\n`);
    await eventually(() => messages(uri), [words(over), words(dated, inDays(10)), words(legacy)]);
    const [first, second] = ours(uri);
    assert.ok(first && second);
    assert.deepEqual(
      [first.severity, first.tags, typeof first.code === 'object' && first.code.value],
      [vscode.DiagnosticSeverity.Warning, [vscode.DiagnosticTag.Deprecated], 'shut-down'],
    );
    assert.deepEqual(first.range, new vscode.Range(0, 5, 0, 5 + over.length));
    assert.deepEqual(
      [second.severity, second.tags ?? [], typeof second.code === 'object' && second.code.value],
      [vscode.DiagnosticSeverity.Information, [], 'shuts-down'],
    );
    assert.deepEqual(second.range, new vscode.Range(1, 11, 1, 11 + dated.length));
    assert.equal(stage.scene.emulator.requests.length, sent, 'no request');
  });

  it('follow what is typed, and go with their file', async () => {
    const document = await open('nothing');
    const edit = async (text: string): Promise<void> => {
      const change = new vscode.WorkspaceEdit();
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      change.replace(document.uri, whole, text);
      await vscode.workspace.applyEdit(change);
    };
    await edit(`\n\n  ${over}`);
    await eventually(
      () => ours(document.uri).map(({ range }) => [range.start.line, range.start.character]),
      [[2, 2]],
    );
    await edit(`${over} ${over}`);
    await eventually(() => messages(document.uri), [words(over), words(over)]);
    await edit('none');
    await eventually(() => messages(document.uri), []);
    await edit(over);
    await eventually(() => messages(document.uri), [words(over)]);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await eventually(() => messages(document.uri), []);
  });

  it('follow what the API reported, which counts before the table', async () => {
    const { uri } = await open(`${dated} ${over}`);
    await eventually(() => messages(uri), [words(over)]);
    await reports(dated, inDays(3));
    await eventually(() => messages(uri), [words(dated, inDays(3)), words(over)]);
    await reports(over, inDays(100));
    await eventually(() => messages(uri), [words(dated, inDays(3))]);
    const { catalog } = await stage.scene.organization();
    await catalog.remove([dated]);
    await eventually(() => messages(uri), []);
  });

  it('are dated by the table without an organization', async () => {
    await reports(over, inDays(5));
    const { uri } = await open(`${dated} ${over}`);
    await eventually(() => messages(uri), [words(over, inDays(5))]);
    await stage.scene.forgetAll();
    await eventually(() => messages(uri), [words(over)]);
  });

  it('are turned off and on by the setting', async () => {
    const { uri } = await open(over);
    await eventually(() => messages(uri), [words(over)]);
    await setSetting('shutdownProblems', false);
    await eventually(() => messages(uri), []);
    await setSetting('shutdownProblems', true);
    await eventually(() => messages(uri), [words(over)]);
  });

  it('change when the day turns', async () => {
    let now = Date.parse('2026-10-23T23:30:00Z');
    const timers: (() => void)[] = [];
    const time: WindowTime = {
      now: () => now,
      later: (act) => {
        timers.push(act);
        return () => undefined;
      },
    };
    const { uri } = await open(over);
    await eventually(() => messages(uri), [words(over)]);
    const problems = new ShutdownProblems(stage.scene.services.current, time);
    try {
      const severities = () => ours(uri).map(({ severity }) => severity);
      const [warning, information] = [
        vscode.DiagnosticSeverity.Warning,
        vscode.DiagnosticSeverity.Information,
      ];
      await eventually(() => severities().sort(), [warning, information]);
      now += day;
      timers.at(-1)?.();
      await eventually(() => severities(), [warning, warning]);
    } finally {
      problems.dispose();
    }
    assert.equal(ours(uri).length, 1, 'those of the other window went with it');
  });

  it('are not looked for in the pages of the extension', async () => {
    const before = vscode.languages.getDiagnostics().length;
    await reports(over, inDays(-5));
    await run('showDetails', { checkpoint: over });
    const { uri } = await open(over);
    await eventually(() => messages(uri), [words(over, inDays(-5))]);
    assert.ok(
      vscode.workspace.textDocuments.some(
        (document) => document.getText().includes(over) && document.uri.scheme !== 'file',
      ),
    );
    assert.equal(vscode.languages.getDiagnostics().length, before + 1);
  });

  describe('have a quick fix, which', () => {
    /** The quick fixes of the first line that has so many problems, once the window knows them, too. */
    async function actionsAt(document: vscode.TextDocument, problems = 1): Promise<vscode.CodeAction[]> {
      await eventually(() => ours(document.uri).length, problems);
      const range = new vscode.Range(0, 0, 0, document.lineAt(0).text.length);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
        vscode.CodeActionKind.QuickFix.value,
      );
      return actions.filter(({ command }) => command?.command.startsWith('checkpointPermissions.'));
    }

    async function follow(action: vscode.CodeAction | undefined): Promise<void> {
      assert.ok(action?.command);
      await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
    }

    it('opens the Access page, without a request of its own', async () => {
      await reports(checkpoint, inDays(10));
      const [action, ...others] = await actionsAt(await open(checkpoint));
      assert.equal(others.length, 0);
      assert.equal(action?.title, problemTexts.showWhoUsesIt);
      assert.equal(action.command?.command, commandIds.openAccess);
      await follow(action);
      const isOpen = () =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .some(
            ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(accessPageType),
          );
      await eventually(isOpen, true);
      assert.deepEqual(stage.scene.changes, []);
    });

    it('offers to add a model that isn’t in the list, and adds nothing without that', async () => {
      const [action] = await actionsAt(await open(over));
      await follow(action);
      assert.equal(stage.person.told[0], notListed(over));
      assert.ok(!(await stage.scene.organization()).catalog.has(over));
      assert.deepEqual(stage.scene.sent, []);
    });

    it('is not offered for models that no one manages, and names each of several', async () => {
      const actions = await actionsAt(await open(`${legacy} ${over} ${checkpoint} ${over}`), 4);
      assert.deepEqual(
        actions.map(({ title }) => title),
        [showWhoUses(over), showWhoUses(checkpoint)],
      );
    });
  });

  describe('are found in the workspace by Find Models That Shut Down…', () => {
    const isShown = (name: string) => (label: string) => label.includes(name);

    it('by date, with file and line, and opened at their place', async () => {
      await file('.gitignore', 'ignored.txt\n');
      await file('ignored.txt', over);
      await reports(dated, inDays(10));
      const one = await file('first.py', `\nmodel = "${over}"\n`);
      await file('second.json', `{"m": "${dated}"}`);
      stage.person.picks(isShown('first.py'));
      await run('findShutdowns');
      const { rows = [], text } = stage.person.shown.find(({ kind }) => kind === 'picker') ?? {};
      assert.equal(rows.length, 5, rows.join('\n'));
      assert.ok(rows[1]?.includes(`${placeInFile('first.py', 1)} · ${over}`), rows[1]);
      assert.ok(rows[3]?.includes(`${placeInFile('second.json', 0)} · ${dated}`), rows[3]);
      assert.ok(rows[4]?.includes(findShutdownTexts.showAll));
      assert.ok(text?.includes(findShutdownTexts.open), text);
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.toString(), one.toString());
      assert.deepEqual(editor.selection.start, new vscode.Position(1, 9));
      assert.deepEqual(messages(uriOf('second.json')), [words(dated, inDays(10))]);
      assert.deepEqual(messages(uriOf('ignored.txt')), []);
      assert.deepEqual(stage.scene.sent, []);
    });

    it('and stay in Problems until their file changes or is gone', async () => {
      const uri = await file('stays.py', `model = "${over}"`);
      stage.person.cancels();
      await run('findShutdowns');
      assert.deepEqual(messages(uri), [words(over)]);
      await vscode.commands.executeCommand('vscode.open', uri);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await eventually(() => messages(uri), [words(over)]);
      await vscode.workspace.fs.writeFile(uri, Buffer.from(`\n${over}`));
      await eventually(() => ours(uri).map(({ range }) => range.start.line), [1]);
      await vscode.workspace.fs.delete(uri);
      await eventually(() => messages(uri), []);
    });

    it('anew: what an earlier search found is gone, and nothing is said to be found', async () => {
      const uri = await file('once.py', over);
      stage.person.cancels();
      await run('findShutdowns');
      assert.deepEqual(messages(uri), [words(over)]);
      await vscode.workspace.fs.writeFile(uri, Buffer.from('nothing'));
      await run('findShutdowns');
      assert.deepEqual(stage.person.told, [noShutdownsFound]);
      await eventually(() => messages(uri), []);
    });

    it('with what is not saved yet', async () => {
      const document = await open('nothing');
      const change = new vscode.WorkspaceEdit();
      change.insert(document.uri, new vscode.Position(0, 0), `${over} `);
      await vscode.workspace.applyEdit(change);
      stage.person.cancels();
      await run('findShutdowns');
      const { rows = [] } = stage.person.shown.at(-1) ?? {};
      assert.ok(
        rows.some((row) => row.includes(placeInFile(`uses-models-${opened}.txt`, 0))),
        rows.join('\n'),
      );
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('only in the picker where the setting is off', async () => {
      await setSetting('shutdownProblems', false);
      const uri = await file('quiet.py', over);
      stage.person.cancels();
      await run('findShutdowns');
      const { rows = [], text } = stage.person.shown.at(-1) ?? {};
      assert.equal(rows.length, 2);
      assert.ok(text?.includes(findShutdownTexts.openOnly));
      assert.deepEqual(messages(uri), []);
    });

    it('without a key', async () => {
      await file('keyless.py', over);
      await stage.scene.forgetAll();
      stage.person.cancels();
      await run('findShutdowns');
      assert.deepEqual(stage.person.told, []);
      const { rows = [] } = stage.person.shown.at(-1) ?? {};
      assert.ok(
        rows.some((row) => row.includes(placeInFile('keyless.py', 0))),
        rows.join('\n'),
      );
    });

    it('and a stopped search says so', async () => {
      await file('stopped.py', over);
      const { withProgress } = vscode.window;
      const stopping: typeof withProgress = (options, task) =>
        withProgress(options, (progress) =>
          task(progress, {
            isCancellationRequested: true,
            onCancellationRequested: new vscode.EventEmitter<void>().event,
          }),
        );
      Object.assign(vscode.window, { withProgress: stopping });
      try {
        await run('findShutdowns');
      } finally {
        Object.assign(vscode.window, { withProgress });
      }
      assert.deepEqual(stage.person.told, [shutdownGaps([{ kind: 'stopped' }], false)]);
    });
  });
});
