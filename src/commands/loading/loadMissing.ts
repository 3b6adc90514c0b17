import { ProgressLocation, window } from 'vscode';
import { completeLists } from '../../access/loading/completion';
import { areProjectsCertain } from '../../access/loading/projectsStanding';
import type { Organization } from '../../access/organization';
import { askInDialog, cancelSignal } from '../../editor/questions';
import {
  checkpointsDone,
  exportAnyway,
  loadAndExport,
  loadMissingDetail,
  loadMissingQuestion,
} from '../../words/loading';
import { requestsInWords } from '../../words/requests';
import { prefixWithOrganization } from '../shared/organizationInView';

export type LoadChoice = 'load' | 'exportAnyway';

/**
 * Asks before an export whether to load checkpoints that aren't fully loaded, and says the cost. Undefined when
 * canceled.
 */
export async function askToLoadMissing(
  organization: Organization,
  missing: readonly string[],
  withProjects: boolean,
): Promise<LoadChoice | undefined> {
  const requests = requestsInWords(missing.length + (withProjects ? 1 : 0));
  const pressed = await askInDialog(
    prefixWithOrganization(organization, loadMissingQuestion(missing.length)),
    loadMissingDetail(`${requests}.`),
    loadAndExport,
    exportAnyway,
  );
  return pressed === loadAndExport ? 'load' : pressed === exportAnyway ? 'exportAnyway' : undefined;
}

/**
 * Loads all permissions of checkpoints, and the projects if they aren't fully loaded, with progress. Resolves to false
 * when canceled. A failure stops nothing: the caller shows which lists could not be loaded.
 */
export async function loadMissing(
  organization: Organization,
  missing: readonly string[],
  title: string,
): Promise<boolean> {
  return window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: prefixWithOrganization(organization, title),
      cancellable: true,
    },
    async (progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      const showProgress = (done: number): void =>
        progress.report({ message: checkpointsDone(done, missing.length) });
      showProgress(0);
      const cancel = (): void => organization.projects.cancel();
      signal.addEventListener('abort', cancel);
      try {
        await Promise.all([
          isMissingProjects(organization) ? organization.projects.readAgain() : undefined,
          completeLists(organization.permissions, missing, signal, showProgress),
        ]);
      } finally {
        signal.removeEventListener('abort', cancel);
      }
      return !signal.aborted;
    },
  );
}

/** Whether the list of projects is not fully loaded. */
export function isMissingProjects({ projects }: Organization): boolean {
  return !areProjectsCertain(projects.snapshot);
}
