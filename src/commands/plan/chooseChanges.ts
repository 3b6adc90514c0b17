import { type QuickPickItem, QuickPickItemKind } from 'vscode';
import type { Organization } from '../../access/organization';
import { keepSteps, type Plan, type Step, stepsByCheckpoint } from '../../access/plan/plan';
import { newPicker } from '../../editor/questions';
import { projectName } from '../../words/names';
import * as words from '../../words/plan';
import { prefixWithOrganization } from '../shared/organizationInView';

interface ChangeItem extends QuickPickItem {
  /** Absent for separators. */
  readonly step?: Step;
}

/**
 * Lets the person clear changes of a plan that a dialog asks about; changes in `selected` are selected at first. Resolves
 * to the chosen plan, or to undefined when canceled.
 */
export function chooseChanges(
  organization: Organization,
  plan: Plan,
  selected: Plan,
  perhapsUs: readonly Step[],
): Promise<Plan | undefined> {
  const picker = newPicker<ChangeItem>();
  picker.title = prefixWithOrganization(organization, words.planInWords(plan, organization));
  picker.placeholder = words.chooseChanges.placeholder;
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = [
    ...itemsFor(organization, plan, 'revoke', perhapsUs),
    ...itemsFor(organization, plan, 'grant', perhapsUs),
  ];
  const selectedSteps = new Set(selected.steps);
  picker.selectedItems = picker.items.filter(({ step }) => step && selectedSteps.has(step));
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const kept = new Set(picker.selectedItems.map(({ step }) => step));
      if (kept.size === 0) {
        picker.placeholder = words.chooseChanges.noneSelected;
        return;
      }
      resolve(keepSteps(plan, (step) => kept.has(step)));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function itemsFor(
  organization: Organization,
  plan: Plan,
  action: Step['action'],
  perhapsUs: readonly Step[],
): ChangeItem[] {
  const doubtful = new Set(perhapsUs);
  const wanted = plan.steps.filter((step) => step.action === action);
  return [...stepsByCheckpoint(wanted)].flatMap(([checkpoint, steps]) => {
    const label = words.changesOf(action, checkpoint, organization);
    return [
      { label, kind: QuickPickItemKind.Separator },
      ...steps.map((step) => ({
        step,
        label: projectName(organization, step.project),
        description: words.changeDetails(step, doubtful.has(step)),
      })),
    ];
  });
}
