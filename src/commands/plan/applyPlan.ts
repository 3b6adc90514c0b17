import { commands, ProgressLocation, window } from 'vscode';
import type { PlanWriter } from '../../access/journal/planWriter';
import type { Organization } from '../../access/organization';
import { type ApplyProgress, apply } from '../../access/plan/apply';
import { stillToDo } from '../../access/plan/lookAgain';
import type { Meanwhile } from '../../access/plan/meanwhile';
import { type Outcome, planToRetry, unverifiedIn } from '../../access/plan/outcome';
import { checkpointsOf, type Plan, planKind } from '../../access/plan/plan';
import { NotOursError } from '../../access/plan/recorder';
import { checkAgain } from '../../access/plan/verify';
import { cancelSignal } from '../../editor/questions';
import { commandIds } from '../../ids';
import { escapeForMessage } from '../../text/plainText';
import { countDown } from '../../views/shared/waitingNotice';
import { explain, explanationInWords } from '../../words/errors';
import { checkingAgain } from '../../words/outcomes';
import * as words from '../../words/plan';
import { withErrorReport } from '../shared/errorReport';
import { ensureStillCurrent, prefixWithOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';
import { reportOutcomes } from './reportOutcomes';
import { revealChanged } from './revealChanged';

/** The record of a plan: `entry` continues an existing one. `undoes` is the ID of the record that this plan undoes. */
export interface Recording {
  readonly entry?: PlanWriter;
  readonly undoes?: string;
  /** Receives the outcomes when the plan was applied, and again with each change that was confirmed later. */
  readonly onOutcomes?: (outcomes: readonly Outcome[]) => void;
}

/**
 * Applies a confirmed plan, with progress, and reports the outcome of each step. Undefined when another organization is
 * shown. Rejects with `JournalError` when the plan can't be recorded; then no request was sent.
 */
export async function applyPlan(
  services: Services,
  organization: Organization,
  plan: Plan,
  recording: Recording = {},
): Promise<Outcome[] | undefined> {
  if (!(await ensureStillCurrent(services, organization))) return undefined;
  const entry = recording.entry ?? (await beginRecord(services, organization, plan, recording));
  const changes: Meanwhile[] = [];
  const outcomes = await entry.during(() =>
    applyWithProgress(organization, plan, (signal, onProgress) =>
      apply(plan, organization.target, {
        signal,
        onProgress,
        recorder: entry,
        onMeanwhile: (some) => changes.push(...some),
      }),
    ),
  );
  await endRecord(services, entry);
  await expandCheckpoint(services, plan);
  report(services, organization, plan, outcomes, changes, { ...recording, entry });
  return outcomes;
}

/** Passes the outcomes on, and reports those of `told`, by default all. */
function report(
  services: Services,
  organization: Organization,
  plan: Plan,
  outcomes: readonly Outcome[],
  changes: readonly Meanwhile[],
  recording: Recording,
  told = outcomes,
): void {
  recording.onOutcomes?.(outcomes);
  revealChanged(services, organization, told);
  const { entry, undoes } = recording;
  reportOutcomes(services, organization, told, changes, {
    retry: (remaining) =>
      withErrorReport(services, () =>
        retryPlan(services, organization, planToRetry(remaining, plan), outcomes, recording),
      ),
    checkAgain: () =>
      withErrorReport(services, () => checkAccepted(services, organization, plan, outcomes, recording)),
    ...(entry && undoes === undefined && { undo: () => undo(entry) }),
  });
}

/** Offers the plan that undoes a recorded plan. */
function undo({ id }: PlanWriter): Thenable<unknown> {
  return commands.executeCommand(commandIds.undoLastChange, { record: id });
}

/** Reads the lists again to confirm accepted changes, and reports what they show. Sends no change. */
async function checkAccepted(
  services: Services,
  organization: Organization,
  plan: Plan,
  outcomes: readonly Outcome[],
  recording: Recording,
): Promise<void> {
  if (!(await ensureStillCurrent(services, organization))) return;
  const title = prefixWithOrganization(organization, checkingAgain);
  const checked = await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      return checkAgain(unverifiedIn(outcomes), organization.permissions, signal);
    },
  );
  report(services, organization, plan, merge(outcomes, checked), [], recording, checked);
}

/** The outcomes with later ones of some of their steps. */
function merge(outcomes: readonly Outcome[], later: readonly Outcome[]): Outcome[] {
  const latest = new Map(later.map((outcome) => [outcome.step, outcome]));
  return outcomes.map((outcome) => latest.get(outcome.step) ?? outcome);
}

async function beginRecord(
  services: Services,
  organization: Organization,
  plan: Plan,
  { undoes }: Recording,
): Promise<PlanWriter> {
  const journal = await services.journals.of(organization);
  const { id: profile, name, projects, identity } = organization;
  const names = Object.fromEntries(
    [...new Set(plan.steps.map(({ project }) => project))].flatMap((project) => {
      const known = projects.nameOf(project);
      return known === undefined ? [] : [[project, known] as const];
    }),
  );
  return journal.begin({
    profile,
    organization: name,
    names,
    plan,
    ...(identity && { whose: identity }),
    ...(undoes && { undoes }),
  });
}

/**
 * Ends the record. When its last line can't be written, a warning is shown, and the next start offers to resume. The
 * record of a plan that another window took over is that window's to end, which the outcomes say.
 */
async function endRecord({ log }: Services, entry: PlanWriter): Promise<void> {
  await entry.end('applied').catch((error: unknown) => {
    const why = explanationInWords(explain(error));
    log.error(why);
    if (error instanceof NotOursError) return;
    void window.showWarningMessage(escapeForMessage(why, 500));
  });
}

async function applyWithProgress<T>(
  organization: Organization,
  plan: Plan,
  work: (signal: AbortSignal, onProgress: (now: ApplyProgress) => void) => Promise<T>,
): Promise<T> {
  const title = prefixWithOrganization(organization, words.applying[planKind(plan)]);
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      let stopCountdown = (): void => undefined;
      const onProgress = (now: ApplyProgress): void => {
        stopCountdown();
        if (now.doing === 'waiting') stopCountdown = countDown(progress, now);
        else progress.report({ message: words.applyProgressInWords(organization, now) });
      };
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      return work(signal, onProgress).finally(() => stopCountdown());
    },
  );
}

/** Rechecks the steps before a retry, because a request without a response may have been carried out. */
async function retryPlan(
  services: Services,
  organization: Organization,
  remaining: Plan,
  before: readonly Outcome[],
  { undoes, onOutcomes }: Recording,
): Promise<void> {
  if (!(await ensureStillCurrent(services, organization))) return;
  const title = prefixWithOrganization(organization, words.checkingRemaining);
  const plan = await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) => stillToDo(remaining, organization.permissions, cancelSignal(token)),
  );
  if (plan.steps.length > 0) {
    await applyPlan(services, organization, plan, {
      ...(undoes && { undoes }),
      onOutcomes: (outcomes) => onOutcomes?.(merge(before, outcomes)),
    });
  } else void window.showInformationMessage(prefixWithOrganization(organization, words.nothingLeftToDo));
}

/** Expands the checkpoint of a grant if the view is visible, so that the new permissions are seen. */
async function expandCheckpoint({ view }: Services, plan: Plan): Promise<void> {
  const [checkpoint, another] = checkpointsOf(plan);
  if (checkpoint === undefined || another !== undefined) return;
  if (view.isVisible && plan.steps[0]?.action === 'grant') await view.expand(checkpoint);
}
