import assert from 'node:assert/strict';
import { explanationOf } from '../../../src/access/explain/explainAccess';
import type { Organization } from '../../../src/access/organization';
import { type PageUpdate, parsePageRequest, parsePageUpdate } from '../../../src/protocol/matrix';
import { namesOf } from '../../../src/views/access/explain/shown';
import { accessPageHtml } from '../../../src/views/access/html';
import { MatrixSession } from '../../../src/views/access/matrix/session';
import { explain, explanationInWords } from '../../../src/words/errors';
import { beyondPermission, verdictLine } from '../../../src/words/explain';
import { type Emulator, faults, startEmulator } from '../../emulator';
import { loadedOrganization } from '../../growth/organization';
import { tabDependencies } from '../../tabDependencies';
import { organizationAt } from '../access/support';

const model = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:session:Zz9Yy8Xx';
const checkpoints = [model, `${model}:ckpt-step-1`, `${model}:ckpt-step-2`];
const hostile = `<b>x</b>\u202e\u001b[31m\n${'y'.repeat(10_000)}`;

describe('the session of the access matrix', () => {
  let emulator: Emulator;
  let organization: Organization;
  let session: MatrixSession;
  let updates: PageUpdate[];
  let onUpdate: () => void;

  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());
  beforeEach(() => {
    emulator.reset();
    for (const id of checkpoints) emulator.organization.addCheckpoint(id, { permissions: 2 });
    organization = organizationAt(emulator, checkpoints);
    updates = [];
    onUpdate = () => undefined;
    const post = (message: PageUpdate): void => {
      updates.push(JSON.parse(JSON.stringify(message)));
      onUpdate();
    };
    session = new MatrixSession(tabDependencies(organization, post));
  });
  afterEach(() => {
    session.dispose();
    organization.dispose();
  });

  /** The most recent value of a part. */
  const last = <P extends keyof PageUpdate>(part: P) =>
    updates.findLast((update) => update[part] !== undefined)?.[part];

  /** Resolves when a condition on the updates holds. */
  async function until(isMet: () => boolean): Promise<void> {
    while (!isMet()) {
      await new Promise<void>((resolve) => {
        onUpdate = resolve;
      });
    }
  }
  const loaded = () =>
    until(
      () => last('progress')?.done === 3 && last('projects') !== undefined && last('projectsNote') === '',
    );

  function open(): void {
    session.setVisible(true);
    session.sendAll();
    session.receive({ type: 'visible', checkpoints: [] });
  }

  it('sends no update and no request before its page is ready and visible', async () => {
    session.setVisible(true);
    await organization.catalog.add([`${model}:ckpt-step-9`]);
    assert.deepEqual(emulator.requests, []);
    // A request of the session, or an update it scheduled, would come before the end of this one.
    await organization.projects.read();
    assert.deepEqual(updates, []);
    const endpoints = () => [...new Set(emulator.requests.map(({ endpoint }) => endpoint))];
    assert.deepEqual(endpoints(), ['projects.list']);
    session.setVisible(false);
    session.sendAll();
    assert.equal(updates.length, 1);
    await organization.permissions.read(model);
    const [, ...others] = emulator.requests.filter(({ endpoint }) => endpoint !== 'projects.list');
    assert.deepEqual(others, [], 'only the request of the test');
  });

  it('sends a new page the full state, then changes, in valid messages', async () => {
    open();
    const [first] = updates;
    assert.deepEqual(first?.organization, { name: 'Test', isSample: false });
    assert.deepEqual(
      first?.checkpoints?.map(({ name }) => name),
      ['session', 'session · step 1', 'session · step 2'],
    );
    assert.equal(first?.rows?.length, 3);
    await loaded();
    const projects = last('projects') ?? [];
    assert.equal(projects.length, emulator.organization.state.projects.size);
    const rows = updates.flatMap((message) => message.rows ?? []);
    for (const key of [0, 1, 2]) {
      const row = rows.findLast(({ checkpoint }) => checkpoint === key);
      assert.equal(row?.standing.isComplete, true);
      assert.equal(row?.permissions.length, 2);
    }
    for (const message of updates) assert.ok(parsePageUpdate(message));
  });

  it('Truth 16: sends a large matrix in parts, all rows once, none of them large', async () => {
    const large = await loadedOrganization({ projects: 3000, checkpoints: 9, oneIn: 1 });
    const parts: PageUpdate[] = [];
    const waiting: (() => void)[] = [];
    const schedule = (act: () => void) => {
      waiting.push(act);
      return () => waiting.splice(waiting.indexOf(act), 1);
    };
    const own = new MatrixSession(
      tabDependencies(large, (message: PageUpdate) => parts.push(message), { schedule }),
    );
    own.sendAll();
    for (let act = waiting.shift(); act; act = waiting.shift()) act();
    own.dispose();
    const rows = parts.flatMap((message) => message.rows ?? []);
    assert.deepEqual(
      rows.map(({ checkpoint }) => checkpoint),
      [0, 1, 2, 3, 4, 5, 6, 7, 8],
    );
    for (const { permissions } of rows) assert.equal(permissions.length, 2999);
    assert.ok(parts.every(({ rows: some = [] }) => some.length <= 2));
    large.dispose();
  });

  it('sends a page that is shown again the full state, without another request', async () => {
    open();
    await loaded();
    const sent = emulator.requests.length;
    session.setVisible(false);
    session.suspend();
    updates = [];
    open();
    assert.equal(updates[0]?.rows?.length, 3);
    assert.ok((updates[0]?.projects?.length ?? 0) > 0);
    await loaded();
    assert.equal(emulator.requests.length, sent);
  });

  it('makes texts from a server safe to show, and sends keys in place of IDs', async () => {
    emulator.organization.state.addProject(hostile);
    const list = emulator.organization.state.checkpoints.get(model);
    assert.ok(list);
    emulator.organization.state.addPermission(list, hostile);
    open();
    await loaded();
    const names = (last('projects') ?? []).filter(({ name }) => name.startsWith('<b>'));
    assert.equal(names.length, 2, 'one by its name, one by its id, which is as hostile');
    for (const { name, id } of names) {
      assert.ok(name.length <= 403 && id.length <= 200);
      assert.doesNotMatch(name + id, /[\p{Cc}\p{Cf}]/u);
    }
    assert.equal(JSON.stringify(updates).includes('\\u202e'), false);
  });

  it('adds the ID to projects with the same name', async () => {
    const { state } = emulator.organization;
    const twins = [state.addProject('Twin').id, state.addProject('Twin').id];
    const impostor = state.addProject(twins[0] ?? '').id;
    open();
    await loaded();
    const nameOf = (id: string) => last('projects')?.find((each) => each.id === id)?.name;
    for (const id of twins) assert.equal(nameOf(id), `Twin (${id})`);
    assert.equal(nameOf(impostor), `${twins[0]} (${impostor})`);
  });

  it('says what is known of a cell beyond its permission, again when that changes, and sends nothing for it', async () => {
    open();
    await loaded();
    const [permission] = organization.permissions.snapshot(model).listing?.permissions ?? [];
    assert.ok(permission);
    const project = permission.project_id;
    const key = last('projects')?.find(({ id }) => id === project)?.key ?? -1;
    const before = emulator.requests.length;
    session.receive({ type: 'cell', checkpoint: 0, project: key });
    assert.deepEqual(last('cell'), { checkpoint: 0, project: key, text: '' });
    session.receive({ type: 'cell', checkpoint: 99, project: 99 });
    assert.deepEqual(last('cell'), { checkpoint: 99, project: 99, text: '' });
    assert.equal(emulator.requests.length, before);
    session.receive({ type: 'cell', checkpoint: 0, project: key });
    emulator.organization.state.modelPolicies.set(project, {
      object: 'project.model_permissions',
      mode: 'deny_list',
      model_ids: [model],
    });
    await organization.gates.policies.read(project);
    await until(() => last('cell')?.text !== '');
    const { at: _, ...explanation } = explanationOf(organization, project, model);
    assert.equal(explanation.verdict.kind, 'cannot');
    const names = namesOf(organization, { project, checkpoint: model });
    const said = beyondPermission({ ...explanation, at: 0 }, names);
    assert.deepEqual(last('cell'), { checkpoint: 0, project: key, text: said });
    assert.ok(said.includes(verdictLine(explanation, names)));
    assert.equal(parsePageRequest({ type: 'cell', checkpoint: 'a', project: 0 }), undefined);
  });

  it('stages the requested cells, and responds at once with the reasons for the others', async () => {
    open();
    await loaded();
    const projects = last('projects') ?? [];
    const having = new Set(
      updates
        .flatMap(({ rows = [] }) => rows)
        .flatMap(({ checkpoint, permissions }) => (checkpoint === 0 ? permissions.map(([key]) => key) : [])),
    );
    const free = projects.find(({ key, archived }) => !archived && !having.has(key));
    const archived = projects.find(({ key, archived: is }) => is && !having.has(key));
    assert.ok(free && archived);
    updates = [];
    session.receive({
      type: 'stage',
      checkpoints: [0],
      projects: [free.key, archived.key],
      action: 'toggle',
    });
    assert.equal(updates.length, 1);
    assert.deepEqual(updates[0]?.staged, [[0, free.key, 'grant']]);
    assert.deepEqual(updates[0]?.refused, [
      { why: 'archived', count: 1, checkpoint: 0, project: archived.key },
    ]);
    assert.equal(organization.staged.get(model, free.id)?.action, 'grant');
    session.receive({ type: 'discard' });
    await until(() => last('staged')?.length === 0);
    assert.equal(organization.staged.size, 0);
  });

  it('sends an update when a list starts to load', async () => {
    const gate = emulator.hold('permissions.list');
    open();
    await emulator.requested(3, 'permissions.list');
    const isLoading = () =>
      updates.flatMap(({ rows = [] }) => rows).findLast(({ checkpoint }) => checkpoint === 0)?.standing
        .isLoading;
    await until(() => isLoading() === true);
    gate.release();
    await loaded();
    await until(() => isLoading() === false);
  });

  it('reloads lists on request, and sends the reason of a failure', async () => {
    emulator.fail({ endpoint: 'permissions.list', path: /step-1/ }, faults.status(403), 1);
    open();
    await loaded();
    const failed = () =>
      updates.flatMap(({ rows = [] }) => rows).findLast(({ checkpoint }) => checkpoint === 1);
    assert.equal(failed()?.failure, 'failed');
    const { failure } = organization.standingOf(checkpoints[1] ?? '');
    assert.equal(failed()?.reason, explanationInWords(explain(failure?.error)));
    assert.equal(failed()?.standing.state, 'failed');
    assert.equal(last('progress')?.failed, 1);
    session.receive({ type: 'load', checkpoints: [1, 77] });
    await until(() => failed()?.standing.isComplete === true);
    assert.equal(failed()?.failure, undefined);
    assert.equal(failed()?.reason, undefined);
  });

  it('ignores invalid messages', () => {
    open();
    const before = updates.length;
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
    assert.equal(updates.length, before);
    assert.equal(organization.staged.size, 0);
  });
});

