import { commands, window } from 'vscode';
import type { PlanWriter } from '../../access/journal/planWriter';
import type { Organization } from '../../access/organization';
import { type ApplyProgress, apply } from '../../access/plan/apply';
import { stillToDo } from '../../access/plan/lookAgain';
import type { Meanwhile } from '../../access/plan/meanwhile';
import { type Outcome, planToRetry, unverifiedIn, withLater } from '../../access/plan/outcome';
import { checkpointsOf, type Plan, planKind, type Step } from '../../access/plan/plan';
import type { Proposal } from '../../access/plan/proposals';
import { NotOursError } from '../../access/plan/recorder';
import { checkAgain } from '../../access/plan/verify';
import { commandIds } from '../../ids';
import { escapeForMessage } from '../../text/plainText';
import { explain, explanationInWords } from '../../words/errors';
import { checkingAgain } from '../../words/outcomes';
import * as words from '../../words/plan';
import { withErrorReport } from '../shared/errorReport';
import { ensureStillCurrent } from '../shared/organizationInView';
import type { Services } from '../shared/services';
import { type ProgressPlace, withPlanProgress } from './planProgress';
import { outcomesSummary, reportOutcomes, toRetry } from './reportOutcomes';
import { revealChanged } from './revealChanged';

/**
 * The record of a plan: `entry` continues an existing one. `undoes` has the IDs of the records of the plan that this one
 * undoes: a plan has one for each try.
 */
export interface Recording {
  readonly entry?: PlanWriter;
  readonly undoes?: readonly string[];
  /** Receives the outcomes when the plan was applied, and all of them again after each retry or confirmation. */
  readonly onOutcomes?: (outcomes: readonly Outcome[]) => void;
  /** Shows the plan, its progress and its outcomes on the page. A notification has them while that is out of sight. */
  readonly proposal?: Proposal;
  /** Sends the rest of a batch that was refused because of the owner. */
  readonly sendRest?: boolean;
  /** What became of all steps, of which this plan tries some once more. */
  readonly before?: EarlierTries;
}

/**
 * Applies a confirmed plan, with progress, and reports the outcome of each step. Undefined when another organization is
 * shown, or the plan is no longer shown. Rejects with `JournalError` when the plan can't be recorded; then no request was
 * sent.
 */
export async function applyPlan(
  services: Services,
  organization: Organization,
  plan: Plan,
  recording: Recording = {},
): Promise<Outcome[] | undefined> {
  const { proposal } = recording;
  // From now on no other plan takes its place on the page.
  if (proposal && !proposal.begin(plan.steps)) return undefined;
  try {
    if (!(await ensureStillCurrent(services, organization))) return undefined;
    const entry = recording.entry ?? (await beginRecord(services, organization, plan, recording));
    const changes: Meanwhile[] = [];
    const outcomes = await entry.during(() =>
      applyWithProgress(organization, plan, placeOf(recording), (signal, onProgress) =>
        apply(plan, organization.target, {
          signal,
          onProgress,
          recorder: proposal?.marking(entry) ?? entry,
          onMeanwhile: (some) => changes.push(...some),
          sendRest: recording.sendRest ?? false,
        }),
      ),
    );
    await endRecord(services, entry);
    await expandCheckpoint(services, plan);
    report(services, organization, plan, { outcomes, changes, record: entry.id }, recording);
    return outcomes;
  } finally {
    proposal?.giveUp();
  }
}

/** The outcomes of a plan, and the records of its tries. */
interface Tries {
  readonly outcomes: readonly Outcome[];
  readonly records: readonly string[];
}

/** The tries before another one. */
interface EarlierTries extends Tries {
  /** What is tried once more: a part of the plan, perhaps in effect by now. */
  readonly steps: readonly Step[];
}

/** What became of a plan, or of the part of it that was tried once more. */
interface Applied {
  readonly outcomes: readonly Outcome[];
  /** What others changed. */
  readonly changes: readonly Meanwhile[];
  /** The ID of the record. Absent when nothing was left to send. */
  readonly record?: string;
}

