import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Organization } from '../../../src/access/organization';
import { type PageUpdate, parsePageRequest, parsePageUpdate } from '../../../src/protocol/matrix';
import { matrixHtml } from '../../../src/views/matrix/html';
import { MatrixSession } from '../../../src/views/matrix/session';
import { explain, explanationInWords } from '../../../src/words/errors';
import { type Emulator, faults, startEmulator } from '../../emulator';
import { organizationAt } from '../access/support';

const model = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:session:Zz9Yy8Xx';
const checkpoints = [model, `${model}:ckpt-step-1`, `${model}:ckpt-step-2`];
const hostile = `<b>x</b>\u202e\u001b[31m\n${'y'.repeat(10_000)}`;

describe('the session of the access matrix', () => {
  let emulator: Emulator;
  let organization: Organization;
  let session: MatrixSession;
  let told: PageUpdate[];
  let previews: number;

  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());
  beforeEach(() => {
    emulator.reset();
    for (const id of checkpoints) emulator.organization.addCheckpoint(id, { permissions: 2 });
    organization = organizationAt(emulator, checkpoints);
    told = [];
    previews = 0;
    session = new MatrixSession(organization, {
      post: (message) => told.push(JSON.parse(JSON.stringify(message))),
      preview: async () => {
        previews += 1;
        await pause(0);
      },
      schedule: (act) => {
        const alarm = setImmediate(act);
        return () => clearImmediate(alarm);
      },
    });
  });
  afterEach(() => {
    session.dispose();
    organization.dispose();
  });

  /** The last that was told of a part. */
  const last = <P extends keyof PageUpdate>(part: P) =>
    told.findLast((message) => message[part] !== undefined)?.[part];

  /** Waits for what is told until it is as wanted. */
  async function once(wanted: () => boolean): Promise<void> {
    for (let turn = 0; !wanted(); turn += 1) {
      assert.ok(turn < 2000, 'it is told in the end');
      await pause(1);
    }
  }
  const whole = () =>
    once(() => last('progress')?.done === 3 && last('projects') !== undefined && last('projectsNote') === '');

  function open(): void {
    session.setVisible(true);
    session.receive({ type: 'ready' });
    session.receive({ type: 'visible', checkpoints: [] });
  }

  it('tells and asks nothing before its page is there and can be seen', async () => {
    session.setVisible(true);
    await organization.catalog.add([`${model}:ckpt-step-9`]);
    await pause(5);
    assert.deepEqual(told, []);
    assert.deepEqual(emulator.requests, []);
    session.setVisible(false);
    session.receive({ type: 'ready' });
    assert.equal(told.length, 1);
    assert.deepEqual(emulator.requests, []);
  });

  it('tells a page everything when it comes, and what changes after that; all of it is valid', async () => {
    open();
    const [first] = told;
    assert.deepEqual(first?.organization, { name: 'Test', isSample: false });
    assert.deepEqual(
      first?.checkpoints?.map(({ name }) => name),
      ['session', 'session · step 1', 'session · step 2'],
    );
    assert.equal(first?.rows?.length, 3);
    await whole();
    const projects = last('projects') ?? [];
    assert.equal(projects.length, emulator.organization.state.projects.size);
    const rows = told.flatMap((message) => message.rows ?? []);
    for (const key of [0, 1, 2]) {
      const row = rows.findLast(({ checkpoint }) => checkpoint === key);
      assert.equal(row?.standing.isComplete, true);
      assert.equal(row?.permissions.length, 2);
    }
    for (const message of told) assert.ok(parsePageUpdate(message));
  });

  it('tells a page that comes back everything again, and reads nothing again', async () => {
    open();
    await whole();
    const sent = emulator.requests.length;
    session.setVisible(false);
    told = [];
    open();
    assert.equal(told[0]?.rows?.length, 3);
    assert.ok((told[0]?.projects?.length ?? 0) > 0);
    await whole();
    assert.equal(emulator.requests.length, sent);
  });

  it('makes what a server sends safe to show, and gives out numbers in place of ids', async () => {
    emulator.organization.state.addProject(hostile);
    const list = emulator.organization.state.checkpoints.get(model);
    assert.ok(list);
    emulator.organization.state.addPermission(list, hostile);
    open();
    await whole();
    const names = (last('projects') ?? []).filter(({ name }) => name.startsWith('<b>'));
    assert.equal(names.length, 2, 'one by its name, one by its id, which is as hostile');
    for (const { name, id } of names) {
      assert.ok(name.length <= 403 && id.length <= 200);
      assert.doesNotMatch(name + id, /[\p{Cc}\p{Cf}]/u);
    }
    assert.equal(JSON.stringify(told).includes('\\u202e'), false);
  });

  it('tells projects of one name apart by their ids', async () => {
    const { state } = emulator.organization;
    const twins = [state.addProject('Twin').id, state.addProject('Twin').id];
    const impostor = state.addProject(twins[0] ?? '').id;
    open();
    await whole();
    const nameOf = (id: string) => last('projects')?.find((each) => each.id === id)?.name;
    for (const id of twins) assert.equal(nameOf(id), `Twin (${id})`);
    assert.equal(nameOf(impostor), `${twins[0]} (${impostor})`);
  });

  it('stages what the page asks for, answers at once, and says why not', async () => {
    open();
    await whole();
    const projects = last('projects') ?? [];
    const having = new Set(
      told
        .flatMap(({ rows = [] }) => rows)
        .flatMap(({ checkpoint, permissions }) => (checkpoint === 0 ? permissions.map(([key]) => key) : [])),
    );
    const free = projects.find(({ key, archived }) => !archived && !having.has(key));
    const archived = projects.find(({ key, archived: is }) => is && !having.has(key));
    assert.ok(free && archived);
    told = [];
    session.receive({
      type: 'stage',
      checkpoints: [0],
      projects: [free.key, archived.key],
      action: 'toggle',
    });
    assert.equal(told.length, 1);
    assert.deepEqual(told[0]?.staged, [[0, free.key, 'grant']]);
    assert.deepEqual(told[0]?.refused, [{ why: 'archived', count: 1, checkpoint: 0, project: archived.key }]);
    assert.equal(organization.staged.get(model, free.id)?.action, 'grant');
    session.receive({ type: 'discard' });
    await once(() => last('staged')?.length === 0);
    assert.equal(organization.staged.size, 0);
  });

  it('tells when a list begins to be read', async () => {
    const gate = emulator.hold('permissions.list');
    open();
    await emulator.requested(3, 'permissions.list');
    const isLoading = () =>
      told.flatMap(({ rows = [] }) => rows).findLast(({ checkpoint }) => checkpoint === 0)?.standing
        .isLoading;
    await once(() => isLoading() === true);
    gate.release();
    await whole();
    await once(() => isLoading() === false);
  });

  it('reads again what the page asks for, and tells why something failed', async () => {
    emulator.fail({ endpoint: 'permissions.list', path: /step-1/ }, faults.status(403), 1);
    open();
    await whole();
    const failed = () => told.flatMap(({ rows = [] }) => rows).findLast(({ checkpoint }) => checkpoint === 1);
    assert.equal(failed()?.failure, 'failed');
    const { failure } = organization.standingOf(checkpoints[1] ?? '');
    assert.equal(failed()?.reason, explanationInWords(explain(failure?.error)));
    assert.equal(failed()?.standing.state, 'failed');
    assert.equal(last('progress')?.failed, 1);
    session.receive({ type: 'load', checkpoints: [1, 77] });
    await once(() => failed()?.standing.isComplete === true);
    assert.equal(failed()?.failure, undefined);
    assert.equal(failed()?.reason, undefined);
  });

  it('asks for one preview at a time', async () => {
    open();
    for (let press = 0; press < 3; press += 1) session.receive({ type: 'preview' });
    assert.equal(previews, 1);
    await pause(5);
    session.receive({ type: 'preview' });
    assert.equal(previews, 2);
  });

  it('passes over what is no message', () => {
    open();
    const before = told.length;
    const wrong = [
      undefined,
      null,
      'ready',
      {},
      { type: 'x' },
      { type: 'stage' },
      { type: 'load', checkpoints: ['0'] },
    ];
    for (const message of wrong) {
      assert.equal(parsePageRequest(message), undefined);
      session.receive(message);
    }
    session.receive({ type: 'stage', checkpoints: [99], projects: [-1], action: 'grant' });
    assert.equal(told.length, before);
    assert.equal(organization.staged.size, 0);
  });
});

