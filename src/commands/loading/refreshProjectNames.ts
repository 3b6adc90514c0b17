import { window } from 'vscode';
import { APIUserAbortError } from '../../openai';
import { escapeForMessage } from '../../text/plainText';
import { explainProjects } from '../../words/errors';
import { projectsFailed, projectsIncomplete, projectsLoaded } from '../../words/loading';
import { commandTitles } from '../../words/titles';
import { type Button, errorActions, showWithActions } from '../shared/errorReport';
import { organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import type { Command } from '../shared/services';

/** Refreshes the names of all projects and shows their number. On failure the older names stay. */
export const refreshProjectNames: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const { projects, failure, incomplete } = await services.view.whileLoading(() =>
    organization.projects.readAgain(),
  );
  // Canceled, or another organization was chosen.
  if (failure instanceof APIUserAbortError || organization.closed.aborted) return;
  if (failure !== undefined) {
    const explained = explainProjects(failure);
    const words = escapeForMessage(projectsFailed(failure), 800);
    const buttons: Button[] = [
      ...errorActions(explained),
      [commandTitles.showLog, () => services.log.show()],
    ];
    showWithActions(window.showErrorMessage, prefixWithOrganization(organization, words), buttons);
    return;
  }
  if (incomplete !== undefined) {
    const words = escapeForMessage(projectsIncomplete(projects.size, incomplete));
    void window.showWarningMessage(prefixWithOrganization(organization, words));
    return;
  }
  const archived = [...projects.keys()].filter((id) => organization.projects.isArchived(id)).length;
  window.setStatusBarMessage(`$(check) ${projectsLoaded(projects.size, archived)}`, 5000);
};
