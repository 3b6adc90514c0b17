import { isPause, type Steps } from '../slices';
import type { CheckedPlan, Obstacle } from './obstacles';
import { keyOf, type Plan } from './plan';

/** What a person saw of a plan, and agreed to: the selected steps, and what spoke against them. */
export interface ShownPlan {
  readonly plan: Plan;
  readonly warnings: readonly Obstacle[];
}

/**
 * Whether a plan that was made and checked since is what the person saw: the same steps, the same obstacles. In steps,
 * because there may be thousands.
 */
export function* isAsShown({ plan, impossible, warnings }: CheckedPlan, shown: ShownPlan): Steps<boolean> {
  return (
    impossible.length === 0 &&
    (yield* isSame(plan.steps, shown.plan.steps, keyOf)) &&
    (yield* isSame(warnings, shown.warnings, keyOfObstacle))
  );
}

function keyOfObstacle(obstacle: Obstacle): string {
  const { step, kind } = obstacle;
  return JSON.stringify([kind, keyOf(step), kind === 'withoutEffect' ? obstacle.why : undefined]);
}

function* isSame<T>(
  some: readonly T[],
  others: readonly T[],
  keyOfEach: (each: T) => string,
): Steps<boolean> {
  if (some.length !== others.length) return false;
  const known = new Set<string>();
  for (const [index, each] of others.entries()) {
    if (isPause(index)) yield;
    known.add(keyOfEach(each));
  }
  for (const [index, each] of some.entries()) {
    if (isPause(index)) yield;
    if (!known.has(keyOfEach(each))) return false;
  }
  return true;
}
