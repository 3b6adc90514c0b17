import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { SourceEnd } from '../../src/access/discovery/discover';
import type { SourcePlace } from '../../src/access/discovery/source';
import { hiddenByFilter } from '../../src/words/checkpointList';
import {
  allOfModel,
  nothingNewInWords,
  searchTexts,
  shortfallInWords,
  sourceDetail,
  sourceInWords,
} from '../../src/words/discovery';
import { faults } from '../emulator';
import { eventually } from './support/eventually';
import { run, useStage } from './support/extension';

const inAFile = 'ft:gpt-4.1-2025-04-14:harbor-labs:from-a-file:Ff1Ii2Ll';

const longPaths = (count: number) => ({ kind: 'longPaths', count }) as const;

describe('Find Checkpoints…', () => {
  const stage = useStage(3);
  const catalog = async () => (await stage.scene.organization()).catalog;
  const asked = (): string[] => stage.scene.emulator.requests.map(({ endpoint }) => String(endpoint));

  /** The picker starts with all sources selected, so a test selects the ones it needs. */
  function searchesIn(...places: readonly string[]): void {
    stage.person.picks((label) => places.some((place) => label.startsWith(place)));
  }

  async function projectKey(index = 0) {
    const { emulator, services } = stage.scene;
    const { key, project = '' } = emulator.organization.projectAPIKeys[index] ?? { key: '' };
    await services.projectKeys.set(
      'default',
      { project, label: `Key ${index}` },
      { key, origin: emulator.origin },
    );
    return project;
  }
  afterEach(() => stage.scene.services.projectKeys.removeAll('default'));

  it('offers results, adds the picked ones, and stores where each was found', async () => {
    const hidden = stage.scene.emulator.organization.checkpoints.filter(
      (id) => !stage.scene.emulator.organization.listed.includes(id),
    );
    assert.ok(hidden.length > 0);
    searchesIn('Audit log', 'Usage');
    stage.person.picks((label) => /berth-notes|claims-triage/.test(label));
    await run('findCheckpoints');
    const list = await catalog();
    const added = list.entries.filter(({ id }) => /berth-notes|claims-triage/.test(id));
    assert.equal(added.length, 2);
    for (const { id, findings } of added) {
      assert.ok(hidden.includes(id));
      const where = id.includes('berth-notes') ? 'usage' : 'auditLog';
      assert.ok(
        findings.some((finding) => finding.in === where && finding.last !== undefined),
        id,
      );
    }
    const [places, results] = stage.person.shown.filter(({ kind }) => kind === 'picker');
    assert.match(places?.text ?? '', /Find Checkpoints/);
    assert.match(results?.text ?? '', /new checkpoints/);
    assert.deepEqual(stage.scene.changes, []);
  });

  it('requests the pages of the selected sources only, each once', async () => {
    searchesIn('Audit log', 'Usage');
    stage.person.cancels();
    await run('findCheckpoints');
    const { requests } = stage.scene.emulator;
    const questions = requests.map(({ endpoint, query }) => JSON.stringify([endpoint, query]));
    assert.equal(new Set(questions).size, questions.length);
    assert.deepEqual([...new Set(asked())].sort(), ['auditLogs.list', 'usage.completions']);
    assert.equal(asked().filter((each) => each === 'usage.completions').length, 3);
  });

  it('finds ids in the open workspace without a request', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'a folder is open');
    const file = vscode.Uri.joinPath(folder.uri, 'uses-a-model.ts');
    await vscode.workspace.fs.writeFile(file, Buffer.from(`const model = "${inAFile}";\n`));
    try {
      searchesIn('Open workspace');
      stage.person.picks((label) => label.startsWith('from-a-file'));
      await run('findCheckpoints');
      const found = (await catalog()).entry(inAFile);
      assert.deepEqual(
        found?.findings.map(({ in: place, files }) => [place, files]),
        [['workspace', ['uses-a-model.ts']]],
      );
      assert.deepEqual(asked(), []);
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  });

  describe('of many results', () => {
    const model = (name: string) => `ft:gpt-4.1-2025-04-14:harbor-labs:${name}:Mm1Aa2Nn`;
    const steps = [1000, 90, 200, 16, 320, 640, 480, 8, 56, 72].map(
      (each) => `${model('zeta')}:ckpt-step-${each}`,
    );
    const ids = [...steps, model('zeta'), model('alpha'), `${model('alpha')}:ckpt-step-7`, model('mid')];
    let file: vscode.Uri;
    before(async () => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder, 'a folder is open');
      file = vscode.Uri.joinPath(folder.uri, 'many-models.txt');
      await vscode.workspace.fs.writeFile(file, Buffer.from(ids.join('\n')));
    });
    after(() => vscode.workspace.fs.delete(file));

    const isOfAlpha = (label: string) => label.endsWith('alpha') || label.startsWith('alpha');

    it('groups them by model, by name, with steps by number, all selected', async () => {
      searchesIn('Open workspace');
      stage.person.cancels();
      await run('findCheckpoints');
      const { rows = [], ticked = [] } = stage.person.shown.at(-1) ?? {};
      assert.deepEqual(
        rows.map((row) => row.split(' · ft:')[0]),
        [
          `$(layers) alpha · ${allOfModel(2)}`,
          'alpha',
          'alpha · step 7',
          'mid',
          `$(layers) zeta · ${allOfModel(11)}`,
          'zeta',
          ...[8, 16, 56, 72, 90, 200, 320, 480, 640, 1000].map((each) => `zeta · step ${each}`),
        ],
      );
      assert.equal(ticked.length, rows.length);
    });

    it('adds those of a model, and selects the first of them in the view', async () => {
      searchesIn('Open workspace');
      stage.person.picks(isOfAlpha);
      await run('findCheckpoints');
      const list = await catalog();
      assert.deepEqual(
        list.ids.filter((id) => ids.includes(id)),
        [model('alpha'), `${model('alpha')}:ckpt-step-7`],
      );
      const { view } = stage.scene.services;
      await eventually(
        () => view.selection.map((node) => node.kind === 'checkpoint' && node.checkpoint.id).join(),
        model('alpha'),
      );
    });

    it('says when the filter hides all that was added, and offers to clear it', async () => {
      const organization = await stage.scene.organization();
      const { choices, view } = stage.scene.services;
      await choices.filterBy(organization, { text: 'host-test' });
      searchesIn('Open workspace');
      stage.person.picks(isOfAlpha).willPressInMessage('Clear Filter');
      await run('findCheckpoints');
      const added = [model('alpha'), `${model('alpha')}:ckpt-step-7`];
      assert.equal(stage.person.told.at(-1), hiddenByFilter(added));
      await eventually(
        () => view.selection.map((node) => node.kind === 'checkpoint' && node.checkpoint.id).join(),
        model('alpha'),
      );
      assert.deepEqual(choices.filterOf(organization), {});
    });
  });

  it('says in one message that nothing was found and that several places failed', async () => {
    stage.scene.emulator.fail(undefined, faults.status(403));
    searchesIn('Audit log', 'Usage', 'Open workspace');
    await run('findCheckpoints');
    const ended = (place: SourcePlace, end: SourceEnd) => ({
      source: { id: place.kind, place, find: async () => [] },
      end,
      found: 0,
    });
    const failed = { kind: 'failed', error: undefined } as const;
    const reports = [
      ended({ kind: 'auditLog' }, failed),
      ended({ kind: 'usage', days: 93 }, failed),
      ended({ kind: 'workspace' }, { kind: 'complete' }),
    ];
    assert.deepEqual(stage.person.told, [nothingNewInWords(reports, 0, () => '')]);
    assert.ok(
      stage.person.shown[0] && stage.person.shown.some(({ buttons }) => buttons.includes('Show Log')),
    );
  });

  it('Truth 14: reads no link, no pipe and no hostile rule of a workspace, ends, and says what was left out', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'a folder is open');
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    const inside = join(folder.uri.fsPath, 'hostile');
    const deep = join(inside, ...Array<string>(30).fill('a'));
    const elsewhere = 'ft:gpt-4.1-2025-04-14:harbor-labs:outside:Oo1Uu2Tt';
    const rules = ['**/a/'.repeat(12), `${'*a'.repeat(30)}b`];
    try {
      await mkdir(deep, { recursive: true });
      await writeFile(join(outside, 'rules'), '*\n');
      await writeFile(join(outside, 'leak.txt'), elsewhere);
      await writeFile(join(inside, '.gitignore'), [...rules, 'unrelated'].join('\n'));
      await writeFile(join(deep, 'a'.repeat(200)), inAFile);
      await symlink(join(outside, 'rules'), join(inside, '.ignore'));
      await symlink(outside, join(inside, 'folder'));
      await symlink(join(outside, 'leak.txt'), join(inside, 'leak.txt'));
      if (process.platform !== 'win32') await promisify(execFile)('mkfifo', [join(inside, 'pipe')]);
      searchesIn('Open workspace');
      stage.person.picks(() => true);
      await run('findCheckpoints');
      const list = await catalog();
      assert.ok(list.entry(inAFile), 'no rule of a link was applied');
      assert.equal(list.entry(elsewhere), undefined);
      const said = shortfallInWords(
        {
          source: { id: 'workspace', place: { kind: 'workspace' }, find: async () => [] },
          end: { kind: 'incomplete', gaps: [{ kind: 'ignoreRules', count: rules.length }, longPaths(1)] },
          found: 0,
        },
        () => '',
      );
      assert.ok(
        stage.person.told.some((text) => text.includes(said)),
        stage.person.told.join('\n'),
      );
    } finally {
      await rm(inside, { recursive: true, force: true });
      await rm(outside, { recursive: true });
    }
  });

  it('uses the keys of projects for their jobs, steps, metrics and shutdown dates', async () => {
    const project = await projectKey();
    searchesIn('Fine-tuning jobs of Key 0');
    stage.person.picks(() => true);
    await run('findCheckpoints');
    const entries = (await catalog()).entries.filter(({ owner }) => owner === project);
    assert.ok(entries.some(({ metrics }) => metrics));
    assert.ok(entries.some(({ shutdownDate }) => shutdownDate));
    const { requests } = stage.scene.emulator;
    assert.ok(requests.every(({ headers }) => headers.authorization !== 'the admin key'));
  });

  for (const fault of [
    faults.status(401),
    faults.status(403),
    faults.status(500, { headers: { 'x-should-retry': 'false' } }),
    faults.html(200),
    faults.resetBeforeAnswer,
  ]) {
    it(`says in words that the usage met ${fault.name}, and offers what the log has`, async () => {
      stage.scene.emulator.fail('usage.completions', fault);
      searchesIn('Audit log', 'Usage');
      stage.person.picks((label) => label.startsWith('claims-triage'));
      await run('findCheckpoints');
      const usage = sourceInWords({ kind: 'usage', days: 93 });
      assert.match(stage.person.told.join('\n'), new RegExp(`${usage} couldn't be searched\\. .+\\.`));
      assert.ok((await catalog()).ids.some((id) => id.includes('claims-triage')));
    });
  }

  it('says that nothing could be searched, never that there is nothing', async () => {
    stage.scene.emulator.fail(undefined, faults.status(401));
    searchesIn('Audit log', 'Usage');
    await run('findCheckpoints');
    const told = stage.person.told.join('\n');
    const ended = (end: SourceEnd) => {
      const source = { id: 'auditLog', place: { kind: 'auditLog' }, find: async () => [] } as const;
      const report = { source, found: 0, end };
      return nothingNewInWords([report, report], 0, () => '');
    };
    assert.equal(told, ended({ kind: 'failed', error: undefined }), 'in one message');
    assert.ok(!told.includes(ended({ kind: 'complete' })), told);
  });

  it('names the project key, not the admin key, when the former is rejected', async () => {
    const { emulator, services } = stage.scene;
    await services.projectKeys.set(
      'default',
      { project: 'proj_x', label: 'Wrong' },
      { key: 'not-known', origin: emulator.origin },
    );
    searchesIn('Fine-tuning jobs of Wrong');
    await run('findCheckpoints');
    const told = stage.person.told.join('\n');
    assert.match(told, /project API key/);
    assert.doesNotMatch(told, /admin API key/);
  });

  it('says that a key belongs to a project of another organization, once the projects are loaded', async () => {
    const { emulator, services } = stage.scene;
    const project = await projectKey();
    await services.projectKeys.set(
      'default',
      { project: 'proj_of_another', label: 'Left over' },
      { key: 'a-key', origin: emulator.origin },
    );
    const rows = () => stage.person.shown.at(-1)?.rows ?? [];
    const doubt = sourceDetail({ kind: 'jobs', label: '' }, true);
    stage.person.cancels();
    await run('findCheckpoints');
    assert.ok(!rows().some((row) => row.includes(doubt)), 'nobody has read the projects');
    const ticked = () => stage.person.shown.at(-1)?.ticked ?? [];
    assert.ok(ticked().includes('Fine-tuning jobs of Left over'));
    const { projects } = await stage.scene.organization();
    await projects.read();
    assert.ok(projects.get(project));
    stage.person.cancels();
    await run('findCheckpoints');
    const doubtful = rows().filter((row) => row.includes(doubt));
    assert.deepEqual(
      doubtful.map((row) => row.split(' · ')[0]),
      ['Fine-tuning jobs of Left over'],
    );
    assert.ok(!ticked().includes('Fine-tuning jobs of Left over'), 'only the person selects it');
    assert.ok(
      ticked().includes('Fine-tuning jobs of Key 0') &&
        ticked().some((label) => label.startsWith('Audit log')),
    );
  });

  it('sends a project key only to the origin it was saved for', async () => {
    const { services } = stage.scene;
    await services.projectKeys.set(
      'default',
      { project: 'proj_x', label: 'Elsewhere' },
      { key: 'a-key', origin: 'https://gateway.example' },
    );
    searchesIn('Fine-tuning jobs of Elsewhere');
    await run('findCheckpoints');
    assert.match(stage.person.told.join('\n'), /saved for https:\/\/gateway\.example/);
    assert.deepEqual(asked(), []);
  });

  it('adds and sends nothing when canceled at the sources', async () => {
    const before = (await catalog()).ids;
    stage.person.cancels();
    await run('findCheckpoints');
    assert.deepEqual((await catalog()).ids, before);
    assert.deepEqual(asked(), []);
  });

  it('adds nothing when canceled at the results', async () => {
    const before = (await catalog()).ids;
    searchesIn('Audit log');
    stage.person.cancels();
    await run('findCheckpoints');
    assert.deepEqual((await catalog()).ids, before);
  });

  it('adds results only to the organization that was searched', async () => {
    const { emulator, services } = stage.scene;
    const gate = emulator.hold('auditLogs.list');
    searchesIn('Audit log');
    const finding = run('findCheckpoints');
    await emulator.requested(1, 'auditLogs.list');
    await services.current.chooseSample(true);
    gate.release();
    await finding;
    const sample = await catalog();
    assert.ok(sample.entries.every(({ findings }) => findings.length === 0));
    const told = stage.person.told.join('\n');
    assert.ok(told.includes(searchTexts.notAdded), told);
    assert.doesNotMatch(told, /Nothing was sent/, 'the search was');
  });
});

