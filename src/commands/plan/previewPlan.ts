import { InputBoxValidationSeverity, ProgressLocation, window } from 'vscode';
import type { PlanWriter } from '../../access/journal/planWriter';
import type { Organization } from '../../access/organization';
import { basisOf } from '../../access/plan/apply';
import { type CheckedPlan, checkPlan, grantsWithUnknownOwner } from '../../access/plan/obstacles';
import type { Outcome } from '../../access/plan/outcome';
import { checkpointsOf, type Plan, planKind } from '../../access/plan/plan';
import { askForText, askInDialog, cancelSignal } from '../../editor/questions';
import { readSettings } from '../../editor/settings';
import { projectName } from '../../words/names';
import * as words from '../../words/plan';
import { prefixWithOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';
import { applyPlan } from './applyPlan';
import { chooseChanges } from './chooseChanges';
import { planDetail } from './planDialog';

/**
 * Shows a whole plan and asks whether to apply it. Impossible changes are skipped and listed. Resolves to the confirmed
 * plan, or to undefined when canceled.
 *
 * @param notes paragraphs below the changes
 */
export async function previewPlan(
  organization: Organization,
  plan: Plan,
  notes: readonly string[] = [],
): Promise<Plan | undefined> {
  await refreshArchived(organization, plan);
  const checked = checkPlan(attachBasis(organization, plan), {
    ownerOf: (checkpoint) => organization.ownerOf(checkpoint),
    missingScopes: organization.missingScopes,
    projects: organization.projects,
    now: organization.permissions.now(),
    endOf: (checkpoint) => organization.endOf(checkpoint),
  });
  if (checked.plan.steps.length === 0) return reportNothingPossible(organization, checked);
  let chosen = checked.plan;
  for (;;) {
    const apply = words.applyButton[planKind(chosen)];
    const buttons = checked.plan.steps.length > 1 ? [apply, words.chooseChangesButton] : [apply];
    const question = prefixWithOrganization(organization, words.planQuestion(chosen));
    const detail = planDetail(organization, checked, chosen, [...notes, ...ownerNotes(organization, chosen)]);
    const pressed = await askInDialog(question, detail, ...buttons);
    if (pressed === apply) return (await confirmRevokes(organization, chosen)) ? chosen : undefined;
    if (pressed !== words.chooseChangesButton) return undefined;
    chosen = (await chooseChanges(organization, checked.plan, chosen, checked.impossible)) ?? chosen;
  }
}

/** A note on grants that the API may refuse, because the owner of the model is unknown. */
function ownerNotes(organization: Organization, plan: Plan): string[] {
  const { size } = grantsWithUnknownOwner(plan, (checkpoint) => organization.ownerOf(checkpoint));
  return size === 0 ? [] : [words.ownersUnknownInPlan(size)];
}

function reportNothingPossible(organization: Organization, { impossible }: CheckedPlan): undefined {
  const [first] = impossible;
  if (!first) return undefined;
  const reason = words.obstacleInWords(organization, first, organization.permissions.now());
  const message = words.nothingPossible(reason, impossible.length - 1);
  void window.showWarningMessage(prefixWithOrganization(organization, message));
  return undefined;
}

/** Adds the shown lists to the plan. Changes by others during the preview are found by comparing with them. */
function attachBasis({ permissions }: Organization, plan: Plan): Plan {
  if (plan.basis) return plan;
  const basis = checkpointsOf(plan).flatMap((checkpoint) => {
    const listing = basisOf(plan, checkpoint, permissions);
    return listing ? [[checkpoint, listing] as const] : [];
  });
  return { ...plan, basis: new Map(basis) };
}

/** Asks to type the number of revokes above the limit of the setting, against an accidental Enter. */
async function confirmRevokes(organization: Organization, plan: Plan): Promise<boolean> {
  const revokes = plan.steps.filter(({ action }) => action === 'revoke').length;
  const most = readSettings().confirmRevokesAbove;
  if (revokes <= most) return true;
  const typed = await askForText({
    title: prefixWithOrganization(organization, words.planInWords(plan)),
    prompt: words.confirmNumberPrompt(revokes),
    placeHolder: String(revokes),
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === String(revokes)) return undefined;
      const severity = text === '' ? InputBoxValidationSeverity.Info : InputBoxValidationSeverity.Error;
      return { message: words.wrongNumber(revokes), severity };
    },
  });
  return typed?.trim() === String(revokes);
}

/**
 * Refreshes the projects when a stale list says that a project of the plan is archived, because it may be active again.
 * When that is canceled or fails, the stale list is used, and the plan says its age.
 */
async function refreshArchived(organization: Organization, { steps }: Plan): Promise<void> {
  const { projects, permissions } = organization;
  const doubtful = steps.find(
    ({ action, project }) =>
      action === 'grant' && projects.isArchived(project) && !projects.isArchivedNow(project),
  );
  const { readAt } = projects.snapshot;
  if (!doubtful || readAt === undefined) return;
  await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: prefixWithOrganization(organization, words.refreshingProjects),
      cancellable: true,
    },
    async (progress, token) => {
      const name = projectName(organization, doubtful.project);
      progress.report({ message: words.archivedAsOf(name, readAt, permissions.now()) });
      cancelSignal(token).addEventListener('abort', () => projects.cancel());
      await projects.readAgain();
    },
  );
}

export interface PreviewOptions {
  /** Paragraphs below the changes in the preview. */
  readonly notes?: readonly string[];
  /** The ID of the record that this plan undoes. */
  readonly undoes?: string;
  /** The record of an interrupted plan to continue. The plan's steps are that record's. */
  readonly entry?: PlanWriter;
}

/**
 * Previews, records, and applies a plan, and reports the outcome of each step. Every change passes through here.
 * Resolves to the outcomes of the confirmed steps, in their order, or to undefined when none was applied. Rejects with
 * `JournalError` when the plan can't be recorded; then no request was sent.
 */
export async function previewAndApply(
  services: Services,
  organization: Organization,
  plan: Plan,
  options: PreviewOptions = {},
): Promise<Outcome[] | undefined> {
  // The preview shows projects by name. A failure to load them is shown elsewhere.
  await services.view.whileLoading(() => organization.projects.read());
  const agreed = await previewPlan(organization, plan, options.notes);
  return agreed && applyPlan(services, organization, agreed, options);
}
