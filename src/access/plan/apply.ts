import { setTimeout as sleep } from 'node:timers/promises';
import { APIError, type RequestOptions, type Waiting } from '../../openai';
import { steadyNow } from '../../text/steadyClock';
import type { PermissionsAPI } from '../api';
import type { Listing } from '../loading/listing';
import type { Owners } from '../loading/owners';
import type { PermissionStore } from '../loading/permissionStore';
import { NoLongerShownError } from '../loading/snapshot';
import { pauses } from '../slices';
import { listLag } from '../thresholds';
import { classifyResponse, evidenceOf, type RequestResult, type Sent } from './answer';
import { type Basis, currentBasis, type Known, knownOf } from './basis';
import { stillToDo } from './lookAgain';
import { type Meanwhile, meanwhile } from './meanwhile';
import type { MissingScopes } from './missingScopes';
import type { Outcome } from './outcome';
import { keyOf, type Plan, type Step, stepsByCheckpoint } from './plan';
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
  /** Measures spans in milliseconds, and is never set back. Default: the steady clock. */
  readonly steady?: () => number;
  /** Resolves after some milliseconds, or when the signal aborts. Default: a timer. */
  readonly pause?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

export interface ApplyOptions {
  /** Aborting stops before the next request. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ApplyProgress) => void;
  /** Receives the changes of others since the lists were loaded that the plan is based on. */
  readonly onMeanwhile?: (changes: readonly Meanwhile[]) => void;
  /** Records each request before it is sent, and its result. If recording fails, nothing more is sent. */
  readonly recorder?: Recorder;
  /**
   * If a grant to several projects is refused because one of them owns the model, what is left of it is looked up and sent
   * without that project.
   */
  readonly sendRest?: boolean;
  /** What was sent is confirmed, whenever `signal` aborts: that stops only what isn't sent yet. */
  readonly confirmAnyway?: boolean;
}

/** The progress of applying: `answered` of `total` steps have a response. */
export type ApplyProgress = { readonly answered: number; readonly total: number } & (
  | { readonly doing: 'changing'; readonly step: Step }
  /** `until` by the steady clock. */
  | {
      readonly doing: 'waiting';
      readonly reason: Waiting['reason'];
      readonly until: number;
      readonly asked?: number;
    }
  /** An accepted change isn't listed yet. */
  | { readonly doing: 'waiting'; readonly reason: 'list'; readonly until: number }
  | { readonly doing: 'readingBack'; readonly checkpoint: string }
);

type WithoutCounts<P> = P extends unknown ? Omit<P, 'answered' | 'total'> : never;
type Doing = WithoutCounts<ApplyProgress>;

/**
 * Applies a plan and confirms each change: the only function in this product that changes access.
 *
 * Grants go first, one request per checkpoint for all its projects. Revokes follow, one request each. Then the list
 * of each checkpoint with a sent request is reloaded, also after failures, and decides the outcome of each step. What was
 * accepted and is not listed is looked for once more after a pause.
 * Never rejects: every step has an outcome, in the order of the plan. `signal` stops before the next request. The
 * request in flight is awaited, because its effect would otherwise be unknown.
 */
