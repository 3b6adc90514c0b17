import type { TabId } from '../../protocol/accessPage';
import { createChangesTab } from './changes/changesTab';
import { createFindingsTab } from './findings/findingsTab';
import { createHistoryTab } from './history/historyTab';
import { createPermissionsTab } from './permissions/permissionsTab';
import type { PageTab, TabContext } from './tab';

/** Makes the tabs besides the matrix, each when it is first shown. */
export const tabMakers: Readonly<Record<Exclude<TabId, 'matrix'>, (context: TabContext) => PageTab>> = {
  permissions: createPermissionsTab,
  findings: createFindingsTab,
  history: createHistoryTab,
  changes: createChangesTab,
};
