import assert from 'node:assert/strict';
import { apply } from '../../../../src/access/plan/apply';
import { planChanges, UnknownAccessError } from '../../../../src/access/plan/copyAccess';
import { costOf, minutesAtSlowestRate } from '../../../../src/access/plan/cost';
import { checkPlan } from '../../../../src/access/plan/obstacles';
import { type Plan, planGrants, planRevokes } from '../../../../src/access/plan/plan';
import { JournalError, type Recorder } from '../../../../src/access/plan/recorder';
import type { Ineffective } from '../../../../src/access/withoutEffect';
import { World } from './world';

const ended = 'ft:gpt-4.1-nano-2025-04-14:harbor-labs:old:Aa1Bb2Cc';

describe('what is in the way of a plan', () => {
  let world: World;
  beforeEach(() => {
    world = new World(2, 3);
  });
  afterEach(() => world.organization.dispose());

  const knowledge = () => {
    const { organization } = world;
    const { missingScopes, projects } = organization;
    const ownerOf = (id: string) => organization.ownerOf(id);
    const endOf = (id: string) => organization.endOf(id);
    const ineffectiveBy = (): Ineffective => ({ why: [] });
    return { ownerOf, endOf, missingScopes, projects, ineffectiveBy, now: world.now() };
  };
  const grants = (...projects: string[]) => planGrants(world.checkpoints.slice(0, 1), projects);

  it('is nothing as long as nothing is known', () => {
    const plan = grants(...world.projects);
    assert.deepEqual(checkPlan(plan, knowledge()), { plan, impossible: [], warnings: [] });
  });

  it('the owning project, once the server has told which it is', async () => {
    const [checkpoint = '', sibling = ''] = world.checkpoints;
    const owner = world.sample.state.checkpoints.get(checkpoint)?.owner ?? '';
    const plan = grants(owner, ...world.projects.slice(0, 1));
    await apply(plan, world.organization.target);
    assert.equal(world.organization.owners.projectOf(checkpoint), owner);
    assert.equal(world.organization.owners.projectOf(sibling), undefined);
    const { plan: rest, impossible } = checkPlan(plan, knowledge());
    assert.deepEqual(rest.steps, plan.steps.slice(1));
    assert.deepEqual(impossible, [{ step: plan.steps[0], kind: 'owner' }]);
  });

  it('of a step of a model whose owner is known, as a warning only', () => {
    const [checkpoint = ''] = world.checkpoints;
    const model = checkpoint.replace(/:ckpt-step-\d+$/, '');
    const plan = grants('proj_a', 'proj_b');
    const ownerOf = (id: string) => (id === model ? 'proj_a' : undefined);
    const { plan: rest, impossible, warnings } = checkPlan(plan, { ...knowledge(), ownerOf });
    assert.deepEqual([rest.steps.length, impossible.length], [2, 0]);
    assert.deepEqual(warnings, [{ step: plan.steps[0], kind: 'ownsModel' }]);
  });

  it('that a grant has no effect, as a warning beside any other, and not of a revoke', async () => {
    const [checkpoint = ''] = world.checkpoints;
    const model = checkpoint.replace(/:ckpt-step-\d+$/, '');
    const plan = { steps: [...grants('proj_a', 'proj_b').steps, ...revokeOf('proj_a').steps] };
    const ineffectiveBy = (_: string, project: string): Ineffective =>
      project === 'proj_a' ? { why: ['notAllowed'], asOf: 5 } : { why: [] };
    const ownerOf = (id: string) => (id === model ? 'proj_a' : undefined);
    const checked = checkPlan(plan, { ...knowledge(), ineffectiveBy, ownerOf });
    assert.deepEqual([checked.plan.steps.length, checked.impossible.length], [3, 0]);
    assert.deepEqual(checked.warnings, [
      { step: plan.steps[0], kind: 'ownsModel' },
      { step: plan.steps[0], kind: 'withoutEffect', why: ['notAllowed'], asOf: 5 },
    ]);
  });

  it('an archived project, for grants alone', async () => {
    const archived = world.sample.state.addProject('Old', 0, 1).id;
    await world.organization.projects.read();
    const plan = { steps: [...grants(archived).steps, ...revokeOf(archived).steps] };
    const { plan: rest, impossible } = checkPlan(plan, knowledge());
    assert.deepEqual(
      rest.steps.map(({ action }) => action),
      ['revoke'],
    );
    assert.deepEqual(impossible, [{ step: plan.steps[0], kind: 'archived', loadedAt: world.now() }]);
  });

  it('as a warning only what was archived when the projects were loaded long ago', async () => {
    const archived = world.sample.state.addProject('Old', 0, 1).id;
    await world.organization.projects.read();
    const readAt = world.now();
    world.passTime(11);
    const { plan, impossible, warnings } = checkPlan(grants(archived), knowledge());
    assert.deepEqual([plan.steps.length, impossible.length], [1, 0]);
    assert.deepEqual(warnings, [{ step: plan.steps[0], kind: 'wasArchived', loadedAt: readAt }]);
  });

  it('a model that has shut down, for grants alone', () => {
    const plan = { steps: [...planGrants([ended], ['proj_a']).steps, ...revokeOf('proj_a', ended).steps] };
    const { plan: rest, impossible } = checkPlan(plan, knowledge());
    assert.deepEqual(
      rest.steps.map(({ action }) => action),
      ['revoke'],
    );
    const shutdown = { shutsDownOn: '2026-10-23', source: 'table' };
    assert.deepEqual(impossible, [{ step: plan.steps[0], kind: 'shutDown', shutdown }]);
  });

  it('a scope that the key lacks, for ten minutes or until a change succeeds', async () => {
    const [checkpoint = ''] = world.checkpoints;
    const key = world.sample.state.keys.get(world.sample.adminAPIKey);
    assert.ok(key);
    key.missingScopes = ['api.fine_tuning.checkpoints.write'];
    const plan = grants(world.projects[0] ?? '');
    await apply(plan, world.organization.target);
    const both = { steps: [...plan.steps, ...revokeOf('proj_a').steps] };
    const reason = { kind: 'missingScope', scopes: ['api.fine_tuning.checkpoints.write'] };
    assert.deepEqual(
      checkPlan(both, knowledge()).impossible,
      both.steps.map((step) => ({ step, ...reason })),
      'grants and revokes',
    );
    world.passTime(11);
    assert.deepEqual(checkPlan(plan, knowledge()).impossible, []);

    await apply(plan, world.organization.target);
    key.missingScopes = [];
    await apply(plan, world.organization.target);
    assert.deepEqual(world.organization.missingScopes.of(checkpoint), []);
  });

  function revokeOf(project: string, checkpoint = world.checkpoints[0] ?? ''): Plan {
    const permission = {
      id: 'cp_a',
      object: 'checkpoint.permission',
      created_at: 1,
      project_id: project,
    } as const;
    return planRevokes([{ checkpoint, permission }]);
  }
});

