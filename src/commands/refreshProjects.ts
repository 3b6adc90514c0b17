import { window } from 'vscode';
import { explainProjects } from '../access/explainProjects';
import { inertText } from '../editor/plainText';
import { APIUserAbortError } from '../openai';
import { type Button, tellWithButtons } from './messages';
import { count } from './names';
import { offerOf } from './offers';
import { organizationInView, titled } from './organizationInView';
import type { Command } from './services';

/** Reads the names of all projects anew, and says how many there are now. What was known stays when that fails. */
export const refreshProjects: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const { projects, failure, incomplete } = await services.view.whileLoading(() =>
    organization.projects.readAgain(),
  );
  // The person cancelled it, or chose another organization meanwhile.
  if (failure instanceof APIUserAbortError || organization.closed.aborted) return;
  if (failure !== undefined) {
    const explained = explainProjects(failure);
    const words = `The projects could not be read. ${explained.what}. ${explained.next}`;
    const buttons: Button[] = [...offerOf(explained), ['Show Log', () => services.log.show()]];
    tellWithButtons(window.showErrorMessage, titled(organization, inertText(words, 800)), buttons);
    return;
  }
  if (incomplete !== undefined) {
    const words = `Read ${count(projects.size, 'project')}, but the list is incomplete: ${incomplete}. Refresh Projects to read it again.`;
    void window.showWarningMessage(titled(organization, inertText(words)));
    return;
  }
  const archived = [...projects.keys()].filter((id) => organization.projects.isArchived(id)).length;
  const also = archived === 0 ? '' : `, ${archived} of them archived`;
  window.setStatusBarMessage(`$(check) Read ${count(projects.size, 'project')}${also}`, 5000);
};
