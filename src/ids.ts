// IDs that package.json and the code share. A test compares the two.

export const commandIds = {
  setAdminKey: 'checkpointPermissions.setAdminKey',
  removeAdminKey: 'checkpointPermissions.removeAdminKey',
  showKeyStatus: 'checkpointPermissions.showKeyStatus',
  checkKeyAgain: 'checkpointPermissions.checkKeyAgain',
  addOrganization: 'checkpointPermissions.addOrganization',
  switchOrganization: 'checkpointPermissions.switchOrganization',
  renameOrganization: 'checkpointPermissions.renameOrganization',
  removeOrganization: 'checkpointPermissions.removeOrganization',
  addSavedOrganizations: 'checkpointPermissions.addSavedOrganizations',
  removeSavedKeys: 'checkpointPermissions.removeSavedKeys',
  exploreSample: 'checkpointPermissions.exploreSample',
  leaveSample: 'checkpointPermissions.leaveSample',
  findCheckpoints: 'checkpointPermissions.findCheckpoints',
  findShutdowns: 'checkpointPermissions.findShutdowns',
  addProjectKey: 'checkpointPermissions.addProjectKey',
  removeProjectKey: 'checkpointPermissions.removeProjectKey',
  addCheckpoint: 'checkpointPermissions.addCheckpoint',
  removeFromList: 'checkpointPermissions.removeFromList',
  refresh: 'checkpointPermissions.refresh',
  refreshCheckpoint: 'checkpointPermissions.refreshCheckpoint',
  refreshProjects: 'checkpointPermissions.refreshProjects',
  loadMore: 'checkpointPermissions.loadMore',
  openAccess: 'checkpointPermissions.openAccess',
  explainAccess: 'checkpointPermissions.explainAccess',
  explainAccessError: 'checkpointPermissions.explainAccessError',
  nextAccessTab: 'checkpointPermissions.nextAccessTab',
  previousAccessTab: 'checkpointPermissions.previousAccessTab',
  grant: 'checkpointPermissions.grant',
  revoke: 'checkpointPermissions.revoke',
  revokeAll: 'checkpointPermissions.revokeAll',
  copyAccessFrom: 'checkpointPermissions.copyAccessFrom',
  undoLastChange: 'checkpointPermissions.undoLastChange',
  showInterrupted: 'checkpointPermissions.showInterrupted',
  copyPermissionId: 'checkpointPermissions.copyPermissionId',
  copyProjectId: 'checkpointPermissions.copyProjectId',
  copyCheckpointId: 'checkpointPermissions.copyCheckpointId',
  groupByModel: 'checkpointPermissions.groupByModel',
  showAsFlatList: 'checkpointPermissions.showAsFlatList',
  sortBy: 'checkpointPermissions.sortBy',
  filter: 'checkpointPermissions.filter',
  filterProjects: 'checkpointPermissions.filterProjects',
  clearProjectsFilter: 'checkpointPermissions.clearProjectsFilter',
  editFilter: 'checkpointPermissions.editFilter',
  filterByProject: 'checkpointPermissions.filterByProject',
  showWhatEndsSoon: 'checkpointPermissions.showWhatEndsSoon',
  clearFilter: 'checkpointPermissions.clearFilter',
  showInSidebar: 'checkpointPermissions.showInSidebar',
  readAccess: 'checkpointPermissions.readAccess',
  showDetails: 'checkpointPermissions.showDetails',
  completeByProject: 'checkpointPermissions.completeByProject',
  showHistory: 'checkpointPermissions.showHistory',
  showHistoryOf: 'checkpointPermissions.showHistoryOf',
  showRowDetails: 'checkpointPermissions.showRowDetails',
  stageRow: 'checkpointPermissions.stageRow',
  undoHistoryChange: 'checkpointPermissions.undoHistoryChange',
  copyRowPermissionId: 'checkpointPermissions.copyRowPermissionId',
  copyRowProjectId: 'checkpointPermissions.copyRowProjectId',
  copyRowCheckpointId: 'checkpointPermissions.copyRowCheckpointId',
  exportAccess: 'checkpointPermissions.exportAccess',
  exportCheckpoint: 'checkpointPermissions.exportCheckpoint',
  reviewAccess: 'checkpointPermissions.reviewAccess',
  removeAllData: 'checkpointPermissions.removeAllData',
  reportIssue: 'checkpointPermissions.reportIssue',
  createAccessFile: 'checkpointPermissions.createAccessFile',
  planAccessFile: 'checkpointPermissions.planAccessFile',
  checkDrift: 'checkpointPermissions.checkDrift',
  acceptDrift: 'checkpointPermissions.acceptDrift',
  showLog: 'checkpointPermissions.showLog',
} as const;