describe('what a plan costs', () => {
  it('is one request for all grants of a checkpoint, one for each revoke, and what is read back', () => {
    const checkpoints = ['a', 'b', 'c'];
    const projects = Array.from({ length: 10 }, (_, index) => `proj_${index}`);
    const plan = planGrants(checkpoints, projects);
    assert.deepEqual(costOf(plan), { changes: 3, readBacks: 3 });
    assert.deepEqual(
      costOf(plan, () => 250),
      { changes: 3, readBacks: 9 },
      'what is shown is read again',
    );
    assert.deepEqual(
      costOf(planGrants(['a'], projects), () => 100),
      { changes: 1, readBacks: 1 },
    );
    assert.deepEqual(costOf({ steps: [] }), { changes: 0, readBacks: 0 });
  });

  it('is said in minutes that are not too few', () => {
    assert.deepEqual([0, 1, 7, 8, 60].map(minutesAtSlowestRate), [0, 1, 1, 2, 9]);
  });

  it('cannot be foreseen where it is not known who has access', () => {
    assert.throws(
      () => planChanges(new Map(), new Map([['ft:a', ['proj_a']]])),
      (error: unknown) => error instanceof UnknownAccessError && error.checkpoint === 'ft:a',
    );
  });
});

describe('a plan that cannot be written down', () => {
  const failing = (fails: keyof Recorder): Recorder => {
    const record = async (name: string): Promise<void> => {
      if (name === fails) throw new JournalError('/full', new Error('ENOSPC: no space left on device'));
    };
    return {
      sending: () => record('sending'),
      answered: () => record('answered'),
      judged: () => record('judged'),
    };
  };

  async function applyWith(recorder: Recorder) {
    const world = new World(2, 3);
    await world.read();
    const outcomes = await apply(planGrants(world.checkpoints, world.projects), world.organization.target, {
      recorder,
    });
    world.organization.dispose();
    return { world, outcomes };
  }

  it('is not sent, and has the reason', async () => {
    const { world, outcomes } = await applyWith(failing('sending'));
    assert.deepEqual(world.requests, []);
    for (const outcome of outcomes) {
      assert.ok(outcome.result === 'notSent');
      assert.ok(outcome.error instanceof JournalError);
      assert.equal(outcome.error.folder, '/full');
    }
  });

  it('goes no further when an answer cannot be written down, and what was sent is read back', async () => {
    const { world, outcomes } = await applyWith(failing('answered'));
    assert.deepEqual(world.requests, ['POST 200', 'GET 200']);
    assert.deepEqual(
      outcomes.map(({ result }) => result),
      [...Array(3).fill('done'), ...Array(3).fill('notSent')],
    );
  });

  it('is whole when only the reading back cannot be written down', async () => {
    const { outcomes } = await applyWith(failing('judged'));
    assert.ok(outcomes.every(({ result }) => result === 'done'));
  });
});
