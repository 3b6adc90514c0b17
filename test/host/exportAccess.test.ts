import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { escapeMarkdown } from '../../src/access/evidence/export/markdown';
import { exportShown } from '../../src/commands/evidence/exportAccess';
import {
  aboutNotWrittenInWords,
  aboutSavedInWords,
  exportTexts,
  formatInWords,
  replaceAboutQuestion,
  savedInWords,
} from '../../src/words/exports/dialogs';
import { headings, missingOwners, missingPermissions } from '../../src/words/exports/parts';
import { exportAnyway, loadAndExport, loadMissingQuestion, missingNotLoaded } from '../../src/words/loading';
import { checkpointName } from '../../src/words/names';
import { standingInWords } from '../../src/words/standing';
import { faults } from '../emulator';
import { checkpoint, run, step, useStage } from './support/extension';

const hostile = `=HYPERLINK("x") | <b>\u202egnp \u001b[31m\n ${'x'.repeat(10_000)}`;

describe('Export Access…', () => {
  const stage = useStage(120);
  let folder: string;
  let offered: vscode.SaveDialogOptions | undefined;
  const { showSaveDialog } = vscode.window;

  /** Answers the dialog with a file of this name, or cancels it. */
  function saveAs(name: string | undefined): void {
    const window = vscode.window as unknown as Record<string, unknown>;
    window.showSaveDialog = async (options: vscode.SaveDialogOptions) => {
      offered = options;
      return name === undefined ? undefined : vscode.Uri.file(join(folder, name));
    };
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'export-'));
    offered = undefined;
  });
  afterEach(async () => {
    Object.assign(vscode.window, { showSaveDialog });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true });
  });
  const text = (name: string) => readFile(join(folder, name), 'utf8');
  const opened = () => vscode.window.activeTextEditor?.document.uri.fsPath;
  const table = `$(table) ${exportTexts.matrix}`;
  const permissions = `$(list-unordered) ${exportTexts.permissions}`;

  it('of permissions says whether each is effective, by what is loaded, and what is not', async () => {
    const { emulator } = stage.scene;
    const organization = await stage.scene.organization();
    await stage.scene.expand();
    const { listing } = organization.permissions.snapshot(checkpoint);
    const [blocked = '', other = ''] = listing?.permissions.map(({ project_id }) => project_id) ?? [];
    emulator.organization.state.modelPolicies.set(blocked, {
      object: 'project.model_permissions',
      mode: 'deny_list',
      model_ids: [checkpoint],
    });
    await organization.gates.policyLoad.load([blocked]);
    stage.person.picks([permissions]).picks(['CSV']).presses(exportAnyway);
    saveAs('permissions.csv');
    const sent = emulator.requests.length;
    await run('exportAccess');
    assert.equal(emulator.requests.length, sent);
    const lines = (await text('permissions.csv')).split('\r\n');
    const columns = lines[0]?.split(',') ?? [];
    const at = columns.indexOf('Effective');
    const effective = (project: string) =>
      lines.find((line) => line.startsWith(`${checkpoint},${project},`))?.split(',')[at];
    assert.deepEqual([effective(blocked), effective(other)], ['no', 'unknown']);
    const about = JSON.parse(await text('permissions.about.json'));
    const policies = about.about['Model policies read'];
    assert.equal(policies.projects, policies.not_loaded + 1);
    assert.equal(about.about['Unused after days'], 90);
    assert.ok(
      about.missing.some((each: string) => each.includes('model policies')),
      about.missing,
    );
  });

  it('of the matrix without loading marks each cell as unknown, and sends nothing', async () => {
    stage.person.picks([table]).picks(['CSV']).presses(exportAnyway);
    saveAs('matrix.csv');
    await run('exportAccess');
    assert.deepEqual(stage.scene.requests, []);
    const csv = await text('matrix.csv');
    assert.ok(csv.startsWith(`Project,Project ID,Status,${checkpoint},${step}\r\n`), csv);
    const standing = (await stage.scene.organization()).standingOf(checkpoint);
    assert.equal(standing.state, 'notLoaded');
    const [missing] = missingPermissions({ checkpoint, standing }, 0);
    const about = JSON.parse(await text('matrix.about.json'));
    assert.equal(about.file, 'matrix.csv');
    assert.ok(about.missing.includes(missing), about.missing);
    assert.equal(about.about['Projects read'], 'notLoaded');
    assert.equal(opened(), join(folder, 'matrix.csv'));
    assert.deepEqual(stage.person.told, [aboutSavedInWords('matrix.about.json')]);
    assert.match(offered?.defaultUri?.path ?? '', /access-matrix-.*-\d{4}-\d\d-\d\d\.csv$/);
    const question = stage.person.shown.find(({ kind }) => kind === 'modal')?.text ?? '';
    assert.ok(question.startsWith(loadMissingQuestion(2)), question);
    assert.match(question, /At least 3 requests/);
  });

  it('of the matrix loads missing lists on request, each page once and the first one again', async () => {
    stage.person.picks([table]).picks(['Markdown']).presses(loadAndExport);
    saveAs('matrix.md');
    await run('exportAccess');
    assert.deepEqual(stage.scene.sent, Array(4).fill('GET permissions.list'));
    assert.equal(
      stage.scene.sentForNames,
      Math.ceil(stage.scene.emulator.organization.state.projects.size / 100),
    );
    const markdown = await text('matrix.md');
    assert.ok(
      markdown.includes(`## ${headings.missing}\n\n- ${escapeMarkdown(missingOwners(2), 1000)}\n`),
      markdown,
    );
    assert.equal(markdown.match(/\| granted /g)?.length, 120);
    assert.match(markdown, /\| not granted \|/);
    assert.doesNotMatch(markdown, /\| (unknown|failed) \|/);
    // Everything is loaded now, so there is no question.
    stage.person.picks([table]).picks(['JSON']);
    saveAs('matrix.json');
    await run('exportAccess');
    assert.equal(stage.scene.sent.length, 4);
    assert.deepEqual(JSON.parse(await text('matrix.json')).missing, [missingOwners(2)]);
  });

  it('Truth 11: says which lists failed to load', async () => {
    stage.scene.emulator.fail(({ path }) => path.includes('step-24'), faults.status(403));
    stage.person.picks([table]).picks(['JSON']).presses(loadAndExport);
    saveAs('matrix.json');
    await run('exportAccess');
    const read = JSON.parse(await text('matrix.json'));
    const standing = (await stage.scene.organization()).standingOf(step);
    assert.equal(standing.state, 'failed');
    const [missing, ...others] = read.missing;
    assert.ok(missing.startsWith(`${step} · ${standingInWords(standing, 0)}. `), missing);
    assert.ok(missing.includes('Project does not have access to this model'), 'and why');
    assert.deepEqual(others, [missingOwners(2)]);
    const told = stage.person.told.find((each) => each.includes(`${checkpointName(step)}: `));
    assert.ok(told?.startsWith(missingNotLoaded(new Map([[step, undefined]])).split('. ')[0] ?? ''), told);
    assert.ok(read.rows.every((row: Record<string, { access: string }>) => row[step]?.access === 'failed'));
  });

  it('of one checkpoint starts from its row', async () => {
    const { node } = await stage.scene.expand(step);
    stage.person.picks(['JSON']);
    saveAs('step.json');
    await (await stage.scene.organization()).projects.read();
    await run('exportCheckpoint', node);
    const { about, rows, missing } = JSON.parse(await text('step.json'));
    assert.equal(about.Permissions, '0');
    assert.equal(rows.length, 1, 'a list with nothing in it');
    assert.deepEqual(
      [rows[0].checkpoint, rows[0].permission_id, rows[0].list_state],
      [step, null, 'complete'],
    );
    assert.match(rows[0].list_loaded_at, /^\d{4}-/);
    assert.equal(missing[0], missingOwners(1));
  });

  it('of the history loads one page, and says how far back it goes', async () => {
    stage.person.picks([`$(history) ${exportTexts.history}`]).picks(['JSON']);
    saveAs('history.json');
    await run('exportAccess');
    assert.deepEqual(stage.scene.sent, ['GET auditLogs.list']);
    const { about, rows, missing } = JSON.parse(await text('history.json'));
    assert.ok(rows.length >= 100);
    assert.equal(about.Filter, null);
    const back = rows.findLast((row: { in_audit_log: boolean }) => row.in_audit_log)?.at;
    assert.ok(missing[0].includes(back), missing[0]);
  });

  it('Truth 16: of a large table is saved, and opened only on request', async () => {
    const organization = await stage.scene.organization();
    const name = `large-${'x'.repeat(2000)}`;
    const many = Array.from({ length: 100 }, (_, index) => `ft:${name}:org:${index}:Ll1Aa2Rr`);
    await organization.catalog.add(many);
    for (let project = 0; project < 40; project += 1) stage.scene.newProject();
    await organization.projects.read();
    stage.person.picks([table]).picks(['JSON']).presses(exportAnyway);
    saveAs('large.json');
    const told = new Promise<string>((resolve) => {
      stage.person.onTold = resolve;
    });
    await run('exportAccess');
    const written = await text('large.json');
    const size = Buffer.byteLength(written);
    assert.ok(size > 5_000_000, `${size}`);
    assert.equal(await told, savedInWords(join(folder, 'large.json'), size));
    assert.equal(opened(), undefined);
    assert.ok(JSON.parse(written).rows.length > 0);
    assert.deepEqual(await readdir(folder), ['large.json']);
    await organization.catalog.remove(many);
  });

  it('of the permissions has a row for each, and loads neither the audit log nor usage data', async () => {
    const organization = await stage.scene.organization();
    await organization.projects.read();
    stage.person.picks([permissions]).picks(['CSV']).presses(loadAndExport);
    saveAs('permissions.csv');
    await run('exportAccess');
    assert.ok(
      stage.scene.sent.every((request) => request === 'GET permissions.list'),
      stage.scene.sent.join(),
    );
    const [headings = '', ...rows] = (await text('permissions.csv')).trimEnd().split('\r\n');
    assert.match(headings, /^Checkpoint,Project ID,.*,List state,List loaded at$/);
    assert.equal(rows.length, 121);
    assert.ok(rows.every((row) => /,complete,\d{4}-[^,]*Z$/.test(row)));
    assert.equal(rows.filter((row) => row.startsWith(`${step},,,,,`)).length, 1);
    const about = JSON.parse(await text('permissions.about.json'));
    assert.deepEqual(
      [about.rows, about.about['Audit log read'], about.about['Use read']],
      [121, 'notLoaded', 'notLoaded'],
    );
    assert.match(offered?.defaultUri?.path ?? '', /\/permissions-.*\.csv$/);
  });

  it('offers CSV with semicolons, which begins with the mark by which Excel knows it', async () => {
    const { node } = await stage.scene.expand(step);
    stage.person.picks([formatInWords.csvSemicolons.label]);
    saveAs('step.CSV');
    await (await stage.scene.organization()).projects.read();
    await run('exportCheckpoint', node);
    assert.ok((await text('step.CSV')).startsWith('\ufeffCheckpoint;Project ID;'));
    assert.deepEqual((await readdir(folder)).sort(), ['step.CSV', 'step.about.json']);
    assert.deepEqual(offered?.filters, { [formatInWords.csvSemicolons.label]: ['csv'] });
    const formats = stage.person.shown.find(({ rows }) =>
      rows?.some((row) => row.startsWith('CSV · ')),
    )?.rows;
    assert.deepEqual(
      formats?.map((row) => row.split(' · ')[0]),
      ['CSV', formatInWords.csvSemicolons.label, 'JSON', 'Markdown'],
    );
  });

  describe('and the file beside a CSV file', () => {
    const foreign = '{"about":"something else"}';
    const question = replaceAboutQuestion('a.about.json');
    const exportAs = async (name: string) => {
      const { node } = await stage.scene.expand(step);
      await (await stage.scene.organization()).projects.read();
      stage.person.picks(['CSV']);
      saveAs(name);
      return () => run('exportCheckpoint', node);
    };

    it('replaces that of an earlier export to the same file without a question', async () => {
      const exportIt = await exportAs('a.csv');
      await exportIt();
      const before = JSON.parse(await text('a.about.json'));
      stage.person.picks(['CSV']);
      await exportIt();
      const after = JSON.parse(await text('a.about.json'));
      assert.deepEqual(
        { ...after, about: { ...after.about, Exported: 0 } },
        { ...before, about: { ...before.about, Exported: 0 } },
      );
      assert.equal(stage.person.shown.filter(({ kind }) => kind === 'modal').length, 0);
    });

    it('replaces no other file without a question, and nothing is exported when that is canceled', async () => {
      await writeFile(join(folder, 'a.about.json'), foreign);
      const exportIt = await exportAs('a.csv');
      stage.person.cancels();
      await exportIt();
      const asked = stage.person.shown.find(({ kind }) => kind === 'modal');
      assert.ok(asked?.text.startsWith(question), asked?.text);
      assert.deepEqual(await readdir(folder), ['a.about.json']);
      assert.equal(await text('a.about.json'), foreign);
    });

    it('replaces another file when the person says so', async () => {
      await writeFile(join(folder, 'a.about.json'), foreign);
      const exportIt = await exportAs('a.csv');
      stage.person.presses(exportTexts.replaceAbout);
      await exportIt();
      assert.equal(JSON.parse(await text('a.about.json')).file, 'a.csv');
      assert.ok((await text('a.csv')).startsWith('Checkpoint,'));
    });

    it('asks about that of another export too', async () => {
      const exportIt = await exportAs('a.csv');
      await exportIt();
      const first = await text('a.about.json');
      const again = await exportAs('a');
      stage.person.cancels();
      await again();
      assert.deepEqual((await readdir(folder)).sort(), ['a.about.json', 'a.csv']);
      assert.equal(await text('a.about.json'), first);
    });

    it('says that it could not be written, and keeps the export', async () => {
      await mkdir(join(folder, 'a.about.json'));
      const exportIt = await exportAs('a.csv');
      stage.person.presses(exportTexts.replaceAbout);
      await exportIt();
      const [told = ''] = stage.person.told;
      const expected = aboutNotWrittenInWords(join(folder, 'a.csv'), 'a.about.json', '');
      assert.ok(told.startsWith(expected.replace(/ \(\)$/, '')), told);
      assert.ok((await text('a.csv')).startsWith('Checkpoint,'));
    });

    it('opens on request', async () => {
      stage.person.willPressInMessage(exportTexts.openAbout);
      const exportIt = await exportAs('a.csv');
      const isOpen = new Promise<void>((resolve) => {
        const subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
          if (!editor?.document.uri.path.endsWith('/a.about.json')) return;
          subscription.dispose();
          resolve();
        });
      });
      await exportIt();
      await isOpen;
    });
  });

  it('of what is shown has these rows, the filter, and no request', async () => {
    const organization = await stage.scene.organization();
    await stage.scene.expand();
    const { length } = stage.scene.requests;
    const [first, second] = organization.permissions.snapshot(checkpoint).listing?.permissions ?? [];
    assert.ok(first && second);
    stage.person.picks(['CSV']);
    saveAs('shown.csv');
    const shown = [second, first].map(({ id }) => ({ checkpoint, permissionId: id }));
    await exportShown(stage.scene.services, organization, shown, 'Project = Tide tables');
    const rows = (await text('shown.csv')).trimEnd().split('\r\n').slice(1);
    assert.equal(rows.length, 2);
    assert.ok(rows[0]?.includes(second.id) && rows[1]?.includes(first.id));
    assert.ok(rows.every((row) => row.includes(',partial,')));
    const { about } = JSON.parse(await text('shown.about.json'));
    assert.deepEqual(about.Part, { exported: 'shown', permissions: 2, loaded: 100 });
    assert.equal(about.Filter, 'Project = Tide tables');
    assert.equal(stage.scene.requests.length, length);
    assert.match(offered?.defaultUri?.path ?? '', /\/permissions-shown-.*\.csv$/);
  });

  it('writes nothing when canceled at any question', async () => {
    const { person } = stage;
    saveAs('never.csv');
    person.cancels();
    await run('exportAccess');
    person.picks([table]).cancels();
    await run('exportAccess');
    person.picks([table]).picks(['CSV']).cancels();
    await run('exportAccess');
    saveAs(undefined);
    person.picks([table]).picks(['CSV']).presses(exportAnyway);
    await run('exportAccess');
    assert.deepEqual(await readdir(folder), []);
    assert.deepEqual(stage.scene.requests, []);
    assert.deepEqual(person.told, []);
  });

  it('says that a file could not be written', async () => {
    stage.person.picks([table]).picks(['CSV']).presses(exportAnyway);
    saveAs(join('no', 'such', '\u0000'));
    await run('exportAccess');
    assert.match(stage.person.told.join(), /The export couldn't be written to .*\. Select another location/);
  });

  it('survives a hostile name in every format', async () => {
    const organization = await stage.scene.organization();
    const { id } = stage.scene.emulator.organization.state.addProject(hostile);
    await organization.api.create(step, { project_ids: [id] });
    await organization.projects.read();
    const { node } = await stage.scene.expand(step);
    for (const [label, file] of [
      ['CSV', 'a.csv'],
      ['JSON', 'a.json'],
      ['Markdown', 'a.md'],
    ] as const) {
      stage.person.picks([label]);
      saveAs(file);
      await run('exportCheckpoint', node);
      const written = (await text(file)).replace(/^\ufeff/, '').replaceAll(/\r?\n/g, '');
      assert.doesNotMatch(written, /[\p{Cc}\p{Cf}]/u, file);
    }
    assert.equal(JSON.parse(await text('a.json')).rows[0].project_name, hostile.trim());
    assert.equal(JSON.parse(await text('a.about.json')).file, 'a.csv');
    assert.match(await text('a.csv'), /"'=HYPERLINK/);
    assert.match(await text('a.md'), /\\=HYPERLINK.* \\\| \\<b\\>/);
  });
});
