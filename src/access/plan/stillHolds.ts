import type { PermissionStore } from '../loading/permissionStore';
import { isPause, type Steps } from '../slices';
import { previewAge, sourceAge } from '../thresholds';
import { readAtOf } from './basis';
import { checkpointsOf, keyOf, type Plan, type Step } from './plan';

/** The maximum age, in milliseconds, of what is known of a checkpoint. */
export type MaxAge = (checkpoint: string) => number;

/**
 * The maximum ages for a plan whose preview was confirmed: a few minutes for what it changes, seconds for what decided it
 * without being changed. Other lists may have any age, because the plan does nothing there.
 */
export function agesOnConfirm(plan: Plan): MaxAge {
  const touched = new Set(checkpointsOf(plan));
  return (checkpoint) => {
    if (plan.basis?.get(checkpoint)?.isSource) return sourceAge;
    return touched.has(checkpoint) ? previewAge : Number.POSITIVE_INFINITY;
  };
}

/** Whether all that a plan was made from is recent, and still what is known. If not, the plan must be made again. */
export function stillHolds(plan: Plan, store: Pick<PermissionStore, 'snapshot' | 'now'>): boolean {
  const maxAge = agesOnConfirm(plan);
  const deciding = new Set([...checkpointsOf(plan), ...(plan.basis?.keys() ?? [])]);
  return [...deciding].every((checkpoint) => {
    const most = maxAge(checkpoint);
    if (most === Number.POSITIVE_INFINITY) return true;
    const basis = plan.basis?.get(checkpoint);
    const readAt = basis && readAtOf(basis);
    if (readAt === undefined) return false;
    const age = store.now() - readAt;
    if (age < 0 || age > most) return false;
    const { listing, beforeChange } = store.snapshot(checkpoint);
    return !beforeChange && (basis?.listing === undefined || basis.listing === listing);
  });
}

/** The steps of one plan that another doesn't have. */
function* missingIn(plan: Plan, other: Plan): Steps<Step[]> {
  const known = new Set<string>();
  for (const [index, step] of plan.steps.entries()) {
    if (isPause(index)) yield;
    known.add(keyOf(step));
  }
  const missing: Step[] = [];
  for (const [index, step] of other.steps.entries()) {
    if (isPause(index)) yield;
    if (!known.has(keyOf(step))) missing.push(step);
  }
  return missing;
}

/** How a plan that was made again differs from the one that was shown. */
export interface Difference {
  readonly added: readonly Step[];
  readonly removed: readonly Step[];
}

/**
 * The difference between a shown plan and the same plan made again; undefined when there is none. Steps that the person
 * had cleared may go without a word. In steps, because there may be thousands.
 */
export function* differenceOf(
  shown: Plan,
  again: Plan,
  isSelected: (step: Step) => boolean,
): Steps<Difference | undefined> {
  const added = yield* missingIn(shown, again);
  const removed = (yield* missingIn(again, shown)).filter(isSelected);
  return added.length + removed.length > 0 ? { added, removed } : undefined;
}
