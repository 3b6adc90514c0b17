import { ProgressLocation, window } from 'vscode';
import { reviewExport } from '../../access/evidence/export/reviewExport';
import type { Finding, NotReviewed } from '../../access/evidence/review/finding';
import { reviewOf, type UsageState } from '../../access/evidence/review/review';
import { UsageCache } from '../../access/evidence/review/usageCache';
import type { Organization } from '../../access/organization';
import { revokesFor } from '../../access/plan/staged';
import { cancelSignal } from '../../editor/questions';
import { APIUserAbortError } from '../../openai';
import { countDown } from '../../views/shared/waitingNotice';
import { reviewTable } from '../../words/exports/reviewTable';
import { reviewTexts, stagedInWords } from '../../words/review';
import { previewStaged } from '../changes/previewStaged';
import { needsProjects, readTheRest } from '../loading/loadMissing';
import { showWithActions, withErrorReport } from '../shared/errorReport';
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import { pickFindings } from './pickFindings';
import { askFormat, saveTable } from './saveTable';

/** The usage data of each organization. */
const usages = new WeakMap<Organization, UsageCache>();

function usageOf(organization: Organization): UsageCache {
  const { organizationAPI, permissions } = organization;
  const usage = usages.get(organization) ?? new UsageCache(organizationAPI.usage, permissions.now);
  usages.set(organization, usage);
  return usage;
}

/**
 * Reviews the access that is loaded, and its use, and offers to stage revoking what is worth a second look. Loads no list
 * of permissions: those that are missing are named, with the requests they take.
 */
export const reviewAccess: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  await reviewFrom(services, organization, await look(organization), []);
};

/** Shows what was found, and does what the person chooses. `selected`: what they had selected before. */
async function reviewFrom(
  services: Services,
  organization: Organization,
  usage: UsageState,
  selected: readonly Finding[],
): Promise<void> {
  if (!(await isStillShown(services, organization))) return;
  const review = reviewOf(organization, usage, organization.permissions.now());
  const answer = await pickFindings(organization, review, selected);
  if (!answer) return;
  if (answer.does === 'export') {
    const format = await askFormat(organization);
    const { projects } = organization;
    const make = () =>
      reviewTable(reviewExport(organization, review, usage), (id) => projects.nameOf(id) ?? id);
    if (format) await saveTable(organization, 'access-review', format, make);
    return;
  }
  if (!(await isStillShown(services, organization))) return;
  if (answer.does === 'load') {
    const isDone = await loadMissing(organization, answer.notReviewed);
    const usageToo = isDone && answer.notReviewed.some(({ about }) => about === 'usage');
    const known = usageToo ? await look(organization) : usage;
    return reviewFrom(services, organization, known, answer.selected);
  }
  stage(services, organization, answer.selected);
}

/** Loads what a review needs beside permissions: the projects, and three months of usage data. */
async function look(organization: Organization): Promise<UsageState> {
  const usage = usageOf(organization);
  return window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: titled(organization, reviewTexts.reviewing),
      cancellable: true,
    },
    async (progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      progress.report({ message: reviewTexts.loading });
      let stop = (): void => undefined;
      const cancelProjects = (): void => organization.projects.cancel();
      signal.addEventListener('abort', cancelProjects);
      try {
        const [known] = await Promise.all([
          usage
            .read(signal, (wait) => {
              stop();
              stop = countDown(progress, wait);
            })
            .then(
              (snapshot): UsageState => ({ snapshot }),
              (failure: unknown): UsageState => ({ failure }),
            ),
          organization.projects.read(),
        ]);
        // The person canceled it, so there is nothing to show.
        if (signal.aborted) throw new APIUserAbortError();
        return known;
      } finally {
        stop();
        signal.removeEventListener('abort', cancelProjects);
      }
    },
  );
}

/** Resolves to false when the person canceled it. */
function loadMissing(organization: Organization, notReviewed: readonly NotReviewed[]): Promise<boolean> {
  const lists = notReviewed.filter((gap) => gap.about === 'checkpoint');
  // A list that is only old is loaded again because the person asks for it here.
  for (const { checkpoint, standing } of lists)
    if (standing.doubts.includes('old')) organization.permissions.outdate(checkpoint);
  const checkpoints = lists.map(({ checkpoint }) => checkpoint);
  const projectsToo = needsProjects(organization) && notReviewed.some(({ about }) => about === 'projects');
  if (checkpoints.length === 0 && !projectsToo) return Promise.resolve(true);
  return readTheRest(organization, checkpoints, reviewTexts.loadingMissing);
}

function stage(services: Services, organization: Organization, findings: readonly Finding[]): void {
  const revokes = revokesFor(findings);
  if (revokes.length === 0) return;
  const { staged } = organization;
  const fresh = revokes.filter(
    ({ checkpoint, project }) => staged.get(checkpoint, project)?.action !== 'revoke',
  );
  staged.stage(revokes);
  const words = stagedInWords(revokes.length, staged.size - revokes.length);
  showWithActions(window.showInformationMessage, titled(organization, words), [
    // What was staged for another purpose is not applied with it.
    [
      reviewTexts.preview,
      () => withErrorReport(services, () => previewStaged(services, organization, revokes)),
    ],
    ...(fresh.length > 0 ? ([[reviewTexts.undo, () => staged.unstage(fresh)]] as const) : []),
  ]);
}
