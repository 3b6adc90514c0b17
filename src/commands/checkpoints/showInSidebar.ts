import { commands, window } from 'vscode';
import type { Organization } from '../../access/organization';
import { viewIds } from '../../ids';
import { addToListButton, notListed, showQuestion } from '../../words/checkpointList';
import { showWithActions, withErrorReport } from '../shared/errorReport';
import { prefixWithOrganization } from '../shared/organizationInView';
import { checkpointTarget } from '../shared/pickCheckpoint';
import { revealListed } from '../shared/revealListed';
import type { Command, Services } from '../shared/services';
import { addToList } from './addCheckpoint';

/** Reveals a checkpoint in the view. For one that isn't in the list, a message offers to add it. */
export const showInSidebar: Command = async (services, target, selection) => {
  const found = await checkpointTarget(services, target, selection, showQuestion);
  if (!found) return;
  const { organization, id } = found;
  if (!isListed(services, organization, id)) return;
  await commands.executeCommand(`${viewIds.checkpoints}.focus`);
  await revealListed(services, organization, [id]);
};

/** Whether a checkpoint is in the list. A message offers to add one that isn't. */
export function isListed(services: Services, organization: Organization, id: string): boolean {
  if (organization.catalog.has(id)) return true;
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
  return false;
}
