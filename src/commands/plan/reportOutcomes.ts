import { window } from 'vscode';
import type { Organization } from '../../access/organization';
import type { Meanwhile } from '../../access/plan/meanwhile';
import { type Outcome, retriable } from '../../access/plan/outcome';
import type { Plan, Step } from '../../access/plan/plan';
import { APIError } from '../../openai';
import { escapeForMessage } from '../../text/plainText';
import { explain, explanationInWords } from '../../words/errors';
import { checkpointNames, firstProjects } from '../../words/names';
import { type Button, errorActions, showWithActions } from '../shared/errorReport';
import { titled } from '../shared/organizationInView';
import type { Services } from '../shared/services';

/** Tells what became of each step, with a way to try again what failed. Does not wait for the person. */
export function reportOutcomes(
  { log }: Pick<Services, 'log'>,
  organization: Organization,
  outcomes: readonly Outcome[],
  changes: readonly Meanwhile[],
  again: (plan: Plan) => Promise<void>,
): void {
  const rest = outcomes.filter(({ result }) => result !== 'done');
  const others = meanwhileInWords(organization, changes, outcomes);
  const summary = titled(organization, [summarize(outcomes), ...others].join(' '));
  for (const outcome of rest)
    log.error(`${stepInWords(outcome.step)}: ${outcome.result}. ${reasonOf(outcome)}`);
  if (rest.length === 0) {
    log.info(summary);
    // What others did at the same time asks for a second look.
    void (changes.length > 0 ? window.showWarningMessage(summary) : window.showInformationMessage(summary));
    return;
  }
  const cancelledOnly = rest.every((outcome) => outcome.result === 'notSent' && outcome.error === undefined);
  const show = cancelledOnly ? window.showWarningMessage : window.showErrorMessage;
  showWithActions(show, [summary, ...groupedReasons(organization, rest)].join(' '), [
    ...retries(rest, again),
    ...offers(rest),
    ['Show Log', () => log.show()],
  ]);
}

function summarize(outcomes: readonly Outcome[]): string {
  const done = outcomes.filter((outcome) => outcome.result === 'done');
  const where = checkpointNames([...new Set(outcomes.map(({ step }) => step.checkpoint))]);
  const grants = outcomes.filter(({ step }) => step.action === 'grant');
  const revokes = outcomes.filter(({ step }) => step.action === 'revoke');
  const parts = [
    ...(grants.length > 0 ? [`Granted ${howMany(grants)}`] : []),
    ...(revokes.length > 0 ? [`${grants.length > 0 ? 'revoked' : 'Revoked'} ${howMany(revokes)}`] : []),
  ];
  const noun = outcomes.length === 1 ? 'permission' : 'permissions';
  // Only what was read back may be said to have been.
  const proof = done.length > 0 ? ', as read back from the server' : '';
  const had = done.filter(({ by, step }) => by === 'others' && step.action === 'grant').length;
  const gone = done.filter(({ by, step }) => by === 'others' && step.action === 'revoke').length;
  const unverified = outcomes.filter(({ result }) => result === 'unverified').length;
  return [
    `${parts.join(' and ')} ${noun} for ${where}${proof}.`,
    ...(had === 0 ? [] : [`${had} of them had been granted already, by somebody else.`]),
    ...(gone === 0 ? [] : [`${gone} of them ${gone === 1 ? 'was' : 'were'} gone already.`]),
    ...(unverified === 0 ? [] : [`The server accepted ${unverified} that could not be read back.`]),
  ].join(' ');
}

function howMany(outcomes: readonly Outcome[]): string {
  const done = outcomes.filter(({ result }) => result === 'done').length;
  return done === outcomes.length ? `${done}` : `${done} of ${outcomes.length}`;
}

/** What others changed for the same checkpoints since the plan was made; it was left as they made it. */
function meanwhileInWords(
  organization: Organization,
  changes: readonly Meanwhile[],
  outcomes: readonly Outcome[],
): string[] {
  const revoked = new Set(
    outcomes.map(({ step }) => (step.action === 'revoke' ? `${step.checkpoint} ${step.project}` : '')),
  );
  const isBack = ({ action, checkpoint, permission }: Meanwhile): boolean =>
    action === 'granted' && revoked.has(`${checkpoint} ${permission.project_id}`);
  const named = (some: readonly Meanwhile[]): string =>
    firstProjects(organization, [...new Set(some.map(({ permission }) => permission.project_id))], 5);
  const back = changes.filter(isBack);
  const granted = changes.filter((change) => change.action === 'granted' && !isBack(change));
  const revokes = changes.filter(({ action }) => action === 'revoked');
  return [
    ...(back.length > 0
      ? [`${named(back)}: somebody else granted access again meanwhile, by a new permission.`]
      : []),
    ...(granted.length > 0 ? [`Meanwhile somebody else granted access: ${named(granted)}.`] : []),
    ...(revokes.length > 0 ? [`Meanwhile somebody else revoked access: ${named(revokes)}.`] : []),
  ];
}

/** Steps that failed for the same reason are named together. */
function groupedReasons(organization: Organization, outcomes: readonly Outcome[]): string[] {
  const groups = new Map<string, string[]>();
  for (const outcome of outcomes) {
    const reason = reasonOf(outcome);
    groups.set(reason, [...(groups.get(reason) ?? []), outcome.step.project]);
  }
  return [...groups].map(
    ([reason, projects]) => `${firstProjects(organization, projects, 5)}: ${escapeForMessage(reason, 400)}`,
  );
}

function reasonOf(outcome: Outcome): string {
  switch (outcome.result) {
    case 'done':
      return '';
    case 'notSent':
      return outcome.error === undefined
        ? 'Not sent, because it was cancelled.'
        : `Not sent: ${explanationInWords(explain(outcome.error))}`;
    case 'unverified':
      return `Not read back: ${explanationInWords(explain(outcome.error))}`;
    case 'unknown':
      return `It is not known whether it took effect: ${explanationInWords(explain(outcome.error))}`;
    case 'failed': {
      const words = explanationInWords(explain(outcome.error));
      return outcome.mayStillHappen
        ? `It had not taken effect when read back, but still may: ${words}`
        : words;
    }
  }
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
  return [[steps.length < left.length ? 'Grant to the Others' : 'Retry', () => again({ steps })]];
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

function stepInWords(step: Step): string {
  const what = step.action === 'grant' ? 'grant' : `revoke ${step.permissionId}`;
  return `${what}, project ${step.project}, checkpoint ${step.checkpoint}`;
}
