import assert from 'node:assert/strict';
import { History } from '../../../src/access/evidence/history/history';
import { Journal } from '../../../src/access/journal/journal';
import { MemoryStorage } from '../../../src/access/journal/storage';
import { emptyListing } from '../../../src/access/loading/listing';
import type { Organization } from '../../../src/access/organization';
import { apply, type Target } from '../../../src/access/plan/apply';
import { checkNow } from '../../../src/access/plan/checkNow';
import type { Outcome } from '../../../src/access/plan/outcome';
import { planGrants, planRevokes } from '../../../src/access/plan/plan';
import { isAsShown } from '../../../src/access/plan/shownPlan';
import { differenceOf, stillHolds } from '../../../src/access/plan/stillHolds';
import { inSlices } from '../../../src/access/slices';
import { mostStaged } from '../../../src/access/thresholds';
import type { AuditLog, Permission } from '../../../src/openai';
import { pageMessageText } from '../../../src/protocol/accessPage';
import type { PageUpdate } from '../../../src/protocol/matrix';
import type { PermissionsUpdate } from '../../../src/protocol/permissions';
import { MatrixSession } from '../../../src/views/access/matrix/session';
import { PermissionsSession } from '../../../src/views/access/permissions/session';
import { longestTurn } from '../../growth/blocks';
import { checkpointId, loadedOrganization, now, projectId } from '../../growth/organization';
import { tabDependencies } from '../../tabDependencies';
import { newPlan } from '../access/journal/support';

const checkpoint = checkpointId(0);

/** Updates of a session, to wait for. */
class Updates<Update> {
  #onUpdate: (update: Update) => void = () => undefined;

  readonly post = (update: Update): void => this.#onUpdate(update);

  /** Resolves with the first update that is what is waited for. */
  until(isMet: (update: Update) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#onUpdate = (update) => isMet(update) && resolve();
    });
  }
}

/** The event of each grant. */
function eventsOf(permissions: readonly Permission[]): AuditLog[] {
  return permissions.map(({ id, project_id, created_at }, index) => ({
    id: `audit_log-${index}`,
    type: 'checkpoint.permission.created',
    effective_at: created_at,
    actor: { type: 'session', session: { user: { id: `user-${index}`, email: `${index}@example.com` } } },
    'checkpoint.permission.created': { id, data: { project_id, fine_tuned_model_checkpoint: checkpoint } },
  }));
}

