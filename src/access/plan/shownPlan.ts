import type { CheckedPlan, Obstacle } from './obstacles';
import { keyOf, type Plan } from './plan';

/** What a person saw of a plan, and agreed to: the selected steps, and what spoke against them. */
export interface ShownPlan {
  readonly plan: Plan;
  readonly warnings: readonly Obstacle[];
}

/** Whether a plan that was made and checked since is what the person saw: the same steps, the same obstacles. */
export function isAsShown({ plan, impossible, warnings }: CheckedPlan, shown: ShownPlan): boolean {
  return (
    impossible.length === 0 &&
    isSame(plan.steps.map(keyOf), shown.plan.steps.map(keyOf)) &&
    isSame(warnings.map(keyOfObstacle), shown.warnings.map(keyOfObstacle))
  );
}

function keyOfObstacle({ step, kind }: Obstacle): string {
  return JSON.stringify([kind, keyOf(step)]);
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  const known = new Set(others);
  return some.length === others.length && some.every((each) => known.has(each));
}
