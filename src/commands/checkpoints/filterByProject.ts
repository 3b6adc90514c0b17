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
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import { pickProject } from '../shared/pickProject';
import type { Command, Services } from '../shared/services';

/**
 * Shows only checkpoints that one project can use. Where that is unknown the API is asked, after it was said what that
 * costs; what it does not answer is shown as unknown.
 */
export const filterByProject: Command = async (services, target, selection) => {
  const [node] = targets(services, target, selection, 'project');
  const organization = await organizationInView(services, node ? [node] : []);
  if (!organization) return;
  const project = node?.project ?? (await pickProject(organization, { title: filterByProjectTitle }));
  if (project === undefined) return;
  const { catalog, permissions } = organization;
  const open = checkpointsWithUnknownAccess(catalog, permissions, project);
  const choice = open.length === 0 ? 'known' : await askHowFar(organization, project, open.length);
  if (choice === undefined || !(await isStillShown(services, organization))) return;
  const failed = choice === 'ask' ? await ask(organization, project, open) : new Map<string, unknown>();
  if (organization.closed.aborted) return;
  await services.choices.filterBy(organization, { ...services.choices.filterOf(organization), project });
  await commands.executeCommand(`${viewIds.checkpoints}.focus`);
  if (failed.size > 0) tellFailures(services, organization, failed, open.length);
};

async function askHowFar(
  organization: Organization,
  project: string,
  open: number,
): Promise<'ask' | 'known' | undefined> {
  const name = nameOf(organization, project);
  const { question, detail } = checkProjectQuestion(name, open, `${requestsInWords(open)}.`);
  const pressed = await askInDialog(
    titled(organization, question),
    detail,
    checkButton,
    filterWithoutChecking,
  );
  return pressed === checkButton ? 'ask' : pressed === filterWithoutChecking ? 'known' : undefined;
}

function ask(
  organization: Organization,
  project: string,
  checkpoints: readonly string[],
): Thenable<ReadonlyMap<string, unknown>> {
  const title = titled(organization, checkingProject(nameOf(organization, project)));
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      const tell = (done: number): void =>
        progress.report({ message: checkpointsDone(done, checkpoints.length) });
      tell(0);
      return loadProjectAccess(organization.permissions, project, checkpoints, signal, tell);
    },
  );
}

function nameOf({ projects }: Organization, project: string): string {
  return escapeForMessage(quotedProject(projects, project), 120);
}

function tellFailures(
  { log }: Services,
  organization: Organization,
  failed: ReadonlyMap<string, unknown>,
  asked: number,
): void {
  const words = notChecked(failed.size, asked, failuresInWords(failed));
  showWithActions(window.showWarningMessage, titled(organization, escapeForMessage(words, 800)), [
    [commandTitles.showLog, () => log.show()],
  ]);
}
