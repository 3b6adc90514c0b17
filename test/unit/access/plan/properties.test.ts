import assert from 'node:assert/strict';
import fc from 'fast-check';
import { apply } from '../../../../src/access/plan/apply';
import { planChanges } from '../../../../src/access/plan/copyAccess';
import { costOf } from '../../../../src/access/plan/cost';
import { type Before, lookAgain, undoOf } from '../../../../src/access/plan/lookAgain';
import type { Meanwhile } from '../../../../src/access/plan/meanwhile';
import type { Outcome } from '../../../../src/access/plan/outcome';
import type { Plan, Step } from '../../../../src/access/plan/plan';
import { World } from './world';

const checkpointCount = 3;
const projectCount = 6;

const each = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.array(value, { minLength: projectCount, maxLength: projectCount }), {
    minLength: checkpointCount,
    maxLength: checkpointCount,
  });
/** The number of permissions of each project for each checkpoint. Two is an anomaly that occurs. */
const states = each(fc.constantFrom(0, 0, 1, 1, 2));
const wishes = each(fc.boolean());
/** A change of someone else between the plan and its application. */
const meddling = fc.array(fc.tuple(fc.nat(checkpointCount - 1), fc.nat(projectCount - 1), fc.boolean()), {
  maxLength: 6,
});

function worldWith(state: readonly (readonly number[])[]): World {
  const world = new World(checkpointCount, projectCount);
  forEachPair(world, (checkpoint, project, at) => {
    for (let count = state[at[0]]?.[at[1]] ?? 0; count > 0; count -= 1) world.grant(checkpoint, project);
  });
  world.passTime(60);
  return world;
}

function forEachPair(
  world: World,
  act: (checkpoint: string, project: string, at: [number, number]) => void,
): void {
  for (const [row, checkpoint] of world.checkpoints.entries())
    for (const [column, project] of world.projects.entries()) act(checkpoint, project, [row, column]);
}

function wanted(world: World, wish: readonly (readonly boolean[])[]): Map<string, string[]> {
  const desired = new Map(world.checkpoints.map((id): [string, string[]] => [id, []]));
  forEachPair(world, (checkpoint, project, [row, column]) => {
    if (wish[row]?.[column]) desired.get(checkpoint)?.push(project);
  });
  return desired;
}

/** The attempts that the journal would record for these outcomes. */
function remembered(outcomes: readonly Outcome[], sentAt: number): (step: Step) => Before {
  const before = new Map(outcomes.map((outcome) => [outcome.step, outcome]));
  return (step) => {
    const outcome = before.get(step);
    if (outcome?.result !== 'done') return {};
    const { by, permission } = outcome;
    return { sentAt, answer: 'accepted', done: { by, ...(permission && { permission }) } };
  };
}

async function undo(world: World, plan: Plan, outcomes: readonly Outcome[], sentAt: number): Promise<void> {
  const { target, permissions } = world.organization;
  const looks = await lookAgain(plan, remembered(outcomes, sentAt), permissions, () => 0);
  const back = await apply(undoOf(looks).plan, target);
  for (const { result } of back) assert.equal(result, 'done');
}

describe('for any state and any wish', () => {
  it('applying the plan gives what was wished, with the least requests; undoing it gives the first state', async () => {
    await fc.assert(
      fc.asyncProperty(states, wishes, async (state, wish) => {
        const world = worldWith(state);
        const { organization } = world;
        const first = world.access;
        const current = await world.read();
        const desired = wanted(world, wish);
        const plan = planChanges(current, desired);

        const sentAt = world.now();
        const outcomes = await apply(plan, organization.target);
        for (const outcome of outcomes) assert.ok(outcome.result === 'done' && outcome.by === 'us');
        const sorted = [...desired].map(([id, projects]) => [id, projects.sort()]);
        assert.deepEqual(world.access, Object.fromEntries(sorted));

        // The minimum, from the two states: one request for all grants of a checkpoint, and one for each permission
        // to revoke.
        let posts = 0;
        let deletes = 0;
        let touched = 0;
        for (const [row, projects] of state.entries()) {
          const missing = projects.some((count, column) => count === 0 && wish[row]?.[column]);
          const inTheWay = projects.reduce<number>(
            (sum, count, column) => sum + (wish[row]?.[column] ? 0 : count),
            0,
          );
          posts += missing ? 1 : 0;
          deletes += inTheWay;
          touched += missing || inTheWay > 0 ? 1 : 0;
        }
        assert.deepEqual(
          [world.count('POST'), world.count('DELETE'), world.count('GET')],
          [posts, deletes, touched],
        );
        assert.deepEqual(costOf(plan), { changes: posts + deletes, readBacks: touched });

        world.passTime(10);
        await undo(world, plan, outcomes, sentAt);
        assert.deepEqual(world.access, first);
        organization.dispose();
      }),
      { numRuns: 150 },
    );
  });

  it('what others change meanwhile is told, all of it and nothing else, and outlasts the undo', async () => {
    await fc.assert(
      fc.asyncProperty(states, wishes, meddling, async (state, wish, others) => {
        const world = worldWith(state);
        const { organization } = world;
        const plan = planChanges(await world.read(), wanted(world, wish));
        const before = new Map(world.checkpoints.map((id) => [id, world.permissions(id)]));

        world.passTime(5);
        for (const [row, column, grants] of others) {
          const [checkpoint = '', project = ''] = [world.checkpoints[row], world.projects[column]];
          if (!grants) world.revoke(checkpoint, project);
          else if (!world.access[checkpoint]?.includes(project)) world.grant(checkpoint, project);
        }
        const left = world.access;
        const expected = changesByOthers(world, plan, before);
        world.passTime(5);

        const noticed: Meanwhile[] = [];
        const sentAt = world.now();
        const outcomes = await apply(plan, organization.target, {
          onMeanwhile: (changes) => noticed.push(...changes),
        });
        const told = [
          ...noticed.map(({ action, permission }) => `${action} ${permission.id}`),
          ...outcomes.flatMap((outcome) =>
            outcome.result === 'done' && outcome.by === 'others' ? [inWords(outcome)] : [],
          ),
        ];
        assert.deepEqual(told.sort(), expected.sort());

        world.passTime(10);
        await undo(world, plan, outcomes, sentAt);
        assert.deepEqual(world.access, left);
        organization.dispose();
      }),
      { numRuns: 150 },
    );
  });
});

function inWords({ step, ...outcome }: Outcome): string {
  if (step.action === 'revoke') return `revoked ${step.permissionId}`;
  return `granted ${'permission' in outcome ? outcome.permission?.id : ''}`;
}

/** The changed permissions of the checkpoints in the plan, by ID. */
function changesByOthers(world: World, plan: Plan, before: ReadonlyMap<string, { id: string }[]>): string[] {
  const touched = new Set(plan.steps.map(({ checkpoint }) => checkpoint));
  return [...touched].flatMap((checkpoint) => {
    const had = (before.get(checkpoint) ?? []).map(({ id }) => id);
    const has = world.permissions(checkpoint).map(({ id }) => id);
    return [
      ...has.filter((id) => !had.includes(id)).map((id) => `granted ${id}`),
      ...had.filter((id) => !has.includes(id)).map((id) => `revoked ${id}`),
    ];
  });
}
