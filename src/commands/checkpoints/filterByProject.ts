import { commands, ProgressLocation, window } from 'vscode';
import { checkpointsWithUnknownAccess, loadProjectAccess } from '../../access/loading/loadProjectAccess';
import type { Organization } from '../../access/organization';
import { askInDialog, cancelSignal } from '../../editor/questions';
import { viewIds } from '../../ids';
import { escapeForMessage } from '../../text/plainText';
import {
  checkButton,
  checkingProject,
  checkProjectQuestion,
  filterByProjectTitle,
  filterWithoutChecking,
  notChecked,
} from '../../words/checkpointList';
import { checkpointsDone, failuresInWords } from '../../words/loading';
import { quotedProject } from '../../words/projects';
import { requestsInWords } from '../../words/requests';
import { commandTitles } from '../../words/titles';
import { targets } from '../shared/commandArguments';
import { showWithActions } from '../shared/errorReport';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import { pickProject } from '../shared/pickProject';
import type { Command, Services } from '../shared/services';

/**
 * Shows only checkpoints that a project can use. Unknown access is requested from the API, after a question that says
 * the cost. Checkpoints whose access stays unknown are shown as unknown.
 */
export const filterByProject: Command = async (services, target, selection) => {
  const [node] = targets(services, target, selection, 'project');
  const organization = await organizationInView(services, node ? [node] : []);
  if (!organization) return;
  const project = node?.project ?? (await pickProject(organization, { title: filterByProjectTitle }));
  if (project === undefined) return;
  const unknown = checkpointsWithUnknownAccess(organization, project);
  const choice =
    unknown.length === 0 ? 'filterOnly' : await askWhetherToCheck(organization, project, unknown.length);
  if (choice === undefined || !(await ensureStillCurrent(services, organization))) return;
  const failed =
    choice === 'check' ? await checkProject(organization, project, unknown) : new Map<string, unknown>();
  if (organization.closed.aborted) return;
  await services.choices.filterBy(organization, { ...services.choices.filterOf(organization), project });
  await commands.executeCommand(`${viewIds.checkpoints}.focus`);
  if (failed.size > 0) reportFailures(services, organization, failed, unknown.length);
};

async function askWhetherToCheck(
  organization: Organization,
  project: string,
  unknown: number,
): Promise<'check' | 'filterOnly' | undefined> {
  const name = quotedName(organization, project);
  const { question, detail } = checkProjectQuestion(name, unknown, `${requestsInWords(unknown)}.`);
  const pressed = await askInDialog(
    prefixWithOrganization(organization, question),
    detail,
    checkButton,
    filterWithoutChecking,
  );
  return pressed === checkButton ? 'check' : pressed === filterWithoutChecking ? 'filterOnly' : undefined;
}

function checkProject(
  organization: Organization,
  project: string,
  checkpoints: readonly string[],
): Thenable<ReadonlyMap<string, unknown>> {
  const title = prefixWithOrganization(organization, checkingProject(quotedName(organization, project)));
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      const showProgress = (done: number): void =>
        progress.report({ message: checkpointsDone(done, checkpoints.length) });
      showProgress(0);
      return loadProjectAccess(organization.permissions, project, checkpoints, signal, showProgress);
    },
  );
}

function quotedName({ projects }: Organization, project: string): string {
  return escapeForMessage(quotedProject(projects, project), 120);
}

function reportFailures(
  { log }: Services,
  organization: Organization,
  failed: ReadonlyMap<string, unknown>,
  asked: number,
): void {
  const words = notChecked(failed.size, asked, failuresInWords(failed, organization));
  showWithActions(
    window.showWarningMessage,
    prefixWithOrganization(organization, escapeForMessage(words, 800)),
    [[commandTitles.showLog, () => log.show()]],
  );
}
