import { ProgressLocation, window } from 'vscode';
import { readCompletely } from '../../access/loading/completion';
import { areProjectsCertain } from '../../access/loading/projectsStanding';
import type { Organization } from '../../access/organization';
import { askInDialog, cancelSignal } from '../../editor/questions';
import { count } from '../../words/names';
import { requestsInWords } from '../../words/requests';
import { titled } from '../shared/organizationInView';

export type Choice = 'read' | 'asItIs';

/**
 * Asks what to do about checkpoints whose permissions are not all known, with what reading them costs; undefined when
 * cancelled.
 */
export async function askToRead(
  organization: Organization,
  missing: readonly string[],
  projectsToo: boolean,
): Promise<Choice | undefined> {
  const [read, asItIs] = ['Read Now', 'Export as It Is'] as const;
  const what =
    missing.length === 0
      ? 'The list of projects is'
      : `${count(missing.length, 'checkpoint')} ${missing.length === 1 ? 'is' : 'are'}`;
  const cost = missing.length + (projectsToo ? 1 : 0);
  const detail = [
    `Read Now: ${requestsInWords(cost).replace(/^At/, 'at')}. Long lists take one more for each further 100.`,
    'Export as It Is: what was not read is written as not known, and the file says what is missing.',
  ];
  const pressed = await askInDialog(
    titled(organization, `${what} not read completely. Read first?`),
    detail.join('\n\n'),
    read,
    asItIs,
  );
  return pressed === read ? 'read' : pressed === asItIs ? 'asItIs' : undefined;
}

/**
 * Reads checkpoints completely, and the projects where they were not read, with progress. Resolves to false when the person
 * cancelled it; a failure is no reason to stop, what could not be read is told by whoever shows what was.
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
        progress.report({ message: `${done} of ${count(missing.length, 'checkpoint')}` });
      tell(0);
      const cancel = (): void => organization.projects.cancel();
      signal.addEventListener('abort', cancel);
      try {
        await Promise.all([
          needsProjects(organization) ? organization.projects.readAgain() : undefined,
          readCompletely(organization.permissions, missing, signal, tell),
        ]);
      } finally {
        signal.removeEventListener('abort', cancel);
      }
      return !signal.aborted;
    },
  );
}

/** Whether the projects are not all known. */
export function needsProjects({ projects }: Organization): boolean {
  return !areProjectsCertain(projects.snapshot);
}
