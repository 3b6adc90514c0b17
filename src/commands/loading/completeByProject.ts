import { ProgressLocation, window } from 'vscode';
import { type Completion, notReadCompletely, readCompletely } from '../../access/loading/completion';
import type { Organization } from '../../access/organization';
import { askInDialog, cancelSignal } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import { explain } from '../../words/errors';
import { checkpointName, count } from '../../words/names';
import { requestsInWords } from '../../words/requests';
import { showWithActions } from '../shared/errorReport';
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';

/** Reads the permissions of every checkpoint of the list completely, after it was said what that costs. */
export const completeByProject: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const { catalog, permissions } = organization;
  const missing = notReadCompletely(catalog, permissions);
  if (missing.length === 0) {
    const words =
      catalog.size === 0 ? 'No checkpoint is in the list yet.' : 'All of it is read completely already.';
    void window.showInformationMessage(titled(organization, `${words} Nothing was sent.`));
    return;
  }
  if (!(await agreed(organization, missing.length))) return;
  if (!(await isStillShown(services, organization))) return;
  const ended = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: titled(organization, 'Completing By Project'),
      cancellable: true,
    },
    async (progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      const tell = (done: number): void =>
        progress.report({ message: `${done} of ${missing.length} checkpoints` });
      tell(0);
      // Nobody waits for the names, and their failure is told by the view.
      void organization.projects.read('background');
      const completion = await readCompletely(permissions, missing, signal, tell);
      return { completion, isCancelled: signal.aborted };
    },
  );
  if (!organization.closed.aborted) report(services, organization, missing.length, ended);
};

async function agreed(organization: Organization, missing: number): Promise<boolean> {
  const { readAt, failure } = organization.projects.snapshot;
  const names = readAt === undefined && failure === undefined;
  const detail = [
    `${requestsInWords(missing)}: one for each checkpoint that was not read completely. Lists of more than 100 permissions take one more for each further 100.`,
    ...(names ? ['The names of the projects are read as well: one request for each 100 projects.'] : []),
    'What you do meanwhile goes first. You can cancel at any time; what was read by then stays.',
  ];
  const read = 'Read';
  const pressed = await askInDialog(
    titled(organization, `Read the permissions of ${count(missing, 'checkpoint')} completely?`),
    detail.join('\n\n'),
    read,
  );
  return pressed === read;
}

function report(
  { log }: Services,
  organization: Organization,
  asked: number,
  { completion: { complete, failed }, isCancelled }: { completion: Completion; isCancelled: boolean },
): void {
  const read = `Read ${complete.length} of ${count(asked, 'checkpoint')} completely`;
  if (failed.size > 0) {
    const words = titled(organization, `${read}. ${failuresInWords(failed)}`);
    showWithActions(window.showWarningMessage, escapeForMessage(words, 800), [
      ['Show Log', () => log.show()],
    ]);
  } else {
    window.setStatusBarMessage(`$(check) ${read}${isCancelled ? ', then cancelled' : ''}`, 5000);
  }
}

/** At most this many are named, the rest is a number. */
const mostNamed = 3;

/** Which failed and why, each with its own reason. */
export function failuresInWords(failed: ReadonlyMap<string, unknown>): string {
  const named = [...failed]
    .slice(0, mostNamed)
    .map(
      ([id, error]) =>
        `${checkpointName(id)}: ${error === undefined ? 'the server broke the list off' : explain(error).what}.`,
    );
  const rest = failed.size - named.length;
  return [...named, ...(rest > 0 ? [`And ${rest} more failed.`] : [])].join(' ');
}