describe('messages to the page', () => {
  it('are refused when any part is wrong', () => {
    const standing = { state: 'loaded', count: 1, isComplete: true, doubts: ['old'], isLoading: false };
    const row = { checkpoint: 0, permissions: [[0, 'cp_1', 1]], standing };
    const right = {
      type: 'matrix',
      progress: { done: 1, total: 2, failed: 0, isLoading: true, isStopped: false },
      rows: [row],
      staged: [[0, 1, 'grant']],
    };
    assert.ok(parsePageUpdate(right));
    for (const wrong of [
      { ...right, type: 'other' },
      { ...right, rows: [{ ...row, permissions: [[0, 1, 1]] }] },
      { ...right, rows: [{ ...row, standing: { ...standing, state: 'some' } }] },
      { ...right, rows: [{ ...row, standing: { ...standing, doubts: ['some'] } }] },
      { ...right, rows: [{ ...row, standing: { ...standing, brokenOff: 'some' } }] },
      { ...right, rows: [{ ...row, failure: 'some' }] },
      { ...right, rows: {} },
      { ...right, staged: [[0, 1, 'delete']] },
      { ...right, staged: [[0, 1]] },
      { ...right, progress: { done: 1 } },
      { ...right, progress: { ...right.progress, wait: { reason: 'rate-limit', until: Number.NaN } } },
      { ...right, projects: [{ key: -1, name: 'x', id: 'x', archived: false, note: '' }] },
      [right],
    ]) {
      assert.equal(parsePageUpdate(wrong), undefined, JSON.stringify(wrong));
    }
  });
});

describe('the page of the access matrix', () => {
  it('has a policy of its own that lets in one script, by a nonce that is new each time', () => {
    const files = { script: 'vscode:/a.js', style: 'vscode:/a.css', source: 'vscode:', language: 'de"><x' };
    const [one, other] = [matrixHtml(files), matrixHtml(files)];
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(one)?.[1] ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    assert.equal(policy, `default-src 'none'; style-src vscode:; script-src 'nonce-${nonce}'`);
    assert.ok(nonce.length >= 24);
    assert.ok(!other.includes(nonce));
    assert.deepEqual(
      [...one.matchAll(/<script[^>]*>/g)].map(([tag]) => tag),
      [`<script nonce="${nonce}" src="vscode:/a.js">`],
    );
    assert.doesNotMatch(one, /\son\w+=|style=|https?:|<x/);
    assert.ok(one.includes('<html lang="en" data-language="dex">'));
  });
});
