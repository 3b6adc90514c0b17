import { window } from 'vscode';
import { explain } from '../access/explain';
import type { Organization } from '../access/organization';
import { type Outcome, retriable } from '../access/outcome';
import type { Plan, Step } from '../access/plan';
import { inertText } from '../editor/plainText';
import { APIError } from '../openai';
import { count, nameOf, someOf } from './names';
import { titled } from './organizationInView';
import type { Services } from './services';

/** Tells what became of each step, with a way to try again what failed. Does not wait for the person. */
export function reportOutcomes(
  { log }: Pick<Services, 'log'>,
  organization: Organization,
  outcomes: readonly Outcome[],
  again: (plan: Plan) => Promise<void>,
): void {
  const done = outcomes.filter(({ result }) => result === 'done');
  const rest = outcomes.filter(({ result }) => result !== 'done');
  const summary = titled(organization, summarize(outcomes, done));
  for (const outcome of rest)
    log.error(`${stepInWords(outcome.step)}: ${outcome.result}. ${reasonOf(outcome)}`);
  if (rest.length === 0) {
    log.info(summary);
    void window.showInformationMessage(summary);
    return;
  }
  const message = [summary, ...groupedReasons(rest)].join(' ');
  const buttons = retries(rest);
  const show = rest.every(({ result }) => result === 'notSent')
    ? window.showWarningMessage
    : window.showErrorMessage;
  void show(message, ...buttons.keys(), 'Show Log').then(async (button) => {
    if (button === 'Show Log') return log.show();
    const plan = button && buttons.get(button);
    if (plan) await again(plan);
  });
}

function summarize(outcomes: readonly Outcome[], done: readonly Outcome[]): string {
  const granting = outcomes[0]?.step.action === 'grant';
  const checkpoints = [...new Set(outcomes.map(({ step }) => step.checkpoint))];
  const [only] = checkpoints;
  const where = checkpoints.length === 1 && only ? nameOf(only) : count(checkpoints.length, 'checkpoint');
  const verb = granting ? 'Granted' : 'Revoked';
  const number = done.length === outcomes.length ? `${done.length}` : `${done.length} of ${outcomes.length}`;
  const noun = outcomes.length === 1 ? 'permission' : 'permissions';
  const others = done.filter((outcome) => outcome.result === 'done' && outcome.by === 'others').length;
  const already = others === 0 ? '' : ` ${others} of them ${others === 1 ? 'was' : 'were'} so already.`;
  return `${verb} ${number} ${noun} for ${where}, as read back from the server.${already}`;
}

/** Steps that failed for the same reason are named together. */
function groupedReasons(outcomes: readonly Outcome[]): string[] {
  const groups = new Map<string, string[]>();
  for (const outcome of outcomes) {
    const reason = reasonOf(outcome);
    groups.set(reason, [...(groups.get(reason) ?? []), outcome.step.project]);
  }
  return [...groups].map(([reason, projects]) => `${someOf(projects, 5)}: ${inertText(reason, 400)}`);
}

function reasonOf(outcome: Outcome): string {
  switch (outcome.result) {
    case 'done':
      return '';
    case 'notSent':
      return 'Not sent, because you cancelled.';
    case 'unverified':
      return `The server accepted it, but the list could not be read back: ${sentence(outcome.error)}`;
    case 'unknown':
      return `It is not known whether it took effect: ${sentence(outcome.error)}`;
    case 'failed':
      return sentence(outcome.error);
  }
}

function sentence(error: unknown): string {
  const { what, next } = explain(error);
  return `${what}. ${next}`;
}

function retries(rest: readonly Outcome[]): Map<string, Plan> {
  const steps = retriable(rest).map(({ step }) => step);
  const owners = new Set(rest.map(owningProjectOf));
  const others = steps.filter((step) => !owners.has(step.project));
  const buttons = new Map<string, Plan>();
  if (others.length < steps.length) {
    if (others.length > 0) buttons.set('Grant to the Others', { steps: others });
  } else if (steps.length > 0) {
    buttons.set('Retry', { steps });
  }
  return buttons;
}

/** The server refuses a whole batch for one project that owns the model (API reference §1 trap 2). */
function owningProjectOf(outcome: Outcome): string | undefined {
  if (outcome.result !== 'failed' || !(outcome.error instanceof APIError)) return undefined;
  return outcome.error.owningProject;
}

function stepInWords(step: Step): string {
  const what = step.action === 'grant' ? 'grant' : `revoke ${step.permissionId}`;
  return `${what}, project ${step.project}, checkpoint ${step.checkpoint}`;
}
