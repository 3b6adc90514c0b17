import { type AuditLogsAPI, AuditTrail } from '../src/access/evidence/history/auditTrail';
import { History, type HistorySource } from '../src/access/evidence/history/history';
import { Journal } from '../src/access/journal/journal';
import { MemoryStorage } from '../src/access/journal/storage';
import type { Organization } from '../src/access/organization';
import type { PageActions } from '../src/views/access/actions';
import { Keys } from '../src/views/access/keys';
import type { TabDependencies } from '../src/views/access/tabSession';

/** A history without a change, whose log is never read. */
function emptyHistory(): History {
  const trail = new AuditTrail(
    { list: () => Promise.reject(new Error('There is no log.')) } as unknown as AuditLogsAPI,
    () => new AbortController().signal,
  );
  const catalog = { ids: [] } as unknown as HistorySource['catalog'];
  const permissions = { onDidChange: () => () => undefined } as unknown as HistorySource['permissions'];
  return new History({
    id: 'test',
    catalog,
    permissions,
    trail,
    journal: async () => new Journal(new MemoryStorage()),
  });
}

/** Actions that do nothing, besides the given ones. */
export function actions(some: Partial<PageActions> = {}): PageActions {
  return {
    applyStaged: async () => undefined,
    showPermission: async () => undefined,
    exportShown: async () => undefined,
    acceptFindings: async () => undefined,
    removeAcceptances: async () => false,
    exportReview: async () => undefined,
    history: emptyHistory(),
    exportHistory: async () => undefined,
    copyIds: async () => undefined,
    explain: async () => undefined,
    grant: async () => undefined,
    revoke: async () => undefined,
    copyText: async () => undefined,
    runCommand: async () => undefined,
    undoPlan: async () => undefined,
    showLog: () => undefined,
    logError: () => undefined,
    ...some,
  };
}

/** What the session of a tab is made with, outside of VS Code. Updates are batched until the next turn. */
export function tabDependencies<Update>(
  organization: Organization,
  post: (update: Update) => void,
  some: Partial<Omit<TabDependencies<Update>, 'organization' | 'post'>> = {},
): TabDependencies<Update> {
  return {
    organization,
    post,
    keys: { checkpoints: new Keys(), projects: new Keys() },
    actions: actions(),
    schedule: (act) => {
      const alarm = setImmediate(act);
      return () => clearImmediate(alarm);
    },
    ...some,
  };
}
