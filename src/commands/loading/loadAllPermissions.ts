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
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';

/** Loads all permissions of every checkpoint in the list, after a question that says the cost. */
export const loadAllPermissions: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const { catalog, permissions } = organization;
  const missing = incompleteCheckpoints(catalog, permissions);
  if (missing.length === 0) {
    void window.showInformationMessage(prefixWithOrganization(organization, nothingToLoad(catalog.size)));
    return;
  }
  if (!(await confirmLoad(organization, missing.length))) return;
  if (!(await ensureStillCurrent(services, organization))) return;
  const result = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: prefixWithOrganization(organization, loadingAll),
      cancellable: true,
    },
    async (progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      const showProgress = (done: number): void =>
        progress.report({ message: checkpointsDone(done, missing.length) });
      showProgress(0);
      // The names load in the background. The view shows their failure.
      void organization.projects.read('background');
      const completion = await completeLists(permissions, missing, signal, showProgress);
      return { completion, isCanceled: signal.aborted };
    },
  );
  if (!organization.closed.aborted) report(services, organization, missing.length, result);
};

async function confirmLoad(organization: Organization, missing: number): Promise<boolean> {
  const withNames = organization.projectsStanding.state === 'notLoaded';
  const { question, detail } = loadAllQuestion(missing, `${requestsInWords(missing)}.`, withNames);
  return (
    (await askInDialog(prefixWithOrganization(organization, question), detail, loadAllButton)) ===
    loadAllButton
  );
}

function report(
  { log }: Services,
  organization: Organization,
  total: number,
  { completion: { complete, failed }, isCanceled }: { completion: Completion; isCanceled: boolean },
): void {
  const loaded = allLoaded(complete.length, total, isCanceled);
  if (failed.size > 0) {
    const words = prefixWithOrganization(
      organization,
      sentences(`${loaded}.`, failuresInWords(failed, organization)),
    );
    showWithActions(window.showWarningMessage, escapeForMessage(words, 800), [
      [commandTitles.showLog, () => log.show()],
    ]);
  } else window.setStatusBarMessage(`$(check) ${loaded}`, 5000);
}
