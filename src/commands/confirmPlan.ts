import { window } from 'vscode';
import type { Organization } from '../access/organization';
import { checkpointsOf, type Plan, type Step } from '../access/plan';
import { inertText } from '../editor/plainText';
import { count, nameOfAll, projectWithId } from './names';
import { titled } from './organizationInView';

/** How many steps are named in the dialog, which has to keep its buttons in sight; the rest is a number. */
const mostNamed = 15;
const mostCheckpoints = 5;

/** Shows a plan whole and asks whether to apply it; the verb is the button. `notes` stand under the steps. */
export async function confirmPlan(
  organization: Organization,
  plan: Plan,
  notes: readonly string[] = [],
): Promise<boolean> {
  const verb = plan.steps[0]?.action === 'grant' ? 'Grant' : 'Revoke';
  const button = await window.showWarningMessage(
    titled(organization, question(plan)),
    {
      modal: true,
      detail: [...steps(organization, plan), ...notes].join('\n\n'),
    },
    verb,
  );
  return button === verb;
}

function question(plan: Plan): string {
  const where = nameOfAll(checkpointsOf(plan));
  if (plan.steps[0]?.action === 'grant') {
    return `Grant ${count(new Set(plan.steps.map(({ project }) => project)).size, 'project')} access to ${where}?`;
  }
  return `Revoke ${count(plan.steps.length, 'permission')} for ${where}?`;
}

function steps(organization: Organization, plan: Plan): string[] {
  const checkpoints = checkpointsOf(plan);
  const named = checkpoints.slice(0, mostCheckpoints);
  const each = Math.max(1, Math.floor(mostNamed / named.length));
  const rest = checkpoints.length - named.length;
  return [
    ...named.map((checkpoint) => stepsOf(organization, plan, checkpoint, each)),
    ...(rest > 0 ? [`… and ${count(rest, 'more checkpoint')}`] : []),
  ];
}

function stepsOf(organization: Organization, plan: Plan, checkpoint: string, most: number): string {
  const steps = plan.steps.filter((step) => step.checkpoint === checkpoint);
  const named = steps.slice(0, most).map((step) => `• ${inWords(organization, step)}`);
  const rest = steps.length - named.length;
  return [
    inertText(checkpoint),
    ...named,
    ...(rest > 0 ? [`… and ${count(rest, 'more project')}`] : []),
  ].join('\n');
}

function inWords(organization: Organization, step: Step): string {
  const project = projectWithId(organization, step.project);
  return step.action === 'grant' ? project : `${project}, ${inertText(step.permissionId, 100)}`;
}
