import type { RequestOptions, Waiting } from '../../openai';
import type { PermissionsAPI } from '../api';
import type { Listing } from '../loading/listing';
import type { Owners } from '../loading/owners';
import type { PermissionStore } from '../loading/permissionStore';
import { NoLongerShownError } from '../loading/snapshot';
import { classifyResponse, type RequestResult } from './answer';
import { type Meanwhile, meanwhile } from './meanwhile';
import type { MissingScopes } from './missingScopes';
import type { Outcome } from './outcome';
import { checkpointsOf, type GrantStep, type Plan, type Step } from './plan';
import type { Recorder } from './recorder';
import { verify } from './verify';

/** Where a plan is applied: the client that changes, the store that reads back, and what learns from refusals. */
export interface Target {
  readonly api: Pick<PermissionsAPI, 'create' | 'delete'>;
  readonly store: PermissionStore;
  readonly owners?: Pick<Owners, 'learn'>;
  readonly missingScopes?: Pick<MissingScopes, 'learn'>;
}

export interface ApplyOptions {
  /** Stops before the next request. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ApplyProgress) => void;
  /** Hears what others changed since the lists were read that the plan was made from. */
  readonly onMeanwhile?: (changes: readonly Meanwhile[]) => void;
  /** Writes down each request before it is sent and what became of it; without its word nothing is sent. */
  readonly recorder?: Recorder;
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
export async function apply(plan: Plan, target: Target, options: ApplyOptions = {}): Promise<Outcome[]> {
  const { signal, onProgress, onMeanwhile, recorder } = options;
  const { store, api } = target;
  const bases = new Map(checkpointsOf(plan).map((each) => [each, basisOf(plan, each, store)]));
  const answers = new Map<Step, RequestResult>();
  let beganAt = 0;
  /** Why nothing more is sent: what cannot be written down must not happen. */
  let kept: { readonly error: unknown } | undefined;
  const tell = (doing: Doing): void =>
    onProgress?.({ ...doing, answered: answers.size, total: plan.steps.length });
  const request: RequestOptions = {
    // A cancel ends a wait for the rate limit, but not a request that the server may be working on already.
    ...(signal ? { signal, abortOnlyUnsent: true } : {}),
    onWait: ({ reason, until }: Waiting) => {
      beganAt = Math.max(beganAt, until);
      tell({ doing: 'waiting', reason, until });
    },
  };
  const write = async (record: Promise<void> | undefined): Promise<void> => {
    await record?.catch((error: unknown) => {
      kept ??= { error };
    });
  };
  const send = async (steps: readonly Step[], ask: () => PromiseLike<object>): Promise<void> => {
    const [first] = steps;
    if (!first || kept || signal?.aborted) return;
    tell({ doing: 'changing', step: first });
    await write(recorder?.sending(steps));
    if (kept) return;
    beganAt = store.now();
    const answer = await classifyResponse(ask(), () => beganAt, store.now);
    for (const step of steps) answers.set(step, answer);
    if (answer.kind !== 'notSent') learn(target, first.checkpoint, answer);
    await write(recorder?.answered(steps, answer));
  };

  for (const [checkpoint, steps] of grantsByCheckpoint(plan)) {
    const project_ids = [...new Set(steps.map((step) => step.project))];
    await send(steps, () => api.create(checkpoint, { project_ids }, request));
  }
  for (const step of plan.steps) {
    if (step.action !== 'revoke') continue;
    const where = { fine_tuned_model_checkpoint: step.checkpoint };
    await send([step], () => api.delete(step.permissionId, where, request));
  }

  const outcomes = new Map<Step, Outcome>();
  for (const checkpoint of checkpointsOf(plan)) {
    const sent = plan.steps.filter(
      (step) => step.checkpoint === checkpoint && (answers.get(step)?.kind ?? 'notSent') !== 'notSent',
    );
    if (sent.length === 0) continue;
    tell({ doing: 'readingBack', checkpoint });
    const granted = sent.filter(({ action }) => action === 'grant').length;
    const readBack = await listAgain(store, checkpoint, granted, signal);
    const judged = await verify(sent, answers, readBack, store, signal);
    for (const outcome of judged) outcomes.set(outcome.step, outcome);
    // Everything was sent and read by now: that it cannot be written down any more holds nothing back.
    await recorder?.judged(judged).catch(() => undefined);
    const basis = bases.get(checkpoint);
    const changes = basis && !('error' in readBack) ? meanwhile(checkpoint, basis, readBack, sent) : [];
    if (changes.length > 0) onMeanwhile?.(changes);
  }
  return plan.steps.map((step) => outcomes.get(step) ?? { step, result: 'notSent', ...kept });
}

/** The list that the plan was made from; what is shown, unless it is older than a change of our own. */
function basisOf(plan: Plan, checkpoint: string, store: PermissionStore): Listing | undefined {
  const given = plan.basis?.get(checkpoint);
  if (given) return given;
  const { listing, beforeChange } = store.snapshot(checkpoint);
  return beforeChange ? undefined : listing;
}

function learn({ store, owners, missingScopes }: Target, checkpoint: string, answer: RequestResult): void {
  store.changed(checkpoint);
  const error = 'error' in answer ? answer.error : undefined;
  owners?.learn(checkpoint, error);
  missingScopes?.learn(checkpoint, error);
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
  // Not the signal itself, which may have been aborted before.
  const reading = new AbortController();
  const cancel = (): void => reading.abort();
  signal?.addEventListener('abort', cancel);
  try {
    for (let last = false; ; last = true) {
      try {
        return await store.readAgain(checkpoint, granted, 'person', reading.signal);
      } catch (error) {
        // A refresh of folded rows drops the list meanwhile; the reading back is still owed.
        if (last || !(error instanceof NoLongerShownError)) return { error };
      }
    }
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
