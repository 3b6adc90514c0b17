import { type QuickPickItem, QuickPickItemKind } from 'vscode';
import type { Organization } from '../../access/organization';
import type { Obstacle } from '../../access/plan/obstacles';
import { checkpointsOf, keepSteps, type Plan, type Step } from '../../access/plan/plan';
import { escapeForMessage } from '../../editor/plainText';
import { newPicker } from '../../editor/questions';
import { count, nameOf, projectName } from '../shared/displayNames';
import { titled } from '../shared/organizationInView';
import { obstacleInWords, planInShort } from './planInWords';

interface StepItem extends QuickPickItem {
  /** Absent for a separator, and for what cannot be done. */
  readonly step?: Step;
}

/**
 * Lets the person untick steps of a plan; those in `ticked` are ticked to begin with. What cannot be done is listed with
 * its reason and cannot be ticked. Resolves to the plan that is left, or to undefined when it was closed or nothing was.
 */
export function chooseSteps(
  organization: Organization,
  plan: Plan,
  ticked: Plan,
  impossible: readonly Obstacle[],
): Promise<Plan | undefined> {
  const picker = newPicker<StepItem>();
  picker.title = titled(organization, planInShort(plan));
  picker.placeholder = 'Untick what is not to be done, then press Enter to see the plan again';
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = [
    ...itemsFor(organization, plan, 'grant'),
    ...itemsFor(organization, plan, 'revoke'),
    ...notesFor(organization, impossible),
  ];
  picker.selectedItems = picker.items.filter(({ step }) => step && ticked.steps.includes(step));
  picker.onDidChangeSelection((selected) => {
    const possible = selected.filter(({ step }) => step !== undefined);
    if (possible.length < selected.length) picker.selectedItems = possible;
  });
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const chosen = new Set(picker.selectedItems.map(({ step }) => step));
      const left = keepSteps(plan, (step) => chosen.has(step));
      if (left.steps.length === 0) {
        picker.placeholder = 'Tick at least one step, or press Escape to go back';
        return;
      }
      resolve(left);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function itemsFor(organization: Organization, plan: Plan, action: Step['action']): StepItem[] {
  const verb = action === 'grant' ? 'Grant' : 'Revoke';
  return checkpointsOf(plan).flatMap((checkpoint) => {
    const steps = plan.steps.filter((step) => step.action === action && step.checkpoint === checkpoint);
    if (steps.length === 0) return [];
    const separator = { label: `${verb} · ${nameOf(checkpoint)}`, kind: QuickPickItemKind.Separator };
    return [separator, ...steps.map((step) => itemOf(organization, step, verb))];
  });
}

function itemOf(organization: Organization, step: Step, verb: string): StepItem {
  const what = step.action === 'grant' ? step.project : `${step.project} · ${step.permissionId}`;
  return {
    step,
    label: projectName(organization, step.project),
    description: `${verb.toLowerCase()} · ${escapeForMessage(what, 200)}`,
  };
}

function notesFor(organization: Organization, impossible: readonly Obstacle[]): StepItem[] {
  if (impossible.length === 0) return [];
  const label = `Cannot be done · ${count(impossible.length, 'step')}`;
  return [
    { label, kind: QuickPickItemKind.Separator },
    ...impossible.map((obstacle) => ({
      label: `$(circle-slash) ${projectName(organization, obstacle.step.project)}`,
      description: `cannot be ticked · ${nameOf(obstacle.step.checkpoint)}`,
      detail: obstacleInWords(organization, obstacle),
    })),
  ];
}
