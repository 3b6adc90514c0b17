import { type Uri, window } from 'vscode';
import { driftOf } from '../../access/accessFile/drift';
import type { FilePlan } from '../../access/accessFile/planAccessFile';
import { railsOf } from '../../access/accessFile/rails';
import type { Organization } from '../../access/organization';
import { askInDialog } from '../../editor/questions';
import { APIUserAbortError } from '../../openai';
import { sentences } from '../../text/lists';
import * as words from '../../words/accessFile';
import * as texts from '../../words/accessFileEditor';
import type { MadePlan, PlanReading } from '../plan/makePlan';
import { previewAndApply } from '../plan/previewPlan';
import { showWithActions } from '../shared/errorReport';
import { prefixWithOrganization } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import { accessFileFor, isTrusted, readValid, showProblems } from './documents';
import { loadAndPlan } from './loadPlan';
import { organizationOfFile } from './organizationOfFile';

/** Most checkpoints that a message names. */
const mostNamed = 5;

/**
 * Plans the access file, and shows the plan in the Changes tab of the Access page. It is applied there, as any other plan.
 * Nothing is planned for a file that isn't valid, is for another organization, or is in a workspace that isn't trusted.
 */
export const planFile: Command = async (services, target) => {
  if (!isTrusted()) return;
  const uri = await accessFileFor(target);
  if (uri) await planAt(services, uri);
};

async function planAt(services: Services, uri: Uri): Promise<void> {
  const opened = await readValid(uri);
  if (!opened) return;
  const organization = await organizationOfFile(services, opened.file, () => planAt(services, uri));
  if (!organization) return;
  let allowRemovals: number | undefined;
  const make = async (reading: PlanReading): Promise<MadePlan> => {
    // It may have been edited since the plan was shown.
    const read = await readValid(uri);
    if (!read) throw new APIUserAbortError();
    const { document, version, file } = read;
    const plan = await loadAndPlan(organization, file, reading);
    await stopAtErrors(organization, plan, uri);
    allowRemovals = await stopAtRails(organization, plan, allowRemovals);
    // What became of the file after VS Code closed its document is unknown.
    const holds = (): boolean => !document.isClosed && document.version === version;
    return { ...madePlan(organization, plan), holds };
  };
  await previewAndApply(services, organization, make, {
    title: texts.accessFileTexts.loading,
    onPage: true,
    sendRest: true,
  });
}

/** Says the errors of the file, and stops. */
async function stopAtErrors(organization: Organization, { errors }: FilePlan, uri: Uri): Promise<void> {
  const [first] = errors;
  if (!first) return;
  const said = words.fileErrorInWords(organization, first, organization.now());
  const message = prefixWithOrganization(organization, texts.errorsInFile(said, errors.length - 1));
  showWithActions(window.showErrorMessage, message, [showProblems]);
  await window.showTextDocument(uri, { preview: false });
  throw new APIUserAbortError();
}

/** Asks for what a person may allow, and stops at the rest. Resolves to the number of removals that was allowed. */
async function stopAtRails(
  organization: Organization,
  plan: FilePlan,
  allowed: number | undefined,
): Promise<number | undefined> {
  let lifted = allowed;
  for (const rail of railsOf(plan, lifted === undefined ? {} : { allowRemovals: lifted })) {
    if (rail.kind === 'tooManyRemovals') {
      const { removals, limit } = rail;
      const button = texts.allowRemovals(removals);
      const pressed = await askInDialog(
        prefixWithOrganization(organization, texts.tooManyRemovals(removals, limit)),
        texts.tooManyRemovalsDetail,
        button,
      );
      if (pressed !== button) throw new APIUserAbortError();
      lifted = removals;
      continue;
    }
    void window.showErrorMessage(prefixWithOrganization(organization, words.railInWords(rail)));
    throw new APIUserAbortError();
  }
  return lifted;
}

function madePlan(organization: Organization, plan: FilePlan): MadePlan {
  const { checked, reasons } = plan;
  const notes = notesOf(organization, plan);
  const steps = [...checked.plan.steps, ...checked.impossible.map(({ step }) => step)];
  if (steps.length === 0 && !isWhole(plan)) {
    // Not a word that access is as the file says.
    void window.showWarningMessage(prefixWithOrganization(organization, sentences(...notes)));
    throw new APIUserAbortError();
  }
  return {
    plan: { ...checked.plan, steps },
    heading: texts.accessFileTexts.heading,
    notes,
    reasons: new Map([...reasons].map(([key, reason]) => [key, words.stepReasonInWords(reason)])),
    nothing: sentences(words.driftSummary(driftOf({ ...plan, unmanaged: [] }), false), ...notes),
  };
}

/** Whether all that the file is about could be read. */
export function isWhole({ unread, areProjectsComplete }: FilePlan): boolean {
  return unread.length === 0 && areProjectsComplete;
}

/** What is not in the plan, and why. */
export function notesOf(organization: Organization, plan: FilePlan): string[] {
  const { unread, beyond, areProjectsComplete } = plan;
  const now = organization.now();
  const more = unread.length - mostNamed;
  return [
    ...(plan.organization.is === 'unknown' ? [words.organizationUnknown] : []),
    ...unread.slice(0, mostNamed).map((each) => words.unreadInWords(organization, each, now)),
    ...(more > 0 ? [texts.moreUnread(more)] : []),
    ...(areProjectsComplete ? [] : [words.projectsUnreadInWords(organization.projectsStanding, now)]),
    ...(beyond.length > 0 ? [texts.keptBeyond(beyond.length)] : []),
  ];
}
