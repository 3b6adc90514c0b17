import type { PermissionStore } from './permissionStore';
import { checkpointsOf, keepSteps, type Plan, type Step } from './plan';
import { lookUp } from './verify';

/**
 * What of a plan is still to be done, by reading its checkpoints again: nothing is ever sent a second time on the word
 * of an old answer. Rejects with the client's error when a list cannot be read.
 */
export async function stillToDo(plan: Plan, store: PermissionStore, signal?: AbortSignal): Promise<Plan> {
  const steps: Step[] = [];
  for (const checkpoint of checkpointsOf(plan)) {
    signal?.throwIfAborted();
    const grants = plan.steps.filter((step) => step.checkpoint === checkpoint && step.action === 'grant');
    const listing = await store.readAgain(checkpoint, grants.length, 'person', signal);
    for (const step of plan.steps) {
      if (step.checkpoint !== checkpoint) continue;
      if (!(await lookUp(step, listing, store, signal)).isSo) steps.push(step);
    }
  }
  return keepSteps(plan, (step) => steps.includes(step));
}
