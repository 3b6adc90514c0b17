import { sentences } from '../text/lists';
import { number, plural } from '../text/numbers';

// What several tabs of the Access page say, so that they say it alike. Runs in the page, too.

export const inTabs = {
  filters: 'Filters',
  clearFilters: 'Clear Filters',
  copyRows: 'Copy Rows',
  exportShown: 'Export Shown…',
  stageToRevoke: 'Stage to Revoke',
  reviewChanges: 'Review Changes',
  /** Ends what is loading. What was loaded stays. */
  stop: 'Stop',
  loadingLog: 'Loading the audit log…',
} as const;

/** Why a staged change failed when it was applied before. */
export function lastAttemptFailed(reason: string): string {
  return `the last attempt failed: ${reason}`;
}

/** A number of changes, such as those below a heading. */
export function changesInWords(changes: number): string {
  return plural(changes, '1 change', (count) => `${count} changes`);
}

/** The number of selected rows; empty for none. */
export function selectedRows(count: number): string {
  return count === 0 ? '' : plural(count, '1 selected', (rows) => `${rows} selected`);
}

/** Rows were copied. */
export function copiedRows(count: number): string {
  return plural(count, 'Copied 1 row.', (rows) => `Copied ${rows} rows.`);
}

/** Access was staged for revoking. `note`: a sentence about other changes, or empty. */
export function stagedToRevoke(revokes: number, note: string): string {
  return sentences(
    plural(
      revokes,
      'Staged 1 change to revoke access.',
      (changes) => `Staged ${changes} changes to revoke access.`,
    ),
    note,
    'Nothing has been sent yet.',
  );
}

/** The button that loads the audit log for the first time. `least`: the number of requests. */
export function loadLog(least: number): string {
  return plural(
    least,
    'Load Audit Log (1 request)',
    (requests) => `Load Audit Log (at least ${requests} requests)`,
  );
}

/** The button that loads usage data, with its cost. */
export function loadUsage(requests: number, isLoaded: boolean): string {
  return isLoaded
    ? plural(requests, 'Load Usage Again (1 request)', (count) => `Load Usage Again (${count} requests)`)
    : plural(requests, 'Load Usage (1 request)', (count) => `Load Usage (${count} requests)`);
}

/** Usage data is loading. `done` and `total` are requests. */
export function usageLoading(
  progress: { readonly done: number; readonly total: number } | undefined,
): string {
  if (!progress) return 'Loading usage data…';
  return plural(
    progress.total,
    `Loading usage data: ${number(progress.done)} of 1 request…`,
    (total) => `Loading usage data: ${number(progress.done)} of ${total} requests…`,
  );
}
