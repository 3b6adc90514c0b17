import assert from 'node:assert/strict';
import { Journal } from '../../../../src/access/journal/journal';
import { MemoryStorage } from '../../../../src/access/journal/storage';
import { apply, type Target } from '../../../../src/access/plan/apply';
import { type Before, lookAgain, outcomeOf, undoOf } from '../../../../src/access/plan/lookAgain';
import { planGrants } from '../../../../src/access/plan/plan';
import { dead, interruptedIn, newPlan } from '../journal/support';
import { World } from './world';

// An undo revokes what its plan granted, never what someone else did.
describe('whose a permission is', () => {
  let world: World;
  let checkpoint = '';
  let project = '';
  beforeEach(() => {
    world = new World(1, 3);
    [checkpoint = ''] = world.checkpoints;
    [project = ''] = world.projects;
  });
  afterEach(() => world.organization.dispose());

  const grant = () => planGrants([checkpoint], [project]);

  /** The organization's client, with an event after the response to a grant. */
  const target = (afterwards: () => void): Target => {
    const { api, permissions: store } = world.organization;
    const create: typeof api.create = (...given) => {
      const page = api.create(...given);
      page.then(afterwards, () => undefined);
      return page;
    };
    return { api: { create, delete: api.delete.bind(api) }, store };
  };

  let ours: string | undefined;
  const grantAnother = (): void => {
    ours = world.permissions(checkpoint)[0]?.id;
    world.grant(checkpoint, project);
  };

  const undoAfter = async (before: Before) => {
    const looks = await lookAgain(grant(), () => before, world.organization.permissions, 0);
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
    });
    assert.deepEqual(
      outcomes.map((each) => each.result === 'done' && each.by),
      ['us', 'others'],
    );
  });

  it('is not ours when it was granted long after a request of ours whose answer was lost', async () => {
    const before = { sentAt: world.now(), answer: 'uncertain' as const, answeredAt: world.now() + 1000 };
    world.passTime(60);
    world.grant(checkpoint, project);
    const { undo, outcomes } = await undoAfter(before);
    assert.deepEqual(undo.plan.steps, []);
    assert.deepEqual(undo.left, [{ step: undo.left[0]?.step, why: 'notOurs' }]);
    assert.equal(outcomes[0]?.result === 'done' && outcomes[0].by, 'others');
  });

  it('is not ours when ours, whose id is known, was revoked and another was granted since', async () => {
    world.grant(checkpoint, project);
    const [ours] = world.permissions(checkpoint);
    const permission = { id: ours?.id ?? '', created_at: world.now() / 1000 };
    world.revoke(checkpoint, project);
    world.grant(checkpoint, project);
    for (const known of [{ done: { by: 'us' as const, permission } }, { made: [permission] }]) {
      const { undo } = await undoAfter({ sentAt: world.now(), answer: 'accepted', ...known });
      assert.deepEqual(undo.plan.steps, []);
      assert.equal(undo.left[0]?.why, 'goneAlready');
    }
  });

  it('is not ours when it was granted long after a request that was interrupted', async () => {
    const before = { sentAt: world.now() };
    world.passTime(60);
    world.grant(checkpoint, project);
    assert.deepEqual((await undoAfter(before)).undo.plan.steps, []);
  });

  it('may be ours when it was granted while a request of ours was under way', async () => {
    const before = { sentAt: world.now() };
    world.passTime(1);
    world.grant(checkpoint, project);
    assert.equal((await undoAfter(before)).undo.plan.steps.length, 1);
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
    await entry.sending(grant().steps);
    const made = { kind: 'accepted', made: [] } as const;
    await entry.answered(grant().steps, made);
    const [account] = await interruptedIn(new Journal(storage, world.now));
    assert.ok(account?.steps[0]);
    const { undo } = await undoAfter(account.steps[0]);
    assert.deepEqual(undo.plan.steps, []);
  });
});
