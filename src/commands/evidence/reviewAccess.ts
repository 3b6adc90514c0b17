import { ProgressLocation, window } from 'vscode';
import { reviewTable } from '../../access/evidence/export/reviewTable';
import type { Finding, NotReviewed } from '../../access/evidence/review/finding';
import { reviewOf, type UsageKnown } from '../../access/evidence/review/review';
import { Usage } from '../../access/evidence/review/usage';
import type { Organization } from '../../access/organization';
import { revokesFor } from '../../access/plan/staged';
import { cancelSignal } from '../../editor/questions';
import { APIUserAbortError } from '../../openai';
import { countDown } from '../../views/shared/waitingNotice';
import { previewStaged } from '../changes/previewStaged';
import { needsProjects, readTheRest } from '../loading/loadMissing';
import { count } from '../shared/displayNames';
import { showWithActions, withErrorReport } from '../shared/errorReport';
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import { pickFindings } from './pickFindings';
import { askFormat, saveTable } from './saveTable';

/** What each organization was used for, as long as it is kept. */
const usages = new WeakMap<Organization, Usage>();

function usageOf(organization: Organization): Usage {
  const { organizationAPI, permissions } = organization;
  const usage = usages.get(organization) ?? new Usage(organizationAPI.usage, permissions.now);
  usages.set(organization, usage);
  return usage;
}

/**
 * Goes through the grants that are known, and through use, and offers to stage revokes of what is worth a second look.
 * Lists that were not read are not read by it, but named, with what it costs.
 */
export const reviewAccess: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  await reviewFrom(services, organization, await look(organization), []);
};

/** Shows what was found, and does what the person wants of it; `ticked` are those that were before. */
async function reviewFrom(
  services: Services,
  organization: Organization,
  usage: UsageKnown,
  ticked: readonly Finding[],
): Promise<void> {
  if (!(await isStillShown(services, organization))) return;
  const review = reviewOf(organization, usage, organization.permissions.now());
  const answer = await pickFindings(organization, review, ticked);
  if (!answer) return;
  if (answer.does === 'export') {
    const format = await askFormat(organization);
    if (format)
      await saveTable(organization, 'access-review', format, () => reviewTable(organization, review, usage));
    return;
  }
  if (!(await isStillShown(services, organization))) return;
  if (answer.does === 'read') {
    const isDone = await readMissing(organization, answer.notReviewed);
    const useToo = isDone && answer.notReviewed.some(({ about }) => about === 'use');
    const known = useToo ? await look(organization) : usage;
    return reviewFrom(services, organization, known, answer.ticked);
  }
  stage(services, organization, answer.ticked);
}

/** Reads what a review needs that is not of one checkpoint: the projects, and three months of use. */
async function look(organization: Organization): Promise<UsageKnown> {
  const usage = usageOf(organization);
  return window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: titled(organization, 'Reviewing access'),
      cancellable: true,
    },
    async (progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      progress.report({ message: 'reading projects and use' });
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
              (snapshot): UsageKnown => ({ snapshot }),
              (failure: unknown): UsageKnown => ({ failure }),
            ),
          organization.projects.read(),
        ]);
        // The person gave it up, so there is nothing to be shown.
        if (signal.aborted) throw new APIUserAbortError();
        return known;
      } finally {
        stop();
        signal.removeEventListener('abort', cancelProjects);
      }
    },
  );
}

/** Resolves to false when the person cancelled it. */
function readMissing(organization: Organization, notReviewed: readonly NotReviewed[]): Promise<boolean> {
  const checkpoints = notReviewed.flatMap(({ checkpoint }) => checkpoint ?? []);
  const projectsToo = needsProjects(organization) && notReviewed.some(({ about }) => about === 'projects');
  if (checkpoints.length === 0 && !projectsToo) return Promise.resolve(true);
  return readTheRest(organization, checkpoints, 'Reading for the review');
}

function stage(services: Services, organization: Organization, findings: readonly Finding[]): void {
  const revokes = revokesFor(findings);
  if (revokes.length === 0) return;
  const { staged } = organization;
  const anew = revokes.filter(
    ({ checkpoint, project }) => staged.get(checkpoint, project)?.action !== 'revoke',
  );
  staged.stage(revokes);
  const others = staged.size - revokes.length;
  const besides = others === 0 ? '' : `, besides ${count(others, 'change')} staged before`;
  const words = `Staged ${count(revokes.length, 'revoke')}${besides}. Nothing was sent yet.`;
  showWithActions(window.showInformationMessage, titled(organization, words), [
    // What was staged for another purpose is not applied with it.
    ['Preview Now', () => withErrorReport(services, () => previewStaged(services, organization, revokes))],
    ...(anew.length > 0 ? ([['Take Back', () => staged.unstage(anew)]] as const) : []),
  ]);
}
