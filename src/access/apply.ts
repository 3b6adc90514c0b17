import type { RequestOptions, Waiting } from '../openai';
import { type Answer, answerTo } from './answer';
import type { PermissionsAPI } from './api';
import type { Listing } from './listing';
import type { Outcome } from './outcome';
import type { PermissionStore } from './permissionStore';
import { checkpointsOf, type GrantStep, type Plan, type RevokeStep, type Step } from './plan';
import { NoLongerShownError } from './snapshot';
import { verify } from './verify';

/** Where a plan is applied: the client that changes, the store that reads back. */
export interface Target {
  readonly api: Pick<PermissionsAPI, 'create' | 'delete'>;
  readonly store: PermissionStore;
}

/** How far applying has come, for the person who waits: `answered` of `total` steps have an answer. */
export type ApplyProgress = { readonly answered: number; readonly total: number } & (
  | { readonly doing: 'changing'; readonly step: Step }
  /** `until` is in milliseconds since 1970. */
  | { readonly doing: 'waiting'; readonly reason: Waiting['reason']; readonly until: number }
  | { readonly doing: 'readingBack'; readonly checkpoint: string }
);

type WithoutCounts<P> = P extends unknown ? Omit<P, 'answered' | 'total'> : never;
type Doing = WithoutCounts<ApplyProgress>;

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
  const cancelled = (): boolean => signal?.aborted ?? false;
  const tell = (doing: Doing): void =>
    onProgress?.({ ...doing, answered: answers.size, total: plan.steps.length });
  const record = (answer: Answer, ...steps: Step[]): void => {
    for (const step of steps) {
      answers.set(step, answer);
      if (answer.kind !== 'notSent') target.store.changed(step.checkpoint);
    }
  };
  const request: RequestOptions = {
    // A cancel ends a wait for the rate limit, but not a request that the server may be working on already.
    ...(signal ? { signal, abortOnlyUnsent: true } : {}),
    onWait: ({ reason, until }: Waiting) => tell({ doing: 'waiting', reason, until }),
  };

  for (const [checkpoint, steps] of grantsByCheckpoint(plan)) {
    const [first] = steps;
    if (cancelled() || !first) continue;
    tell({ doing: 'changing', step: first });
    const project_ids = [...new Set(steps.map((step) => step.project))];
    const answer = await answerTo(target.api.create(checkpoint, { project_ids }, request));
    record(answer, ...steps);
  }
  for (const step of plan.steps.filter((each): each is RevokeStep => each.action === 'revoke')) {
    if (cancelled()) break;
    tell({ doing: 'changing', step });
    const where = { fine_tuned_model_checkpoint: step.checkpoint };
    record(await answerTo(target.api.delete(step.permissionId, where, request)), step);
  }

  const outcomes = new Map<Step, Outcome>();
  for (const checkpoint of checkpointsOf(plan)) {
    const sent = plan.steps.filter(
      (step) => step.checkpoint === checkpoint && (answers.get(step)?.kind ?? 'notSent') !== 'notSent',
    );
    if (sent.length === 0) continue;
    tell({ doing: 'readingBack', checkpoint });
    const granted = sent.filter(({ action }) => action === 'grant').length;
    const readBack = await listAgain(target.store, checkpoint, granted, signal);
    const judged = await verify(sent, answers, readBack, target.store, signal);
    for (const outcome of judged) outcomes.set(outcome.step, outcome);
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

/**
 * What was granted comes first in the list, so as many are read as were granted, or as were known before. A cancel ends
 * it when it comes while it is read; one that came earlier was about the changes, whose outcome is still wanted.
 */
async function listAgain(
  store: PermissionStore,
  checkpoint: string,
  granted: number,
  signal: AbortSignal | undefined,
): Promise<Listing | { error: unknown }> {
  const cancel = (): void => store.cancel(checkpoint);
  signal?.addEventListener('abort', cancel);
  try {
    for (let last = false; ; last = true) {
      try {
        return await store.readAgain(checkpoint, granted);
      } catch (error) {
        // A refresh of folded rows drops the list meanwhile; the reading back is still owed.
        if (last || !(error instanceof NoLongerShownError)) return { error };
      }
    }
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
