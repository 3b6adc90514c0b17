import { InputBoxValidationSeverity, ProgressLocation, window } from 'vscode';
import { retirementOf } from '../../access/catalog/retirement';
import { parseCheckpointId } from '../../access/ids/checkpointId';
import type { Entry } from '../../access/journal/entry';
import type { Organization } from '../../access/organization';
import { type CheckedPlan, checkPlan } from '../../access/plan/obstacles';
import type { Outcome } from '../../access/plan/outcome';
import { checkpointsOf, type Plan } from '../../access/plan/plan';
import { askForText, askInDialog, cancelSignal } from '../../editor/questions';
import { readSettings } from '../../editor/settings';
import { ago } from '../../editor/time';
import { count, projectName } from '../shared/displayNames';
import { titled } from '../shared/organizationInView';
import type { Services } from '../shared/services';
import { applyPlan } from './applyPlan';
import { chooseSteps } from './chooseSteps';
import { linesInSight, linesOf } from './dialogLayout';
import {
  costInWords,
  leftOutInWords,
  notesInWords,
  obstacleInWords,
  planInShort,
  stepsInWords,
  verbOf,
} from './planInWords';

const chooseButton = 'Choose Steps…';

/**
 * Shows a plan whole and asks whether to apply it; the verb is the button. What is known to be impossible is left out and
 * said. Resolves to the plan as the person agreed to it, or to undefined.
 *
 * @param notes stand under the steps
 */
export async function previewPlan(
  organization: Organization,
  plan: Plan,
  notes: readonly string[] = [],
): Promise<Plan | undefined> {
  await readArchivedAgain(organization, plan);
  const sifted = checkPlan(basedOnWhatIsShown(organization, plan), {
    // As in the matrix: what a refusal told, or else the job that made the model.
    owners: {
      of: (checkpoint) => organization.owners.of(checkpoint) ?? organization.catalog.entry(checkpoint)?.owner,
    },
    missingScopes: organization.missingScopes,
    projects: organization.projects,
    now: organization.permissions.now(),
    // The server's own word on an end counts before what was announced, as in the rows.
    retirement: (checkpoint) => {
      const parsed = parseCheckpointId(checkpoint);
      return parsed && retirementOf(parsed.baseModel, organization.catalog.entry(checkpoint)?.shutdownDate);
    },
  });
  if (sifted.plan.steps.length === 0) return nothingLeft(organization, sifted);
  let chosen = sifted.plan;
  for (;;) {
    const verb = verbOf(chosen);
    const buttons = sifted.plan.steps.length > 1 ? [verb, chooseButton] : [verb];
    const question = titled(organization, `${planInShort(chosen)}?`);
    const detail = detailOf(organization, sifted, chosen, notes);
    const pressed = await askInDialog(question, detail, ...buttons);
    if (pressed === verb) return (await isSureOfRevokes(organization, chosen)) ? chosen : undefined;
    if (pressed !== chooseButton) return undefined;
    chosen = (await chooseSteps(organization, sifted.plan, chosen, sifted.impossible)) ?? chosen;
  }
}

function detailOf(
  organization: Organization,
  { plan, impossible, notes: suspicions }: CheckedPlan,
  chosen: Plan,
  notes: readonly string[],
): string {
  const unticked = plan.steps.length - chosen.steps.length;
  const below = [
    ...(unticked > 0 ? [`${count(unticked, 'step')} not ticked.`] : []),
    ...leftOutInWords(organization, impossible),
    ...notesInWords(
      organization,
      suspicions.filter(({ step }) => chosen.steps.includes(step)),
    ),
    ...notes,
    costInWords(organization, chosen),
  ];
  // Each with a blank line above it.
  const room = linesInSight - below.reduce((sum, paragraph) => sum + linesOf(paragraph) + 1, 0);
  return [...stepsInWords(organization, chosen, room), ...below].join('\n\n');
}

function nothingLeft(organization: Organization, { impossible }: CheckedPlan): undefined {
  const [first] = impossible;
  if (!first) return undefined;
  const rest = impossible.length - 1;
  const more = rest > 0 ? ` The same or the like holds for ${count(rest, 'more step')}.` : '';
  const why = obstacleInWords(organization, first);
  void window.showWarningMessage(titled(organization, `Nothing was sent. ${why}${more}`));
  return undefined;
}

/** What others change while the preview stands open is told afterwards, by comparing with these lists. */
function basedOnWhatIsShown({ permissions }: Organization, plan: Plan): Plan {
  if (plan.basis) return plan;
  const basis = checkpointsOf(plan).flatMap((checkpoint) => {
    const { listing, beforeChange } = permissions.snapshot(checkpoint);
    return listing && !beforeChange ? [[checkpoint, listing] as const] : [];
  });
  return { ...plan, basis: new Map(basis) };
}

/** Taking away much at once is asked for twice, in a way that cannot be done by a slip of the hand. */
async function isSureOfRevokes(organization: Organization, plan: Plan): Promise<boolean> {
  const revokes = plan.steps.filter(({ action }) => action === 'revoke').length;
  const most = readSettings().confirmRevokesAbove;
  if (revokes <= most) return true;
  const typed = await askForText({
    title: titled(organization, planInShort(plan)),
    prompt: `This revokes ${count(revokes, 'permission')}. Type ${revokes} and press Enter to go on`,
    placeHolder: String(revokes),
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === String(revokes)) return undefined;
      const severity = text === '' ? InputBoxValidationSeverity.Info : InputBoxValidationSeverity.Error;
      return { message: `Type ${revokes}, the number of permissions to be revoked.`, severity };
    },
  });
  return typed?.trim() === String(revokes);
}

/**
 * Reads the projects again when an old reading says that one which is to get access is archived: nobody is refused for
 * what may have changed since. Cancelled or failed, what was read before stays, and the plan says how old it is.
 */
export async function readArchivedAgain(organization: Organization, { steps }: Plan): Promise<void> {
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
      title: titled(organization, 'Reading the projects again'),
      cancellable: true,
    },
    async (progress, token) => {
      const name = projectName(organization, doubtful.project);
      progress.report({ message: `${name} was archived, as read ${ago(readAt, permissions.now())}` });
      cancelSignal(token).addEventListener('abort', () => projects.cancel());
      await projects.readAgain();
    },
  );
}

export interface PreviewOptions {
  /** Stand under the steps in the preview, a paragraph each. */
  readonly notes?: readonly string[];
  /** The journal's id of the plan that this one takes back. */
  readonly undoes?: string;
  /** The record to go on with, of a plan that was interrupted; the steps are of that plan. */
  readonly entry?: Entry;
}

/**
 * The way of every change: shows the plan, lets the person choose and agree, applies it with progress, writes it down,
 * and reports each step's outcome. Resolves to the outcomes of what was agreed to, in its order, or to undefined when
 * nothing was to be done after all. Rejects with `JournalError` when it cannot be written down: then nothing was sent.
 */
export async function previewAndApply(
  services: Services,
  organization: Organization,
  plan: Plan,
  options: PreviewOptions = {},
): Promise<Outcome[] | undefined> {
  // People are shown by name whom it concerns; that reads the projects once, and what fails of it is said elsewhere.
  await services.view.whileLoading(() => organization.projects.read());
  const agreed = await previewPlan(organization, plan, options.notes);
  return agreed && applyPlan(services, organization, agreed, options);
}
