import type { commandIds } from '../ids';
import { copyAccessFrom } from './changes/copyAccess';
import { grant } from './changes/grant';
import { showInterrupted } from './changes/interrupted';
import { revoke } from './changes/revoke';
import { undoLastChange } from './changes/undo';
import { addCheckpoint } from './checkpoints/addCheckpoint';
import { groupByModel, showAsFlatList, sortBy } from './checkpoints/arrange';
import { copyCheckpointId, copyPermissionId, copyProjectId } from './checkpoints/copyIds';
import { clearFilter, filter, showWhatEndsSoon } from './checkpoints/filter';
import { filterByProject } from './checkpoints/filterByProject';
import { findCheckpoints } from './checkpoints/findCheckpoints';
import { removeFromList } from './checkpoints/removeFromList';
import { openMatrix, showDetails } from './checkpoints/showDetails';
import { showInSidebar } from './checkpoints/showInSidebar';
import { exportAccess, exportCheckpoint } from './evidence/exportAccess';
import { filterHistory } from './evidence/filterHistory';
import {
  clearHistoryFilter,
  copyHistoryCheckpointId,
  copyHistoryPermissionId,
  copyHistoryProjectId,
  loadOlderHistory,
  refreshHistory,
  showHistory,
  showHistoryOf,
} from './evidence/history';
import { reviewAccess } from './evidence/reviewAccess';
import { completeByProject } from './loading/completeByProject';
import { readAccess } from './loading/readAccess';
import { loadMore, refresh, refreshCheckpoint, refreshProjects } from './loading/refresh';
import { addOrganization } from './organizations/addOrganization';
import { addProjectKey, removeProjectKey } from './organizations/projectKeys';
import { removeAdminKey } from './organizations/removeAdminKey';
import { removeOrganization } from './organizations/removeOrganization';
import { renameOrganization } from './organizations/renameOrganization';
import { setAdminKey } from './organizations/setAdminKey';
import { exploreSample, leaveSample, switchOrganization } from './organizations/switchOrganization';
import { withErrorReport } from './shared/errorReport';
import type { Command, Services } from './shared/services';

export { offerInterrupted } from './changes/interrupted';

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
  return withErrorReport(services, () => handlers[name](services, target, selection));
}
