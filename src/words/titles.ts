/** Titles of commands that buttons and rows run. A test compares them with the manifest. */
export const commandTitles = {
  setAdminKey: 'Set Admin API Key…',
  showKeyStatus: 'Show Key Status',
  addOrganization: 'Add Organization…',
  addSavedOrganizations: 'Add Saved Organizations…',
  switchOrganization: 'Switch Organization…',
  exploreSample: 'Open Sample Organization',
  addProjectKey: 'Add Project API Key…',
  findCheckpoints: 'Find Checkpoints…',
  clearFilter: 'Clear Filter',
  completeByProject: 'Load All Permissions…',
  refreshProjects: 'Refresh Project Names',
  clearProjectsFilter: 'Clear Projects Filter',
  loadMore: 'Load More Permissions',
  openAccess: 'Open Access',
  explainAccess: 'Explain Access…',
  grant: 'Grant Access…',
  revoke: 'Revoke Access…',
  showDetails: 'Show Details',
  showInSidebar: 'Show in Sidebar',
  createAccessFile: 'Create Access File…',
  planAccessFile: 'Plan Access File',
  checkDrift: 'Check Drift',
  acceptDrift: 'Accept Drift into File',
  showLog: 'Show Log',
} as const;

/** Buttons of messages and dialogs that are not commands. */
export const buttons = {
  openSettings: 'Open Settings',
  tryAgain: 'Try Again',
  saveAnyway: 'Save Anyway',
  remove: 'Remove',
  removeAll: 'Remove All',
  undo: 'Undo',
} as const;
