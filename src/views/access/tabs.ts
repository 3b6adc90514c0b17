import type { TabId } from '../../protocol/accessPage';
import { ChangesSession } from './changes/session';
import { ExplainSession } from './explain/session';
import { FindingsSession } from './findings/session';
import { HistorySession } from './history/session';
import { PermissionsSession } from './permissions/session';
import type { TabDependencies, TabSession } from './tabSession';

/** Makes the sessions of the tabs, each when it is first needed. That of the matrix is always there: it feeds all tabs. */
export const sessionMakers: Readonly<
  Record<Exclude<TabId, 'matrix'>, (dependencies: TabDependencies<never>) => TabSession>
> = {
  permissions: (dependencies) => new PermissionsSession(dependencies),
  findings: (dependencies) => new FindingsSession(dependencies),
  history: (dependencies) => new HistorySession(dependencies),
  changes: (dependencies) => new ChangesSession(dependencies),
  explain: (dependencies) => new ExplainSession(dependencies),
};
