import { window } from 'vscode';
import type { Organization } from '../../access/organization';
import type { Meanwhile } from '../../access/plan/meanwhile';
import { type Outcome, retriable } from '../../access/plan/outcome';
import type { Plan, Step } from '../../access/plan/plan';
import { APIError } from '../../openai';
import { sentences } from '../../text/lists';
import { explain } from '../../words/errors';
import { firstProjects } from '../../words/names';
import * as words from '../../words/outcomes';
import { commandTitles } from '../../words/titles';
import { type Button, errorActions, showWithActions } from '../shared/errorReport';
import { prefixWithOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';

/** Reports what became of each step, with a way to try again what failed. Does not wait for the person. */
export function reportOutcomes(
  { log }: Pick<Services, 'log'>,
  organization: Organization,
  outcomes: readonly Outcome[],
  changes: readonly Meanwhile[],
  again: (plan: Plan) => Promise<void>,
): void {
  const rest = outcomes.filter(({ result }) => result !== 'done');
  const others = words.othersInWords(organization, changes, outcomes);
  const summary = prefixWithOrganization(organization, sentences(words.outcomesInWords(outcomes), others));
  for (const outcome of rest) log.error(words.outcomeForLog(outcome));
  if (rest.length === 0) {
    log.info(summary);
    // What others did at the same time asks for a second look.
    void (changes.length > 0 ? window.showWarningMessage(summary) : window.showInformationMessage(summary));
    return;
  }
  const canceledOnly = rest.every((outcome) => outcome.result === 'notSent' && outcome.error === undefined);
  const show = canceledOnly ? window.showWarningMessage : window.showErrorMessage;
  showWithActions(show, sentences(summary, ...groupedReasons(organization, rest)), [
    ...retries(rest, again),
    ...offers(rest),
    [commandTitles.showLog, () => log.show()],
  ]);
}

/** Steps that failed for the same reason are named together. */
function groupedReasons(organization: Organization, outcomes: readonly Outcome[]): string[] {
  const groups = new Map<string, string[]>();
  for (const outcome of outcomes) {
    const reason = words.reasonInWords(outcome);
    groups.set(reason, [...(groups.get(reason) ?? []), outcome.step.project]);
  }
  return [...groups].map(([reason, projects]) =>
    words.projectsAndReason(firstProjects(organization, projects, 5), reason),
  );
}

function retries(rest: readonly Outcome[], again: (plan: Plan) => Promise<void>): Button[] {
  const left = retriable(rest);
  const owning = left.filter((outcome) => owningProjectOf(outcome) !== undefined);
  // The server refuses a whole batch for the one project that owns the model
  // (docs/api.md#the-owning-project-cannot-be-granted).
  const owns = ({ checkpoint, project }: Step): boolean =>
    owning.some((outcome) => outcome.step.checkpoint === checkpoint && owningProjectOf(outcome) === project);
  const steps = left.map(({ step }) => step).filter((step) => !owns(step));
  if (steps.length === 0) return [];
  return [[steps.length < left.length ? words.grantOthersButton : words.retryButton, () => again({ steps })]];
}

function owningProjectOf(outcome: Outcome): string | undefined {
  if (outcome.result !== 'failed' || !(outcome.error instanceof APIError)) return undefined;
  return outcome.error.owningProject;
}

function offers(rest: readonly Outcome[]): Button[] {
  const suggested = rest.flatMap((outcome) =>
    'error' in outcome ? errorActions(explain(outcome.error)) : [],
  );
  return suggested.slice(0, 1);
}
