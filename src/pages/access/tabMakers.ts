import type { TabId } from '../../protocol/accessPage';
import { createChangesTab } from './changes/changesTab';
import { createExplainTab } from './explain/explainTab';
import { createFindingsTab } from './findings/findingsTab';
import { createHistoryTab } from './history/historyTab';
import { createPermissionsTab } from './permissions/permissionsTab';
import type { PageTab, TabContext } from './tab';

/** Makes the tabs, each when it is first shown. The matrix is always there: it feeds the model that all share. */
export const tabMakers: Readonly<Record<Exclude<TabId, 'matrix'>, (context: TabContext) => PageTab>> = {
  permissions: createPermissionsTab,
  findings: createFindingsTab,
  history: createHistoryTab,
  changes: createChangesTab,
  explain: createExplainTab,
};
