import { commands, window } from 'vscode';
import { isStrictId } from '../../access/ids/scannedIds';
import { commandIds } from '../../ids';
import { escapeForMessage } from '../../text/plainText';
import type { HoverArgument } from '../../views/hover/links';
import { summarizeAccess } from '../../views/summary/access';
import { checkAccess, checkedAccess, firstWithAccess } from '../../words/access';
import { checkpointName } from '../../words/names';
import { commandTitles } from '../../words/titles';
import { type Button, showWithActions } from '../shared/errorReport';
import { prefixWithOrganization } from '../shared/organizationInView';
import { checkpointTarget } from '../shared/pickCheckpoint';
import type { Command } from '../shared/services';

/** Maximum number of projects that the message names. */
const mostNamed = 5;

/** Loads who has access to a checkpoint and shows it in a message. Called from hovers in files, too. */
export const checkWhoHasAccess: Command = async (services, target, selection) => {
  const question = { title: checkAccess.title, placeHolder: checkAccess.choose };
  const found = await checkpointTarget(services, target, selection, question);
  if (!found) return;
  const { organization, id } = found;
  const store = organization.permissions;
  await services.view.whileLoading(async () => {
    const { permissions } = await store.readCurrent(id, 0);
    if (permissions.length > 0) await organization.projects.read();
  });
  if (!(await services.current.isShown(organization))) return;

  const known = summarizeAccess(organization, id, organization.now());
  const first = known.projects.slice(0, mostNamed);
  const names = firstWithAccess(first, known.projects.length, !known.standing.isComplete);
  const message = checkedAccess(checkpointName(id, organization), known, names, organization.now());
  const argument: HoverArgument = { checkpoint: id, organization: organization.id };
  const run = (command: string) => () => commands.executeCommand(command, argument);
  // The commands accept a link only with a strict ID. The list can have other IDs.
  const buttons: Button[] = isStrictId(id)
    ? [
        [commandTitles.showDetails, run(commandIds.showDetails)],
        [commandTitles.showInSidebar, run(commandIds.showInSidebar)],
      ]
    : [];
  showWithActions(
    window.showInformationMessage,
    prefixWithOrganization(organization, escapeForMessage(message, 800)),
    buttons,
  );
};
