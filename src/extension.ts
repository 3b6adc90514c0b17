import { type ExtensionContext, ExtensionMode, window } from 'vscode';
import { registerCommands } from './commands/register';
import type { Services } from './commands/services';
import { AdminKeys } from './credentials/adminKeys';
import { Log } from './editor/log';
import { CurrentOrganization } from './organizations/current';
import { CheckpointsTree } from './views/checkpointsTree';
import { CheckpointsView } from './views/checkpointsView';
import { TreeChoices } from './views/treeChoices';
import { noticeWaits } from './views/waitingNotice';

/**
 * Wires the parts together and registers them; nothing is read, asked or loaded here..
 */
export function activate(context: ExtensionContext): Services | undefined {
  const log = new Log(window.createOutputChannel('Checkpoint Permissions', { log: true }));
  const keys = new AdminKeys(context.secrets);
  const current = new CurrentOrganization(
    keys,
    { everywhere: context.globalState, window: context.workspaceState },
    log,
  );
  const choices = new TreeChoices(context.workspaceState);
  const tree = new CheckpointsTree(current, log, choices);
  const view = new CheckpointsView(tree, choices);
  const services: Services = { current, keys, log, choices, tree, view };
  context.subscriptions.push(
    log,
    current,
    choices,
    tree,
    view,
    current.onDidOpen(noticeWaits),
    ...registerCommands(services),
  );
  return exportsFor(context.extensionMode, services);
}

/** What other extensions can read of this one: nothing. The tests of this extension run in a mode of their own. */
export function exportsFor(mode: ExtensionMode, services: Services): Services | undefined {
  return mode === ExtensionMode.Test ? services : undefined;
}
