// Every id that package.json contributes or that code and manifest must agree on, once. A test ties them together.

export const commandIds = {
  setAdminKey: 'checkpointPermissions.setAdminKey',
  removeAdminKey: 'checkpointPermissions.removeAdminKey',
  addOrganization: 'checkpointPermissions.addOrganization',
  switchOrganization: 'checkpointPermissions.switchOrganization',
  renameOrganization: 'checkpointPermissions.renameOrganization',
  removeOrganization: 'checkpointPermissions.removeOrganization',
  exploreSample: 'checkpointPermissions.exploreSample',
  leaveSample: 'checkpointPermissions.leaveSample',
  findCheckpoints: 'checkpointPermissions.findCheckpoints',
  addProjectKey: 'checkpointPermissions.addProjectKey',
  removeProjectKey: 'checkpointPermissions.removeProjectKey',
  addCheckpoint: 'checkpointPermissions.addCheckpoint',
  removeFromList: 'checkpointPermissions.removeFromList',
  refresh: 'checkpointPermissions.refresh',
  refreshCheckpoint: 'checkpointPermissions.refreshCheckpoint',
  refreshProjects: 'checkpointPermissions.refreshProjects',
  loadMore: 'checkpointPermissions.loadMore',
  openMatrix: 'checkpointPermissions.openMatrix',
  grant: 'checkpointPermissions.grant',
  revoke: 'checkpointPermissions.revoke',
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
  filterByProject: 'checkpointPermissions.filterByProject',
  showWhatEndsSoon: 'checkpointPermissions.showWhatEndsSoon',
  clearFilter: 'checkpointPermissions.clearFilter',
  showInSidebar: 'checkpointPermissions.showInSidebar',
  readAccess: 'checkpointPermissions.readAccess',
  showDetails: 'checkpointPermissions.showDetails',
  completeByProject: 'checkpointPermissions.completeByProject',
  showHistory: 'checkpointPermissions.showHistory',
  showHistoryOf: 'checkpointPermissions.showHistoryOf',
  refreshHistory: 'checkpointPermissions.refreshHistory',
  loadOlderHistory: 'checkpointPermissions.loadOlderHistory',
  filterHistory: 'checkpointPermissions.filterHistory',
  clearHistoryFilter: 'checkpointPermissions.clearHistoryFilter',
  copyHistoryPermissionId: 'checkpointPermissions.copyHistoryPermissionId',
  copyHistoryProjectId: 'checkpointPermissions.copyHistoryProjectId',
  copyHistoryCheckpointId: 'checkpointPermissions.copyHistoryCheckpointId',
  exportAccess: 'checkpointPermissions.exportAccess',
  exportCheckpoint: 'checkpointPermissions.exportCheckpoint',
  reviewAccess: 'checkpointPermissions.reviewAccess',
  showLog: 'checkpointPermissions.showLog',
} as const;

export const viewIds = {
  checkpoints: 'checkpointPermissions.checkpoints',
  projects: 'checkpointPermissions.projects',
  history: 'checkpointPermissions.history',
} as const;

export const settingIds = {
  baseUrl: 'checkpointPermissions.baseUrl',
  requestTimeout: 'checkpointPermissions.requestTimeout',
  legacyDeletePath: 'checkpointPermissions.legacyDeletePath',
  hover: 'checkpointPermissions.hover',
  confirmRevokesAbove: 'checkpointPermissions.confirmRevokesAbove',
} as const;

/** Context keys with the values that `when` clauses compare them with. */
export interface ContextValues {
  /** Which organization the view shows, if any. */
  'checkpointPermissions.connection': 'none' | 'elsewhere' | 'problem' | 'key' | 'sample';
  /** Whether checkpoints stand under their fine-tuned models. */
  'checkpointPermissions.grouping': 'flat' | 'model';
  /** Whether a filter hides some of the list. */
  'checkpointPermissions.filter': 'none' | 'some';
  /** Whether a filter hides some of the history. */
  'checkpointPermissions.historyFilter': 'none' | 'some';
  /** Whether that is the organization of the setting Base URL or one that was added, also while a sample stands in for it. */
  'checkpointPermissions.profile': 'default' | 'added';
}

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
  change: 'change',
  older: 'older',
} as const;

/**
 * What a key binding passes, which VS Code turns into the row that has the keyboard's focus; the arrow keys move the
 * focus and leave the selection. Titles of views pass the same.
 */
export function focusedRowOf(view: keyof typeof viewIds) {
  return { $treeViewId: viewIds[view], $focusedTreeItem: true } as const;
}
