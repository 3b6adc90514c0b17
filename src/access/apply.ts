import { type Answer, answerTo } from './answer';
import type { PermissionsAPI } from './api';
import type { Listing } from './listing';
import type { Outcome } from './outcome';
import type { PermissionStore } from './permissionStore';
import { checkpointsOf, type GrantStep, type Plan, type RevokeStep, type Step } from './plan';
import { verify } from './verify';

/** Where a plan is applied: the client that changes, the store that reads back. */
export interface Target {
  readonly api: Pick<PermissionsAPI, 'create' | 'delete'>;
  readonly store: PermissionStore;
}

/** How far applying has come, for the person who waits. */
export type ApplyProgress =
  | { readonly doing: 'changing'; readonly step: Step; readonly answered: number; readonly total: number }
  | {
      readonly doing: 'readingBack';
      readonly checkpoint: string;
      readonly answered: number;
      readonly total: number;
    };

/**
 * Makes the changes of a plan and reads back what became of them: the only function in this product that changes access.
 *
 * Grants go first, all projects of one checkpoint in one request; then the revokes, one request each. Each checkpoint
 * that a request was sent for is read again afterwards, also after failures, and each step is judged by what was read.
 * Never rejects: every step has its outcome, in the plan's order. `signal` stops before the next request; the one under
 * way is waited for, because what it did would otherwise be unknown.
 */
export async function apply(
  plan: Plan,
  target: Target,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: ApplyProgress) => void } = {},
): Promise<Outcome[]> {
  const { signal, onProgress } = options;
  const answers = new Map<Step, Answer>();
  const total = plan.steps.length;
  const cancelled = (): boolean => signal?.aborted ?? false;

  for (const [checkpoint, steps] of grantsByCheckpoint(plan)) {
    const [first] = steps;
    if (cancelled() || !first) continue;
    onProgress?.({ doing: 'changing', step: first, answered: answers.size, total });
    const project_ids = [...new Set(steps.map((step) => step.project))];
    const answer = await answerTo(target.api.create(checkpoint, { project_ids }, unsentOnly(signal)), signal);
    for (const step of steps) answers.set(step, answer);
  }
  for (const step of plan.steps.filter((each): each is RevokeStep => each.action === 'revoke')) {
    if (cancelled()) break;
    onProgress?.({ doing: 'changing', step, answered: answers.size, total });
    const where = { fine_tuned_model_checkpoint: step.checkpoint };
    answers.set(
      step,
      await answerTo(target.api.delete(step.permissionId, where, unsentOnly(signal)), signal),
    );
  }

  const outcomes = new Map<Step, Outcome>();
  for (const checkpoint of checkpointsOf(plan)) {
    const sent = plan.steps.filter(
      (step) => step.checkpoint === checkpoint && (answers.get(step)?.kind ?? 'notSent') !== 'notSent',
    );
    if (sent.length === 0) continue;
    onProgress?.({ doing: 'readingBack', checkpoint, answered: answers.size, total });
    const readBack = await listAgain(target.store, checkpoint);
    for (const outcome of await verify(sent, answers, readBack, target.store))
      outcomes.set(outcome.step, outcome);
  }
  return plan.steps.map((step) => outcomes.get(step) ?? { step, result: 'notSent' });
}

function grantsByCheckpoint(plan: Plan): Map<string, GrantStep[]> {
  const grants = new Map<string, GrantStep[]>();
  for (const step of plan.steps) {
    if (step.action !== 'grant') continue;
    const steps = grants.get(step.checkpoint);
    if (steps) steps.push(step);
    else grants.set(step.checkpoint, [step]);
  }
  return grants;
}

/** Lets a cancel end a wait for the rate limit, but not a request that the server may already be working on. */
function unsentOnly(signal: AbortSignal | undefined) {
  return signal ? { signal, abortOnlyUnsent: true } : {};
}

async function listAgain(store: PermissionStore, checkpoint: string): Promise<Listing | { error: unknown }> {
  try {
    return await store.readAgain(checkpoint);
  } catch (error) {
    return { error };
  }
}
