import { railsOf } from '../../access/accessFile/rails';
import { readSavedPlan, whyStale } from '../../access/accessFile/savedPlan';
import { type ApplyProgress, apply } from '../../access/plan/apply';
import type { Meanwhile } from '../../access/plan/meanwhile';
import type { Outcome } from '../../access/plan/outcome';
import { keyOf, type Plan } from '../../access/plan/plan';
import { notSavedPlanInWords, railInWords, staleInWords } from '../../words/accessFile';
import {
  applying,
  applyingPhases,
  canceledBeforeChanges,
  changedByOthers,
  errorsInFile,
  grantedAgain,
  inSync,
  notEverythingLoaded,
  nothingEnded,
  outcomeCounts,
  outcomeInTerminal,
  refusedForPullRequest,
  removalsOption,
  stopping,
  stoppingNow,
} from '../../words/cli';
import { exitCodes, Stop } from '../exitCodes';
import { readText } from '../files';
import {
  changesOf,
  incompleteSummary,
  messagesOf,
  type PlannedFile,
  planFile,
  readAccessFile,
} from '../planning';
import { pullRequestSystem } from '../pullRequest';
import type { Report, ReportedChange, ReportedMessage, ResultName } from '../report';
import type { ToolSession } from '../session';
import { notValid, reportOfPlan } from './plan';

/** Plans the file, changes access, and confirms each change. */
export async function runApply(session: ToolSession): Promise<Report> {
  const { line, host } = session;
  refuseForPullRequest(session);
  const { savedPlan: path } = line;
  const saved = path === undefined ? undefined : savedPlanIn(await readText(host.folder, path));
  if (saved && !('saved' in saved))
    throw new Stop(exitCodes.refused, saved.problem, notSavedPlanInWords(saved.problem));
  const reading = await readAccessFile(session);
  if (!('file' in reading)) return notValid(session, reading);
  const planned = await planFile(session, reading);
  const { plan, text, isComplete } = planned;
  // Without the projects, nothing tells a project that is gone from one that may get access.
  const isBlocked = !plan.areProjectsComplete || (saved !== undefined && !isComplete);
  if (plan.errors.length > 0 || isBlocked)
    return {
      ...reportOfPlan(session, planned),
      result: 'error',
      code: exitCodes.error,
      summary: [isBlocked ? notEverythingLoaded : errorsInFile, isComplete ? '' : incompleteSummary(planned)],
      messages: messagesOf(planned, session.now()),
    };
  if (saved) {
    const stale = whyStale(saved.saved, { fileText: text, plan });
    if (stale) throw new Stop(exitCodes.refused, 'stale', staleInWords(stale));
  }
  const rails = railsOf(plan, line.allowRemovals === undefined ? {} : { allowRemovals: line.allowRemovals });
  if (rails.length > 0)
    return {
      ...reportOfPlan(session, planned),
      result: 'refused',
      code: exitCodes.refused,
      summary: [],
      messages: rails.map((rail) => ({
        severity: 'error',
        kind: rail.kind,
        text:
          rail.kind === 'tooManyRemovals'
            ? `${railInWords(rail)} ${removalsOption(rail.removals)}`
            : railInWords(rail),
      })),
    };
  return changeAccess(session, planned, plan.checked.plan);
}

function savedPlanIn(text: string | undefined): ReturnType<typeof readSavedPlan> {
  return text === undefined ? { problem: 'notJSON' } : readSavedPlan(text);
}

/** Revokes only what `until` has ended. Nothing that the file grants is needed for it, so its errors don't hold it up. */
export async function runExpire(session: ToolSession): Promise<Report> {
  refuseForPullRequest(session);
  const reading = await readAccessFile(session);
  if (!('file' in reading)) return notValid(session, reading);
  const planned = await planFile(session, reading);
  const { plan } = planned;
  const steps = plan.checked.plan.steps.filter((step) => plan.reasons.get(keyOf(step))?.kind === 'ended');
  return changeAccess(session, planned, { ...plan.checked.plan, steps });
}

function refuseForPullRequest({ host }: ToolSession): void {
  const system = pullRequestSystem(host.env);
  if (system !== undefined) throw new Stop(exitCodes.refused, 'pullRequest', refusedForPullRequest(system));
}

