import { commands, window } from 'vscode';
import { isStrictId } from '../../access/ids/scannedIds';
import { escapeForMessage } from '../../editor/plainText';
import { commandIds } from '../../ids';
import type { LinkArgument } from '../../views/hover/links';
import { knownAccess } from '../../views/summary/access';
import { linkedCheckpoint, targets } from '../shared/commandArguments';
import { nameOf, someOf } from '../shared/displayNames';
import { type Button, showWithActions } from '../shared/errorReport';
import { organizationInView, titled } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command } from '../shared/services';

/** Reads who has access to a checkpoint now, and says it where the person is: for those who come from a file. */
export const readAccess: Command = async (services, target, selection) => {
  const nodes = targets(services, target, selection, 'checkpoint');
  const link = linkedCheckpoint(target);
  const organization = await organizationInView(services, nodes, link);
  if (!organization) return;
  const placeHolder = 'Choose the checkpoint to read who has access to';
  const id =
    link?.checkpoint ??
    nodes[0]?.checkpoint.id ??
    (await pickCheckpoints(organization, { title: 'Read Who Has Access', placeHolder, several: false }))?.[0];
  if (id === undefined) return;
  const store = organization.permissions;
  await services.view.whileLoading(async () => {
    const { permissions } = await store.readCurrent(id, 0);
    if (permissions.length > 0) await organization.projects.read();
  });
  if (!(await services.current.isShown(organization))) return;

  const { summary, projects, more, age, notes } = knownAccess(organization, id, store.now());
  const named = projects.length > 0 ? `: ${someOf(projects, 5)}${more ? ' and more' : ''}` : '';
  const said = [`${summary}${named}`, ...notes].map((each) => each.replace(/\.$/, '')).join('. ');
  const argument: LinkArgument = { checkpoint: id, organization: organization.id };
  const run = (command: string) => () => commands.executeCommand(command, argument);
  // A link takes ids by the strict rule only; the list may have others.
  const buttons: Button[] = isStrictId(id)
    ? [
        ['Show Details', run(commandIds.showDetails)],
        ['Show in Sidebar', run(commandIds.showInSidebar)],
      ]
    : [];
  showWithActions(
    window.showInformationMessage,
    titled(organization, escapeForMessage(`${nameOf(id)}, ${age}: ${said}.`, 800)),
    buttons,
  );
};