describe('Add Project API Key…', () => {
  const stage = useStage(3);
  const saved = () => stage.scene.services.projectKeys.list('default');
  afterEach(() => stage.scene.services.projectKeys.removeAll('default'));

  function first() {
    const { projectAPIKeys, state } = stage.scene.emulator.organization;
    const { key, project = '' } = projectAPIKeys[0] ?? { key: '' };
    return { key, project, name: state.projects.get(project)?.name ?? '' };
  }

  it('asks for the project by name, verifies the key with one request, and saves it for that origin', async () => {
    const { key, project, name } = first();
    stage.person.picks([name]).types(key);
    await run('addProjectKey');
    assert.deepEqual(saved(), [{ project, label: name }]);
    const kept = await stage.scene.services.projectKeys.get('default', project);
    assert.deepEqual(kept, { key, origin: stage.scene.emulator.origin });
    const requests = stage.scene.sent.filter((request) => request !== 'GET projects.list');
    assert.deepEqual(requests, ['GET models.list']);
  });

  it('saves no key that the API rejects, and says why', async () => {
    stage.person.picks([first().name]).types('not-a-key-of-it');
    await run('addProjectKey');
    assert.deepEqual(saved(), []);
    assert.match(stage.person.told.join('\n'), /The project API key wasn't saved\./);
  });

  it('says that a key was verified but not saved when its organization is no longer shown', async () => {
    const { emulator, services } = stage.scene;
    const { key, name } = first();
    const gate = emulator.hold('models.list');
    stage.person.picks([name]).types(key);
    const adding = run('addProjectKey');
    await emulator.requested(1, 'models.list');
    await services.current.chooseSample(true);
    gate.release();
    await adding;
    assert.deepEqual(saved(), []);
    const told = stage.person.told.join('\n');
    assert.match(told, /You switched organizations or keys\. The key was checked, but it wasn't saved\./);
    assert.doesNotMatch(told, /Nothing was sent/, 'the key was');
  });

  it('saves nothing when canceled at either question', async () => {
    stage.person.cancels();
    await run('addProjectKey');
    stage.person.picks([first().name]).cancels();
    await run('addProjectKey');
    assert.deepEqual(saved(), []);
    assert.ok(!stage.scene.sent.includes('GET models.list'));
  });

  it('removes the key of the picked project', async () => {
    const { key, name } = first();
    stage.person.picks([name]).types(key);
    await run('addProjectKey');
    stage.person.picks([name]);
    await run('removeProjectKey');
    assert.deepEqual(saved(), []);
  });
});