/** Changes access, and reports what became of each change. */
async function changeAccess(session: ToolSession, planned: PlannedFile, plan: Plan): Promise<Report> {
  const { progress, signal } = session;
  const { organization, target } = session.connect([]);
  const others: Meanwhile[] = [];
  if (signal.aborted) throw new Stop(exitCodes.partly, 'canceled', canceledBeforeChanges);
  const stopListening = listenWhileChanging(session, organization.permissions);
  const outcomes = await apply(plan, target, {
    signal,
    sendRest: true,
    confirmAnyway: true,
    onMeanwhile: (changes) => others.push(...changes),
    onProgress(change) {
      if (change.doing !== 'waiting')
        progress.show(phaseOf(change), applying(change), change.answered, change.total);
      else if (change.reason === 'list') progress.wait({ reason: 'list', until: change.until });
    },
  });
  stopListening();
  progress.clear();
  const now = session.now();
  const isCanceled = signal.aborted;
  const again = others.filter((change) => isGrantedAgain(change, plan));
  const { result, code } = resultOf(outcomes, isCanceled, isWhole(session, planned) && again.length === 0);
  return {
    ...reportOfPlan(session, planned),
    result,
    code,
    changes: withOutcomes(changesOf(planned, plan.steps), outcomes, planned),
    summary: [
      outcomes.length > 0 || isCanceled
        ? outcomeCounts(outcomes, isCanceled)
        : code === exitCodes.ok
          ? session.line.verb === 'expire'
            ? nothingEnded
            : inSync
          : '',
      incompleteSummary(planned),
    ],
    messages: [...messagesOfChange(session, planned, now), ...othersMessages(planned, others, again)],
  };
}

function phaseOf({ doing }: ApplyProgress): string {
  return doing === 'readingBack' ? applyingPhases.confirming : applyingPhases.changing;
}

/** Whether a project has the access again that the plan revoked. */
function isGrantedAgain({ action, checkpoint, permission }: Meanwhile, { steps }: Plan): boolean {
  return (
    action === 'granted' &&
    steps.some(
      (step) =>
        step.action === 'revoke' && step.checkpoint === checkpoint && step.project === permission.project_id,
    )
  );
}

/** `again`: those of `others` that undo the plan. */
function othersMessages(
  { organization }: PlannedFile,
  others: readonly Meanwhile[],
  again: readonly Meanwhile[],
): ReportedMessage[] {
  const rest = others.filter((change) => !again.includes(change));
  return [
    ...(again.length > 0
      ? [{ severity: 'warning', kind: 'grantedAgain', text: grantedAgain(organization, again) } as const]
      : []),
    ...(rest.length > 0
      ? [
          {
            severity: 'information',
            kind: 'changedByOthers',
            text: changedByOthers(organization, rest),
          } as const,
        ]
      : []),
  ];
}

/** Whether all that the command is about could be planned. What ends needs complete lists, and nothing else. */
function isWhole({ line }: ToolSession, { plan, isComplete }: PlannedFile): boolean {
  if (line.verb === 'expire') return plan.unread.length === 0;
  return isComplete && plan.checked.impossible.length === 0;
}

/** What holds up a grant is worth knowing where access only ends, and no error of that. */
function messagesOfChange({ line }: ToolSession, planned: PlannedFile, now: number): ReportedMessage[] {
  const messages = messagesOf(planned, now);
  if (line.verb !== 'expire') return messages;
  return messages.map((message) =>
    message.severity === 'error' && message.kind !== 'notLoaded'
      ? { ...message, severity: 'warning' }
      : message,
  );
}

/** `isWhole`: everything could be loaded and planned, and no one undid it. */
function resultOf(
  outcomes: readonly Outcome[],
  isCanceled: boolean,
  isWhole: boolean,
): { readonly result: ResultName; readonly code: 0 | 1 | 4 } {
  if (isCanceled) return { result: 'canceled', code: exitCodes.partly };
  const isDone = outcomes.every(({ result }) => result === 'done');
  if (isDone && isWhole) return { result: outcomes.length > 0 ? 'applied' : 'inSync', code: exitCodes.ok };
  const isUntouched = outcomes.every(
    (outcome) => outcome.result === 'notSent' || (outcome.result === 'failed' && !outcome.mayStillHappen),
  );
  return isUntouched
    ? { result: 'error', code: exitCodes.error }
    : { result: 'partly', code: exitCodes.partly };
}

function withOutcomes(
  changes: readonly ReportedChange[],
  outcomes: readonly Outcome[],
  { organization }: PlannedFile,
): ReportedChange[] {
  return changes.map((change, index) => {
    const outcome = outcomes[index];
    if (!outcome) return change;
    const permission = outcome.result === 'done' ? outcome.permission : undefined;
    return {
      ...change,
      outcome: {
        result: outcome.result,
        text: outcomeInTerminal(outcome, organization),
        ...(outcome.result === 'done' && { by: outcome.by }),
        ...(permission && { permissionId: permission.id }),
      },
    };
  });
}

/** Signals within this time are one, in milliseconds: a terminal sends Ctrl+C to all processes, and npm passes it on, too. */
const oneSignal = 1000;

/**
 * The first signal stops what isn't sent yet: `session` aborts. What was sent is still confirmed. The second one ends that,
 * and says so. A request that changes access is awaited in any case.
 */
function listenWhileChanging(session: ToolSession, permissions: { pause(): void }): () => void {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  session.isChanging = true;
  return session.host.onSignal(() => {
    const now = performance.now();
    if (now - last < oneSignal) return;
    last = now;
    count += 1;
    session.progress.say(count === 1 ? stopping : stoppingNow);
    if (count > 1) permissions.pause();
  });
}
