import { InputBoxValidationSeverity, ProgressLocation, window } from 'vscode';
import type { PlanWriter } from '../../access/journal/planWriter';
import type { Organization } from '../../access/organization';
import { type CheckedPlan, checkPlan } from '../../access/plan/obstacles';
import type { Outcome } from '../../access/plan/outcome';
import { checkpointsOf, type Plan, planKind } from '../../access/plan/plan';
import { askForText, askInDialog, cancelSignal } from '../../editor/questions';
import { readSettings } from '../../editor/settings';
import { projectName } from '../../words/names';
import * as words from '../../words/plan';
import { titled } from '../shared/organizationInView';
import type { Services } from '../shared/services';
import { applyPlan } from './applyPlan';
import { chooseChanges } from './chooseChanges';
import { planDetail } from './planDialog';

/**
 * Shows a plan whole and asks whether to apply it; the verb is the button. What is known to be impossible is skipped, and
 * listed. Resolves to the plan as the person agreed to it, or to undefined.
 *
 * @param notes paragraphs below the changes
 */
export async function previewPlan(
  organization: Organization,
  plan: Plan,
  notes: readonly string[] = [],
): Promise<Plan | undefined> {
  await refreshArchived(organization, plan);
  const checked = checkPlan(basedOnWhatIsShown(organization, plan), {
    ownerOf: (checkpoint) => organization.ownerOf(checkpoint),
    missingScopes: organization.missingScopes,
    projects: organization.projects,
    now: organization.permissions.now(),
    endOf: (checkpoint) => organization.endOf(checkpoint),
  });
  if (checked.plan.steps.length === 0) return nothingLeft(organization, checked);
  let chosen = checked.plan;
  for (;;) {
    const apply = words.applyButton[planKind(chosen)];
    const buttons = checked.plan.steps.length > 1 ? [apply, words.chooseChangesButton] : [apply];
    const question = titled(organization, words.planQuestion(chosen));
    const detail = planDetail(organization, checked, chosen, notes);
    const pressed = await askInDialog(question, detail, ...buttons);
    if (pressed === apply) return (await isSureOfRevokes(organization, chosen)) ? chosen : undefined;
    if (pressed !== words.chooseChangesButton) return undefined;
    chosen = (await chooseChanges(organization, checked.plan, chosen, checked.impossible)) ?? chosen;
  }
}

function nothingLeft(organization: Organization, { impossible }: CheckedPlan): undefined {
  const [first] = impossible;
  if (!first) return undefined;
  const reason = words.obstacleInWords(organization, first, organization.permissions.now());
  const message = words.nothingPossible(reason, impossible.length - 1);
  void window.showWarningMessage(titled(organization, message));
  return undefined;
}

/** The plan with the lists that are shown: what others change while the preview is open is reported by comparing. */
function basedOnWhatIsShown({ permissions }: Organization, plan: Plan): Plan {
  if (plan.basis) return plan;
  const basis = checkpointsOf(plan).flatMap((checkpoint) => {
    const { listing, beforeChange } = permissions.snapshot(checkpoint);
    return listing && !beforeChange ? [[checkpoint, listing] as const] : [];
  });
  return { ...plan, basis: new Map(basis) };
}

/** Revoking much at once is confirmed by typing the number, which no slip of the hand does. */
async function isSureOfRevokes(organization: Organization, plan: Plan): Promise<boolean> {
  const revokes = plan.steps.filter(({ action }) => action === 'revoke').length;
  const most = readSettings().confirmRevokesAbove;
  if (revokes <= most) return true;
  const typed = await askForText({
    title: titled(organization, words.planInWords(plan)),
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
 * Refreshes the projects when an old list says that one of the plan's is archived: nothing is refused for what may have
 * changed since. When that is canceled or fails, the old list stays, and the plan says how old it is.
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
      title: titled(organization, words.refreshingProjects),
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
  /** The journal's ID of the plan that this one undoes. */
  readonly undoes?: string;
  /** The record to continue, of a plan that was interrupted; the steps are of that plan. */
  readonly entry?: PlanWriter;
}

/**
 * The way of every change: shows the plan, lets the person choose and agree, records it, applies it with progress, and
 * reports each step's outcome. Resolves to the outcomes of what was agreed to, in its order, or to undefined when nothing
 * was applied. Rejects with `JournalError` when it can't be recorded: then nothing was sent.
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
