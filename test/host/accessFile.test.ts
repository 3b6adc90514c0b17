import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { constants, readFileSync } from 'node:fs';
import { open as openFile, rename, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { accessFilePath } from '../../src/access/accessFile/accessFilePath';
import type { Organization } from '../../src/access/organization';
import { planGrants } from '../../src/access/plan/plan';
import { commandIds } from '../../src/ids';
import * as words from '../../src/words/accessFile';
import * as texts from '../../src/words/accessFileEditor';
import { applyChanges } from '../../src/words/changesTab';
import { changedSincePreview } from '../../src/words/plan';
import { faults } from '../emulator';
import { assertSays } from '../says';
import { eventually } from './support/eventually';
import { checkpoint, run, setSetting, step, useStage } from './support/extension';

const { isoDay } = require('../../src/text/dates') as typeof import('../../src/text/dates');
const { atOnce } = require('../../src/access/slices') as typeof import('../../src/access/slices');
const { parseAccessFile } =
  require('../../src/access/accessFile/parseAccessFile') as typeof import('../../src/access/accessFile/parseAccessFile');
const { diagnosticsOf } =
  require('../../src/views/accessFile/diagnostics') as typeof import('../../src/views/accessFile/diagnostics');

const day = 24 * 60 * 60 * 1000;
const { accessFileTexts } = texts;

/** Where the parts of a grant are, which doesn't matter here. */
const nowhere = { offset: 0, length: 0 };
const places = { grant: nowhere, project: nowhere };

/** What VS Code is told about the format. */
function readSchema(): { readonly properties: Readonly<Record<'organization', { description: string }>> } {
  const id = 'checkpoint-permissions.checkpoint-permissions';
  const { extensionPath } = vscode.extensions.getExtension(id) ?? {};
  assert.ok(extensionPath);
  return JSON.parse(readFileSync(join(extensionPath, 'schemas', 'checkpoint-access.schema.json'), 'utf8'));
}

/** A grant of a file. */
type Grant = Readonly<Record<'project' | 'name' | 'reason' | 'until', string>>;

/** A file in a folder of its own. */
const nestedPath = `packages/api/${accessFilePath}`;

describe('the access file', () => {
  const stage = useStage(3);
  before(() => setSetting('shutdownProblems', false));
  after(() => setSetting('shutdownProblems', undefined));
  let organization: Organization;
  let uri: vscode.Uri;
  beforeEach(async () => {
    organization = await stage.scene.organization();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    uri = vscode.Uri.joinPath(folder.uri, ...accessFilePath.split('/'));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    for (const path of [accessFilePath, nestedPath]) {
      const [top = ''] = path.split('/');
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder.uri, top), { recursive: true }).then(
        () => undefined,
        () => undefined,
      );
    }
  });

  const slug = () => stage.scene.emulator.organization.state.slug;
  const last = () => stage.person.told.at(-1) ?? '';
  const shown = (kind: 'page' | 'modal') => stage.person.shown.filter((each) => each.kind === kind);
  const today = (days = 0) => isoDay(organization.now() + days * day) ?? '';

  async function open(text: string): Promise<vscode.TextDocument> {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    // VS Code keeps a document for a while after its editor was closed.
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await eventually(() => document.getText(), text);
    return document;
  }

  const write = (text: string) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));

  /** Texts that are nowhere but in documents. */
  const fillers = vscode.workspace.registerTextDocumentContentProvider('filler', {
    provideTextDocumentContent: () => '',
  });
  after(() => fillers.dispose());
  let filler = 0;

  /** Has VS Code close the document of the file, as it does minutes after it was opened: it keeps the last 50 or so. */
  async function closeDocument(): Promise<void> {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    for (let opened = 0; document && !document.isClosed && opened < 200; opened += 1) {
      filler += 1;
      await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'filler', path: `/${filler}` }));
    }
    await eventually(() => document?.isClosed ?? true, true);
  }

  function fileOf(
    checkpoints: Readonly<
      Record<string, { readonly ownership: string; readonly grants: readonly Partial<Grant>[] }>
    >,
    more: object = {},
  ): string {
    return JSON.stringify({ version: 1, organization: slug(), checkpoints, ...more }, undefined, 2);
  }

  const granting = (project: string, more: Partial<Grant> = {}, ownership = 'additive') =>
    fileOf({ [step]: { ownership, grants: [{ project, reason: 'TICK-12', ...more }] } });

  const diagnostics = () =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === accessFileTexts.source);
  const codes = () => diagnostics().map(({ code }) => code);

  /** The problems of the file, when they are the expected ones. */
  async function problems(...expected: readonly string[]): Promise<vscode.Diagnostic[]> {
    await eventually(codes, [...expected]);
    return diagnostics();
  }

  /** What another person does. */
  function grantByOthers(project: string, id = step): void {
    const { state } = stage.scene.emulator.organization;
    const found = state.checkpoints.get(id);
    assert.ok(found);
    state.addPermission(found, project);
  }

  it('is created from what is live, and a plan of it has nothing to do', async () => {
    await run('createAccessFile');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    for (const project of stage.scene.projectsOnServer()) assert.ok(text.includes(project));
    assert.ok(text.includes(`"organization": "${slug()}"`));
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, uri.path);
    assertSays(last(), words.draftInWords(2, 3, 0));
    await run('planAccessFile');
    assert.equal(shown('page').length, 0);
    assert.ok(last().includes('Access is as the file says.'), last());
    assert.deepEqual(stage.scene.changes, []);
  });

  it('has no checkpoint whose list could not be loaded completely, and says so', async () => {
    stage.scene.emulator.fail('permissions.list', faults.status(400), 1);
    await run('createAccessFile');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    assert.equal(text.includes(`"${checkpoint}"`) && text.includes(`"${step}"`), false);
    assert.ok(last().includes('Skipped'), last());
  });

  it('is never replaced without a question, and then by an edit that can be undone', async () => {
    const before = granting(stage.scene.newProject());
    await open(before);
    stage.person.presses(accessFileTexts.openFile);
    await run('createAccessFile');
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)), before);
    stage.person.presses(accessFileTexts.replaceText);
    await run('createAccessFile');
    const document = await vscode.workspace.openTextDocument(uri);
    assert.ok(document.isDirty);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  for (const place of ['the root of a folder', 'a folder of its own'] as const)
    describe(`in ${place}`, () => {
      beforeEach(() => {
        if (place === 'the root of a folder') return;
        const [folder] = vscode.workspace.workspaceFolders ?? [];
        assert.ok(folder);
        uri = vscode.Uri.joinPath(folder.uri, ...nestedPath.split('/'));
      });

      it('is described and checked by VS Code, with the schema of the extension', async () => {
        const document = await open(fileOf({}, { limits: { removals: 'many' } }));
        assert.equal(document.languageId, 'jsonc');
        const at = document.positionAt(document.getText().indexOf('organization') + 2);
        const json = vscode.extensions.getExtension('vscode.json-language-features');
        assert.ok(json, 'the test server has the JSON extension of VS Code');
        await json.activate();
        // Its problems have no source.
        const bySchema = () =>
          vscode.languages.getDiagnostics(uri).filter(({ source }) => source !== accessFileTexts.source);
        await eventually(() => bySchema().map(({ range }) => document.getText(range)), ['"many"']);
        const found = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          uri,
          at,
        );
        // As plain text: VS Code escapes it.
        const said = found
          .flatMap(({ contents }) => contents as vscode.MarkdownString[])
          .map(({ value }) => value.replaceAll('&nbsp;', ' ').replaceAll(/\\(?=\W)/g, ''));
        const { description } = readSchema().properties.organization;
        assert.ok(
          said.some((text) => text.includes(description)),
          JSON.stringify(said),
        );
      });

      it('is planned and compared from its editor, with its problems and code lenses', async () => {
        const project = stage.scene.newProject();
        await open(granting(project));
        await run('checkDrift');
        await problems('missing');
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          uri,
        );
        assert.equal(lenses[0]?.command?.title, words.planLens);
        stage.person.presses(applyChanges(1));
        await vscode.commands.executeCommand(
          lenses[0]?.command?.command ?? '',
          ...(lenses[0]?.command?.arguments ?? []),
        );
        assert.deepEqual(stage.scene.projectsOnServer(step), [project]);
      });
    });

  it('sends nothing when it is opened', async () => {
    await open(granting(stage.scene.newProject()));
    await problems();
    await vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri, 100);
    assert.deepEqual(stage.scene.sent, []);
  });

  it('Truth 6: is planned on the page with reasons and last days, and applied there', async () => {
    const project = stage.scene.newProject();
    const until = today(90);
    await open(granting(project, { until }));
    stage.person.presses(applyChanges(1));
    await run('planAccessFile', uri);
    assert.deepEqual(stage.scene.projectsOnServer(step), [project]);
    const [page] = shown('page');
    const reason = words.stepReasonInWords({
      kind: 'listed',
      grant: { project, reason: 'TICK-12', until, places },
    });
    assert.ok(page?.rows?.[0]?.includes(reason), page?.text);
    assert.ok(page?.text.includes(accessFileTexts.heading));
    assert.equal(shown('modal').length, 0);
    // Journal: it can be undone.
    assert.equal(organization.proposals.current?.result?.records.length, 1);
  });

  describe('with a project that the loaded list of projects does not have', () => {
    /** How often the list was asked for from its first page. One project is asked for to learn the organization's name. */
    const series = () =>
      stage.scene.emulator.requests.filter(
        ({ endpoint, query }) =>
          endpoint === 'projects.list' && query.after === undefined && query.limit !== '1',
      ).length;
    const seriesFor = async (command: 'planAccessFile' | 'checkDrift') => {
      const before = series();
      await run(command, uri);
      return series() - before;
    };
    beforeEach(() => organization.projects.read());

    it('is planned if the project was created since, after one more look', async () => {
      const project = stage.scene.newProject();
      await open(granting(project));
      // The lists of the file's checkpoint.
      await organization.permissions.readAll(step);
      const before = series();
      await problems('no-such-project');
      assert.equal(series(), before, 'opening the file sends nothing');
      stage.person.presses(applyChanges(1));
      assert.equal(await seriesFor('planAccessFile'), 1);
      assert.deepEqual(stage.scene.projectsOnServer(step), [project]);
    });

    it('differs from access as any other, after one more look', async () => {
      await open(granting(stage.scene.newProject()));
      assert.equal(await seriesFor('checkDrift'), 1);
      await problems('missing');
      assert.equal(await seriesFor('checkDrift'), 0, 'the project is known by now');
    });

    it('is wrong if there is no such project, with how old the list is', async () => {
      await open(granting('proj_nowhere'));
      assert.equal(await seriesFor('planAccessFile'), 1);
      assert.ok(last().includes('has no project proj_nowhere (project list loaded just now).'), last());
      assert.deepEqual(stage.scene.changes, []);
    });
  });

  it('revokes nothing because of a list that could not be loaded', async () => {
    await open(fileOf({ [checkpoint]: { ownership: 'exact', grants: [] } }));
    stage.scene.emulator.fail('permissions.list', faults.status(400), 1);
    await run('planAccessFile', uri);
    assert.deepEqual(stage.scene.changes, []);
    assert.ok(last().includes('Nothing is planned for'), last());
    assert.equal(shown('page').length, 0);
  });

  it('has errors with their places, and nothing of it is planned then', async () => {
    const text = granting('proj_1', { reason: 'x' }).replace(
      '"version": 1',
      '"version": 1,\n  "colour": "red"',
    );
    await open(text);
    const [problem] = await problems('unknown-key');
    assert.equal(problem?.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(problem.range.start.line, 2);
    await run('planAccessFile', uri);
    assertSays(last(), words.problemsInWords(1, 1));
    assert.deepEqual(stage.scene.sent, []);
  });

  it('counts the problems that are too many to list', async () => {
    const grants = Array.from({ length: 130 }, (_, index) => ({ project: `not a project ${index}` }));
    await open(fileOf({ [step]: { ownership: 'additive', grants } }));
    await eventually(() => diagnostics().length, 101);
    assert.equal(diagnostics().find(({ code }) => code === 'more')?.message, texts.notListedProblems(30));
    await run('planAccessFile', uri);
    assertSays(last(), words.problemsInWords(130, 130));
  });

  it('has no more problems put into words than are listed', async () => {
    const grants = Array.from({ length: 1000 }, (_, index) => ({ project: `proj_${index}` }));
    const text = fileOf({ [step]: { ownership: 'additive', grants } });
    const document = await open(text);
    await run('checkDrift', uri);
    await eventually(() => diagnostics().length, 301);
    let places = 0;
    const counting = {
      positionAt(offset: number) {
        places += 1;
        return document.positionAt(offset);
      },
    } as vscode.TextDocument;
    const found = await diagnosticsOf(counting, atOnce(parseAccessFile(text)), organization);
    assert.equal(found.at(-1)?.message, texts.notListedProblems(700));
    assert.deepEqual([found.length, places], [301, 2 * 301], 'a range has two places');
  });

  it('needs a reason for new access', async () => {
    const project = stage.scene.newProject();
    await open(fileOf({ [step]: { ownership: 'additive', grants: [{ project }] } }));
    await run('planAccessFile', uri);
    assert.ok(last().includes('reason'), last());
    assert.deepEqual(stage.scene.changes, []);
    const [problem] = await problems('reason-missing');
    assert.equal(problem?.severity, vscode.DiagnosticSeverity.Error);
  });

  it('revokes more than its limit only after the exact number was allowed', async () => {
    await open(fileOf({ [checkpoint]: { ownership: 'exact', grants: [] } }, { limits: { removals: 2 } }));
    stage.person.cancels();
    await run('planAccessFile', uri);
    assert.equal(stage.scene.projectsOnServer().length, 3);
    stage.person.presses(texts.allowRemovals(3)).presses(applyChanges(3));
    await run('planAccessFile', uri);
    assert.deepEqual(stage.scene.projectsOnServer(), []);
  });

  it('is refused for another organization, and nothing but its name is asked for', async () => {
    await open(granting(stage.scene.newProject()).replace(`"${slug()}"`, '"org-elsewhere"'));
    await run('planAccessFile', uri);
    assertSays(last(), words.railInWords({ kind: 'otherOrganization', file: 'org-elsewhere', live: slug() }));
    assert.deepEqual(stage.scene.sent, []);
    const [problem] = await problems('organization');
    assert.equal(problem?.severity, vscode.DiagnosticSeverity.Warning);
  });

  it('offers to switch to the organization that it is about, and goes on there', async () => {
    const { profiles, keys, current } = stage.scene.services;
    const { adminAPIKey: key, origin, baseURL: baseUrl } = stage.scene.emulator;
    await profiles.add({ id: 'elsewhere', name: 'Elsewhere', baseUrl });
    await keys.set('elsewhere', { key, origin, organization: 'org-elsewhere' });
    const project = stage.scene.newProject();
    grantByOthers(project);
    await open(granting(project).replace(`"${slug()}"`, '"org-elsewhere"'));
    const done = new Promise<void>((resolve) => {
      stage.person.onTold = (text) => text.includes('Access is as the file says.') && resolve();
    });
    stage.person.willPressInMessage(texts.switchTo('Elsewhere'));
    await run('planAccessFile', uri);
    await done;
    assert.equal(current.shownId, 'elsewhere');
    assert.deepEqual(stage.scene.changes, []);
  });

  describe('whose document VS Code closes meanwhile', () => {
    beforeEach(closeDocument);

    it('is not edited by the places of a text that it no longer has', async () => {
      const [one, other] = [stage.scene.newProject(), stage.scene.newProject()];
      grantByOthers(other);
      const text = granting(one, {}, 'exact');
      await write(text);
      const gate = stage.scene.emulator.hold('permissions.list');
      const accepting = run('acceptDrift', uri);
      await eventually(() => gate.held, 1);
      await closeDocument();
      const changed = `// Of another branch.\n${text}`;
      await write(changed);
      gate.release();
      await accepting;
      assertSays(last(), accessFileTexts.changedMeanwhile);
      assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), changed);
    });

    it('is edited where it has not changed', async () => {
      const project = stage.scene.newProject();
      grantByOthers(project);
      await write(fileOf({ [step]: { ownership: 'exact', grants: [] } }));
      const gate = stage.scene.emulator.hold('permissions.list');
      const accepting = run('acceptDrift', uri);
      await eventually(() => gate.held, 1);
      await closeDocument();
      gate.release();
      await accepting;
      assertSays(last(), texts.acceptedIntoFile(1, 0));
      assert.ok((await vscode.workspace.openTextDocument(uri)).getText().includes(project));
    });

    it('is planned again when its plan is applied', async () => {
      const [one, other] = [stage.scene.newProject(), stage.scene.newProject()];
      await write(granting(one));
      const leave = stage.person.hesitates();
      stage.person.cancels();
      const planning = run('planAccessFile', uri);
      const { proposals } = organization;
      await eventually(() => proposals.current?.phase, 'open');
      await closeDocument();
      await write(granting(other));
      proposals.current?.agree();
      await planning;
      leave();
      const [, again] = shown('page');
      assertSays(
        again?.text ?? '',
        changedSincePreview(organization, { added: steps([other]), removed: steps([one]) }),
      );
      assert.deepEqual(stage.scene.changes, []);
    });
  });

  describe('with an accepted finding', () => {
    const project = 'proj_accepted';
    const finding = { finding: 'archived', checkpoint, project } as const;
    const accepting = () => fileOf({}, { accepted: [{ ...finding, reason: 'TICK-1', until: today(30) }] });
    const known = () => organization.accepted.get(finding);

    // The name is known once a command has asked for it.
    beforeEach(() => organization.learnName(slug()));

    it('wins over what was accepted on this computer while the Access page is open', async () => {
      await organization.accepted.accept([finding], { reason: 'Here', until: today(10) });
      await open(accepting());
      await run('openAccess');
      await eventually(() => known()?.reason, 'TICK-1');
      assert.equal(known()?.isOfFile, true);
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(fileOf({})));
      await eventually(() => known()?.reason, 'Here');
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(accepting()));
      await eventually(() => known()?.isOfFile, true);
      const { pages } = await stage.scene.services.pages.registry();
      for (const page of pages) page.dispose();
      await eventually(() => known()?.reason, 'Here');
      await organization.accepted.remove([finding]);
    });

    it('has no say, and is not read, where a link leads to what is no file', async function () {
      if (process.platform === 'win32') this.skip();
      await closeDocument();
      await write(accepting());
      await run('openAccess');
      await eventually(() => known()?.isOfFile, true);
      const [pipe, link] = ['pipe', 'link'].map((name) => join(dirname(uri.fsPath), name));
      assert.ok(pipe && link);
      await promisify(execFile)('mkfifo', [pipe]);
      await symlink(pipe, link);
      await rename(link, uri.fsPath);
      try {
        await eventually(known, undefined);
      } finally {
        // Who reads it waits for ever otherwise.
        await (await openFile(pipe, constants.O_RDWR | constants.O_NONBLOCK)).close();
      }
    });

    it('has no say for another organization', async () => {
      const mine = { finding: 'unused', checkpoint, project } as const;
      const text = accepting().replace(`"${slug()}"`, '"org-elsewhere"');
      await open(text);
      await run('openAccess');
      // A file that is read later tells that the first one was read.
      const valid = fileOf({}, { accepted: [{ ...mine, reason: 'TICK-2', until: today(30) }] });
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(valid));
      await eventually(() => organization.accepted.get(mine)?.isOfFile, true);
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      await eventually(() => organization.accepted.get(mine), undefined);
      assert.equal(known(), undefined);
    });
  });

  it('warns two weeks before access ends, and when a name differs', async () => {
    const project = stage.scene.newProject();
    grantByOthers(project);
    await open(granting(project, { name: 'Another Name', until: today(14) }));
    await run('checkDrift', uri);
    const found = await problems('other-name', 'ends-soon');
    for (const { severity } of found) assert.equal(severity, vscode.DiagnosticSeverity.Warning);
    await vscode.workspace.fs.stat(uri);
  });

  it('lists drift as information, with the age of what is known', async () => {
    const [one, other] = [stage.scene.newProject(), stage.scene.newProject()];
    grantByOthers(other);
    await open(granting(one, {}, 'exact'));
    await run('checkDrift', uri);
    const found = await problems('missing', 'not-listed');
    for (const { severity, message } of found) {
      assert.equal(severity, vscode.DiagnosticSeverity.Information);
      assert.ok(message.includes('Access as of just now.'), message);
    }
    assert.ok(last().includes('Access differs from the file in 2 places.'), last());
    assert.deepEqual(stage.scene.changes, []);
  });

  it('never says that access is as the file says while a list is missing', async () => {
    await open(fileOf({ [step]: { ownership: 'exact', grants: [] } }));
    stage.scene.emulator.fail('permissions.list', faults.status(400), 1);
    await run('checkDrift', uri);
    assertSays(last(), texts.notAllRead(1));
    assert.ok(!last().includes('Access is as the file says.'));
    await problems('unread');
  });

  it('takes drift over, and keeps comments and order', async () => {
    const [kept, gone, came] = [1, 2, 3].map(() => stage.scene.newProject());
    assert.ok(kept && gone && came);
    grantByOthers(kept);
    grantByOthers(came);
    const text = `{
  // Who may use what.
  "version": 1,
  "organization": "${slug()}",
  "checkpoints": {
    "${step}": {
      "ownership": "exact", // on purpose
      "grants": [
        { "project": "${kept}", "reason": "first" }, // stays
        { "project": "${gone}", "reason": "second" }
      ]
    }
  }
}
`;
    const document = await open(text);
    await run('acceptDrift', uri);
    const after = document.getText();
    for (const part of ['// Who may use what.', '// on purpose', '// stays'])
      assert.ok(after.includes(part), after);
    assert.ok(!after.includes(gone));
    assert.ok(after.indexOf(kept) < after.indexOf(came), after);
    assert.ok(document.isDirty, 'it is for the person to save');
    assertSays(last(), texts.acceptedIntoFile(1, 1));
    await problems();
    await run('planAccessFile', uri);
    assert.deepEqual(stage.scene.changes, []);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
  });

  it('has a code lens for its plan, and for who granted what and until when', async () => {
    const project = stage.scene.newProject();
    grantByOthers(project);
    const until = today(60);
    await open(granting(project, { until }));
    const lenses = async (): Promise<string[]> => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        uri,
        100,
      );
      return found.map(({ command }) => command?.title ?? '');
    };
    const before = await lenses();
    assert.deepEqual(before.slice(0, 2), [words.planLens, accessFileTexts.checkLens]);
    assert.ok(before.includes(words.grantLens({ is: 'unknown', until, isOver: false }, 0)), before.join());
    await run('checkDrift', uri);
    const at = organization.permissions.snapshot(step).listing?.permissions[0]?.created_at ?? 0;
    const after = await lenses();
    const facts = { is: 'live', at: at * 1000, until, isOver: false } as const;
    assert.ok(after.includes(words.grantLens(facts, organization.now())), after.join());
    assert.ok(after.some((title) => title.startsWith('Access as of')));
  });

  it('has code lenses for the first of very many grants', async () => {
    const grants = Array.from({ length: 2500 }, (_, index) => ({ project: `proj_${index}` }));
    await open(fileOf({ [step]: { ownership: 'additive', grants } }));
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
    );
    assert.equal(found.length, 2 + 2000, 'two commands above the text');
  });

  it('has a hover with what is live and its age', async () => {
    const project = stage.scene.newProject();
    grantByOthers(project);
    const document = await open(granting(project));
    await run('checkDrift', uri);
    const sent = stage.scene.sent.length;
    const at = document.positionAt(document.getText().indexOf(project) + 3);
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      at,
    );
    const text = found
      .flatMap(({ contents }) => contents as vscode.MarkdownString[])
      .map(({ value }) => value)
      .join('\n');
    assert.ok(text.includes('Granted'), text);
    assert.ok(text.includes('just now'), text);
    assert.ok(text.includes('TICK'), text);
    assert.equal(stage.scene.sent.length, sent);
  });

  it('completes checkpoints and projects by name, of what is known', async () => {
    await organization.projects.read();
    // A person can have it in their list, and no file can.
    const foreign = checkpoint.replace(/[^:]*$/, 'Äbcdefgh');
    await organization.catalog.add([foreign]);
    const text = fileOf({ [step]: { ownership: 'additive', grants: [{ project: '' }] } });
    const document = await open(text);
    const suggest = async (offset: number) => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        document.positionAt(offset),
      );
      return list.items.filter(({ kind }) => kind === vscode.CompletionItemKind.Value);
    };
    const projects = await suggest(text.indexOf('"project": "') + '"project": "'.length);
    const [known] = organization.projects.snapshot.projects.values();
    assert.ok(known);
    const label = ({ label: made }: vscode.CompletionItem) => (typeof made === 'string' ? made : made.label);
    const item = projects.find(({ insertText }) => insertText === `"${known.id}"`);
    assert.ok(item, projects.map(label).join());
    assert.equal(label(item), known.name);
    const keys = await suggest(text.indexOf(step) + 1);
    assert.ok(keys.some(({ insertText }) => insertText === `"${checkpoint}"`));
    assert.ok(!keys.some(({ insertText }) => insertText === `"${foreign}"`));
    await organization.catalog.remove([foreign]);

    // A text that has no end yet takes nothing behind it away.
    const half = fileOf({ [step]: { ownership: 'additive', grants: [] } }).replace(
      '[]',
      '[{"project": "Har]',
    );
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), half);
    await vscode.workspace.applyEdit(edit);
    const end = half.indexOf('"Har') + '"Har'.length;
    const [first] = await suggest(end);
    assert.ok(first?.range instanceof vscode.Range);
    assert.deepEqual(first.range.end, document.positionAt(end));
    assert.deepEqual(stage.scene.sent, []);
  });

  it('replaces no more than what was written when suggestions were asked for', async () => {
    await organization.projects.read();
    const text = fileOf({ [step]: { ownership: 'additive', grants: [{ project: 'H' }] } });
    const document = await open(text);
    const position = document.positionAt(text.indexOf('"H"') + '"H'.length);
    const { current } = stage.scene.services;
    let ask = (): void => undefined;
    let type = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    const typed = new Promise<void>((resolve) => {
      type = resolve;
    });
    const get = current.get.bind(current);
    current.get = async (...args) => {
      await typed;
      return get(...args);
    };
    // It is asked at the same time as the one that is tested.
    const witness = vscode.languages.registerCompletionItemProvider(
      { scheme: uri.scheme, pattern: `**/${accessFilePath}` },
      {
        provideCompletionItems: () => {
          ask();
          return undefined;
        },
      },
    );
    try {
      const list = vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        position,
      );
      await asked;
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, position, 'arbor');
      await vscode.workspace.applyEdit(edit);
      type();
      const [first] = (await list).items.filter(({ kind }) => kind === vscode.CompletionItemKind.Value);
      assert.ok(first?.range instanceof vscode.Range);
      assert.deepEqual(first.range.end, position.translate(0, 1));
    } finally {
      type();
      witness.dispose();
      current.get = get;
    }
  });

  it('lists access beyond an additive list, which stays', async () => {
    const [one, other] = [stage.scene.newProject(), stage.scene.newProject()];
    grantByOthers(one);
    grantByOthers(other);
    await open(granting(one));
    await run('checkDrift', uri);
    const [problem] = await problems('beyond');
    assert.equal(problem?.severity, vscode.DiagnosticSeverity.Information);
    await run('planAccessFile', uri);
    assert.deepEqual(stage.scene.changes, []);
    assertSays(last(), texts.keptBeyond(1));
    await run('acceptDrift', uri);
    assertSays(last(), texts.acceptedIntoFile(1, 0));
    await problems();
  });

  it('makes a plan again when it was edited while the plan was shown', async () => {
    const [one, other] = [stage.scene.newProject(), stage.scene.newProject()];
    const document = await open(granting(one));
    const leave = stage.person.hesitates();
    stage.person.cancels();
    const planning = run('planAccessFile', uri);
    const { proposals } = organization;
    await eventually(() => proposals.current?.phase, 'open');
    const edit = new vscode.WorkspaceEdit();
    const start = document.positionAt(document.getText().indexOf(one));
    edit.replace(uri, new vscode.Range(start, start.translate(0, one.length)), other);
    await vscode.workspace.applyEdit(edit);
    proposals.current?.agree();
    await planning;
    leave();
    const [, again] = shown('page');
    assert.ok(again?.ticked?.length === 1 && again.text.includes('Access file'), again?.text);
    assertSays(
      again.text,
      changedSincePreview(organization, { added: steps([other]), removed: steps([one]) }),
    );
    assert.deepEqual(stage.scene.changes, []);
  });

  const steps = (projects: readonly string[]) => planGrants([step], projects).steps;

  it('grants the rest of a batch when the server names the owner', async () => {
    const owner = stage.scene.newProject();
    const other = stage.scene.newProject();
    Object.assign(stage.scene.emulator.organization.state.checkpoints.get(step) ?? {}, { owner });
    await open(
      fileOf({
        [step]: {
          ownership: 'additive',
          grants: [owner, other].map((project) => ({ project, reason: 'both' })),
        },
      }),
    );
    stage.person.presses(applyChanges(2));
    await run('planAccessFile', uri);
    assert.deepEqual(stage.scene.projectsOnServer(step), [other]);
  });

  describe('in a workspace that is not trusted', () => {
    const trusted = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted');
    before(() => {
      Object.defineProperty(vscode.workspace, 'isTrusted', { configurable: true, get: () => false });
    });
    after(() => {
      if (trusted) Object.defineProperty(vscode.workspace, 'isTrusted', trusted);
    });

    it('is checked, and neither planned nor edited', async () => {
      const text = granting(stage.scene.newProject());
      const document = await open(text);
      for (const name of ['planAccessFile', 'acceptDrift'] as const) {
        await run(name, uri);
        assertSays(last(), accessFileTexts.untrusted);
      }
      assert.deepEqual(stage.scene.sent, []);
      assert.equal(document.getText(), text);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        uri,
      );
      assert.equal(lenses[0]?.command?.title, accessFileTexts.untrustedLens);
      await open(text.replace('"additive"', '"sole"'));
      await problems('not-ownership');
    });
  });

  it('is offered by its commands alone: an object from outside names no file', async () => {
    await run('planAccessFile', { path: '/etc/passwd', scheme: 'file' });
    assertSays(last(), accessFileTexts.noFile);
    assert.ok(Object.values(commandIds).includes(commandIds.planAccessFile));
  });
});
