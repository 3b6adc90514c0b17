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
import { checkpointsOf, type Plan, type Step, stepsByCheckpoint } from './plan';
import type { Recorder } from './recorder';
import { verify } from './verify';

/**
 * The dependencies of {@link apply}: the client, the store that reloads lists, and the caches that learn from
 * refusals.
 */
export interface Target {
  readonly api: Pick<PermissionsAPI, 'create' | 'delete'>;
  readonly store: PermissionStore;
  readonly owners?: Pick<Owners, 'learn'>;
  readonly missingScopes?: Pick<MissingScopes, 'learn'>;
}

export interface ApplyOptions {
  /** Aborting stops before the next request. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ApplyProgress) => void;
  /** Receives the changes of others since the lists were loaded that the plan is based on. */
  readonly onMeanwhile?: (changes: readonly Meanwhile[]) => void;
  /** Records each request before it is sent, and its result. If recording fails, nothing more is sent. */
  readonly recorder?: Recorder;
}

/** The progress of applying: `answered` of `total` steps have a response. */
export type ApplyProgress = { readonly answered: number; readonly total: number } & (
  | { readonly doing: 'changing'; readonly step: Step }
  /** `until` in milliseconds since 1970. */
  | {
      readonly doing: 'waiting';
      readonly reason: Waiting['reason'];
      readonly until: number;
      readonly asked?: number;
    }
  | { readonly doing: 'readingBack'; readonly checkpoint: string }
);

type WithoutCounts<P> = P extends unknown ? Omit<P, 'answered' | 'total'> : never;
type Doing = WithoutCounts<ApplyProgress>;

/**
 * Applies a plan and confirms each change: the only function in this product that changes access.
 *
 * Grants go first, one request per checkpoint for all its projects. Revokes follow, one request each. Then the list
 * of each checkpoint with a sent request is reloaded, also after failures, and decides the outcome of each step.
 * Never rejects: every step has an outcome, in the order of the plan. `signal` stops before the next request. The
 * request in flight is awaited, because its effect would otherwise be unknown.
 */
export async function apply(plan: Plan, target: Target, options: ApplyOptions = {}): Promise<Outcome[]> {
  const { signal, onProgress, onMeanwhile, recorder } = options;
  const { store, api } = target;
  const bases = new Map(checkpointsOf(plan).map((each) => [each, basisOf(plan, each, store)]));
  const answers = new Map<Step, RequestResult>();
  let beganAt = 0;
  /** Why nothing more is sent: an unrecorded change must not happen. */
  let recordFailure: { readonly error: unknown } | undefined;
  const report = (doing: Doing): void =>
    onProgress?.({ ...doing, answered: answers.size, total: plan.steps.length });
  const request: RequestOptions = {
    // A cancel ends a wait for the rate limit, but not a request that the server may already process.
    ...(signal ? { signal, abortOnlyUnsent: true } : {}),
    onWait: ({ reason, until, asked }: Waiting) => {
      beganAt = Math.max(beganAt, until);
      report({ doing: 'waiting', reason, until, ...(asked !== undefined && { asked }) });
    },
  };
  const record = async (writing: Promise<void> | undefined): Promise<void> => {
    await writing?.catch((error: unknown) => {
      recordFailure ??= { error };
    });
  };
  const send = async (steps: readonly Step[], ask: () => PromiseLike<object>): Promise<void> => {
    const [first] = steps;
    if (!first || recordFailure || signal?.aborted) return;
    report({ doing: 'changing', step: first });
    await record(recorder?.sending(steps));
    if (recordFailure) return;
    beganAt = store.now();
    const answer = await classifyResponse(ask(), () => beganAt, store.now);
    for (const step of steps) answers.set(step, answer);
    if (answer.kind !== 'notSent') learn(target, first.checkpoint, answer);
    await record(recorder?.answered(steps, answer));
  };

  const grants = plan.steps.filter((step) => step.action === 'grant');
  for (const [checkpoint, steps] of stepsByCheckpoint(grants)) {
    const project_ids = [...new Set(steps.map((step) => step.project))];
    await send(steps, () => api.create(checkpoint, { project_ids }, request));
  }
  for (const step of plan.steps) {
    if (step.action !== 'revoke') continue;
    const where = { fine_tuned_model_checkpoint: step.checkpoint };
    await send([step], () => api.delete(step.permissionId, where, request));
  }

  const outcomes = new Map<Step, Outcome>();
  for (const [checkpoint, steps] of stepsByCheckpoint(plan.steps)) {
    const sent = steps.filter((step) => (answers.get(step)?.kind ?? 'notSent') !== 'notSent');
    if (sent.length === 0) continue;
    report({ doing: 'readingBack', checkpoint });
    const granted = sent.filter(({ action }) => action === 'grant').length;
    const readBack = await listAgain(store, checkpoint, granted, signal);
    const judged = await verify(sent, answers, readBack, store, signal);
    for (const outcome of judged) outcomes.set(outcome.step, outcome);
    // Every request was sent and confirmed, so a failure to record holds nothing back.
    await recorder?.judged(judged).catch(() => undefined);
    const basis = bases.get(checkpoint);
    const changes = basis && !('error' in readBack) ? meanwhile(checkpoint, basis, readBack, sent) : [];
    if (changes.length > 0) onMeanwhile?.(changes);
  }
  return plan.steps.map((step) => outcomes.get(step) ?? { step, result: 'notSent', ...recordFailure });
}

/** The list that the plan was made from; what is shown, unless it is older than a change of our own. */
export function basisOf(
  plan: Plan,
  checkpoint: string,
  store: Pick<PermissionStore, 'snapshot'>,
): Listing | undefined {
  const basis = plan.basis?.get(checkpoint);
  if (basis) return basis;
  const { listing, beforeChange } = store.snapshot(checkpoint);
  return beforeChange ? undefined : listing;
}

function learn({ store, owners, missingScopes }: Target, checkpoint: string, answer: RequestResult): void {
  store.changed(checkpoint);
  const error = 'error' in answer ? answer.error : undefined;
  owners?.learn(checkpoint, error);
  missingScopes?.learn(checkpoint, error);
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
