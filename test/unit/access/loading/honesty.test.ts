import assert from 'node:assert/strict';
import { parseCheckpointId } from '../../../../src/access/ids/checkpointId';
import { currentAccess } from '../../../../src/access/loading/currentAccess';
import { NoLongerShownError } from '../../../../src/access/loading/snapshot';
import type { Organization } from '../../../../src/access/organization';
import { apply } from '../../../../src/access/plan/apply';
import { stillToDo } from '../../../../src/access/plan/lookAgain';
import { type Outcome, planToRetry, withLater } from '../../../../src/access/plan/outcome';
import { planGrants, planRevokes } from '../../../../src/access/plan/plan';
import { childrenOf } from '../../../../src/views/checkpoints/children';
import type { CheckpointNode } from '../../../../src/views/shared/nodes';
import { notLoadedSinceChange } from '../../../../src/words/checkpoints';
import { faults, ManualClock } from '../../../emulator/index';
import { changes, checkpoint, newProjects, organizationAt, projectsOnServer, usePlace } from '../support';

describe('what is shown is never more than what is known', () => {
  const place = usePlace(3);

  const target = () => ({ api: place.organization.api, store: place.organization.permissions });
  const rows = () => {
    const parsed = parseCheckpointId(checkpoint);
    assert.ok(parsed);
    const node: CheckpointNode = { kind: 'checkpoint', organization: place.organization, checkpoint: parsed };
    return childrenOf(node);
  };
  const kinds = () => rows().map(({ kind }) => kind);

  async function firstRevoke() {
    const [permission] = (await place.organization.permissions.read(checkpoint)).permissions;
    assert.ok(permission);
    return planRevokes([{ checkpoint, permission }]);
  }

  for (const [what, how] of Object.entries({
    forgotten: (one: Organization) => one.permissions.forget(checkpoint),
    closed: (one: Organization) => one.dispose(),
  })) {
    it(`a list that was ${what} while it was read is not “No permissions”`, async () => {
      place.emulator.hold();
      const read = place.organization.permissions.read(checkpoint);
      await place.emulator.requested(1);
      how(place.organization);
      await assert.rejects(read, NoLongerShownError);
      assert.deepEqual(kinds(), ['failure']);
    });
  }

  it('an organization that is closed asks nothing any more', async () => {
    place.organization.dispose();
    await assert.rejects(place.organization.permissions.readAgain(checkpoint), NoLongerShownError);
    await assert.rejects(
      place.organization.permissions.readProject(checkpoint, 'proj_a'),
      NoLongerShownError,
    );
    assert.equal(place.emulator.requests.length, 0);
  });

  it('an empty list from before a change is not “No permissions”', async () => {
    place.emulator.organization.addCheckpoint(checkpoint, { permissions: 0 });
    await place.organization.permissions.read(checkpoint);
    assert.deepEqual(kinds(), ['none']);
    place.organization.permissions.changed(checkpoint);
    assert.deepEqual(
      rows().map((row) => row.kind === 'failure' && row.what),
      [notLoadedSinceChange.what],
    );
    await place.organization.permissions.readAgain(checkpoint);
    assert.deepEqual(kinds(), ['none']);
  });

  it('rows from before a change say so when it cannot be read back, also after reading on', async () => {
    place.emulator.organization.addCheckpoint(checkpoint, { permissions: 150 });
    const plan = await firstRevoke();
    place.emulator.fail('permissions.list', faults.status(500), 1);
    const [outcome] = await apply(plan, target());
    assert.equal(outcome?.result, 'unverified');
    assert.equal(place.organization.permissions.snapshot(checkpoint).beforeChange, true);
    const [first] = rows();
    assert.ok(first?.kind === 'failure' && first.olderStanding?.doubts.includes('beforeYourChange'));
    await place.organization.permissions.readMore(checkpoint);
    assert.equal(place.organization.permissions.snapshot(checkpoint).beforeChange, true);
    assert.equal(rows()[0]?.kind, 'failure', 'reading on does not undo that');
    await place.organization.permissions.readAgain(checkpoint);
    assert.equal(place.organization.permissions.snapshot(checkpoint).beforeChange, undefined);
    assert.equal(rows()[0]?.kind, 'permission');
  });

  it('a list asked for before a change and answered after it is not taken for current', async () => {
    const plan = planGrants([checkpoint], newProjects(place.emulator, 1));
    const gate = place.emulator.hold('permissions.list', 'processed');
    const read = place.organization.permissions.read(checkpoint);
    await place.emulator.requested(1, 'permissions.list');
    const applying = apply(plan, target());
    await place.emulator.requested(2, 'permissions.list');
    gate.release();
    await applying;
    assert.equal((await read).permissions.length, 4, 'who asked before gets what was read back');
  });

  it('access that decides whether something is sent is read again when it is not from a moment ago', async () => {
    const clock = new ManualClock();
    const old = organizationAt(place.emulator, [checkpoint], clock.now);
    await old.permissions.read(checkpoint);
    const [project = ''] = projectsOnServer(place.emulator);
    const list = place.emulator.organization.state.checkpoints.get(checkpoint)?.permissions;
    const [permission] = list?.ofProject(project) ?? [];
    list?.remove(permission?.id ?? '');
    assert.equal(
      (await currentAccess(old.permissions, checkpoint, [project])).byProject.get(project)?.length,
      1,
    );
    clock.advance(61_000);
    assert.deepEqual(
      (await currentAccess(old.permissions, checkpoint, [project])).byProject.get(project),
      [],
    );
    old.dispose();
  });

  /** Revokes a permission by a DELETE that is sent twice, with what `arrange` does before it. */
  async function revokeByTwoRequests(arrange: (permissionId: string) => void) {
    const retrying = organizationAt(place.emulator, [checkpoint], Date.now, 1);
    const [permission] = (await retrying.permissions.read(checkpoint)).permissions;
    assert.ok(permission);
    arrange(permission.id);
    const [outcome] = await apply(planRevokes([{ checkpoint, permission }]), {
      api: retrying.api,
      store: retrying.permissions,
    });
    assert.deepEqual(changes(place.emulator), ['DELETE', 'DELETE']);
    retrying.dispose();
    return outcome;
  }

  it('Truth 4: a revoke whose first answer was lost is perhaps ours, not somebody else’s', async () => {
    const outcome = await revokeByTwoRequests(() =>
      place.emulator.fail('permissions.delete', faults.resetAfterProcessing, 1),
    );
    assert.ok(outcome?.result === 'done' && outcome.by === 'perhapsUs');
  });

  it('Truth 4: so is one whose second answer says that it did not delete', async () => {
    const outcome = await revokeByTwoRequests((id) => {
      const body = { id, object: 'checkpoint.permission', deleted: false };
      place.emulator.fail('permissions.delete', faults.status(200, { body }), 1);
      place.emulator.fail('permissions.delete', faults.resetAfterProcessing, 1);
    });
    assert.ok(outcome?.result === 'done' && outcome.by === 'perhapsUs');
  });

  it('a DELETE that was lost and then not carried out may still happen, and its retry remembers it', async () => {
    const retrying = organizationAt(place.emulator, [checkpoint], Date.now, 1);
    const [permission] = (await retrying.permissions.read(checkpoint)).permissions;
    assert.ok(permission);
    const body = { id: permission.id, object: 'checkpoint.permission', deleted: false };
    place.emulator.fail('permissions.delete', faults.status(200, { body }), 1);
    place.emulator.fail('permissions.delete', faults.resetBeforeAnswer, 1);
    const outcomes = await apply(planRevokes([{ checkpoint, permission }]), {
      api: retrying.api,
      store: retrying.permissions,
    });
    const [outcome] = outcomes;
    assert.ok(outcome?.result === 'failed' && outcome.mayStillHappen);
    assert.equal(planToRetry(outcomes).tried?.size, 1);
    retrying.dispose();
  });

  it('a change without an answer that is not there yet may still happen, and that is said', async () => {
    place.emulator.fail('permissions.create', faults.resetBeforeAnswer, 1);
    const [outcome] = await apply(planGrants([checkpoint], newProjects(place.emulator, 1)), target());
    assert.ok(outcome?.result === 'failed' && outcome.mayStillHappen && outcome.readBack);
  });

  it('a server that says that it did not delete is believed', async () => {
    const plan = await firstRevoke();
    const [step] = plan.steps;
    assert.ok(step?.action === 'revoke');
    const body = { id: step.permissionId, object: 'checkpoint.permission', deleted: false };
    place.emulator.fail('permissions.delete', faults.status(200, { body }));
    const [outcome] = await apply(plan, target());
    assert.ok(outcome?.result === 'failed' && !outcome.mayStillHappen);
  });

  it('a cancel spares the change that is on its way', async () => {
    const plan = await firstRevoke();
    const gate = place.emulator.hold('permissions.delete', 'arrived');
    const abort = new AbortController();
    const applying = apply(plan, target(), { signal: abort.signal });
    await place.emulator.requested(1, 'permissions.delete');
    abort.abort();
    gate.release();
    const [outcome] = await applying;
    assert.equal(outcome?.result, 'done');
  });

  it('many grants are verified by the pages that they fill', async () => {
    const outcomes = await apply(planGrants([checkpoint], newProjects(place.emulator, 150)), target());
    assert.ok(outcomes.every(({ result }) => result === 'done'));
    assert.equal(place.emulator.requests.length, 4, 'one POST, two pages, and the first one again');
  });

  it('what is still to be done is read anew before anything is sent again', async () => {
    const projects = newProjects(place.emulator, 2);
    const plan = planGrants([checkpoint], projects);
    const found = place.emulator.organization.state.checkpoints.get(checkpoint);
    assert.ok(found);
    place.emulator.organization.state.addPermission(found, projects[0] ?? '', Math.floor(Date.now() / 1000));
    const { left, done } = await stillToDo(plan, place.organization.permissions);
    assert.deepEqual(
      left.steps.map(({ project }) => project),
      [projects[1]],
    );
    const [outcome, another] = done;
    assert.ok(outcome?.result === 'done' && outcome.by === 'others' && another === undefined);
    assert.equal(outcome.permission?.project_id, projects[0]);
  });

  it('Truth 4: what is found to be in effect is perhaps ours where an earlier request may have done it', async () => {
    const { emulator, organization } = place;
    const { state } = emulator.organization;
    emulator.fail('permissions.create', faults.resetBeforeAnswer, 1);
    const outcomes = await apply(planGrants([checkpoint], newProjects(emulator, 1)), target());
    const [failed] = outcomes;
    const found = state.checkpoints.get(checkpoint);
    assert.ok(failed?.result === 'failed' && found);
    state.addPermission(found, failed.step.project);
    const { left, done } = await stillToDo(planToRetry(outcomes), organization.permissions);
    assert.deepEqual(left.steps, []);
    const [outcome] = withLater(outcomes, done);
    assert.ok(outcome?.result === 'done' && outcome.by === 'perhapsUs');
  });

  it('a step that is not sent once more keeps the outcome of the request that was', () => {
    const { steps } = planGrants([checkpoint], ['one', 'two', 'three']);
    const [first, second, third] = steps;
    assert.ok(first && second && third);
    const unknown: Outcome = { step: first, result: 'unknown', error: new Error('lost') };
    const held: Outcome = { step: third, result: 'notSent', error: new Error('full') };
    const before: Outcome[] = [
      unknown,
      { step: second, result: 'notSent' },
      { step: third, result: 'notSent' },
    ];
    const done: Outcome = { step: second, result: 'done', by: 'us' };
    const later = [{ step: first, result: 'notSent' } as const, done, held];
    assert.deepEqual(withLater(before, later), [unknown, done, held]);
    assert.deepEqual(withLater([], later), later);
  });

  it('an old failure decides nothing: whoever decides reads again', async () => {
    place.emulator.fail('permissions.list', faults.status(500), 1);
    await assert.rejects(place.organization.permissions.read(checkpoint));
    const [project = ''] = projectsOnServer(place.emulator);
    const { byProject } = await currentAccess(place.organization.permissions, checkpoint, [project]);
    assert.equal(byProject.get(project)?.length, 1);
  });

  it('reading on that fails does not make older rows current', async () => {
    place.emulator.organization.addCheckpoint(checkpoint, { permissions: 150 });
    const store = place.organization.permissions;
    await store.read(checkpoint);
    place.emulator.fail('permissions.list', faults.status(403), 2);
    await assert.rejects(store.readAgain(checkpoint));
    await assert.rejects(store.readMore(checkpoint));
    assert.equal(store.snapshot(checkpoint).failure?.during, 'read');
    assert.equal(rows()[0]?.kind, 'failure');
  });

  it('a cancel while it is read back ends the reading, and says that it is not verified', async () => {
    const plan = await firstRevoke();
    place.emulator.hold('permissions.list');
    const abort = new AbortController();
    const applying = apply(plan, target(), { signal: abort.signal });
    await place.emulator.requested(2, 'permissions.list');
    abort.abort();
    const [outcome] = await applying;
    assert.equal(outcome?.result, 'unverified');
  });

  it('reads that wait can be cancelled together, and the waits are told', async () => {
    const patient = organizationAt(place.emulator, [checkpoint], Date.now, 1);
    place.emulator.fail('permissions.list', faults.tooManyRequests({ retryAfter: 300 }), 1);
    const waiting = new Promise<void>((resolve) => patient.permissions.onDidChangeWaits(resolve));
    const read = patient.permissions.read(checkpoint);
    await waiting;
    const [wait] = patient.permissions.waits;
    assert.equal(wait?.checkpoint, checkpoint);
    assert.equal(wait.reason, 'rate-limit');
    patient.permissions.cancelWaits();
    await assert.rejects(read, /abort/i);
    assert.deepEqual(patient.permissions.waits, []);
    patient.dispose();
  });
});
