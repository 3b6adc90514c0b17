import { type QuickPickItem, QuickPickItemKind } from 'vscode';
import type { Organization } from '../../access/organization';
import type { Obstacle } from '../../access/plan/obstacles';
import { keepSteps, type Plan, type Step, stepsByCheckpoint } from '../../access/plan/plan';
import { newPicker } from '../../editor/questions';
import { projectName } from '../../words/names';
import * as words from '../../words/plan';
import { prefixWithOrganization } from '../shared/organizationInView';

interface ChangeItem extends QuickPickItem {
  /** Absent for separators and impossible changes. */
  readonly step?: Step;
}

/**
 * Lets the person clear changes of a plan; changes in `selected` are selected at first. Impossible changes are listed
 * with their reasons and can't be selected. Resolves to the chosen plan, or to undefined when canceled.
 */
export function chooseChanges(
  organization: Organization,
  plan: Plan,
  selected: Plan,
  impossible: readonly Obstacle[],
): Promise<Plan | undefined> {
  const picker = newPicker<ChangeItem>();
  picker.title = prefixWithOrganization(organization, words.planInWords(plan));
  picker.placeholder = words.chooseChanges.placeholder;
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = [
    ...itemsFor(organization, plan, 'grant'),
    ...itemsFor(organization, plan, 'revoke'),
    ...notesFor(organization, impossible),
  ];
  const selectedSteps = new Set(selected.steps);
  picker.selectedItems = picker.items.filter(({ step }) => step && selectedSteps.has(step));
  picker.onDidChangeSelection((items) => {
    const possible = items.filter(({ step }) => step !== undefined);
    if (possible.length < items.length) picker.selectedItems = possible;
  });
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const kept = new Set(picker.selectedItems.map(({ step }) => step));
      const chosen = keepSteps(plan, (step) => kept.has(step));
      if (chosen.steps.length === 0) {
        picker.placeholder = words.chooseChanges.noneSelected;
        return;
      }
      resolve(chosen);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function itemsFor(organization: Organization, plan: Plan, action: Step['action']): ChangeItem[] {
  const wanted = plan.steps.filter((step) => step.action === action);
  return [...stepsByCheckpoint(wanted)].flatMap(([checkpoint, steps]) => {
    const label = words.changesOf(action, checkpoint);
    return [
      { label, kind: QuickPickItemKind.Separator },
      ...steps.map((step) => ({
        step,
        label: projectName(organization, step.project),
        description: words.changeDetails(step),
      })),
    ];
  });
}

function notesFor(organization: Organization, impossible: readonly Obstacle[]): ChangeItem[] {
  if (impossible.length === 0) return [];
  const label = words.impossibleChanges(impossible.length);
  const now = organization.permissions.now();
  return [
    { label, kind: QuickPickItemKind.Separator },
    ...impossible.map((obstacle) => ({
      label: `$(circle-slash) ${projectName(organization, obstacle.step.project)}`,
      description: words.cantBeSelected(obstacle.step.checkpoint),
      detail: words.obstacleInWords(organization, obstacle, now),
    })),
  ];
}
