import type { Uri } from 'vscode';
import type { AdminKeys } from '../../credentials/adminKeys';
import type { ProjectKeys } from '../../credentials/projectKeys';
import type { Log } from '../../editor/log';
import type { CurrentOrganization } from '../../organizations/current';
import type { Journals } from '../../organizations/journals';
import type { Profiles } from '../../organizations/profiles';
import type { StateStores } from '../../organizations/stateItem';
import type { CheckpointsTree } from '../../views/checkpoints/checkpointsTree';
import type { CheckpointsView } from '../../views/checkpoints/checkpointsView';
import type { TreeChoices } from '../../views/checkpoints/treeChoices';
import type { DetailsDocuments } from '../../views/details/documents';
import type { HistoryView } from '../../views/history/historyView';
import type { ProjectsTree } from '../../views/projects/projectsTree';
import type { ProjectsView } from '../../views/projects/projectsView';

/** What commands work with; made once by `extension.ts`. */
export interface Services {
  readonly current: CurrentOrganization;
  readonly profiles: Profiles;
  readonly keys: AdminKeys;
  readonly projectKeys: ProjectKeys;
  readonly stores: StateStores;
  readonly journals: Journals;
  readonly log: Log;
  /** How the person wants the list laid out. */
  readonly choices: TreeChoices;
  readonly tree: CheckpointsTree;
  readonly view: CheckpointsView;
  readonly details: DetailsDocuments;
  /** The same seen from the projects. */
  readonly projectsTree: ProjectsTree;
  readonly projects: ProjectsView;
  /** Who changed what. */
  readonly history: HistoryView;
  /** The extension's own folder. */
  readonly folder: Uri;
}

/**
 * A command as VS Code calls it: with the node and the whole selection from a menu of the tree, with a marker from a
 * key binding, with nothing from the palette.
 */
export type Command = (services: Services, target?: unknown, selection?: unknown) => Promise<void>;
