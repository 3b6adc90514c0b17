import assert from 'node:assert/strict';
import { evidenceOf, grantsIn } from '../../../src/access/evidence/checkpointEvidence';
import type { Organization } from '../../../src/access/organization';
import { atOnce } from '../../../src/access/slices';
import {
  type EvidenceMessage,
  type PermissionsRequest,
  type PermissionsUpdate,
  parsePermissionsRequest,
  parsePermissionsUpdate,
} from '../../../src/protocol/permissions';
import { AuditRecord } from '../../../src/sample/state/auditRecord';
import type { PermissionPlace } from '../../../src/views/access/actions';
import { Keys } from '../../../src/views/access/keys';
import { PermissionsSession } from '../../../src/views/access/permissions/session';
import { explain, explanationInWords } from '../../../src/words/errors';
import { emptyLog } from '../../../src/words/history';
import { type Emulator, faults, startEmulator } from '../../emulator';
import { loadedOrganization } from '../../growth/organization';
import { actions, tabDependencies } from '../../tabDependencies';
import { organizationAt } from '../access/support';

const model = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:session:Zz9Yy8Xx';
const checkpoints = [model, `${model}:ckpt-step-1`];
const hostile = `<b>x</b>\u202e\u001b[31m\n${'y'.repeat(10_000)}`;

