import { type QuickPickItem, QuickPickItemKind } from 'vscode';
import type { Organization } from '../../access/organization';
import type { Obstacle } from '../../access/plan/obstacles';
import { keepSteps, type Plan, type Step, stepsByCheckpoint } from '../../access/plan/plan';
import { newPicker } from '../../editor/questions';
import { projectName } from '../../words/names';
import * as words from '../../words/plan';
import { prefixWithOrganization } from '../shared/organizationInView';

/** The most changes that can be chosen among: more rows would block the extension host. */
const mostListed = 1000;

interface ChangeItem extends QuickPickItem {
  /** Absent for separators and impossible changes. */
  readonly step?: Step;
}

/**
 * Lets the person clear changes of a plan, among the first ones if there are many; changes in `selected` are selected at
 * first. Impossible changes are listed with their reasons and can't be selected. Resolves to the chosen plan, or to undefined when canceled.
 */
export function chooseChanges(
  organization: Organization,
  plan: Plan,
  selected: Plan,
  {
    impossible,
    perhapsUs,
  }: { readonly impossible: readonly Obstacle[]; readonly perhapsUs: readonly Step[] },
): Promise<Plan | undefined> {
  const picker = newPicker<ChangeItem>();
  picker.title = prefixWithOrganization(organization, words.planInWords(plan, organization));
  picker.placeholder = words.chooseChanges.placeholder;
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const first = { ...plan, steps: plan.steps.slice(0, mostListed) };
  picker.items = [
    ...itemsFor(organization, first, 'grant', perhapsUs),
    ...itemsFor(organization, first, 'revoke', perhapsUs),
    ...unlistedNote(plan.steps.length - first.steps.length),
    ...notesFor(organization, impossible),
  ];
  const listed = new Set(picker.items.flatMap(({ step }) => step ?? []));
  const selectedSteps = new Set(selected.steps);
  picker.selectedItems = picker.items.filter(({ step }) => step && selectedSteps.has(step));
  picker.onDidChangeSelection((items) => {
    const possible = items.filter(({ step }) => step !== undefined);
    if (possible.length < items.length) picker.selectedItems = possible;
  });
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const kept = new Set(picker.selectedItems.map(({ step }) => step));
      if (!picker.selectedItems.some(({ step }) => step)) {
        picker.placeholder = words.chooseChanges.noneSelected;
        return;
      }
      // What is not listed was not up for choice, so it stays as it was.
      resolve(keepSteps(plan, (step) => (listed.has(step) ? kept : selectedSteps).has(step)));
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

function unlistedNote(steps: number): ChangeItem[] {
  return steps === 0 ? [] : [{ label: words.unlistedChanges(steps), kind: QuickPickItemKind.Separator }];
}

function notesFor(organization: Organization, impossible: readonly Obstacle[]): ChangeItem[] {
  if (impossible.length === 0) return [];
  const label = words.impossibleChanges(impossible.length);
  const now = organization.permissions.now();
  return [
    { label, kind: QuickPickItemKind.Separator },
    ...impossible.slice(0, mostListed).map((obstacle) => ({
      label: `$(circle-slash) ${projectName(organization, obstacle.step.project)}`,
      description: words.cantBeSelected(obstacle.step.checkpoint, organization),
      detail: words.obstacleInWords(organization, obstacle, now),
    })),
  ];
}
