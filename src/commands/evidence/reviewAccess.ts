import { ProgressLocation, window } from 'vscode';
import { reviewData } from '../../access/evidence/export/reviewData';
import type { Finding, NotReviewed } from '../../access/evidence/review/finding';
import { reviewOf, type UsageState } from '../../access/evidence/review/review';
import type { Organization } from '../../access/organization';
import { revokesFor } from '../../access/plan/staged';
import { inSlices } from '../../access/slices';
import { cancelSignal } from '../../editor/questions';
import { whileMaybeSlow } from '../../editor/slowWork';
import { APIUserAbortError } from '../../openai';
import { countDown } from '../../views/shared/waitingNotice';
import { reviewTable } from '../../words/exports/reviewTable';
import { stagedInWords, tooManyToStage } from '../../words/findings';
import { reviewTexts } from '../../words/review';
import { buttons } from '../../words/titles';
import { previewStaged } from '../changes/previewStaged';
import { isMissingProjects, loadMissing } from '../loading/loadMissing';
import { showWithActions, withErrorReport } from '../shared/errorReport';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import { pickFindings } from './pickFindings';
import { askFormat, saveTable } from './saveTable';

/**
 * Reviews loaded access and its usage, and offers to stage revokes for findings. Loads no permissions: lists that
 * aren't loaded are named, with their cost in requests.
 */
export const reviewAccess: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  await showReview(services, organization, await loadReviewData(organization), []);
};

/** Shows the findings and runs the person's choice. `selected` are the findings to select at first. */
async function showReview(
  services: Services,
  organization: Organization,
  usage: UsageState,
  selected: readonly Finding[],
): Promise<void> {
  if (!(await ensureStillCurrent(services, organization))) return;
  const title = prefixWithOrganization(organization, reviewTexts.reviewing);
  const review = await whileMaybeSlow(title, (signal) =>
    inSlices(reviewOf(organization, usage, organization.now()), signal),
  );
  const answer = await pickFindings(organization, review, selected);
  if (!answer) return;
  if (answer.does === 'export') {
    const format = await askFormat(organization);
    const { projects } = organization;
    const make = async () =>
      reviewTable(reviewData(organization, review, usage), (id) => projects.nameOf(id) ?? id);
    if (format) await saveTable(organization, 'access-review', format, make);
    return;
  }
  if (!(await ensureStillCurrent(services, organization))) return;
  if (answer.does === 'load') {
    const isDone = await loadNotReviewed(organization, answer.notReviewed);
    const withUsage = isDone && answer.notReviewed.some(({ about }) => about === 'usage');
    const reviewData = withUsage ? await loadReviewData(organization) : usage;
    return showReview(services, organization, reviewData, answer.selected);
  }
  stage(services, organization, answer.selected);
}

/** Loads the projects and three months of usage data. */
async function loadReviewData(organization: Organization): Promise<UsageState> {
  const usage = organization.usage;
  return window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: prefixWithOrganization(organization, reviewTexts.reviewing),
      cancellable: true,
    },
    async (progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      progress.report({ message: reviewTexts.loading });
      let stopCountdown = (): void => undefined;
      const cancelProjects = (): void => organization.projects.cancel();
      signal.addEventListener('abort', cancelProjects);
      try {
        const [reviewData] = await Promise.all([
          usage
            .read(signal, (wait) => {
              stopCountdown();
              stopCountdown = countDown(progress, wait);
            })
            .then(
              (snapshot): UsageState => ({ snapshot }),
              (failure: unknown): UsageState => ({ failure }),
            ),
          organization.projects.read(),
        ]);
        // Canceled: there is no review to show.
        if (signal.aborted) throw new APIUserAbortError();
        return reviewData;
      } finally {
        stopCountdown();
        signal.removeEventListener('abort', cancelProjects);
      }
    },
  );
}

/** Loads lists that were not reviewed. Resolves to false when canceled. */
function loadNotReviewed(organization: Organization, notReviewed: readonly NotReviewed[]): Promise<boolean> {
  const unloaded = notReviewed.filter((gap) => gap.about === 'checkpoint');
  // An old list is marked stale, so that it is loaded again.
  for (const { checkpoint, standing } of unloaded)
    if (standing.doubts.includes('old')) organization.permissions.outdate(checkpoint);
  const checkpoints = unloaded.map(({ checkpoint }) => checkpoint);
  const withProjects =
    isMissingProjects(organization) && notReviewed.some(({ about }) => about === 'projects');
  if (checkpoints.length === 0 && !withProjects) return Promise.resolve(true);
  return loadMissing(organization, checkpoints, reviewTexts.loadingMissing);
}

function stage(services: Services, organization: Organization, findings: readonly Finding[]): void {
  const revokes = revokesFor(findings);
  if (revokes.length === 0) return;
  const { staged } = organization;
  const fresh = revokes.filter(
    ({ checkpoint, project }) => staged.get(checkpoint, project)?.action !== 'revoke',
  );
  if (!staged.stage(revokes)) {
    const message = prefixWithOrganization(organization, tooManyToStage(revokes.length));
    void window.showWarningMessage(message);
    return;
  }
  const words = stagedInWords(revokes.length, staged.size - revokes.length);
  showWithActions(window.showInformationMessage, prefixWithOrganization(organization, words), [
    // Changes that were staged before are not applied.
    [
      reviewTexts.preview,
      () => withErrorReport(services, () => previewStaged(services, organization, revokes)),
    ],
    ...(fresh.length > 0 ? ([[buttons.undo, () => staged.unstage(fresh)]] as const) : []),
  ]);
}