describe('the session of the Permissions tab', () => {
  let emulator: Emulator;
  let organization: Organization;
  let session: PermissionsSession;
  let updates: PermissionsUpdate[];
  let onUpdate: () => void;
  let keys: { checkpoints: Keys; projects: Keys };
  let shown: PermissionPlace[];
  let copied: unknown[];
  let exported: (readonly [readonly PermissionPlace[], string])[];

  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());
  beforeEach(async () => {
    emulator.reset();
    for (const id of checkpoints) emulator.organization.addCheckpoint(id, { permissions: 60 });
    organization = organizationAt(emulator, checkpoints);
    updates = [];
    onUpdate = () => undefined;
    keys = { checkpoints: new Keys(), projects: new Keys() };
    shown = [];
    exported = [];
    copied = [];
    session = new PermissionsSession(
      tabDependencies<PermissionsUpdate>(
        organization,
        (message) => {
          const sent = JSON.parse(JSON.stringify(message));
          assert.ok(parsePermissionsUpdate(sent), 'every update is valid');
          updates.push(sent);
          onUpdate();
        },
        {
          keys,
          actions: actions({
            showPermission: async (permission) => void shown.push(permission),
            copyIds: async (of, ids) => void copied.push([of, ids]),
            exportShown: async (permissions, filter) => void exported.push([permissions, filter]),
          }),
        },
      ),
    );
  });
  afterEach(() => {
    session.dispose();
    organization.dispose();
  });

  const last = <P extends keyof PermissionsUpdate>(part: P) =>
    updates.findLast((update) => update[part] !== undefined)?.[part];
  async function until(isMet: () => boolean): Promise<void> {
    while (!isMet()) {
      await new Promise<void>((resolve) => {
        onUpdate = resolve;
      });
    }
  }
  const ask = (request: PermissionsRequest) => session.receive(request);
  const open = async (): Promise<void> => {
    for (const id of checkpoints) await organization.permissions.readAll(id);
    await organization.projects.read();
    session.sendAll();
    session.setVisible(true);
    await until(() => evidence().length === 2);
  };
  /** The evidence of each checkpoint as the page has it. */
  const evidence = (): EvidenceMessage[] => {
    const found = new Map<number, EvidenceMessage>();
    for (const message of updates.flatMap((update) => update.evidence ?? []))
      found.set(message.checkpoint, message);
    return [...found.values()];
  };
  const sent = (endpoint: string) => emulator.requests.filter((request) => request.endpoint === endpoint);
  const logged = () =>
    new AuditRecord(emulator.organization.state).newestFirst.filter(({ type }) =>
      type.startsWith('checkpoint.permission.'),
    ).length;
  const permissionsOf = (id: string) => organization.permissions.snapshot(id).listing?.permissions ?? [];

  it('sends nothing while hidden, and requests nothing by being shown', async () => {
    session.sendAll();
    await organization.permissions.readAll(model);
    await new Promise(setImmediate);
    assert.deepEqual(updates, []);
    session.setVisible(true);
    await until(() => evidence().length === 2);
    assert.equal(last('log')?.state, 'unread');
    assert.equal(last('usage')?.requests, 3);
    assert.deepEqual([sent('auditLogs.list'), sent('usage.completions')], [[], []]);
  });

  it('loads one page of the log when asked, then one more, then until all are found, and says who granted', async () => {
    await open();
    assert.deepEqual(
      evidence().map(({ granters }) => granters.length),
      [0, 0],
    );
    ask({ type: 'loadLog' });
    await until(
      () => last('log')?.state === 'more' && evidence().some(({ granters }) => granters.length > 0),
    );
    assert.equal(sent('auditLogs.list').length, 1);
    const { backTo = 0 } = last('log') ?? {};
    assert.ok(backTo > 0);
    ask({ type: 'loadOlderLog' });
    await until(() => (last('log')?.backTo ?? backTo) < backTo && last('log')?.isLoading === false);
    assert.equal(sent('auditLogs.list').length, 2);
    ask({ type: 'loadWholeLog' });
    await until(() => last('log')?.state === 'complete' && last('log')?.isLoadingAll === false);
    assert.equal(sent('auditLogs.list').length, Math.ceil(logged() / 100));
    await until(() => evidence().every(({ granters }) => granters.length === 60));
    await until(() => last('isCatchingUp') === false);
    const complete = updates.findIndex(({ log }) => log?.state === 'complete');
    const [told, ...after] = updates.slice(complete);
    // What was found may have been sent already, while the last page came.
    const isToldAll = (till: number): boolean =>
      updates
        .slice(0, till)
        .flatMap(({ evidence: some = [] }) => some)
        .filter(({ granters }) => granters.length === 60)
        .some(({ checkpoint }, _, all) => all.some((other) => other.checkpoint !== checkpoint));
    assert.ok(
      told?.isCatchingUp || isToldAll(complete + 1),
      'what the log says now is there, or still to come',
    );
    const done = told?.isCatchingUp ? after.findIndex(({ isCatchingUp }) => isCatchingUp === false) : 0;
    assert.ok(isToldAll(complete + done + 2));
    const [[permission, granter] = []] = evidence()[0]?.granters ?? [];
    assert.ok(permissionsOf(model).some(({ id }) => id === permission));
    assert.ok(granter);
  });

  it('stops loading older pages when asked, and keeps what it has', async () => {
    await open();
    const gate = emulator.hold(({ endpoint, query }) => endpoint === 'auditLogs.list' && 'after' in query);
    ask({ type: 'loadWholeLog' });
    await emulator.requested(2, 'auditLogs.list');
    ask({ type: 'stopLog' });
    await until(() => last('log')?.isLoading === false && last('log')?.isLoadingAll === false);
    assert.equal(last('log')?.state, 'more');
    assert.equal(last('log')?.failure, undefined, 'who stops it knows why');
    gate.release();
    assert.equal(sent('auditLogs.list').length, 2);
  });

  it('loads no further page for a page that nobody sees', async () => {
    await open();
    const gate = emulator.hold(({ endpoint, query }) => endpoint === 'auditLogs.list' && 'after' in query);
    ask({ type: 'loadWholeLog' });
    await emulator.requested(2, 'auditLogs.list');
    session.setVisible(false);
    const over = new Promise<void>((resolve) => {
      organization.trail.onDidChange(() => !organization.trail.snapshot.reading && resolve());
    });
    gate.release();
    await over;
    await new Promise(setImmediate);
    assert.equal(sent('auditLogs.list').length, 2);
  });

  it('says why the log could not be loaded, and what an empty one may mean', async () => {
    await open();
    emulator.fail('auditLogs.list', faults.status(500), 1);
    ask({ type: 'loadLog' });
    await until(() => last('log')?.failure !== undefined);
    const { failure } = organization.trail.snapshot;
    assert.equal(last('log')?.failure, explanationInWords(explain(failure?.error)));
    const empty = { object: 'list', data: [], first_id: '', last_id: '', has_more: false };
    emulator.fail('auditLogs.list', faults.status(200, { body: empty }), 1);
    ask({ type: 'loadLog' });
    await until(() => last('log')?.state === 'complete');
    assert.equal(last('log')?.emptyNote, emptyLog);
    assert.equal(last('log')?.failure, undefined);
  });

  it('loads usage with progress, says a failure with its reason, and tells the days', async () => {
    await open();
    emulator.fail('usage.completions', faults.status(500), 1);
    ask({ type: 'loadUsage' });
    await until(() => last('usage')?.failure !== undefined);
    assert.match(last('usage')?.failure ?? '', /500|server/i);
    ask({ type: 'loadUsage' });
    await until(() => last('usage')?.loadedAt !== undefined && last('usage')?.progress === undefined);
    assert.equal(last('usage')?.failure, undefined);
    assert.equal(last('usage')?.requests, 0);
    const progress = updates.flatMap(({ usage }) => usage?.progress ?? []);
    assert.ok(progress.some(({ done, total }) => done === 1 && total === 3));
    assert.ok(updates.some(({ usage }) => usage?.progress && usage.canStop));
    await until(() => evidence().every(({ uses }) => uses.length > 0));
    const known = organization.usage.known;
    for (const { uses } of evidence().slice(0, 1))
      for (const [key, lastDay, days] of uses) {
        const [project = ''] = keys.projects.idsOf([key]);
        const use = known?.uses.get(model)?.get(project);
        assert.equal(lastDay, (use?.lastDay ?? 0) * 1000);
        assert.deepEqual(days, use?.days);
        assert.equal(
          days?.reduce((sum, each) => sum + each, 0),
          use?.requests,
        );
      }
    const unused = evidence().flatMap(({ findings }) => findings.flatMap(([, kinds]) => kinds));
    assert.ok(unused.includes('unused'), 'usage decides findings');
  });

  it('says whether access is effective, and loads model policies when asked, each once', async () => {
    await open();
    await until(() => last('policies') !== undefined);
    const { projects, notLoaded } = last('policies') ?? assert.fail();
    assert.ok(projects > 1);
    assert.deepEqual([notLoaded, sent('modelPermissions.retrieve').length], [projects, 0]);
    const effects = () => evidence().flatMap((each) => each.effects);
    assert.equal(
      effects().length,
      evidence().reduce((sum, each) => sum + each.permissions, 0),
    );
    // Archived projects can use nothing, whatever their policies say.
    const undecided = effects().filter(([, kind]) => kind !== 'cannot');
    assert.ok(undecided.length > 0);
    assert.ok(undecided.every(([, kind, gates]) => kind === 'unknown' && gates.includes('policy')));
    const { project_id: blocked } =
      permissionsOf(model).find(({ project_id }) => !organization.projects.isArchived(project_id)) ??
      assert.fail();
    emulator.organization.state.modelPolicies.set(blocked, {
      object: 'project.model_permissions',
      mode: 'deny_list',
      model_ids: checkpoints,
    });
    ask({ type: 'loadPolicies' });
    ask({ type: 'loadPolicies' });
    await until(() => last('policies')?.progress !== undefined);
    await until(() => last('policies')?.progress === undefined && last('policies')?.notLoaded === 0);
    assert.equal(sent('modelPermissions.retrieve').length, projects);
    const ofBlocked = () => effects().filter(([project]) => keys.projects.idOf(project) === blocked);
    await until(() => ofBlocked().every(([, kind]) => kind === 'cannot'));
    assert.ok(ofBlocked().length > 0);
    await until(() =>
      evidence().some((each) => each.findings.some(([, kinds]) => kinds.includes('withoutEffect'))),
    );
    ask({ type: 'loadPolicies' });
    await emulator.idle();
    assert.equal(
      sent('modelPermissions.retrieve').length,
      projects,
      'what is current is not asked for again',
    );
  });

  it('can stop loading model policies, and says why one failed', async () => {
    await open();
    await until(() => last('policies') !== undefined);
    emulator.fail('modelPermissions.retrieve', faults.status(500), 1);
    ask({ type: 'loadPolicies' });
    await until(() => last('policies')?.failed === 1);
    assert.ok((last('policies')?.failure ?? '').length > 0);
    ask({ type: 'stopPolicies' });
    await until(() => last('policies')?.progress === undefined);
  });

  it('counts access as unused by the number of days that a person chose', async () => {
    await open();
    assert.equal(last('unusedDays'), 90);
    organization.reviewSettings.choose({ unusedDays: 30 });
    await until(() => last('unusedDays') === 30);
  });

  it('can stop usage that it began, without calling that a failure', async () => {
    await open();
    const gate = emulator.hold(({ endpoint }) => endpoint === 'usage.completions');
    ask({ type: 'loadUsage' });
    await emulator.requested(1, 'usage.completions');
    ask({ type: 'stopUsage' });
    await until(() => last('usage')?.progress === undefined && last('usage')?.canStop === false);
    gate.release();
    assert.equal(last('usage')?.failure, undefined);
    assert.equal(organization.usage.known, undefined);
  });

  it('sends again only what changed', async () => {
    await open();
    const before = updates.length;
    await organization.permissions.readAll(model);
    await organization.permissions.readCurrent(model, 0);
    await until(() => updates.slice(before).some((update) => update.evidence !== undefined));
    const changed = updates.slice(before).flatMap((update) => update.evidence ?? []);
    assert.deepEqual(
      new Set(changed.map(({ checkpoint }) => checkpoint)),
      new Set([keys.checkpoints.keyOf(model)]),
    );
  });

  it('stages the access of the selected permissions, and says what it could not', async () => {
    await open();
    const [one, other] = permissionsOf(model);
    assert.ok(one && other);
    const checkpoint = keys.checkpoints.keyOf(model);
    const unknown = keys.projects.keyOf('proj_without_access');
    ask({
      type: 'stage',
      cells: [
        [checkpoint, keys.projects.keyOf(one.project_id)],
        [checkpoint, keys.projects.keyOf(other.project_id)],
        [checkpoint, keys.projects.keyOf(one.project_id)],
        [checkpoint, unknown],
        [999, 0],
      ],
    });
    assert.deepEqual(last('outcome'), { staged: 2, refused: [] });
    assert.deepEqual(
      organization.staged.changes.map(({ project, action }) => [project, action]),
      [
        [one.project_id, 'revoke'],
        [other.project_id, 'revoke'],
      ],
    );
  });

  it('opens and exports only permissions that are in a list', async () => {
    await open();
    const [first] = permissionsOf(model);
    assert.ok(first);
    const checkpoint = keys.checkpoints.keyOf(model);
    ask({ type: 'details', permission: [checkpoint, first.id] });
    ask({ type: 'details', permission: [checkpoint, 'cp_other'] });
    ask({ type: 'details', permission: [77, first.id] });
    assert.deepEqual(shown, [{ checkpoint: model, permissionId: first.id }]);
    ask({
      type: 'export',
      permissions: [
        [checkpoint, 'cp_other'],
        [checkpoint, first.id],
      ],
      filter: 'Project = Berth',
    });
    assert.deepEqual(exported, [[[{ checkpoint: model, permissionId: first.id }], 'Project = Berth']]);
  });

  it('passes what was chosen in the menu of a row on to the page, and copies IDs of rows that it knows', async () => {
    await open();
    const [first] = permissionsOf(model);
    assert.ok(first);
    const menu = { act: 'stage', key: 'a row' } as const;
    ask({ type: 'menu', menu });
    assert.deepEqual(last('menu'), menu);
    const row = [keys.checkpoints.keyOf(model), keys.projects.keyOf(first.project_id), first.id] as const;
    for (const of of ['permission', 'project', 'checkpoint'] as const)
      ask({ type: 'copyIds', of, rows: [row, row, [77, 77, 'cp_other']] });
    assert.deepEqual(copied, [
      ['permission', [first.id]],
      ['project', [first.project_id]],
      ['checkpoint', [model]],
    ]);
    for (const wrong of [
      { type: 'menu', menu: { act: 'delete', key: 'a' } },
      { type: 'copyIds', of: 'key', rows: [] },
    ])
      assert.equal(parsePermissionsRequest(wrong), undefined);
  });

  it('ignores what is no request, and sends texts that are safe to show', async () => {
    await open();
    const before = updates.length;
    for (const wrong of [
      undefined,
      null,
      'loadLog',
      { type: 'apply' },
      { type: 'stage' },
      { type: 'stage', cells: [[0]] },
      { type: 'stage', cells: [[-1, 0]] },
      { type: 'details', permission: [0] },
      { type: 'export', permissions: [[0, 'cp_1']] },
    ]) {
      assert.equal(parsePermissionsRequest(wrong), undefined);
      session.receive(wrong);
    }
    assert.equal(updates.length, before);
    const event = {
      id: 'audit_log-1',
      type: 'checkpoint.permission.created',
      effective_at: 1,
      actor: { type: 'session', session: { user: { id: 'user-1', email: hostile } } },
      'checkpoint.permission.created': { id: permissionsOf(model)[0]?.id },
    };
    const body = { object: 'list', data: [event], first_id: event.id, last_id: event.id, has_more: false };
    emulator.fail('auditLogs.list', faults.status(200, { body }), 1);
    ask({ type: 'loadLog' });
    await until(() => evidence().some(({ granters }) => granters.length > 0));
    const [[, granter = ''] = []] = evidence().flatMap(({ granters }) => granters);
    assert.ok(granter.length <= 200);
    assert.doesNotMatch(granter, /[\p{Cc}\u202e]/u);
  });

  it('parses no update with an invalid part', () => {
    const right = { type: 'permissions', now: 1 };
    assert.ok(parsePermissionsUpdate(right));
    for (const wrong of [
      { ...right, type: 'matrix' },
      { type: 'permissions' },
      { ...right, log: { state: 'none', isLoading: false, isLoadingAll: false } },
      { ...right, usage: { requests: 'three', unattributed: false, canStop: false } },
      {
        ...right,
        evidence: [
          { checkpoint: 0, permissions: 1, isReviewed: true, granters: [], uses: [], findings: [[0, ['x']]] },
        ],
      },
      { ...right, outcome: { staged: 1, refused: [{ why: 'has', count: 1, checkpoint: 0, project: 0 }] } },
    ])
      assert.equal(parsePermissionsUpdate(wrong), undefined, JSON.stringify(wrong));
  });
});

