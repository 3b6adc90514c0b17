import { window } from 'vscode';
import { explain, inWords } from '../access/explain';
import type { Organization } from '../access/organization';
import { type Outcome, retriable } from '../access/outcome';
import type { Plan, Step } from '../access/plan';
import { inertText } from '../editor/plainText';
import { APIError } from '../openai';
import { type Button, tellWithButtons } from './messages';
import { nameOfAll, someProjects } from './names';
import { offerOf } from './offers';
import { titled } from './organizationInView';
import type { Services } from './services';

/** Tells what became of each step, with a way to try again what failed. Does not wait for the person. */
export function reportOutcomes(
  { log }: Pick<Services, 'log'>,
  organization: Organization,
  outcomes: readonly Outcome[],
  again: (plan: Plan) => Promise<void>,
): void {
  const rest = outcomes.filter(({ result }) => result !== 'done');
  const summary = titled(organization, summarize(outcomes));
  for (const outcome of rest)
    log.error(`${stepInWords(outcome.step)}: ${outcome.result}. ${reasonOf(outcome)}`);
  if (rest.length === 0) {
    log.info(summary);
    void window.showInformationMessage(summary);
    return;
  }
  const cancelledOnly = rest.every(({ result }) => result === 'notSent');
  const show = cancelledOnly ? window.showWarningMessage : window.showErrorMessage;
  tellWithButtons(show, [summary, ...groupedReasons(organization, rest)].join(' '), [
    ...retries(rest, again),
    ...offers(rest),
    ['Show Log', () => log.show()],
  ]);
}

function summarize(outcomes: readonly Outcome[]): string {
  const done = outcomes.filter((outcome) => outcome.result === 'done');
  const where = nameOfAll([...new Set(outcomes.map(({ step }) => step.checkpoint))]);
  const verb = outcomes[0]?.step.action === 'grant' ? 'Granted' : 'Revoked';
  const number = done.length === outcomes.length ? `${done.length}` : `${done.length} of ${outcomes.length}`;
  const noun = outcomes.length === 1 ? 'permission' : 'permissions';
  // Only what was read back may be said to have been.
  const proof = done.length > 0 ? ', as read back from the server' : '';
  const others = done.filter(({ by }) => by === 'others').length;
  const already = others === 0 ? '' : ` ${others} of them ${others === 1 ? 'was' : 'were'} gone already.`;
  const unverified = outcomes.filter(({ result }) => result === 'unverified').length;
  const accepted = unverified === 0 ? '' : ` The server accepted ${unverified} that could not be read back.`;
  return `${verb} ${number} ${noun} for ${where}${proof}.${already}${accepted}`;
}

/** Steps that failed for the same reason are named together. */
function groupedReasons(organization: Organization, outcomes: readonly Outcome[]): string[] {
  const groups = new Map<string, string[]>();
  for (const outcome of outcomes) {
    const reason = reasonOf(outcome);
    groups.set(reason, [...(groups.get(reason) ?? []), outcome.step.project]);
  }
  return [...groups].map(
    ([reason, projects]) => `${someProjects(organization, projects, 5)}: ${inertText(reason, 400)}`,
  );
}

function reasonOf(outcome: Outcome): string {
  switch (outcome.result) {
    case 'done':
      return '';
    case 'notSent':
      return 'Not sent, because it was cancelled.';
    case 'unverified':
      return `Not read back: ${inWords(explain(outcome.error))}`;
    case 'unknown':
      return `It is not known whether it took effect: ${inWords(explain(outcome.error))}`;
    case 'failed': {
      const words = inWords(explain(outcome.error));
      return outcome.mayStillHappen
        ? `It had not taken effect when read back, but still may: ${words}`
        : words;
    }
  }
}

function retries(rest: readonly Outcome[], again: (plan: Plan) => Promise<void>): Button[] {
  const left = retriable(rest);
  const owning = left.filter((outcome) => owningProjectOf(outcome) !== undefined);
  // The server refuses a whole batch for the one project that owns the model (API reference §1 trap 2).
  const owns = ({ checkpoint, project }: Step): boolean =>
    owning.some((outcome) => outcome.step.checkpoint === checkpoint && owningProjectOf(outcome) === project);
  const steps = left.map(({ step }) => step).filter((step) => !owns(step));
  if (steps.length === 0) return [];
  return [[steps.length < left.length ? 'Grant to the Others' : 'Retry', () => again({ steps })]];
}

function owningProjectOf(outcome: Outcome): string | undefined {
  if (outcome.result !== 'failed' || !(outcome.error instanceof APIError)) return undefined;
  return outcome.error.owningProject;
}

function offers(rest: readonly Outcome[]): Button[] {
  const suggested = rest.flatMap((outcome) => ('error' in outcome ? offerOf(explain(outcome.error)) : []));
  return suggested.slice(0, 1);
}

function stepInWords(step: Step): string {
  const what = step.action === 'grant' ? 'grant' : `revoke ${step.permissionId}`;
  return `${what}, project ${step.project}, checkpoint ${step.checkpoint}`;
}
