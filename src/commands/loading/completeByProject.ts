import { ProgressLocation, window } from 'vscode';
import { type Completion, completeLists, incompleteCheckpoints } from '../../access/loading/completion';
import type { Organization } from '../../access/organization';
import { askInDialog, cancelSignal } from '../../editor/questions';
import { sentences } from '../../text/lists';
import { escapeForMessage } from '../../text/plainText';
import {
  allLoaded,
  checkpointsDone,
  failuresInWords,
  loadAllButton,
  loadAllQuestion,
  loadingAll,
  nothingToLoad,
} from '../../words/loading';
import { requestsInWords } from '../../words/requests';
import { commandTitles } from '../../words/titles';
import { showWithActions } from '../shared/errorReport';
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';

/** Loads all permissions of every checkpoint in the list, after it was said what that costs. */
export const completeByProject: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const { catalog, permissions } = organization;
  const missing = incompleteCheckpoints(catalog, permissions);
  if (missing.length === 0) {
    void window.showInformationMessage(titled(organization, nothingToLoad(catalog.size)));
    return;
  }
  if (!(await agreed(organization, missing.length))) return;
  if (!(await isStillShown(services, organization))) return;
  const ended = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: titled(organization, loadingAll),
      cancellable: true,
    },
    async (progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      const tell = (done: number): void =>
        progress.report({ message: checkpointsDone(done, missing.length) });
      tell(0);
      // Nothing waits for the names, and their failure is told by the view.
      void organization.projects.read('background');
      const completion = await completeLists(permissions, missing, signal, tell);
      return { completion, isCanceled: signal.aborted };
    },
  );
  if (!organization.closed.aborted) report(services, organization, missing.length, ended);
};

async function agreed(organization: Organization, missing: number): Promise<boolean> {
  const withNames = organization.projectsStanding.state === 'notLoaded';
  const { question, detail } = loadAllQuestion(missing, `${requestsInWords(missing)}.`, withNames);
  return (await askInDialog(titled(organization, question), detail, loadAllButton)) === loadAllButton;
}

function report(
  { log }: Services,
  organization: Organization,
  asked: number,
  { completion: { complete, failed }, isCanceled }: { completion: Completion; isCanceled: boolean },
): void {
  const loaded = allLoaded(complete.length, asked, isCanceled);
  if (failed.size > 0) {
    const words = titled(organization, sentences(`${loaded}.`, failuresInWords(failed)));
    showWithActions(window.showWarningMessage, escapeForMessage(words, 800), [
      [commandTitles.showLog, () => log.show()],
    ]);
  } else window.setStatusBarMessage(`$(check) ${loaded}`, 5000);
}