describe('the session of the Permissions tab with 10,000 permissions', () => {
  it('Truth 16: sends evidence in parts, each small, and all of it', async () => {
    const large = await loadedOrganization({ projects: 10_001, checkpoints: 1, oneIn: 1 });
    const [checkpoint = ''] = large.catalog.ids;
    large.usage.adopt({
      uses: new Map([
        [
          checkpoint,
          new Map(
            large.permissions
              .snapshot(checkpoint)
              .listing?.permissions.map(({ project_id }) => [
                project_id,
                { requests: 1, lastDay: 1, days: [1] },
              ]),
          ),
        ],
      ]),
      from: 0,
      loadedAt: large.now(),
    });
    const parts: PermissionsUpdate[] = [];
    let onPart = (): void => undefined;
    const session = new PermissionsSession(
      tabDependencies<PermissionsUpdate>(large, (message) => {
        parts.push(message);
        onPart();
      }),
    );
    session.sendAll();
    session.setVisible(true);
    const count = () =>
      parts.flatMap(({ evidence = [] }) => evidence).reduce((sum, { uses }) => sum + uses.length, 0);
    while (count() < 10_000)
      await new Promise<void>((resolve) => {
        onPart = resolve;
      });
    session.dispose();
    const messages = parts.flatMap(({ evidence = [] }) => evidence);
    assert.ok(messages.length >= 5);
    assert.ok(messages.every(({ uses, findings }) => uses.length <= 2000 && findings.length <= 2000));
    assert.deepEqual(
      messages.map(({ continues }) => continues ?? false),
      messages.map((_, index) => index > 0),
    );
    large.dispose();
  });
});

