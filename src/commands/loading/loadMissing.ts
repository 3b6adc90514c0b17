import { ProgressLocation, window } from 'vscode';
import { completeLists } from '../../access/loading/completion';
import { areProjectsCertain } from '../../access/loading/projectsStanding';
import type { Organization } from '../../access/organization';
import { askInDialog, cancelSignal } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import {
  checkpointsDone,
  exportAnyway,
  loadAndExport,
  loadMissingDetail,
  loadMissingQuestion,
  missingNotLoaded,
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
 * when canceled. A failure stops nothing: a warning names the checkpoints, and the caller shows which lists are missing.
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
        const [{ failed }] = await Promise.all([
          completeLists(organization.permissions, missing, signal, showProgress),
          isMissingProjects(organization) ? organization.projects.readAgain() : undefined,
        ]);
        if (failed.size > 0 && !signal.aborted) reportFailures(organization, failed);
      } finally {
        signal.removeEventListener('abort', cancel);
      }
      return !signal.aborted;
    },
  );
}

function reportFailures(organization: Organization, failed: ReadonlyMap<string, unknown>): void {
  const words = prefixWithOrganization(organization, missingNotLoaded(failed));
  void window.showWarningMessage(escapeForMessage(words, 800));
}

/** Whether the list of projects is not fully loaded. */
export function isMissingProjects({ projects }: Organization): boolean {
  return !areProjectsCertain(projects.snapshot);
}
