import { ProgressLocation, window } from 'vscode';
import type { Organization } from '../access/organization';
import type { Plan } from '../access/plan';
import { cancelSignal } from '../editor/cancelSignal';
import { ago } from '../editor/time';
import { projectName } from './names';
import { titled } from './organizationInView';

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
