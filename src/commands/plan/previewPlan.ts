import { InputBoxValidationSeverity, ProgressLocation, window } from 'vscode';
import type { PlanWriter } from '../../access/journal/planWriter';
import type { Organization } from '../../access/organization';
import { basisOf } from '../../access/plan/apply';
import { checkNow, unknownOwnersIn } from '../../access/plan/checkNow';
import type { CheckedPlan } from '../../access/plan/obstacles';
import type { Outcome } from '../../access/plan/outcome';
import { checkpointsOf, keepSteps, keyOf, type Plan, planKind, type Step } from '../../access/plan/plan';
import type { Proposal, ProposedPlan } from '../../access/plan/proposals';
import { isAsShown, type ShownPlan } from '../../access/plan/shownPlan';
import { agesOnConfirm, differenceOf, stillHolds } from '../../access/plan/stillHolds';
import { inSlices, pauses } from '../../access/slices';
import { decisionAge } from '../../access/thresholds';
import { askForText, askInDialog, cancelSignal } from '../../editor/questions';
import { readSettings } from '../../editor/settings';
import { metadata, sentences } from '../../text/lists';
import { checkingCurrentAccess } from '../../words/changes';
import { projectName } from '../../words/names';
import * as words from '../../words/plan';
import { withErrorReport } from '../shared/errorReport';
import { ensureStillCurrent, prefixWithOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';
import { applyPlan } from './applyPlan';
import { chooseChanges } from './chooseChanges';
import { type MadePlan, type MakePlan, makeWithProgress } from './makePlan';
import { planDetail } from './planDialog';
import type { ProgressPlace } from './planProgress';

/** What a preview shows besides its plan. */
interface Preview {
  /** What makes the plan; empty where that is what it does. */
  readonly heading: string;
  /** Paragraphs below the changes. */
  readonly notes: readonly string[];
  /** Steps whose access others may have changed. */
  readonly perhapsUs: readonly Step[];
  /** Keys of the steps that are not selected at first. */
  readonly cleared: ReadonlySet<string>;
  readonly reasons?: ReadonlyMap<string, string> | undefined;
}

/** Shows previews of one plan: in dialogs while they have room for it, and on the page from then on. */
class Surface {
  proposal: Proposal | undefined;

  constructor(
    private readonly services: Services,
    private readonly organization: Organization,
  ) {}

  /** Whether the plan is not shown any more: its page was closed, or another plan took it. */
  get isGone(): boolean {
    return this.proposal?.phase === 'closed';
  }

  get place(): ProgressPlace {
    return this.proposal ? 'page' : 'notification';
  }

  /**
   * Shows a whole plan and asks whether to apply it. Impossible changes are shown and can't be selected. Resolves to the
   * confirmed plan, or to undefined when canceled.
   */
  async ask(checked: CheckedPlan, preview: Preview): Promise<Plan | undefined> {
    const { organization } = this;
    if (checked.plan.steps.length === 0) return reportNothingPossible(organization, checked);
    const { perhapsUs, cleared } = preview;
    let chosen = keepSteps(checked.plan, (step) => !cleared.has(keyOf(step)));
    for (;;) {
      const notes = [...preview.notes, ...ownerNotes(organization, chosen)];
      const detail = this.proposal
        ? undefined
        : planDetail(organization, checked, chosen, { notes, perhapsUs });
      if (detail === undefined) return this.#askOnPage(checked, preview, chosen);
      const isEmpty = chosen.steps.length === 0;
      const apply = words.applyButton[planKind(chosen)];
      const canChoose = checked.plan.steps.length > 1 || isEmpty || perhapsUs.length > 0;
      const buttons = [...(isEmpty ? [] : [apply]), ...(canChoose ? [words.chooseChangesButton] : [])];
      const question = words.planQuestion(isEmpty ? checked.plan : chosen, organization);
      const pressed = await askInDialog(prefixWithOrganization(organization, question), detail, ...buttons);
      if (pressed === apply) return (await confirmRevokes(organization, chosen)) ? chosen : undefined;
      if (pressed !== words.chooseChangesButton) return undefined;
      chosen = (await chooseChanges(organization, checked.plan, chosen, perhapsUs)) ?? chosen;
    }
  }

  async #askOnPage(checked: CheckedPlan, preview: Preview, chosen: Plan): Promise<Plan | undefined> {
    const { organization, services } = this;
    if (!(await this.open())) return undefined;
    const selected = new Set(chosen.steps.map(keyOf));
    let cleared = checked.plan.steps.map(keyOf).filter((key) => !selected.has(key));
    for (;;) {
      const proposed = proposedPlan(organization, checked, { ...preview, cleared: new Set(cleared) });
      const answer = this.proposal?.ask(proposed);
      await services.pages.open(organization, { tab: 'changes' });
      const agreed = await answer;
      if (!agreed || (await confirmRevokes(organization, agreed))) return agreed;
      // Who doesn't type the number comes back to the plan as it was.
      const kept = new Set(agreed.steps);
      cleared = checked.plan.steps.filter((step) => !kept.has(step)).map(keyOf);
    }
  }

  /** Shows on the page a plan that the person has agreed to there. */
  async showAgreed(checked: CheckedPlan, preview: Preview): Promise<Plan | undefined> {
    const { organization } = this;
    if (!(await this.open())) return undefined;
    this.proposal?.show(proposedPlan(organization, checked, preview));
    return (await confirmRevokes(organization, checked.plan)) ? checked.plan : undefined;
  }

  /** Takes the page for this plan. False, after a message, when another plan is being applied there. */
  async open(): Promise<boolean> {
    const { organization } = this;
    if (this.proposal) return true;
    if (!(await ensureStillCurrent(this.services, organization))) return false;
    const { proposals } = organization;
    const replaced = proposals.current?.isUndecided ? proposals.current.plan : undefined;
    this.proposal = proposals.begin();
    const message = !this.proposal
      ? words.anotherPlanIsApplied
      : replaced
        ? words.planReplaced(replaced.title)
        : undefined;
    if (message !== undefined) void window.showWarningMessage(prefixWithOrganization(organization, message));
    return this.proposal !== undefined;
  }
}

