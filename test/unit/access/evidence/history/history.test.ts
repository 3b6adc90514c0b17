import assert from 'node:assert/strict';
import { History } from '../../../../../src/access/evidence/history/history';
import { Journal } from '../../../../../src/access/journal/journal';
import { MemoryStorage } from '../../../../../src/access/journal/storage';
import { apply } from '../../../../../src/access/plan/apply';
import { planGrants, planRevokes } from '../../../../../src/access/plan/plan';
import { AuditRecord } from '../../../../../src/sample/state/auditRecord';
import { toDate } from '../../../../../src/text/steadyClock';
import { cursorTraps, faults } from '../../../../emulator/index';
import { newPlan } from '../../journal/support';
import { checkpoint, steadyOrganizationAt, usePlace } from '../../support';

describe('the history of an organization', () => {
  const place = usePlace(150);
  let journal: Journal;
  let history: History;
  beforeEach(() => {
    journal = new Journal(new MemoryStorage());
    const { organization } = place;
    const { id, catalog, permissions, trail } = organization;
    history = new History({
      id,
      catalog,
      permissions,
      trail,
      journal: async () => journal,
    });
  });
  const sent = () => place.emulator.requests.filter(({ endpoint }) => endpoint === 'auditLogs.list');
  const logOf = () => new AuditRecord(place.emulator.organization.state).newestFirst;
  /** The failed part of the log, and the status of the refusal. */
  const failed = () => {
    const { during, error } = history.snapshot.log.failure ?? {};
    return [during, (error as { status?: number } | undefined)?.status];
  };
  const ending = () => history.snapshot.log.ending.kind;
  const inLog = () => logOf().filter(({ type }) => type.startsWith('checkpoint.permission.')).length;

  it('Truth 28: asks nothing before somebody asks, not even when the journal is shown', async () => {
    assert.equal(history.snapshot.changes.length, 0);
    const plan = planGrants([checkpoint], ['proj_a']);
    const entry = await journal.begin(newPlan(plan));
    await entry.end('applied');
    await history.readJournal();
    assert.equal(history.isLogUnread, true);
    assert.equal(ending(), 'unread');
    assert.deepEqual(place.emulator.requests, []);
    await history.read();
    assert.equal(history.isLogUnread, false);
    assert.equal(sent().length, 1);
  });

  it('Truth 15: knows when the log was loaded after the clock was set back', async () => {
    const { now } = Date;
    let back = 0;
    Date.now = () => now() - back;
    const organization = steadyOrganizationAt(place.emulator);
    back = 3_600_000;
    try {
      const { readAt } = await organization.trail.read();
      assert.ok(readAt !== undefined);
      assert.ok(Math.abs(toDate(readAt) - Date.now()) < 60_000);
    } finally {
      Date.now = now;
      organization.dispose();
    }
  });

  it('reads a page of 100 a request, the older ones on demand and none twice', async () => {
    await Promise.all([history.read(), history.read()]);
    await history.read();
    assert.equal(sent().length, 1);
    assert.equal(history.snapshot.changes.length, 100);
    assert.equal(ending(), 'more');
    assert.ok(history.snapshot.oldestLoggedAt);
    while (ending() === 'more') await history.readOlder();
    assert.equal(history.snapshot.changes.length, inLog());
    assert.equal(sent().length, Math.ceil(inLog() / 100));
    assert.equal(ending(), 'complete');
    await history.readOlder();
    assert.equal(sent().length, Math.ceil(inLog() / 100));
    assert.equal(new Set(sent().map(({ query }) => query.after)).size, sent().length);
  });

  it('reads only what is new when it is refreshed, and knows whose revoke it was', async () => {
    await history.read();
    const { permissions, target } = place.organization;
    const [newest] = (await permissions.read(checkpoint)).permissions;
    assert.ok(newest);
    const plan = planRevokes([{ checkpoint, permission: newest }]);
    const entry = await journal.begin(newPlan(plan));
    await apply(plan, target, { recorder: entry });
    await entry.end('applied');
    await history.refresh();
    assert.equal(sent().length, 2);
    const { changes } = history.snapshot;
    assert.equal(changes.length, 101);
    const [revoke] = changes.filter(({ permission }) => permission === newest.id);
    assert.deepEqual(
      [revoke?.action, revoke?.project, revoke?.checkpoint, revoke?.own?.steps],
      ['revoked', newest.project_id, checkpoint, plan.steps],
    );
    assert.ok(revoke?.logged);
  });

  it('leaves out what was done with the key of another organization, and says so', async () => {
    const { origin } = new URL(place.emulator.baseURL);
    const { permissions } = await place.organization.permissions.read(checkpoint);
    const [one, other] = permissions;
    assert.ok(one && other);
    for (const [permission, organization] of [
      [one, 'harbor-labs'],
      [other, 'juniper'],
    ] as const) {
      const plan = planRevokes([{ checkpoint, permission }]);
      const entry = await journal.begin(
        newPlan(plan, { whose: { origin, organization, key: organization } }),
      );
      await entry.sending(plan.steps);
      await entry.answered(plan.steps, { kind: 'accepted' });
      await entry.end('applied');
    }
    const { id, catalog, trail, permissions: store } = place.organization;
    const told = new History({
      id,
      catalog,
      permissions: store,
      trail,
      journal: async () => journal,
      identity: { origin, organization: 'harbor-labs', key: 'another key' },
    });
    const snapshot = await told.read();
    const own = snapshot.changes.filter((change) => change.own);
    assert.deepEqual(
      own.map(({ permission }) => permission),
      [one.id],
    );
    assert.equal(snapshot.otherOrganizationPlans, 1);
  });

  it('remembers what a list showed for a revoke that somebody else makes', async () => {
    await place.organization.permissions.read(checkpoint);
    const { state } = place.emulator.organization;
    const list = state.checkpoints.get(checkpoint)?.permissions;
    const gone = list?.all().at(0);
    assert.ok(gone);
    await place.organization.permissions.readAll(checkpoint);
    await place.organization.api.delete(gone.id, { fine_tuned_model_checkpoint: checkpoint });
    await history.read();
    const revoke = history.snapshot.changes.find(({ action }) => action === 'revoked');
    // The grant is on a page of the log that is not loaded.
    assert.deepEqual(
      [revoke?.permission, revoke?.project, revoke?.origin],
      [gone.id, gone.project_id, 'list'],
    );
  });

  it('keeps what it has, and says so, when a further page or a refresh fails', async () => {
    await history.read();
    place.emulator.fail('auditLogs.list', faults.status(500), 1);
    await history.readOlder();
    assert.equal(history.snapshot.changes.length, 100);
    assert.deepEqual(failed(), ['older', 500]);
    place.emulator.fail('auditLogs.list', faults.status(500), 1);
    await history.refresh();
    assert.deepEqual(failed(), ['newest', 500]);
    place.emulator.fail('auditLogs.list', faults.status(404), 1);
    await history.refresh();
    assert.deepEqual(failed(), ['newest', 404]);
    await history.readOlder();
    assert.equal(history.snapshot.changes.length, Math.min(inLog(), 200));
    assert.deepEqual(failed(), ['newest', 404], 'it stays said');
    await history.refresh();
    assert.equal(history.snapshot.log.failure, undefined);
  });

  it('tells what this computer did when the log cannot be read, and never that nothing happened', async () => {
    place.emulator.removeScopes('api.audit_logs.read');
    place.emulator.fail('auditLogs.list', faults.status(403));
    await history.read();
    const { changes, log } = history.snapshot;
    assert.equal(changes.length, 0);
    assert.equal(log.readAt, undefined);
    assert.deepEqual(failed(), ['newest', 403]);
    await history.read();
    assert.equal(sent().length, 1, 'a failure is not tried again by itself');
  });

  it('says when the journal cannot be read', async () => {
    journal.read = () => Promise.reject(new Error('no such disk'));
    await history.read();
    assert.equal(history.snapshot.changes.length, 100);
    assert.match(String(history.snapshot.journalFailure), /no such disk/);
  });

  it('Truth 17: says how many records of the journal cannot be read, and shows the others', async () => {
    journal.read = async () => ({ accounts: [], unreadable: 2 });
    await history.read();
    assert.equal(history.snapshot.unreadableRecords, 2);
    assert.equal(history.snapshot.journalFailure, undefined);
  });

  it('begins anew after another organization was shown meanwhile', async () => {
    const gate = place.emulator.hold('auditLogs.list');
    const reading = history.read();
    await place.emulator.requested(1, 'auditLogs.list');
    place.organization.pause();
    await reading;
    assert.equal(history.snapshot.log.readAt, undefined);
    assert.equal(history.snapshot.log.failure, undefined, 'nobody cancelled it');
    gate.release();
    place.organization.resume();
    await history.read();
    assert.equal(history.snapshot.changes.length, 100);
  });

  it('ends where the server’s pages lead nowhere, says so, and does not ask again', async () => {
    place.emulator.fail('auditLogs.list', cursorTraps.emptyPage, 1);
    await history.read();
    await history.readOlder();
    assert.equal(sent().length, 1);
    assert.deepEqual(history.snapshot.log.ending, { kind: 'incomplete', reason: 'emptyPage' });
  });

  it('ends where a cursor does not advance', async () => {
    await history.read();
    place.emulator.fail('auditLogs.list', cursorTraps.standingCursor);
    await history.readOlder();
    await history.readOlder();
    await history.readOlder();
    assert.ok(sent().length <= 3, `${sent().length} requests`);
    assert.deepEqual(history.snapshot.log.ending, { kind: 'incomplete', reason: 'repeatedPage' });
  });
});