/** Passes all outcomes on, and reports those of `steps`, by default of what was tried. */
function report(
  services: Services,
  organization: Organization,
  plan: Plan,
  applied: Applied,
  recording: Recording,
  steps = recording.before?.steps ?? plan.steps,
): void {
  const { changes, record } = applied;
  const { proposal, before, onOutcomes } = recording;
  // A retry is of a part, and the page shows the whole.
  const whole = withLater(before?.outcomes ?? [], applied.outcomes);
  const records = [...(before?.records ?? []), ...(record === undefined ? [] : [record])];
  const chosen = new Set(steps);
  const told = whole.filter(({ step }) => chosen.has(step));
  onOutcomes?.(whole);
  revealChanged(services, organization, told);
  const retry = (remaining: readonly Outcome[]): Promise<void> =>
    withErrorReport(services, () =>
      retryPlan(
        services,
        organization,
        planToRetry(remaining, plan),
        { outcomes: whole, records },
        recording,
      ),
    );
  const checkAgain = (): Promise<void> =>
    withErrorReport(services, () =>
      checkAccepted(services, organization, plan, { ...applied, outcomes: whole }, recording),
    );
  const notDone = toRetry(whole);
  proposal?.end({
    outcomes: whole,
    summary: outcomesSummary(organization, whole, changes),
    records,
    ...(notDone.length > 0 && { retry: { changes: notDone.length, act: () => retry(notDone) } }),
    ...(unverifiedIn(whole).length > 0 && { checkAgain }),
  });
  const isInSight = proposal !== undefined && organization.proposals.isInSight;
  reportOutcomes(services, organization, told, changes, {
    retry,
    checkAgain,
    isInSight,
    ...(recording.undoes === undefined && { undo: () => undo(records) }),
  });
}

/** Offers the plan that undoes a recorded plan with all of its tries, by their IDs in the journal. */
function undo(records: readonly string[]): Thenable<unknown> {
  return commands.executeCommand(commandIds.undoLastChange, { records });
}

/** Reads the lists again to confirm accepted changes, and reports what they show. Sends no change. */
async function checkAccepted(
  services: Services,
  organization: Organization,
  plan: Plan,
  { outcomes, record }: Applied,
  recording: Recording,
): Promise<void> {
  const { proposal } = recording;
  // Both the page and a notification offer it.
  if (proposal?.phase === 'applying') return;
  const unverified = unverifiedIn(outcomes);
  const steps = unverified.map(({ step }) => step);
  const where = proposal?.begin(steps) ? recording : withoutProposal(recording);
  try {
    if (!(await ensureStillCurrent(services, organization))) return;
    const checked = await withPlanProgress(organization, placeOf(where), checkingAgain, (_progress, signal) =>
      checkAgain(unverified, organization.permissions, signal),
    );
    const latest = {
      outcomes: withLater(outcomes, checked),
      changes: [],
      ...(record !== undefined && { record }),
    };
    report(services, organization, plan, latest, where, steps);
  } finally {
    where.proposal?.giveUp();
  }
}

function placeOf({ proposal }: Recording): ProgressPlace {
  return proposal ? 'page' : 'notification';
}

/** For a plan that was closed on the page, whose notification is still there. */
function withoutProposal({ proposal: _closed, ...recording }: Recording): Recording {
  return recording;
}

async function beginRecord(
  services: Services,
  organization: Organization,
  plan: Plan,
  { undoes: [undone, ...tries] = [] }: Recording,
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
    ...(undone !== undefined && { undoes: undone }),
    ...(tries.length > 0 && { undoesTries: tries }),
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

function applyWithProgress<T>(
  organization: Organization,
  plan: Plan,
  place: ProgressPlace,
  work: (signal: AbortSignal, onProgress: (now: ApplyProgress) => void) => Promise<T>,
): Promise<T> {
  return withPlanProgress(organization, place, words.applying[planKind(plan)], (progress, signal) =>
    work(signal, (now) => {
      if (now.doing === 'waiting') progress.wait(now);
      else progress.report(words.applyProgressInWords(organization, now));
    }),
  );
}

/** Rechecks the steps before a retry, because a request without a response may have been carried out. */
async function retryPlan(
  services: Services,
  organization: Organization,
  remaining: Plan,
  { outcomes, records }: Tries,
  recording: Recording,
): Promise<void> {
  const { proposal } = recording;
  if (proposal?.phase === 'applying') return;
  const where = proposal?.begin(remaining.steps) ? recording : withoutProposal(recording);
  try {
    if (!(await ensureStillCurrent(services, organization))) return;
    const { left, done } = await withPlanProgress(
      organization,
      placeOf(where),
      words.checkingRemaining,
      (_progress, signal) => stillToDo(remaining, organization.permissions, signal),
    );
    // A try has a record of its own.
    const { entry: _earlier, ...rest } = where;
    const before = { outcomes: withLater(outcomes, done), records, steps: remaining.steps };
    const retried: Recording = { ...rest, before };
    if (left.steps.length > 0) await applyPlan(services, organization, left, retried);
    else report(services, organization, remaining, { outcomes: [], changes: [] }, retried);
  } finally {
    where.proposal?.giveUp();
  }
}

/** Expands the checkpoint of a grant if the view is visible, so that the new permissions are seen. */
async function expandCheckpoint({ view }: Services, plan: Plan): Promise<void> {
  const [checkpoint, another] = checkpointsOf(plan);
  if (checkpoint === undefined || another !== undefined) return;
  if (view.isVisible && plan.steps[0]?.action === 'grant') await view.expand(checkpoint);
}