describe('messages to the page', () => {
  it('are refused when any part is invalid', () => {
    const standing = { state: 'loaded', count: 1, isComplete: true, doubts: ['old'], isLoading: false };
    const row = { checkpoint: 0, permissions: [[0, 'cp_1', 1]], standing };
    const right = {
      type: 'matrix',
      progress: {
        done: 1,
        total: 2,
        failed: 0,
        isLoading: true,
        isStopped: false,
        wait: { reason: 'rate-limit', left: 5000, asked: 1e15 },
      },
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
      { ...right, progress: { ...right.progress, wait: { reason: 'rate-limit', left: Number.NaN } } },
      { ...right, progress: { ...right.progress, wait: { reason: 'rate-limit', left: 1, asked: '2' } } },
      { ...right, checkpoints: [{ key: 0, name: 'x', id: 'x', baseModel: 'x', createdAt: '1' }] },
      { ...right, projects: [{ key: -1, name: 'x', id: 'x', archived: false, note: '' }] },
      [right],
    ]) {
      assert.equal(parsePageUpdate(wrong), undefined, JSON.stringify(wrong));
    }
  });
});

describe('the page of the access matrix', () => {
  it('has a content security policy that allows one script, by a nonce that is new each time', () => {
    const files = {
      script: 'vscode:/a.js',
      style: 'vscode:/a.css',
      source: 'vscode:',
      language: 'de"><x',
      organization: 'a"><x',
    };
    const [one, other] = [accessPageHtml(files), accessPageHtml(files)];
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(one)?.[1] ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    assert.equal(policy, `default-src 'none'; style-src vscode:; script-src 'nonce-${nonce}'`);
    assert.ok(nonce.length >= 24);
    assert.ok(!other.includes(nonce));
    assert.deepEqual(
      [...one.matchAll(/<script[^>]*>/g)].map(([tag]) => tag),
      [`<script nonce="${nonce}" src="vscode:/a.js">`],
    );
    assert.doesNotMatch(one, /\son\w+=|\bstyle=|https?:|<x/);
    assert.ok(one.includes('<html lang="en" data-language="dex" data-organization="ax">'));
  });
});
