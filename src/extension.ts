import { join } from 'node:path';
import { commands, type ExtensionContext, ExtensionMode, env, window } from 'vscode';
import {
  offerInterruptedWhenOpened,
  registerCommands,
  registerTools,
  tellChangesWhenReloaded,
} from './commands/register';
import type { Services } from './commands/shared/services';
import { AdminKeys } from './credentials/adminKeys';
import type { KeyIndex } from './credentials/keyIndex';
import { ProjectKeys } from './credentials/projectKeys';
import { Log } from './editor/log';
import { readSettings } from './editor/settings';
import { CurrentOrganization } from './organizations/currentOrganization';
import { Journals } from './organizations/journals';
import { Memories } from './organizations/memories';
import { Profiles } from './organizations/profiles';
import { stateItem } from './organizations/stateItem';
import { setDisplayLanguage } from './text/language';
import { AccessPages } from './views/access/accessPages';
import { registerAccessFile } from './views/accessFile/registerAccessFile';
import { CheckpointsTree } from './views/checkpoints/checkpointsTree';
import { CheckpointsView } from './views/checkpoints/checkpointsView';
import { ExpandedRows } from './views/checkpoints/expandedRows';
import { TreeChoices } from './views/checkpoints/treeChoices';
import { DetailsDocuments } from './views/details/documents';
import { registerHover } from './views/hover/provider';
import { ProjectsTree } from './views/projects/projectsTree';
import { ProjectsView } from './views/projects/projectsView';
import { TreeFilters } from './views/shared/treeFilters';

let memories: Memories | undefined;

/** Wires the parts together and registers them. Sends no request and loads none of the lazy bundles. */
export function activate(context: ExtensionContext): Services | undefined {
  setDisplayLanguage(env.language);
  const log = new Log(window.createOutputChannel('Checkpoint Permissions', { log: true }));
  const stores = { everywhere: context.globalState, window: context.workspaceState };
  let loadedIndex: Promise<KeyIndex> | undefined;
  const keyIndex = (): Promise<KeyIndex> => {
    loadedIndex ??= import('./credentials/keyIndex').then((loaded) => new loaded.KeyIndex(context.secrets));
    return loadedIndex;
  };
  const keys = new AdminKeys(context.secrets, keyIndex, (profile) =>
    stateItem(stores.everywhere, `keySaved.${profile}`),
  );
  const projectKeys = new ProjectKeys(
    context.secrets,
    (profile) => stateItem(stores.everywhere, `projectKeys.${profile}`),
    keyIndex,
  );
  const profiles = new Profiles(stateItem(stores.everywhere, 'profiles'), () => readSettings().baseUrl);
  memories = new Memories(join(context.globalStorageUri.fsPath, 'access'), log);
  const current = new CurrentOrganization(keys, projectKeys, keyIndex, profiles, stores, log, memories);
  const choices = new TreeChoices(context.workspaceState);
  const expanded = new ExpandedRows(context.workspaceState);
  const tree = new CheckpointsTree(current, log, choices, expanded);
  const view = new CheckpointsView(tree, choices, current);
  const projectsFilter = new TreeFilters(context.workspaceState, 'projectFilters');
  const projectsTree = new ProjectsTree(current, projectsFilter);
  const projects = new ProjectsView(projectsTree, current);
  const details = new DetailsDocuments(current);
  const journals = new Journals(join(context.globalStorageUri.fsPath, 'journal'));
  const pages = new AccessPages(async () => {
    const { pageActions } = await import('./commands/handlers');
    return {
      current,
      folder: context.extensionUri,
      actionsOf: (organization) => pageActions(services, organization),
      run: (command) => void commands.executeCommand(command),
    };
  });
  const services: Services = {
    current,
    profiles,
    keys,
    projectKeys,
    keyIndex,
    stores,
    journals,
    notices: join(context.globalStorageUri.fsPath, 'notices'),
    memories,
    log,
    choices,
    tree,
    view,
    projectsFilter,
    projectsTree,
    projects,
    details,
    pages,
    folder: context.extensionUri,
    owned: context.subscriptions,
  };
  context.subscriptions.push(
    log,
    current,
    choices,
    tree,
    view,
    details,
    projectsFilter,
    projectsTree,
    projects,
    pages,
    current.onDidOpen(async (organization) => {
      const { whenOpened } = await import('./views/viewsBundle');
      whenOpened(organization, services, context.subscriptions);
    }),
    registerHover(current),
    registerAccessFile(current),
    offerInterruptedWhenOpened(services),
    tellChangesWhenReloaded(services),
    ...registerCommands(services),
    ...registerTools(services),
  );
  return exportsFor(context.extensionMode, services);
}

/** Writes what was loaded since the last time it was kept. */
export async function deactivate(): Promise<void> {
  await memories?.closeAll();
}

/** The extension's exports: none, except for its own tests, which run in a mode of their own. */
export function exportsFor(mode: ExtensionMode, services: Services): Services | undefined {
  return mode === ExtensionMode.Test ? services : undefined;
}
