import { window } from 'vscode';
import type { Organization } from '../../access/organization';
import type { Meanwhile } from '../../access/plan/meanwhile';
import { type Outcome, retriable } from '../../access/plan/outcome';
import type { Plan, Step } from '../../access/plan/plan';
import { APIError } from '../../openai';
import { sentences } from '../../text/lists';
import { explain } from '../../words/errors';
import { firstProjects, projectName } from '../../words/names';
import * as words from '../../words/outcomes';
import { commandTitles } from '../../words/titles';
import { type Button, errorActions, showWithActions } from '../shared/errorReport';
import { prefixWithOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';

/** Shows the outcome of each step, with a button to retry failed steps. Doesn't wait for an answer. */
export function reportOutcomes(
  { log }: Pick<Services, 'log'>,
  organization: Organization,
  outcomes: readonly Outcome[],
  changes: readonly Meanwhile[],
  retry: (plan: Plan) => Promise<void>,
): void {
  const notDone = outcomes.filter(({ result }) => result !== 'done');
  const others = words.othersInWords(organization, changes, outcomes);
  const summary = prefixWithOrganization(
    organization,
    sentences(words.outcomesInWords(outcomes, organization), others),
  );
  for (const outcome of notDone) log.error(words.outcomeForLog(outcome));
  if (notDone.length === 0) {
    log.info(summary);
    // Concurrent changes by others need attention, so they make it a warning.
    void (changes.length > 0 ? window.showWarningMessage(summary) : window.showInformationMessage(summary));
    return;
  }
  const canceledOnly = notDone.every(
    (outcome) => outcome.result === 'notSent' && outcome.error === undefined,
  );
  const show = canceledOnly ? window.showWarningMessage : window.showErrorMessage;
  showWithActions(show, sentences(summary, ...groupedReasons(organization, notDone)), [
    ...retryActions(notDone, retry),
    ...suggestedActions(notDone),
    [commandTitles.showLog, () => log.show()],
  ]);
}

/** One sentence for each reason, with its projects. */
function groupedReasons(organization: Organization, outcomes: readonly Outcome[]): string[] {
  const groups = new Map<string, string[]>();
  for (const outcome of outcomes) {
    const reason = words.reasonInWords(outcome, (project) => projectName(organization, project));
    groups.set(reason, [...(groups.get(reason) ?? []), outcome.step.project]);
  }
  return [...groups].map(([reason, projects]) =>
    words.projectsAndReason(firstProjects(organization, projects, 5), reason),
  );
}

function retryActions(notDone: readonly Outcome[], retry: (plan: Plan) => Promise<void>): Button[] {
  const retriables = retriable(notDone);
  const owning = retriables.filter((outcome) => owningProjectOf(outcome) !== undefined);
  // The API rejects a whole batch for the one project that owns the model
  // (docs/api.md#the-owning-project-cannot-be-granted).
  const isOwner = ({ checkpoint, project }: Step): boolean =>
    owning.some((outcome) => outcome.step.checkpoint === checkpoint && owningProjectOf(outcome) === project);
  const steps = retriables.map(({ step }) => step).filter((step) => !isOwner(step));
  if (steps.length === 0) return [];
  return [
    [steps.length < retriables.length ? words.grantOthersButton : words.retryButton, () => retry({ steps })],
  ];
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