describe('Truth 5: no long turn with 10,000 permissions', () => {
  let organization: Organization;

  beforeEach(async () => {
    organization = await loadedOrganization({ projects: mostStaged + 1, checkpoints: 1, oneIn: 1 });
  });
  afterEach(() => organization.dispose());

  /** A session that has numbers for all projects. */
  function dependencies<Update>(updates: Updates<Update>) {
    const made = tabDependencies<Update>(organization, updates.post, { now: () => now });
    made.keys.checkpoints.keyOf(checkpoint);
    const projects = Array.from({ length: mostStaged }, (_, index) =>
      made.keys.projects.keyOf(projectId(index + 1)),
    );
    return { made, projects };
  }

  it('to send what is known beside them', async () => {
    const permissions = organization.permissions.snapshot(checkpoint).listing?.permissions ?? [];
    const used = permissions.map(
      ({ project_id }) => [project_id, { requests: 1, lastDay: 1, days: [1] }] as const,
    );
    organization.usage.adopt({
      uses: new Map([[checkpoint, new Map(used)]]),
      from: 0,
      loadedAt: organization.now(),
    });
    organization.trail.adopt({
      events: eventsOf(permissions),
      ending: { kind: 'complete' },
      loadedAt: organization.now(),
    });
    const updates = new Updates<PermissionsUpdate>();
    const session = new PermissionsSession(dependencies(updates).made);
    session.setVisible(true);
    const ms = await longestTurn(() => {
      let granters = 0;
      const all = updates.until(({ evidence = [] }) => {
        for (const each of evidence) granters += each.granters.length;
        return granters === mostStaged;
      });
      session.sendAll();
      return all;
    });
    session.dispose();
    assert.ok(ms < 50, `${ms} ms`);
  });

  it('to make a plan of all, and to compare it with what was shown', async () => {
    const { staged, permissions } = organization;
    const listed = permissions.snapshot(checkpoint).listing?.permissions ?? [];
    staged.stage(listed.map(({ project_id }) => ({ checkpoint, project: project_id, action: 'revoke' })));
    const make = () => inSlices(staged.toPlan((id) => permissions.snapshot(id)));
    let isSame = false;
    const ms = await longestTurn(async () => {
      const [shown, again] = [await make(), await make()];
      const checked = checkNow(organization, again.plan);
      isSame = await inSlices(isAsShown(checked, { plan: shown.plan, warnings: [] }));
      assert.equal(await inSlices(differenceOf(shown.plan, again.plan, () => true)), undefined);
      assert.ok(stillHolds(again.plan, permissions));
    });
    assert.ok(isSame);
    assert.ok(ms < 50, `${ms} ms`);
  });

  it('to grant them all, and to judge each by the list that is read back', async () => {
    const { permissions } = organization;
    const data = permissions.snapshot(checkpoint).listing?.permissions ?? [];
    const projects = data.map(({ project_id }) => project_id);
    const basis = new Map([[checkpoint, { listing: emptyListing(permissions.now()) }]]);
    const api = {
      create: async () => ({ object: 'list', data, has_more: false }),
      delete: () => Promise.reject(new Error('Nothing is revoked.')),
    } as unknown as Target['api'];
    let outcomes: readonly Outcome[] = [];
    const ms = await longestTurn(async () => {
      const plan = { ...planGrants([checkpoint], projects), basis };
      const recorder = await new Journal(new MemoryStorage()).begin(newPlan(plan));
      outcomes = await apply(plan, { api, store: permissions }, { recorder });
    });
    assert.equal(outcomes.filter((each) => each.result === 'done').length, mostStaged);
    assert.ok(ms < 50, `${ms} ms`);
  });

  it('to merge the log with as many changes of this computer', async () => {
    const { id, catalog, permissions, trail } = organization;
    const listed = permissions.snapshot(checkpoint).listing?.permissions ?? [];
    trail.adopt({ events: eventsOf(listed), ending: { kind: 'complete' }, loadedAt: organization.now() });
    const journal = new Journal(new MemoryStorage());
    const plan = planRevokes(listed.map((permission) => ({ checkpoint, permission })));
    const entry = await journal.begin(newPlan(plan));
    await entry.sending(plan.steps);
    await entry.answered(plan.steps, { kind: 'accepted' });
    await entry.end('applied');
    const { accounts, unreadable } = await journal.read('test');
    const read = async () => ({ accounts, unreadable });
    let changes = 0;
    const ms = await longestTurn(async () => {
      const history = new History({ id, catalog, permissions, trail, journal: async () => ({ read }) });
      await history.readJournal();
      changes = (await history.readyFor({})).changes.length;
    });
    assert.equal(changes, 2 * mostStaged);
    assert.ok(ms < 50, `${ms} ms`);
  });

  it('to stage the revoke of each from the list', async () => {
    const updates = new Updates<PermissionsUpdate>();
    const { made, projects } = dependencies(updates);
    const session = new PermissionsSession(made);
    const ms = await longestTurn(() => {
      organization.staged.clear();
      const told = updates.until(({ outcome }) => outcome?.staged === mostStaged);
      session.receive({ type: 'stage', cells: projects.map((project) => [0, project]) });
      return told;
    });
    session.dispose();
    assert.ok(ms < 50, `${ms} ms`);
  });

  it('to send a page that has nothing all that is staged and listed, in updates of bounded size', async () => {
    const listed = organization.permissions.snapshot(checkpoint).listing?.permissions ?? [];
    organization.staged.stage(
      listed.map(({ project_id }) => ({ checkpoint, project: project_id, action: 'revoke' })),
    );
    const updates = new Updates<PageUpdate>();
    const session = new MatrixSession(dependencies(updates).made);
    const parts: string[][] = [];
    const ms = await longestTurn(() => {
      parts.length = 0;
      const told = updates.until((update) => {
        parts.push(['staged', 'projects', 'rows'].filter((part) => part in update));
        pageMessageText({ to: 'matrix', update });
        return 'rows' in update;
      });
      session.sendAll();
      return told;
    });
    session.dispose();
    assert.deepEqual(parts, [['staged'], ['projects'], ['rows']]);
    assert.ok(ms < 50, `${ms} ms`);
  });

  it('to stage a row of the matrix, and does that before what is asked next', async () => {
    const updates = new Updates<PageUpdate>();
    const { made, projects } = dependencies(updates);
    const session = new MatrixSession(made);
    session.sendAll();
    const ms = await longestTurn(() => {
      organization.staged.clear();
      const told = updates.until(
        ({ refused, staged }) => refused !== undefined && staged?.length === mostStaged,
      );
      session.receive({ type: 'stage', checkpoints: [0], projects, action: 'revoke' });
      return told;
    });
    assert.ok(ms < 50, `${ms} ms`);
    organization.staged.clear();
    session.receive({ type: 'stage', checkpoints: [0], projects, action: 'revoke' });
    session.receive({ type: 'discard' });
    assert.equal(organization.staged.size, 0);
    await new Promise(setImmediate);
    assert.equal(organization.staged.size, 0, 'what was begun before does not come later');
    session.dispose();
  });
});