export async function apply(plan: Plan, target: Target, options: ApplyOptions = {}): Promise<Outcome[]> {
  const { signal, onProgress, onMeanwhile, recorder, sendRest = false, confirmAnyway = false } = options;
  const confirming = confirmAnyway ? undefined : signal;
  const { store, api, steady = steadyNow, pause = waitFor } = target;
  const bases = new Map(
    [...stepsByCheckpoint(plan.steps).keys()].map((each) => [each, basisOf(plan, each, store)]),
  );
  const tried = new Set(plan.tried);
  const known = (step: Step): Known => {
    const before = knownOf(bases.get(step.checkpoint), step.project);
    return tried.has(keyOf(step)) ? { ...before, wasTried: true } : before;
  };
  // Between its parts, each of which goes through all steps of a checkpoint, others have their turn.
  const rest = pauses();
  const answers = new Map<Step, Sent>();
  /** Why nothing more is sent: an unrecorded change must not happen. */
  let recordFailure: { readonly error: unknown } | undefined;
  const report = (doing: Doing): void =>
    onProgress?.({ ...doing, answered: answers.size, total: plan.steps.length });
  const request: RequestOptions = {
    // A cancel ends a wait for the rate limit, but not a request that the server may already process.
    ...(signal ? { signal, abortOnlyUnsent: true } : {}),
    onWait: ({ reason, until, asked }: Waiting) =>
      report({ doing: 'waiting', reason, until, ...(asked !== undefined && { asked }) }),
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
    const facts = steps.map((step) => [step, known(step)] as const);
    await rest();
    await record(
      recorder?.sending(
        steps,
        facts.map(([, fact]) => fact),
      ),
    );
    if (recordFailure) return;
    const beganAt = steady();
    const answer = await classifyResponse(ask(), () => steady() - beganAt);
    for (const [step, fact] of facts) answers.set(step, { answer, known: fact });
    if (answer.kind !== 'notSent') learn(target, first.checkpoint, answer);
    await rest();
    await record(recorder?.answered(steps, answer));
  };

  const sendGrants = async (checkpoint: string, steps: readonly Step[]): Promise<void> => {
    const project_ids = [...new Set(steps.map((step) => step.project))];
    await send(steps, () => api.create(checkpoint, { project_ids }, request));
  };
  const grants = plan.steps.filter((step) => step.action === 'grant');
  for (const [checkpoint, steps] of stepsByCheckpoint(grants)) {
    await sendGrants(checkpoint, steps);
    const owner = sendRest ? refusedOwner(steps, answers) : undefined;
    if (owner === undefined || recordFailure || signal?.aborted) continue;
    const rest = steps.filter(({ project }) => project !== owner);
    report({ doing: 'readingBack', checkpoint });
    // Without an answer nothing is sent a second time. The reading at the end judges all.
    const checked = await stillToDo({ steps: rest }, store, signal).catch(() => undefined);
    for (const step of rest) tried.add(keyOf(step));
    await sendGrants(checkpoint, checked?.left.steps ?? []);
  }
  for (const step of plan.steps) {
    if (step.action !== 'revoke') continue;
    const where = { fine_tuned_model_checkpoint: step.checkpoint };
    await send([step], () => api.delete(step.permissionId, where, request));
  }

  const outcomes = new Map<Step, Outcome>();
  const readBack = new Map<string, Listing>();
  const judge = async (checkpoint: string, steps: readonly Step[]): Promise<void> => {
    report({ doing: 'readingBack', checkpoint });
    const granted = steps.filter(({ action }) => action === 'grant').length;
    const list = await listAgain(store, checkpoint, granted, confirming);
    if (!('error' in list)) readBack.set(checkpoint, list);
    for (const outcome of await verify(steps, answers, list, store, confirming))
      outcomes.set(outcome.step, outcome);
    await rest();
  };
  const sent = stepsByCheckpoint(
    plan.steps.filter((step) => (answers.get(step)?.answer.kind ?? 'notSent') !== 'notSent'),
  );
  for (const [checkpoint, steps] of sent) await judge(checkpoint, steps);

  const awaited = [...outcomes.values()].filter((outcome) => isAwaited(outcome, answers.get(outcome.step)));
  if (awaited.length > 0 && !signal?.aborted) {
    report({ doing: 'waiting', reason: 'list', until: steady() + listLag });
    await pause(listLag, signal);
    const again = stepsByCheckpoint(signal?.aborted ? [] : awaited.map(({ step }) => step));
    for (const [checkpoint, steps] of again) await judge(checkpoint, steps);
  }

  for (const [checkpoint, steps] of sent) {
    const judged = steps.flatMap((step) => outcomes.get(step) ?? []);
    await rest();
    // Every request was sent and confirmed, so a failure to record holds nothing back.
    await recorder?.judged(judged).catch(() => undefined);
    await rest();
    const [before, after] = [bases.get(checkpoint)?.listing, readBack.get(checkpoint)];
    const changes = before && after ? meanwhile(checkpoint, before, after, steps) : [];
    if (changes.length > 0) onMeanwhile?.(changes);
  }
  return plan.steps.map((step) => outcomes.get(step) ?? { step, result: 'notSent', ...recordFailure });
}

/** The project that spoiled a batch: it owns the model, and no other project of the batch was refused for itself. */
function refusedOwner(steps: readonly Step[], answers: ReadonlyMap<Step, Sent>): string | undefined {
  const [first] = steps;
  const answer = first && answers.get(first)?.answer;
  const error = answer && 'error' in answer ? answer.error : undefined;
  const owner = error instanceof APIError ? error.owningProject : undefined;
  const isOne = steps.some(({ project }) => project === owner);
  return isOne && steps.some(({ project }) => project !== owner) ? owner : undefined;
}

/** What the plan was made from; what is shown, unless it is older than a change of our own. */
export function basisOf(
  plan: Plan,
  checkpoint: string,
  store: Pick<PermissionStore, 'snapshot'>,
): Basis | undefined {
  return plan.basis?.get(checkpoint) ?? currentBasis(store, checkpoint);
}

/** Whether the server accepted a change that the list doesn't show yet, or shows as an older permission than it granted. */
function isAwaited(outcome: Outcome, sent: Sent | undefined): boolean {
  if (outcome.result === 'unverified') return outcome.why === 'notListed';
  if (outcome.result !== 'done' || outcome.by !== 'others' || sent?.answer.kind !== 'accepted') return false;
  const { listed } = evidenceOf(sent, outcome.step.project);
  return listed !== undefined && !listed.some(({ id }) => id === outcome.permission?.id);
}

async function waitFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(milliseconds, undefined, signal && { signal }).catch(() => undefined);
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
