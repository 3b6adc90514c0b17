import type { Disposable, Uri } from 'vscode';
import type { AdminKeys } from '../../credentials/adminKeys';
import type { LoadKeyIndex } from '../../credentials/keyIndex';
import type { ProjectKeys } from '../../credentials/projectKeys';
import type { Log } from '../../editor/log';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import type { Journals } from '../../organizations/journals';
import type { Memories } from '../../organizations/memories';
import type { Profiles } from '../../organizations/profiles';
import type { StateStores } from '../../organizations/stateItem';
import type { AccessPages } from '../../views/access/accessPages';
import type { CheckpointsTree } from '../../views/checkpoints/checkpointsTree';
import type { CheckpointsView } from '../../views/checkpoints/checkpointsView';
import type { TreeChoices } from '../../views/checkpoints/treeChoices';
import type { DetailsDocuments } from '../../views/details/documents';
import type { ProjectsTree } from '../../views/projects/projectsTree';
import type { ProjectsView } from '../../views/projects/projectsView';
import type { TreeFilters } from '../../views/shared/treeFilters';

/** The objects that commands work with, created once by `extension.ts`. */
export interface Services {
  readonly current: CurrentOrganization;
  readonly profiles: Profiles;
  readonly keys: AdminKeys;
  readonly projectKeys: ProjectKeys;
  /** Which keys are saved, of all organizations on this computer. */
  readonly keyIndex: LoadKeyIndex;
  readonly stores: StateStores;
  readonly journals: Journals;
  /** The folder, shared by all windows, that says whose notices were shown today. */
  readonly notices: string;
  /** What is kept between sessions. */
  readonly memories: Memories;
  readonly log: Log;
  /** The order, grouping and filter of the checkpoint list. */
  readonly choices: TreeChoices;
  readonly tree: CheckpointsTree;
  readonly view: CheckpointsView;
  readonly details: DetailsDocuments;
  /** The filter of the Projects view. */
  readonly projectsFilter: TreeFilters;
  /** The tree of the Projects view. */
  readonly projectsTree: ProjectsTree;
  readonly projects: ProjectsView;
  /** The Access pages of this window. */
  readonly pages: AccessPages;
  /** The folder the extension is installed in. */
  readonly folder: Uri;
  /** What is disposed of with the extension. */
  readonly owned: Disposable[];
}

/**
 * A command as VS Code calls it: from a menu of a tree with the row and the whole selection, from a key binding with
 * the focused row, from the palette with no arguments.
 */
export type Command = (services: Services, target?: unknown, selection?: unknown) => Promise<void>;