export const viewIds = {
  checkpoints: 'checkpointPermissions.checkpoints',
  projects: 'checkpointPermissions.projects',
} as const;

/** The type of the webviews of the Access page. */
export const accessPageType = 'checkpointPermissions.access';

export const settingIds = {
  baseUrl: 'checkpointPermissions.baseUrl',
  requestTimeout: 'checkpointPermissions.requestTimeout',
  legacyDeletePath: 'checkpointPermissions.legacyDeletePath',
  hover: 'checkpointPermissions.hover',
  shutdownProblems: 'checkpointPermissions.shutdownProblems',
  confirmRevokesAbove: 'checkpointPermissions.confirmRevokesAbove',
  keepAccess: 'checkpointPermissions.keepAccess',
} as const;

/** The tools of agents. */
export const toolIds = {
  listAccess: 'checkpointPermissions_list_access',
  explainAccess: 'checkpointPermissions_explain_access',
  stageChanges: 'checkpointPermissions_stage_changes',
} as const;

/** Context keys with the values that `when` clauses compare them with. */
export interface ContextValues {
  /** State of the organization that is shown. */
  'checkpointPermissions.connection': 'none' | 'keyGone' | 'elsewhere' | 'problem' | 'key' | 'sample';
  /**
   * Whether an organization is shown, for the condition of tools. Older editors send that as JSON, and a condition that
   * has its own negation in it ends their list of all tools, those of other extensions included.
   */
  'checkpointPermissions.organization': 'none' | 'some';
  /** Whether checkpoints are grouped by fine-tuned model. */
  'checkpointPermissions.grouping': 'flat' | 'model';
  /** Whether a filter is set on the checkpoint list. */
  'checkpointPermissions.filter': 'none' | 'some';
  /** Whether a filter is set on the Projects view. */
  'checkpointPermissions.projectsFilter': 'none' | 'some';
  /** Whether the active profile is the default one (setting Base URL) or was added; unaffected by an open sample. */
  'checkpointPermissions.profile': 'default' | 'added';
  /** Whether keys are saved for organizations that this profile of VS Code doesn't have. */
  'checkpointPermissions.savedElsewhere': 'none' | 'some';
}

/**
 * Values that the `when` clauses of package.json take a key to have that is not set. A key that appears makes VS Code draw
 * the title of each view anew, which closes a menu that is open there.
 */
export const absentContextValues: Partial<ContextValues> = {
  'checkpointPermissions.grouping': 'flat',
  'checkpointPermissions.filter': 'none',
  'checkpointPermissions.projectsFilter': 'none',
  'checkpointPermissions.profile': 'default',
  'checkpointPermissions.savedElsewhere': 'none',
};

/** First word of `TreeItem.contextValue`, which menus match as `viewItem =~ /^word\b/`. */
export const itemKinds = {
  model: 'model',
  checkpoint: 'checkpoint',
  permission: 'permission',
  more: 'more',
  failure: 'failure',
  project: 'project',
  extent: 'extent',
  notKnown: 'notKnown',
} as const;

/** URI scheme of the documents that show details. */
export const detailsScheme = 'checkpoint-permissions';
