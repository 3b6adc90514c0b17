import assert from 'node:assert/strict';
import { Journal } from '../../../../src/access/journal/journal';
import { MemoryStorage } from '../../../../src/access/journal/storage';
import { apply, type Target } from '../../../../src/access/plan/apply';
import { type Before, leftToDo, lookAgain, outcomeOf, undoOf } from '../../../../src/access/plan/lookAgain';
import { type Outcome, planToRetry } from '../../../../src/access/plan/outcome';
import { keyOf, planGrants } from '../../../../src/access/plan/plan';
import { APIConnectionError } from '../../../../src/openai/index';
import { dead, interruptedIn, newPlan } from '../journal/support';
import { World } from './world';

// An undo revokes what its plan granted, never what someone else did.
describe('whose a permission is', () => {
  let world: World;
  let checkpoint = '';
  let project = '';
  beforeEach(async () => {
    world = new World(1, 3);
    [checkpoint = ''] = world.checkpoints;
    [project = ''] = world.projects;
    // What a plan is made from: nobody has access.
    await world.organization.permissions.read(checkpoint);
    world.passTime(1);
  });
  afterEach(() => world.organization.dispose());

  /** Nobody waits here for a list that may lag. */
  const pause = async (): Promise<void> => undefined;

  const grant = () => planGrants([checkpoint], [project]);

  /** The organization's client, with an event after the response to a grant. */
  const target = (afterwards: () => void): Target => {
    const { api, permissions: store } = world.organization;
    const create: typeof api.create = (...given) => {
      const page = api.create(...given);
      page.then(afterwards, () => undefined);
      return page;
    };
    return { api: { create, delete: api.delete.bind(api) }, store, pause };
  };

  let ours: string | undefined;
  const grantAnother = (): void => {
    ours = world.permissions(checkpoint)[0]?.id;
    world.grant(checkpoint, project);
  };

  const undoAfter = async (before: Before) => {
    const looks = await lookAgain(
      grant(),
      () => before,
      world.organization.permissions,
      () => 0,
    );
    return { undo: undoOf(looks), outcomes: looks.map(outcomeOf) };
  };

  it('is not ours when ours was revoked and another was granted before the list was read back', async () => {
    const [outcome] = await apply(
      grant(),
      target(() => {
        world.revoke(checkpoint, project);
        world.grant(checkpoint, project);
      }),
    );
    const [theirs] = world.permissions(checkpoint);
    assert.equal(outcome?.result, 'done');
    assert.equal(outcome.by, 'others');
    assert.equal(outcome.permission?.id, theirs?.id);
  });

  it('is ours, and just the one that was answered, when the project has been given another since', async () => {
    const [outcome] = await apply(grant(), target(grantAnother));
    assert.equal(world.permissions(checkpoint).length, 2);
    assert.equal(outcome?.result, 'done');
    assert.equal(outcome.by, 'us');
    assert.equal(outcome.permission?.id, ours);
  });

  it('is not ours when the server said that it granted others only', async () => {
    const [one = '', other = ''] = world.projects;
    const { api, permissions: store } = world.organization;
    const create: typeof api.create = (id, { project_ids }, options) =>
      api.create(id, { project_ids: project_ids.slice(0, 1) }, options);
    world.grant(checkpoint, other);
    const outcomes = await apply(planGrants([checkpoint], [one, other]), {
      api: { create, delete: api.delete.bind(api) },
      store,
      pause,
    });
    assert.deepEqual(
      outcomes.map((each) => each.result === 'done' && each.by),
      ['us', 'others'],
    );
  });

  it('Truth 4: is perhaps ours when the answer of a request of ours was lost, and left unselected in the undo', async () => {
    const before = { sentAt: world.now(), answer: 'uncertain' as const };
    world.passTime(60);
    world.grant(checkpoint, project);
    const { undo, outcomes } = await undoAfter(before);
    assert.equal(undo.plan.steps.length, 1);
    assert.deepEqual(undo.perhapsUs, undo.plan.steps);
    assert.equal(outcomes[0]?.result === 'done' && outcomes[0].by, 'perhapsUs');
  });

  it('Truth 4: is not ours when the server dates it before a request of ours whose answer was lost', async () => {
    world.grant(checkpoint, project);
    world.passTime(1);
    const serverTime = { date: Math.floor(world.now() / 1000), took: 500 };
    for (const answer of ['uncertain', 'doubtful'] as const) {
      const { undo, outcomes } = await undoAfter({ sentAt: world.now(), answer, serverTime });
      assert.deepEqual([undo.plan.steps, undo.left[0]?.why], [[], 'notOurs']);
      assert.equal(outcomes[0]?.result === 'done' && outcomes[0].by, 'others');
    }
  });

  it('is not ours when ours, whose id is known, was revoked and another was granted since', async () => {
    world.grant(checkpoint, project);
    const [ours] = world.permissions(checkpoint);
    const permission = { id: ours?.id ?? '', created_at: world.now() / 1000 };
    world.revoke(checkpoint, project);
    world.grant(checkpoint, project);
    for (const known of [{ done: { by: 'us' as const, permission } }, { listed: [permission] }]) {
      const { undo } = await undoAfter({ sentAt: world.now(), answer: 'accepted', ...known });
      assert.deepEqual(undo.plan.steps, []);
      assert.equal(undo.left[0]?.why, 'goneAlready');
    }
  });

  it('Truth 4: is perhaps ours when a request was interrupted, unless the list before it had it', async () => {
    world.grant(checkpoint, project);
    const [theirs] = world.permissions(checkpoint);
    const sentAt = world.now();
    assert.equal((await undoAfter({ sentAt })).undo.perhapsUs.length, 1);
    const known = { ids: [theirs?.id ?? ''], isAll: true };
    assert.deepEqual((await undoAfter({ sentAt, known })).undo.plan.steps, []);
  });

  it('Truth 4: is not ours by the record of an older version, which guessed by the clocks', async () => {
    world.grant(checkpoint, project);
    const [permission] = world.permissions(checkpoint);
    const listed = [{ id: permission?.id ?? '' }];
    const { undo } = await undoAfter({ sentAt: world.now(), answer: 'accepted', listed });
    assert.deepEqual(undo.perhapsUs, undo.plan.steps);
    assert.equal(undo.plan.steps.length, 1);
  });

  it('Truth 4: is perhaps ours after any number of retries, when an early one may have taken effect', async () => {
    const [step] = grant().steps;
    assert.ok(step);
    const failed = (error: unknown, mayStillHappen: boolean): Outcome => ({
      step,
      result: 'failed',
      error,
      readBack: true,
      mayStillHappen,
    });
    const first = planToRetry([failed(new Error('no answer'), true)]);
    const second = planToRetry([failed(new APIConnectionError({ host: 'example.org' }), false)], first);
    const third = planToRetry([{ step, result: 'notSent' }], second);
    assert.deepEqual(third.tried, new Set([keyOf(step)]));
    assert.deepEqual(planToRetry([{ step, result: 'notSent' }]).tried, new Set());
  });

  it('Truth 4: is perhaps ours after any number of continuations, when an early request may have taken effect', async () => {
    const wasTried = { ids: [], isAll: true, wasTried: true } as const;
    const plan = grant();
    for (const before of [{ sentAt: 1, answer: 'refused' as const, known: wasTried }, { known: wasTried }]) {
      const looks = await lookAgain(
        plan,
        () => before,
        world.organization.permissions,
        () => 0,
      );
      const { left } = leftToDo(plan, looks);
      assert.equal(left.steps.length, 1);
      assert.deepEqual(left.tried, new Set(left.steps.map(keyOf)));
    }
  });

  it('is what the journal has of the answer, when it was not read back any more', async () => {
    const storage = new MemoryStorage();
    const entry = await new Journal(storage, world.now, dead).begin(newPlan(grant()));
    // Interrupted: no list is reloaded.
    const recorder = {
      sending: entry.sending.bind(entry),
      answered: entry.answered.bind(entry),
      judged: async () => undefined,
    };
    await apply(grant(), target(grantAnother), { recorder });
    const [account] = await interruptedIn(new Journal(storage, world.now));
    assert.ok(account?.steps[0]);
    const { undo } = await undoAfter(account.steps[0]);
    assert.deepEqual(
      undo.plan.steps.map((step) => step.action === 'revoke' && step.permissionId),
      [ours],
    );
  });

  it('is not ours by the journal when the grant was answered with one that was there already', async () => {
    world.grant(checkpoint, project);
    world.passTime(1);
    const storage = new MemoryStorage();
    const entry = await new Journal(storage, world.now, dead).begin(newPlan(grant()));
    const [theirs] = world.permissions(checkpoint);
    await entry.sending(grant().steps, [{ ids: [theirs?.id ?? ''], isAll: true }]);
    const { permissions } = await world.organization.permissions.readAgain(checkpoint);
    const serverTime = { date: Math.floor(world.now() / 1000), took: 0 };
    await entry.answered(grant().steps, { kind: 'accepted', listed: permissions, serverTime });
    const [account] = await interruptedIn(new Journal(storage, world.now));
    assert.ok(account?.steps[0]);
    const { undo } = await undoAfter(account.steps[0]);
    assert.deepEqual(undo.plan.steps, []);
  });
});
