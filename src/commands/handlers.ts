import type { commandIds } from '../ids';
import { isOfCheckpoints, isOfProjects } from '../views/shared/nodes';
import { explainAccess } from './access/explainAccess';
import { explainAccessError } from './access/explainAccessError';
import { nextAccessTab, openAccessPage, previousAccessTab } from './access/openAccess';
import {
  copyRowCheckpointId,
  copyRowPermissionId,
  copyRowProjectId,
  showRowDetails,
  stageRow,
} from './access/rowMenu';
import { acceptDriftIntoFile } from './accessFile/acceptDriftIntoFile';
import { checkDrift } from './accessFile/checkDrift';
import { createAccessFile } from './accessFile/createAccessFile';
import { planFile } from './accessFile/planFile';
import { copyAccessFrom } from './changes/copyAccess';
import { grantAccess } from './changes/grantAccess';
import { resumeInterrupted } from './changes/resumeInterrupted';
import { revokeAccess } from './changes/revokeAccess';
import { revokeAllAccess } from './changes/revokeAllAccess';
import { undoChange } from './changes/undoChange';
import { addCheckpoint } from './checkpoints/addCheckpoint';
import { copyCheckpointId, copyPermissionId, copyProjectId } from './checkpoints/copyIds';
import { filterByProject } from './checkpoints/filterByProject';
import {
  clearFilter,
  editFilter,
  filterByShutdown,
  filterCheckpoints,
} from './checkpoints/filterCheckpoints';
import { clearProjectsFilter, filterProjects } from './checkpoints/filterProjects';
import { findCheckpoints } from './checkpoints/findCheckpoints';
import { removeFromList } from './checkpoints/removeFromList';
import { showDetails } from './checkpoints/showDetails';
import { showInSidebar } from './checkpoints/showInSidebar';
import { sortCheckpoints, viewAsList, viewAsTree } from './checkpoints/sortCheckpoints';
import { exportAccess, exportPermissions } from './evidence/exportAccess';
import { findShutdowns } from './evidence/findShutdowns';
import { showHistory, showItemHistory, undoHistoryChange } from './evidence/history';
import { reviewAccess } from './evidence/reviewAccess';
import { checkWhoHasAccess } from './loading/checkWhoHasAccess';
import { loadAllPermissions } from './loading/loadAllPermissions';
import { loadMorePermissions } from './loading/loadMorePermissions';
import { refreshCheckpoints, refreshPermissions } from './loading/refreshCheckpoints';
import { refreshProjectNames } from './loading/refreshProjectNames';
import { addOrganization } from './organizations/addOrganization';
import { addSavedOrganizations } from './organizations/addSavedOrganizations';
import { checkKeyAgain, showKeyStatus } from './organizations/keyStatus';
import { addProjectKey, removeProjectKey } from './organizations/projectKeys';
import { removeAdminKey } from './organizations/removeAdminKey';
import { removeAllData } from './organizations/removeAllData';
import { removeOrganization } from './organizations/removeOrganization';
import { removeSavedKeys } from './organizations/removeSavedKeys';
import { renameOrganization } from './organizations/renameOrganization';
import { setAdminKey } from './organizations/setAdminKey';
import {
  closeSampleOrganization,
  openSampleOrganization,
  switchOrganization,
} from './organizations/switchOrganization';
import { reportIssue } from './reports/reportIssue';
import { rowsActedOn } from './shared/commandArguments';
import { withErrorReport } from './shared/errorReport';
import type { Command, Services } from './shared/services';

export { pageActions } from './access/pageActions';
export { offerInterrupted } from './changes/resumeInterrupted';
export { tellChanges } from './loading/tellChanges';

const handlers: Readonly<Record<keyof typeof commandIds, Command>> = {
  setAdminKey,
  removeAdminKey,
  showKeyStatus,
  checkKeyAgain,
  addOrganization,
  switchOrganization,
  renameOrganization,
  removeOrganization,
  addSavedOrganizations,
  removeSavedKeys,
  exploreSample: openSampleOrganization,
  leaveSample: closeSampleOrganization,
  findCheckpoints,
  findShutdowns,
  addProjectKey,
  removeProjectKey,
  addCheckpoint,
  removeFromList,
  refresh: refreshCheckpoints,
  refreshCheckpoint: refreshPermissions,
  refreshProjects: refreshProjectNames,
  loadMore: loadMorePermissions,
  openAccess: openAccessPage,
  explainAccess,
  explainAccessError,
  nextAccessTab,
  previousAccessTab,
  grant: grantAccess,
  revoke: revokeAccess,
  revokeAll: revokeAllAccess,
  copyAccessFrom,
  undoLastChange: undoChange,
  showInterrupted: resumeInterrupted,
  copyPermissionId,
  copyProjectId,
  copyCheckpointId,
  groupByModel: viewAsTree,
  showAsFlatList: viewAsList,
  sortBy: sortCheckpoints,
  filter: filterCheckpoints,
  editFilter,
  showWhatEndsSoon: filterByShutdown,
  clearFilter,
  showInSidebar,
  readAccess: checkWhoHasAccess,
  showDetails,
  filterProjects,
  clearProjectsFilter,
  filterByProject,
  completeByProject: loadAllPermissions,
  showHistory,
  showHistoryOf: showItemHistory,
  showRowDetails,
  stageRow,
  undoHistoryChange,
  copyRowPermissionId,
  copyRowProjectId,
  copyRowCheckpointId,
  exportAccess,
  exportCheckpoint: exportPermissions,
  reviewAccess,
  removeAllData,
  reportIssue,
  createAccessFile,
  planAccessFile: planFile,
  checkDrift,
  acceptDrift: acceptDriftIntoFile,
  showLog: async ({ log }) => log.show(),
};

/** Runs a command. Its errors are shown to the person and not rethrown. Rows that it removes leave their place to the next. */
export function run(
  name: keyof typeof commandIds,
  services: Services,
  target: unknown,
  selection: unknown,
): Promise<void> {
  const rows = rowsActedOn(services, target, selection);
  const act = (): Promise<void> =>
    withErrorReport(services, () => handlers[name](services, target, selection));
  // A row is of one view. Both are told, because the rows of a command before no longer count.
  return services.view.whileActingOn(rows.filter(isOfCheckpoints), () =>
    services.projects.whileActingOn(rows.filter(isOfProjects), act),
  );
}