describe('evidence about a checkpoint', () => {
  it('believes no event of the log that contradicts the list', async () => {
    const loaded = await loadedOrganization({ projects: 4, checkpoints: 1, oneIn: 1 });
    const [checkpoint = ''] = loaded.catalog.ids;
    const [one, other, third] = loaded.permissions.snapshot(checkpoint).listing?.permissions ?? [];
    assert.ok(one && other && third);
    const created = (id: string, data?: object) => ({
      id: `log_${id}`,
      type: 'checkpoint.permission.created',
      effective_at: 1,
      actor: { session: { user: { id: 'user-1', email: 'ines@example.com' } } },
      'checkpoint.permission.created': { id, ...(data && { data }) },
    });
    const grants = atOnce(
      grantsIn([
        created(one.id, { project_id: one.project_id, fine_tuned_model_checkpoint: checkpoint }),
        created(other.id, { project_id: 'proj_elsewhere', fine_tuned_model_checkpoint: checkpoint }),
        created(third.id),
        { ...created('cp_nobody'), actor: null },
      ]),
    );
    assert.deepEqual([...grants.keys()], [one.id, other.id, third.id]);
    const { granters, isReviewed, uses } = atOnce(evidenceOf(loaded, checkpoint, grants, loaded.now()));
    assert.deepEqual(
      granters.map(([id, actor]) => [id, actor.id]),
      [
        [one.id, 'ines@example.com'],
        [third.id, 'ines@example.com'],
      ],
    );
    assert.equal(isReviewed, true);
    assert.deepEqual(uses, [], 'no usage is loaded');
    loaded.dispose();
  });
});
