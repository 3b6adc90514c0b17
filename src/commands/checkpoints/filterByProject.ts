import { commands, ProgressLocation, window } from 'vscode';
import { accessNotKnown, askAboutProject } from '../../access/loading/askAboutProject';
import type { Organization } from '../../access/organization';
import { askInDialog, cancelSignal } from '../../editor/questions';
import { viewIds } from '../../ids';
import { escapeForMessage } from '../../text/plainText';
import { projectName } from '../../views/checkpoints/viewMessage';
import { count } from '../../words/names';
import { requestsInWords } from '../../words/requests';
import { failuresInWords } from '../loading/completeByProject';
import { targets } from '../shared/commandArguments';
import { showWithActions } from '../shared/errorReport';
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import { pickProject } from '../shared/pickProject';
import type { Command, Services } from '../shared/services';

/**
 * Shows only checkpoints that one project can use. Where that is not known the server is asked, after it was said what
 * that costs; what it does not answer is shown as not known.
 */
export const filterByProject: Command = async (services, target, selection) => {
  const [node] = targets(services, target, selection, 'project');
  const organization = await organizationInView(services, node ? [node] : []);
  if (!organization) return;
  const project =
    node?.project ?? (await pickProject(organization, { title: 'Show Only What a Project Can Use' }));
  if (project === undefined) return;
  const { catalog, permissions } = organization;
  const open = accessNotKnown(catalog, permissions, project);
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
  const name = escapeForMessage(projectName(organization, project), 120);
  const [asking, known] = ['Ask', 'Show What Is Known'];
  const pressed = await askInDialog(
    titled(
      organization,
      `Ask for ${count(open, 'checkpoint')} whether ${name} can use ${open === 1 ? 'it' : 'them'}?`,
    ),
    [
      `${requestsInWords(open)}: one for each checkpoint of which it is not known.`,
      'What is not asked is shown as not known. You can cancel at any time; what was answered by then stays.',
    ].join('\n\n'),
    asking,
    known,
  );
  return pressed === asking ? 'ask' : pressed === known ? 'known' : undefined;
}

function ask(
  organization: Organization,
  project: string,
  checkpoints: readonly string[],
): Thenable<ReadonlyMap<string, unknown>> {
  const title = titled(
    organization,
    `Asking what ${escapeForMessage(projectName(organization, project), 120)} can use`,
  );
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      const tell = (done: number): void =>
        progress.report({ message: `${done} of ${count(checkpoints.length, 'checkpoint')}` });
      tell(0);
      return askAboutProject(organization.permissions, project, checkpoints, signal, tell);
    },
  );
}

function tellFailures(
  { log }: Services,
  organization: Organization,
  failed: ReadonlyMap<string, unknown>,
  asked: number,
): void {
  const words = `${failed.size} of ${count(asked, 'checkpoint')} could not be asked and ${failed.size === 1 ? 'is' : 'are'} shown as not known. ${failuresInWords(failed)}`;
  showWithActions(window.showWarningMessage, titled(organization, escapeForMessage(words, 800)), [
    ['Show Log', () => log.show()],
  ]);
}
