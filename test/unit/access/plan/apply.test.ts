import assert from 'node:assert/strict';
import { type ApplyProgress, apply } from '../../../../src/access/plan/apply';
import {
  NotListedYetError,
  type Outcome,
  retriable,
  unverifiedIn,
} from '../../../../src/access/plan/outcome';
import { planGrants, planRevokes } from '../../../../src/access/plan/plan';
import { checkAgain } from '../../../../src/access/plan/verify';
import { listLag } from '../../../../src/access/thresholds';
import { BadRequestError, NotFoundError } from '../../../../src/openai/index';
import { faults } from '../../../emulator/index';
import { changes, checkpoint, newProjects, projectsOnServer, usePlace } from '../support';

const other = `${checkpoint}:ckpt-step-8`;

describe('applying a plan', () => {
  const place = usePlace(12, (emulator) => emulator.organization.addCheckpoint(other));

  const target = () => ({ api: place.organization.api, store: place.organization.permissions });
  const results = (outcomes: readonly Outcome[]) => outcomes.map(({ result }) => result);
  const lists = () =>
    place.emulator.requests.filter(({ endpoint }) => endpoint === 'permissions.list').length;

  async function revokesOf(count: number) {
    const { permissions } = await place.organization.permissions.read(checkpoint);
    return planRevokes(permissions.slice(0, count).map((permission) => ({ checkpoint, permission })));
  }

  it('grants all projects of a checkpoint in one request and reads each checkpoint back once', async () => {
    const projects = newProjects(place.emulator, 10);
    const outcomes = await apply(planGrants([checkpoint, other], projects), target());
    assert.deepEqual(new Set(results(outcomes)), new Set(['done']));
    assert.deepEqual(changes(place.emulator), ['POST', 'POST']);
    assert.equal(lists(), 2);
    assert.deepEqual(projectsOnServer(place.emulator, other).sort(), [...projects].sort());
    const shown = place.organization.permissions
      .snapshot(other)
      .listing?.permissions.map((each) => each.project_id);
    assert.deepEqual(shown?.sort(), [...projects].sort(), 'what is shown was read back');
  });

  it('sends a project named twice once', async () => {
    const [project = ''] = newProjects(place.emulator, 1);
    const outcomes = await apply(planGrants([other], [project, project]), target());
    assert.deepEqual(results(outcomes), ['done', 'done']);
    assert.deepEqual(place.emulator.requests[0]?.body, { project_ids: [project] });
  });

  it('of ten revokes, two failing leaves eight revoked and two explained', async () => {
    const plan = await revokesOf(10);
    const failing = plan.steps.slice(3, 5).map((step) => (step.action === 'revoke' ? step.permissionId : ''));
    for (const id of failing) {
      place.emulator.fail({ method: 'DELETE', path: new RegExp(id) }, faults.status(403));
    }
    const outcomes = await apply(plan, target());
    assert.deepEqual(
      results(outcomes),
      plan.steps.map((_, index) => (index === 3 || index === 4 ? 'failed' : 'done')),
    );
    assert.equal(projectsOnServer(place.emulator).length, 4);
    assert.equal(place.organization.permissions.snapshot(checkpoint).listing?.permissions.length, 4);
  });

  it('tells by reading back that a grant took effect although its answer was lost', async () => {
    place.emulator.fail('permissions.create', faults.resetAfterProcessing, 1);
    const projects = newProjects(place.emulator, 2);
    const outcomes = await apply(planGrants([other], projects), target());
    assert.deepEqual(results(outcomes), ['done', 'done']);
    assert.deepEqual(changes(place.emulator), ['POST'], 'nothing is sent twice');
  });

  it('tells by reading back that a revoke took effect although its answer was lost', async () => {
    place.emulator.fail('permissions.delete', faults.resetAfterProcessing, 1);
    const outcomes = await apply(await revokesOf(1), target());
    assert.deepEqual(results(outcomes), ['done']);
  });

  it('says that it is not known when neither the answer nor the list can be had', async () => {
    place.emulator.fail('permissions.create', faults.resetAfterProcessing, 1);
    place.emulator.fail('permissions.list', faults.status(500));
    const outcomes = await apply(planGrants([other], newProjects(place.emulator, 1)), target());
    assert.deepEqual(results(outcomes), ['unknown']);
  });

  it('says that an accepted change is unverified when the list cannot be read back', async () => {
    place.emulator.fail('permissions.list', faults.html(502));
    const outcomes = await apply(planGrants([other], newProjects(place.emulator, 3)), target());
    assert.deepEqual(results(outcomes), ['unverified', 'unverified', 'unverified']);
    assert.equal(lists(), 1, 'a list that cannot be read is not asked for step by step');
  });

  it('lists again after a refused batch: the owning project spoils it for all', async () => {
    const owner = place.emulator.organization.state.checkpoints.get(other)?.owner ?? '';
    const [project = ''] = newProjects(place.emulator, 1);
    const outcomes = await apply(planGrants([other], [owner, project]), target());
    assert.deepEqual(results(outcomes), ['failed', 'failed']);
    assert.ok(outcomes.every((each) => each.result === 'failed' && each.error instanceof BadRequestError));
    assert.equal(lists(), 1);
    assert.deepEqual(projectsOnServer(place.emulator, other), []);
  });

  it('counts a permission that somebody else revoked as done, by others', async () => {
    const plan = await revokesOf(1);
    const [step] = plan.steps;
    assert.ok(step?.action === 'revoke');
    place.emulator.organization.state.checkpoints.get(checkpoint)?.permissions.remove(step.permissionId);
    const [outcome] = await apply(plan, target());
    assert.deepEqual(outcome, { step, result: 'done', by: 'others' });
  });

  it('does not take a 404 for success while the permission is still there', async () => {
    place.emulator.fail('permissions.delete', faults.status(404));
    const [outcome] = await apply(await revokesOf(1), target());
    assert.ok(outcome?.result === 'failed' && outcome.error instanceof NotFoundError);
  });

  describe('accepted and not listed yet', () => {
    /** A revoke that the server accepts and does not carry out, or does so only after the list was read. */
    async function acceptedRevoke() {
      const plan = await revokesOf(1);
      const [step] = plan.steps;
      assert.ok(step?.action === 'revoke');
      const { permissionId: id } = step;
      const answer = { id, object: 'checkpoint.permission', deleted: true };
      place.emulator.fail('permissions.delete', faults.status(200, { body: answer }));
      const takeEffect = () =>
        place.emulator.organization.state.checkpoints.get(checkpoint)?.permissions.remove(id);
      return { plan, step, takeEffect };
    }

    it('Truth 8: waits once, reads again, and then says that it is not confirmed yet, never that it failed', async () => {
      const { plan, step } = await acceptedRevoke();
      const pauses: number[] = [];
      const seen: ApplyProgress[] = [];
      const pause = async (milliseconds: number) => void pauses.push(milliseconds);
      const before = lists();
      const [outcome] = await apply(
        plan,
        { ...target(), pause },
        {
          onProgress: (progress) => seen.push(progress),
        },
      );
      assert.ok(outcome?.result === 'unverified' && outcome.why === 'notListed');
      assert.ok(outcome.error instanceof NotListedYetError);
      assert.deepEqual(outcome.error.step, step);
      assert.deepEqual(pauses, [listLag]);
      assert.equal(lists() - before, 2);
      assert.ok(seen.some((progress) => progress.doing === 'waiting' && progress.reason === 'list'));
      assert.deepEqual(retriable([outcome]), [], 'what was accepted is not sent a second time');
    });

    it('Truth 8: is done when the second reading shows it', async () => {
      const { plan, takeEffect } = await acceptedRevoke();
      const pause = async () => void takeEffect();
      const [outcome] = await apply(plan, { ...target(), pause });
      assert.ok(outcome?.result === 'done' && outcome.by === 'us');
    });

    it('Truth 8: is said at once when canceled while it is waited for', async () => {
      const { plan } = await acceptedRevoke();
      const abort = new AbortController();
      const pause = async () => abort.abort();
      const before = lists();
      const [outcome] = await apply(plan, { ...target(), pause }, { signal: abort.signal });
      assert.ok(outcome?.result === 'unverified' && outcome.why === 'notListed');
      assert.equal(lists() - before, 1);
    });

    it('Truth 8: the wait itself ends with a cancel', async () => {
      const { plan } = await acceptedRevoke();
      const abort = new AbortController();
      const [outcome] = await apply(plan, target(), {
        signal: abort.signal,
        onProgress: ({ doing }) => {
          if (doing === 'waiting') setImmediate(() => abort.abort());
        },
      });
      assert.equal(outcome?.result, 'unverified');
    });

    it('Truth 8: Check Again only reads, and tells what it finds then', async () => {
      const { plan, takeEffect } = await acceptedRevoke();
      const outcomes = await apply(plan, { ...target(), pause: async () => undefined });
      const { permissions } = place.organization;
      const sent = changes(place.emulator).length;
      const [still] = await checkAgain(unverifiedIn(outcomes), permissions);
      assert.equal(still?.result, 'unverified');
      takeEffect();
      const [outcome] = await checkAgain(unverifiedIn(outcomes), permissions);
      assert.ok(outcome?.result === 'done' && outcome.by === 'us');
      assert.equal(changes(place.emulator).length, sent);
      place.emulator.fail('permissions.list', faults.status(500));
      const [unread] = await checkAgain(unverifiedIn(outcomes), permissions);
      assert.ok(unread?.result === 'unverified' && unread.why === 'unreadable');
    });
  });

  it('verifies a revoke in a long list without reading it all', async () => {
    place.emulator.organization.addCheckpoint(checkpoint, { permissions: 250 });
    const plan = await revokesOf(2);
    place.emulator.organization.state.checkpoints.get(checkpoint);
    const before = lists();
    const outcomes = await apply(plan, target());
    assert.deepEqual(results(outcomes), ['done', 'done']);
    assert.equal(lists() - before, 1);
  });

  it('verifies by project what lies beyond the part of the list that was read', async () => {
    place.emulator.organization.addCheckpoint(checkpoint, { permissions: 250 });
    const oldest = place.emulator.organization.state.checkpoints.get(checkpoint)?.permissions.all()[0];
    assert.ok(oldest);
    const outcomes = await apply(planRevokes([{ checkpoint, permission: oldest }]), target());
    assert.deepEqual(results(outcomes), ['done']);
    assert.equal(place.emulator.requests.at(-1)?.query.project_id, oldest.project_id);
  });

  it('stops before the next request when cancelled, and says what was not sent', async () => {
    const plan = await revokesOf(5);
    const abort = new AbortController();
    const seen: ApplyProgress[] = [];
    const outcomes = await apply(plan, target(), {
      signal: abort.signal,
      onProgress: (progress) => {
        seen.push(progress);
        if (progress.answered === 1 && progress.doing === 'changing') abort.abort();
      },
    });
    assert.deepEqual(results(outcomes), ['done', 'notSent', 'notSent', 'notSent', 'notSent']);
    assert.deepEqual(changes(place.emulator), ['DELETE']);
    assert.equal(projectsOnServer(place.emulator).length, 11);
    assert.equal(seen.at(-1)?.doing, 'readingBack');
  });

  it('waits for the request under way when cancelled meanwhile, because what it did would be unknown', async () => {
    const plan = await revokesOf(3);
    const gate = place.emulator.hold('permissions.delete', 'processed');
    const abort = new AbortController();
    const applying = apply(plan, target(), { signal: abort.signal });
    await place.emulator.requested(1, 'permissions.delete');
    abort.abort();
    gate.release();
    assert.deepEqual(results(await applying), ['done', 'notSent', 'notSent']);
  });

  it('reads back what was sent in spite of a cancel, where that is wanted', async () => {
    for (const confirmAnyway of [false, true]) {
      const plan = await revokesOf(1);
      const gate = place.emulator.hold('permissions.list');
      const abort = new AbortController();
      const applying = apply(plan, target(), {
        signal: abort.signal,
        confirmAnyway,
        onProgress: ({ doing }) => {
          if (doing !== 'readingBack') return;
          setImmediate(() => {
            abort.abort();
            gate.release();
          });
        },
      });
      assert.deepEqual(results(await applying), [confirmAnyway ? 'done' : 'unverified']);
    }
  });

  it('sends nothing at all for an empty plan or one cancelled before it began', async () => {
    assert.deepEqual(await apply({ steps: [] }, target()), []);
    const plan = planGrants([other], newProjects(place.emulator, 2));
    const outcomes = await apply(plan, target(), { signal: AbortSignal.abort() });
    assert.deepEqual(results(outcomes), ['notSent', 'notSent']);
    assert.equal(place.emulator.requests.length, 0);
  });

  it('makes grants before revokes', async () => {
    const revokes = await revokesOf(1);
    const grants = planGrants([other], newProjects(place.emulator, 1));
    await apply({ steps: [...revokes.steps, ...grants.steps] }, target());
    assert.deepEqual(changes(place.emulator), ['POST', 'DELETE']);
  });
});
