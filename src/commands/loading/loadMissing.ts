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
import { titled } from '../shared/organizationInView';

export type Choice = 'read' | 'asItIs';

/**
 * Asks what to do before an export about checkpoints whose permissions are not fully loaded, with what loading them
 * costs; undefined when canceled.
 */
export async function askToRead(
  organization: Organization,
  missing: readonly string[],
  projectsToo: boolean,
): Promise<Choice | undefined> {
  const requests = requestsInWords(missing.length + (projectsToo ? 1 : 0));
  const pressed = await askInDialog(
    titled(organization, loadMissingQuestion(missing.length)),
    loadMissingDetail(`${requests}.`),
    loadAndExport,
    exportAnyway,
  );
  return pressed === loadAndExport ? 'read' : pressed === exportAnyway ? 'asItIs' : undefined;
}

/**
 * Loads checkpoints completely, and the projects where they are not, with progress. Resolves to false when the person
 * canceled it; a failure is no reason to stop, what could not be loaded is told by whoever shows what was.
 */
export async function readTheRest(
  organization: Organization,
  missing: readonly string[],
  title: string,
): Promise<boolean> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: titled(organization, title), cancellable: true },
    async (progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      const tell = (done: number): void =>
        progress.report({ message: checkpointsDone(done, missing.length) });
      tell(0);
      const cancel = (): void => organization.projects.cancel();
      signal.addEventListener('abort', cancel);
      try {
        await Promise.all([
          needsProjects(organization) ? organization.projects.readAgain() : undefined,
          completeLists(organization.permissions, missing, signal, tell),
        ]);
      } finally {
        signal.removeEventListener('abort', cancel);
      }
      return !signal.aborted;
    },
  );
}

/** Whether the list of projects is not fully loaded. */
export function needsProjects({ projects }: Organization): boolean {
  return !areProjectsCertain(projects.snapshot);
}