function proposedPlan(
  organization: Organization,
  checked: CheckedPlan,
  { heading, notes, perhapsUs, cleared, reasons }: Preview,
): ProposedPlan {
  const title = metadata(heading, words.planInWords(checked.plan, organization));
  return { title, notes, checked, perhapsUs, cleared, ...(reasons && { reasons }) };
}

/** A note on grants that the API may refuse, because the owner of the model is unknown. */
function ownerNotes(organization: Organization, plan: Plan): string[] {
  const unknown = unknownOwnersIn(organization, plan);
  return unknown === 0 ? [] : [words.ownersUnknownInPlan(unknown)];
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
  /** The IDs of the records of the plan that this one undoes: one for each try. */
  readonly undoes?: readonly string[];
  /** The record of an interrupted plan to continue. The plan's steps are that record's. */
  readonly entry?: PlanWriter;
  /** Receives the outcomes when the plan was applied, and again with each change that was confirmed later. */
  readonly onOutcomes?: (outcomes: readonly Outcome[]) => void;
  /** What the person has seen on the page and agreed to. A plan that is made the same isn't asked about again. */
  readonly shown?: ShownPlan;
  /** The person began on the page, so that the plan is shown there whatever its size. */
  readonly onPage?: boolean;
  /** A batch that is refused because of the owner is looked up again, and sent without the owner. */
  readonly sendRest?: boolean;
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
  const surface = new Surface(services, organization);
  try {
    return await askAndApply(services, organization, make, options, surface);
  } finally {
    // The outcomes of one that was applied stay.
    surface.proposal?.giveUp();
  }
}

async function askAndApply(
  services: Services,
  organization: Organization,
  make: MakePlan,
  options: PreviewOptions,
  surface: Surface,
): Promise<Outcome[] | undefined> {
  let { shown } = options;
  const applyNow = async (plan: Plan): Promise<Outcome[] | undefined> => {
    const { proposal } = surface;
    return applyPlan(services, organization, plan, { ...options, ...(proposal && { proposal }) });
  };
  const pause = pauses();
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
    const { plan, perhapsUs = [], heading = '', reasons } = made;
    await refreshArchived(organization, plan);
    const checked = checkNow(organization, plan);
    await pause();
    const isAgreed: boolean =
      shown !== undefined && !made.hasNews && (await inSlices(isAsShown(checked, shown)));
    const difference = shown && !isAgreed && (await inSlices(differenceOf(shown.plan, plan, () => true)));
    if (difference) notes = [words.changedSincePreview(organization, difference)];
    shown = undefined;
    if (options.onPage && !(await surface.open())) return undefined;
    const preview = { heading, notes: [...notes, ...made.notes], perhapsUs, cleared, reasons };
    const agreed = isAgreed
      ? await surface.showAgreed(checked, preview)
      : await surface.ask(checked, preview);
    if (!agreed) return undefined;
    if (stillHolds(agreed, organization.permissions) && made.holds?.() !== false) return applyNow(agreed);
    const again = await makeAgain(services, organization, plan, make, surface);
    const selected = new Set(agreed.steps.map(keyOf));
    const unselected = plan.steps.map(keyOf).filter((key) => !selected.has(key));
    if (!again) {
      if (surface.isGone || !(await services.current.isShown(organization))) return undefined;
      cleared = new Set(unselected);
      continue;
    }
    const isSelected = (step: Step): boolean => selected.has(keyOf(step));
    const change = await inSlices(differenceOf(plan, again.plan, isSelected));
    if (!change) {
      const { basis = new Map() } = again.plan;
      return applyNow({ ...agreed, basis });
    }
    notes = [words.changedSincePreview(organization, change)];
    const before = new Set(plan.steps.map(keyOf));
    const newDoubts = (again.perhapsUs ?? []).map(keyOf).filter((key) => !before.has(key));
    cleared = new Set([...unselected, ...newDoubts]);
    made = again;
  }
}

/**
 * Makes a plan once more, after the person agreed to it. A plan on the page stays there when that fails or is canceled:
 * then the result is undefined, after a message. Else it rejects with the error.
 */
async function makeAgain(
  services: Services,
  organization: Organization,
  plan: Plan,
  make: MakePlan,
  { proposal, place }: Surface,
): Promise<MadePlan | undefined> {
  const maxAge = agesOnConfirm(plan);
  const again = async (): Promise<MadePlan> =>
    withBasis(organization, await makeWithProgress(organization, place, checkingCurrentAccess, maxAge, make));
  if (!proposal) return again();
  let made: MadePlan | undefined;
  await withErrorReport(services, async () => {
    made = await again();
  });
  return made;
}

async function makeFirst(
  { view }: Services,
  organization: Organization,
  make: MakePlan,
  { maxAge = decisionAge, title, onPage }: PreviewOptions,
): Promise<MadePlan> {
  const atMost = (): number => maxAge;
  const reading = { maxAge: atMost, signal: organization.closed, report: () => undefined };
  const made =
    title === undefined
      ? await view.whileLoading(() => make(reading))
      : await makeWithProgress(organization, onPage ? 'page' : 'notification', title, atMost, make);
  return withBasis(organization, made);
}

function withBasis(organization: Organization, made: MadePlan): MadePlan {
  return { ...made, plan: attachBasis(organization, made.plan) };
}
