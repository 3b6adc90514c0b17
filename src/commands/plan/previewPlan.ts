import { InputBoxValidationSeverity, ProgressLocation, window } from 'vscode';
import type { PlanWriter } from '../../access/journal/planWriter';
import type { Organization } from '../../access/organization';
import { basisOf } from '../../access/plan/apply';
import { type CheckedPlan, checkPlan, grantsWithUnknownOwner } from '../../access/plan/obstacles';
import type { Outcome } from '../../access/plan/outcome';
import { checkpointsOf, keepSteps, keyOf, type Plan, planKind, type Step } from '../../access/plan/plan';
import { agesOnConfirm, differenceOf, stillHolds } from '../../access/plan/stillHolds';
import { decisionAge } from '../../access/thresholds';
import { askForText, askInDialog, cancelSignal } from '../../editor/questions';
import { readSettings } from '../../editor/settings';
import { sentences } from '../../text/lists';
import { checkingCurrentAccess } from '../../words/changes';
import { projectName } from '../../words/names';
import * as words from '../../words/plan';
import { prefixWithOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';
import { applyPlan } from './applyPlan';
import { chooseChanges } from './chooseChanges';
import { type MadePlan, type MakePlan, makeWithProgress } from './makePlan';
import { planDetail } from './planDialog';

/** What a preview shows besides its plan. */
interface Preview {
  /** Paragraphs below the changes. */
  readonly notes: readonly string[];
  /** Steps whose access others may have changed. */
  readonly perhapsUs: readonly Step[];
  /** Keys of the steps that are not selected at first. */
  readonly cleared: ReadonlySet<string>;
}

/**
 * Shows a whole plan and asks whether to apply it. Impossible changes are skipped and listed. Resolves to the confirmed
 * plan, or to undefined when canceled.
 */
async function previewPlan(
  organization: Organization,
  plan: Plan,
  { notes, perhapsUs, cleared }: Preview,
): Promise<Plan | undefined> {
  await refreshArchived(organization, plan);
  const checked = checkPlan(plan, {
    ownerOf: (checkpoint) => organization.ownerOf(checkpoint),
    missingScopes: organization.missingScopes,
    projects: organization.projects,
    now: organization.permissions.now(),
    endOf: (checkpoint) => organization.endOf(checkpoint),
  });
  if (checked.plan.steps.length === 0) return reportNothingPossible(organization, checked);
  let chosen = keepSteps(checked.plan, (step) => !cleared.has(keyOf(step)));
  for (;;) {
    const isEmpty = chosen.steps.length === 0;
    const apply = words.applyButton[planKind(chosen)];
    const canChoose = checked.plan.steps.length > 1 || isEmpty || perhapsUs.length > 0;
    const buttons = [...(isEmpty ? [] : [apply]), ...(canChoose ? [words.chooseChangesButton] : [])];
    const question = words.planQuestion(isEmpty ? checked.plan : chosen, organization);
    const detail = planDetail(organization, checked, chosen, [...notes, ...ownerNotes(organization, chosen)]);
    const pressed = await askInDialog(prefixWithOrganization(organization, question), detail, ...buttons);
    if (pressed === apply) return (await confirmRevokes(organization, chosen)) ? chosen : undefined;
    if (pressed !== words.chooseChangesButton) return undefined;
    const { plan: offered, impossible } = checked;
    chosen = (await chooseChanges(organization, offered, chosen, { impossible, perhapsUs })) ?? chosen;
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

/** Adds the shown lists to the plan, where it doesn't remember what it was made from. */
function attachBasis({ permissions }: Organization, plan: Plan): Plan {
  const shown = checkpointsOf(plan).flatMap((checkpoint) => {
    const basis = basisOf(plan, checkpoint, permissions);
    return basis ? [[checkpoint, basis] as const] : [];
  });
  return { ...plan, basis: new Map([...(plan.basis ?? []), ...shown]) };
}

/** Asks to type the number of revokes above the limit of the setting, against an accidental Enter. */
async function confirmRevokes(organization: Organization, plan: Plan): Promise<boolean> {
  const revokes = plan.steps.filter(({ action }) => action === 'revoke').length;
  const most = readSettings().confirmRevokesAbove;
  if (revokes <= most) return true;
  const typed = await askForText({
    title: prefixWithOrganization(organization, words.planInWords(plan, organization)),
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
  /** The maximum age, in milliseconds, of what the plan is made from at first. */
  readonly maxAge?: number;
  /** Title of the progress notification while the plan is made. Default: progress in the view. */
  readonly title?: string;
  /** The ID of the record that this plan undoes. */
  readonly undoes?: string;
  /** The record of an interrupted plan to continue. The plan's steps are that record's. */
  readonly entry?: PlanWriter;
  /** Receives the outcomes when the plan was applied, and again with each change that was confirmed later. */
  readonly onOutcomes?: (outcomes: readonly Outcome[]) => void;
}

/**
 * Makes, previews, records, and applies a plan, and reports the outcome of each step. Every change passes through here.
 *
 * When the preview is confirmed, the plan is made again if what it was made from is old or has changed meanwhile. A plan
 * that differs is shown again, with the difference, and never applied without a word.
 *
 * Resolves to the outcomes of the confirmed steps, in their order; to no outcomes when there was nothing to change, after
 * a message; to undefined when none was applied. Rejects with `JournalError` when the plan can't be recorded; then no
 * request was sent.
 */
export async function previewAndApply(
  services: Services,
  organization: Organization,
  make: MakePlan,
  options: PreviewOptions = {},
): Promise<Outcome[] | undefined> {
  let made = await makeFirst(services, organization, make, options);
  let notes: readonly string[] = [];
  let cleared = new Set((made.perhapsUs ?? []).map(keyOf));
  for (;;) {
    if (made.plan.steps.length === 0) {
      const message = sentences(...notes, made.nothing);
      void window.showInformationMessage(prefixWithOrganization(organization, message));
      return [];
    }
    // The preview shows projects by name. A failure to load them is shown elsewhere.
    await services.view.whileLoading(() => organization.projects.read());
    const { plan, perhapsUs = [] } = made;
    const preview = { notes: [...notes, ...made.notes], perhapsUs, cleared };
    const agreed = await previewPlan(organization, plan, preview);
    if (!agreed) return undefined;
    if (stillHolds(agreed, organization.permissions))
      return applyPlan(services, organization, agreed, options);
    const again = withBasis(
      organization,
      await makeWithProgress(organization, checkingCurrentAccess, agesOnConfirm(plan), make),
    );
    const selected = new Set(agreed.steps.map(keyOf));
    const difference = differenceOf(plan, again.plan, (step) => selected.has(keyOf(step)));
    if (!difference) {
      const { basis = new Map() } = again.plan;
      return applyPlan(services, organization, { ...agreed, basis }, options);
    }
    notes = [words.changedSincePreview(organization, difference)];
    const unselected = plan.steps.map(keyOf).filter((key) => !selected.has(key));
    const shown = new Set(plan.steps.map(keyOf));
    const newDoubts = (again.perhapsUs ?? []).map(keyOf).filter((key) => !shown.has(key));
    cleared = new Set([...unselected, ...newDoubts]);
    made = again;
  }
}

async function makeFirst(
  { view }: Services,
  organization: Organization,
  make: MakePlan,
  { maxAge = decisionAge, title }: PreviewOptions,
): Promise<MadePlan> {
  const atMost = (): number => maxAge;
  const reading = { maxAge: atMost, signal: organization.closed, report: () => undefined };
  const made =
    title === undefined
      ? await view.whileLoading(() => make(reading))
      : await makeWithProgress(organization, title, atMost, make);
  return withBasis(organization, made);
}

function withBasis(organization: Organization, made: MadePlan): MadePlan {
  return { ...made, plan: attachBasis(organization, made.plan) };
}
