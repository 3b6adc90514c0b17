import { window } from 'vscode';
import type { Organization } from '../../access/organization';
import type { Meanwhile } from '../../access/plan/meanwhile';
import { type Outcome, retriable, unverifiedIn } from '../../access/plan/outcome';
import type { Step } from '../../access/plan/plan';
import { APIError } from '../../openai';
import { sentences } from '../../text/lists';
import { explain } from '../../words/errors';
import { firstCheckpoints, firstProjects, projectName } from '../../words/names';
import * as words from '../../words/outcomes';
import { buttons, commandTitles } from '../../words/titles';
import { type Button, errorActions, showWithActions } from '../shared/errorReport';
import { prefixWithOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';

/** What the buttons below a report do. */
export interface ReportActions {
  readonly retry: (remaining: readonly Outcome[]) => Promise<void>;
  /** Reads the lists of accepted changes again. */
  readonly checkAgain: () => Promise<void>;
  /** Offers to undo the plan. Absent for one that undid another. */
  readonly undo?: () => unknown;
  /** Whether the person sees the outcomes on the page, so that no notification is shown. */
  readonly isInSight?: boolean;
}

/** The outcomes in one paragraph, with what others changed. */
export function outcomesSummary(
  organization: Organization,
  outcomes: readonly Outcome[],
  changes: readonly Meanwhile[],
): string {
  return sentences(
    words.outcomesInWords(outcomes, organization),
    words.othersInWords(organization, changes, outcomes),
  );
}

/**
 * Shows the outcome of each step, with buttons to retry failed steps and to check accepted ones again. Doesn't wait for
 * an answer.
 */
export function reportOutcomes(
  { log }: Pick<Services, 'log'>,
  organization: Organization,
  outcomes: readonly Outcome[],
  changes: readonly Meanwhile[],
  { retry, checkAgain, undo, isInSight = false }: ReportActions,
): void {
  const notDone = outcomes.filter(({ result }) => result !== 'done');
  const summary = prefixWithOrganization(organization, outcomesSummary(organization, outcomes, changes));
  for (const outcome of notDone) log.error(words.outcomeForLog(outcome));
  if (notDone.length === 0) log.info(summary);
  if (isInSight) return;
  if (notDone.length === 0) {
    // Concurrent changes by others need attention, so they make it a warning.
    const tell = changes.length > 0 ? window.showWarningMessage : window.showInformationMessage;
    showWithActions(tell, summary, undo ? [[buttons.undo, undo]] : []);
    return;
  }
  const isNoFailure = notDone.every(
    (outcome) =>
      (outcome.result === 'notSent' && outcome.error === undefined) ||
      (outcome.result === 'unverified' && outcome.why === 'notListed'),
  );
  const show = isNoFailure ? window.showWarningMessage : window.showErrorMessage;
  showWithActions(show, sentences(summary, ...groupedReasons(organization, notDone, outcomes)), [
    ...retryActions(notDone, retry),
    ...(unverifiedIn(notDone).length > 0 ? ([[words.checkAgainButton, checkAgain]] as const) : []),
    ...suggestedActions(notDone),
    [commandTitles.showLog, () => log.show()],
  ]);
}

/** One sentence for each reason, with its projects, and its checkpoints if the plan has several. */
function groupedReasons(
  organization: Organization,
  notDone: readonly Outcome[],
  all: readonly Outcome[],
): string[] {
  const isOfSeveral = new Set(all.map(({ step }) => step.checkpoint)).size > 1;
  const groups = new Map<string, Step[]>();
  for (const outcome of notDone) {
    const reason = words.reasonInWords(outcome, (project) => projectName(organization, project));
    const group = groups.get(reason);
    if (group) group.push(outcome.step);
    else groups.set(reason, [outcome.step]);
  }
  return [...groups].map(([reason, steps]) => {
    const projects = firstProjects(organization, [...new Set(steps.map(({ project }) => project))], 5);
    const checkpoints = [...new Set(steps.map(({ checkpoint }) => checkpoint))];
    return words.projectsAndReason(
      projects,
      isOfSeveral ? firstCheckpoints(checkpoints, 3, organization) : '',
      reason,
    );
  });
}

/** The outcomes that a retry is for. */
export function toRetry(outcomes: readonly Outcome[]): Outcome[] {
  const retriables = retriable(outcomes);
  // The API rejects a whole batch for the one project that owns the model
  // (docs/api.md#the-owning-project-cannot-be-granted).
  const owners = new Set(
    retriables.map((outcome) => JSON.stringify([outcome.step.checkpoint, owningProjectOf(outcome)])),
  );
  return retriables.filter(
    ({ step: { checkpoint, project } }) => !owners.has(JSON.stringify([checkpoint, project])),
  );
}

function retryActions(notDone: readonly Outcome[], retry: ReportActions['retry']): Button[] {
  const left = toRetry(notDone);
  if (left.length === 0) return [];
  const label = left.length < retriable(notDone).length ? words.grantOthersButton : words.retryButton;
  return [[label, () => retry(left)]];
}

function owningProjectOf(outcome: Outcome): string | undefined {
  if (outcome.result !== 'failed' || !(outcome.error instanceof APIError)) return undefined;
  return outcome.error.owningProject;
}

function suggestedActions(notDone: readonly Outcome[]): Button[] {
  const suggested = notDone.flatMap((outcome) =>
    'error' in outcome ? errorActions(explain(outcome.error)) : [],
  );
  return suggested.slice(0, 1);
}
