import { pageSize } from '../loading/permissionStore';
import { checkpointsOf, type Plan } from './plan';

/** What applying a plan takes, in requests. */
export interface Cost {
  /** One for all grants of a checkpoint, one for each revoke. */
  readonly changes: number;
  /** Pages of the lists that are read back afterwards, at least. */
  readonly readBacks: number;
}

/**
 * The lowest limit of these endpoints that was measured in the field, in requests a minute
 * (docs/api.md#rate-limits-may-be-as-low-as-7-requests-a-minute).
 */
export const slowestRate = 7;

/**
 * What applying a plan costs. `known` tells how many permissions of a checkpoint are shown, which are all read again;
 * for a step far down a long list another request may be needed to verify it.
 */
export function costOf(plan: Plan, known: (checkpoint: string) => number = () => 0): Cost {
  let changes = 0;
  let readBacks = 0;
  for (const checkpoint of checkpointsOf(plan)) {
    const steps = plan.steps.filter((step) => step.checkpoint === checkpoint);
    const grants = steps.filter(({ action }) => action === 'grant').length;
    changes += (grants > 0 ? 1 : 0) + steps.length - grants;
    readBacks += Math.max(1, Math.ceil(Math.max(grants, known(checkpoint)) / pageSize));
  }
  return { changes, readBacks };
}

/** How many minutes so many requests take at the slowest rate seen, rounded up: more than it will be as a rule. */
export function minutesAtSlowestRate(requests: number): number {
  return Math.ceil(requests / slowestRate);
}
