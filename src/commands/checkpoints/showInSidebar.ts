import { commands, window } from 'vscode';
import type { Organization } from '../../access/organization';
import { viewIds } from '../../ids';
import { addToListButton, hiddenByFilter, notListed, showQuestion } from '../../words/checkpointList';
import { commandTitles } from '../../words/titles';
import { showWithActions, withErrorReport } from '../shared/errorReport';
import { ensureStillCurrent, prefixWithOrganization } from '../shared/organizationInView';
import { checkpointTarget } from '../shared/pickCheckpoint';
import type { Command, Services } from '../shared/services';
import { addToList } from './addCheckpoint';

/** Reveals a checkpoint in the view. For one that isn't in the list, a message offers to add it. */
export const showInSidebar: Command = async (services, target, selection) => {
  const found = await checkpointTarget(services, target, selection, showQuestion);
  if (!found) return;
  const { organization, id } = found;
  if (!organization.catalog.has(id)) {
    showWithActions(
      window.showInformationMessage,
      prefixWithOrganization(organization, notListed(id, organization)),
      [
        [
          addToListButton,
          () => withErrorReport(services, () => addToList(services, organization, [id], 'openFile')),
        ],
      ],
    );
    return;
  }
  await select(services, organization, id);
};

async function select(services: Services, organization: Organization, id: string): Promise<void> {
  const { view, choices } = services;
  await commands.executeCommand(`${viewIds.checkpoints}.focus`);
  if (await view.reveal(id)) return;
  const showAll = async (): Promise<void> => {
    await choices.filterBy(organization, {});
    if (await ensureStillCurrent(services, organization)) await select(services, organization, id);
  };
  showWithActions(
    window.showInformationMessage,
    prefixWithOrganization(organization, hiddenByFilter(id, organization)),
    [[commandTitles.clearFilter, () => withErrorReport(services, showAll)]],
  );
}
