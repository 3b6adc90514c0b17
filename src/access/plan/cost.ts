import { pageSize } from '../loading/permissionStore';
import { type Plan, stepsByCheckpoint } from './plan';

/** The number of requests that applying a plan takes. */
export interface Cost {
  /** One per checkpoint for all its grants, and one per revoke. */
  readonly changes: number;
  /** Pages of the lists that are reloaded afterwards, at least. */
  readonly readBacks: number;
}

/**
 * The lowest rate limit measured for these endpoints, in requests per minute
 * (docs/api.md#rate-limits-may-be-as-low-as-7-requests-a-minute).
 */
export const slowestRate = 7;

/**
 * The cost of applying a plan. `known` returns the number of loaded permissions of a checkpoint, which are all
 * reloaded. Confirming a step far down a long list may take another request.
 */
export function costOf(plan: Plan, known: (checkpoint: string) => number = () => 0): Cost {
  let changes = 0;
  let readBacks = 0;
  for (const [checkpoint, steps] of stepsByCheckpoint(plan.steps)) {
    const grants = steps.filter(({ action }) => action === 'grant').length;
    changes += (grants > 0 ? 1 : 0) + steps.length - grants;
    readBacks += Math.max(1, Math.ceil(Math.max(grants, known(checkpoint)) / pageSize));
  }
  return { changes, readBacks };
}

/** The minutes for this many requests at the slowest rate measured, rounded up. Usually it takes less. */
export function minutesAtSlowestRate(requests: number): number {
  return Math.ceil(requests / slowestRate);
}
