import type { commandIds } from '../ids';
import { addCheckpoint } from './addCheckpoint';
import { addOrganization } from './addOrganization';
import { groupByModel, showAsFlatList, sortBy } from './arrange';
import { completeByProject } from './completeByProject';
import { copyCheckpointId, copyPermissionId, copyProjectId } from './copy';
import { copyAccessFrom } from './copyAccess';
import { exportAccess, exportCheckpoint } from './exportAccess';
import { clearFilter, filter, showWhatEndsSoon } from './filter';
import { filterByProject } from './filterByProject';
import { filterHistory } from './filterHistory';
import { findCheckpoints } from './findCheckpoints';
import { grant } from './grant';
import {
  clearHistoryFilter,
  copyHistoryCheckpointId,
  copyHistoryPermissionId,
  copyHistoryProjectId,
  loadOlderHistory,
  refreshHistory,
  showHistory,
  showHistoryOf,
} from './history';
import { showInterrupted } from './interrupted';
import { loadMore } from './loadMore';
import { openMatrix } from './openMatrix';
import { addProjectKey, removeProjectKey } from './projectKeys';
import { readAccess } from './readAccess';
import { refresh, refreshCheckpoint } from './refresh';
import { refreshProjects } from './refreshProjects';
import { removeAdminKey } from './removeAdminKey';
import { removeFromList } from './removeFromList';
import { removeOrganization } from './removeOrganization';
import { renameOrganization } from './renameOrganization';
import { reviewAccess } from './reviewAccess';
import { revoke } from './revoke';
import { exploreSample, leaveSample } from './sample';
import type { Command, Services } from './services';
import { setAdminKey } from './setAdminKey';
import { showDetails } from './showDetails';
import { showInSidebar } from './showInSidebar';
import { switchOrganization } from './switchOrganization';
import { telling } from './telling';
import { undoLastChange } from './undo';

export { offerInterrupted } from './interrupted';

const handlers: Readonly<Record<keyof typeof commandIds, Command>> = {
  setAdminKey,
  removeAdminKey,
  addOrganization,
  switchOrganization,
  renameOrganization,
  removeOrganization,
  exploreSample,
  leaveSample,
  findCheckpoints,
  addProjectKey,
  removeProjectKey,
  addCheckpoint,
  removeFromList,
  refresh,
  refreshCheckpoint,
  refreshProjects,
  loadMore,
  openMatrix,
  grant,
  revoke,
  copyAccessFrom,
  undoLastChange,
  showInterrupted,
  copyPermissionId,
  copyProjectId,
  copyCheckpointId,
  groupByModel,
  showAsFlatList,
  sortBy,
  filter,
  showWhatEndsSoon,
  clearFilter,
  showInSidebar,
  readAccess,
  showDetails,
  filterByProject,
  completeByProject,
  showHistory,
  showHistoryOf,
  refreshHistory,
  loadOlderHistory,
  filterHistory,
  clearHistoryFilter,
  copyHistoryPermissionId,
  copyHistoryProjectId,
  copyHistoryCheckpointId,
  exportAccess,
  exportCheckpoint,
  reviewAccess,
  showLog: async ({ log }) => log.show(),
};

/** Runs a command. What it throws is told to the person in words and goes no further. */
export function run(
  name: keyof typeof commandIds,
  services: Services,
  target: unknown,
  selection: unknown,
): Promise<void> {
  return telling(services, () => handlers[name](services, target, selection));
}
