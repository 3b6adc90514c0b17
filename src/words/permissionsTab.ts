import { hasShutDown, type Shutdown } from '../access/catalog/shutdown';
import type { FindingKind } from '../access/evidence/review/finding';
import type { RowStanding, Wait } from '../access/matrix/cell';
import { soonDays } from '../access/thresholds';
import { ago, dayInWords, dayOf } from '../text/dates';
import { metadata, sentences, spoken } from '../text/lists';
import { number, plural } from '../text/numbers';
import { type PolicyFacts, policiesLoading, policiesNote } from './effect';
import { doubtsInWords, isDated } from './standing';
import { copiedRows, inTabs, lastAttemptFailed, stagedToRevoke, usageLoading } from './tabs';
import { waitInWords } from './waiting';

// The Permissions tab of the Access page. Runs in the page, too. Names come from a server; they are already escaped, and
// never HTML. Moments are milliseconds since 1970.

/** The columns, in their order. */
export const permissionColumns = {
  project: 'Project',
  checkpoint: 'Checkpoint',
  granted: 'Granted',
  by: 'Granted by',
  lastUsed: 'Last used',
  shutsDown: 'Shuts down',
  effective: 'Effective',
  findings: 'Findings',
  state: 'State',
  id: 'Permission ID',
} as const;

export type PermissionColumn = keyof typeof permissionColumns;

/** Texts of the tab that never change. */
export const permissionsTab = {
  table: 'Permissions',
  actions: 'Actions on permissions',
  addFilter: 'Add Filter…',
  filterBy: 'Filter by',
  filterValue: 'Value',
  grantedFrom: 'Granted on or after',
  grantedTo: 'Granted on or before',
  add: 'Add Filter',
  cancel: 'Cancel',
  selectRow: 'Select permission',
  selectAll: 'Select all shown permissions',
  grantedFromTo: 'Days of the grant, in UTC',
  columns: 'Columns',
  copy: 'Copy',
  copyPermissionIds: 'Copy Permission IDs',
  copyProjectIds: 'Copy Project IDs',
  copyCheckpointIds: 'Copy Checkpoint IDs',
  details: 'Show Details',
  noPermissions: 'No permissions are loaded yet.',
  noCheckpoints:
    'Your checkpoint list is empty. Use Find Checkpoints… or Add Checkpoint… in the Checkpoints view.',
  noMatch: 'No permission matches the search and the filters.',
} as const;

/** The kinds of filters. */
export const facetNames = {
  project: 'Project',
  model: 'Model',
  checkpoint: 'Checkpoint',
  finding: 'Finding',
  effective: 'Effective',
  granted: 'Granted between',
} as const;

const findingsInShort: Readonly<Record<Exclude<FindingKind, 'unused'>, string>> = {
  shutDown: 'model has shut down',
  archived: 'project archived',
  shutsDownSoon: `shuts down within ${soonDays} days`,
  sharedWithAll: 'shared with all projects',
  withoutEffect: 'granted without effect',
};

/** A finding in a row. `unusedDays`: the days without use that make access a finding. */
export function findingInShort(kind: FindingKind, unusedDays: number): string {
  if (kind !== 'unused') return findingsInShort[kind];
  return plural(unusedDays, 'unused for 1 day', (days) => `unused for ${days} days`);
}

/** Values of the filter by finding, beside the kinds. */
export const anyFinding = { any: 'any', none: 'none known' } as const;

/** A filter, such as `Project = Partner portal`. */
export function facetInWords(kind: Exclude<keyof typeof facetNames, 'granted'>, value: string): string {
  return `${facetNames[kind]} = ${value}`;
}

/** The filter by the day of the grant. Days are `YYYY-MM-DD` in UTC, one of them at least. */
export function grantedInWords(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return `Granted until ${dayInWords(to ?? '')}`;
  if (to === undefined) return `Granted since ${dayInWords(from)}`;
  return from === to
    ? `Granted on ${dayInWords(from)}`
    : `Granted from ${dayInWords(from)} to ${dayInWords(to)}`;
}

/** The search as a filter, for exports. */
export function searchInWords(search: string): string {
  return `Search = ${search}`;
}

/** Filters in one text. */
export function filtersInWords(filters: readonly string[]): string {
  return spoken(...filters);
}

export function removeFilter(filter: string): string {
  return `Remove filter ${filter}`;
}

/** The heading of a column whose data is not loaded. */
export function notLoadedHeading(title: string): string {
  return `${title} (not loaded)`;
}

/** Who granted a permission, where the audit log doesn't say. */
export const granterUnknown = {
  unread: 'not loaded',
  loading: 'loading',
  older: 'not loaded yet',
  newer: 'not loaded yet',
  notLogged: 'not in the audit log',
} as const;

/** The last day with usage, such as `3 days ago`. */
export function lastUsedInWords(lastDay: number, now: number): string {
  const dayLength = 24 * 60 * 60 * 1000;
  const today = Math.floor(now / dayLength) * dayLength;
  return lastDay >= today ? 'today' : ago(lastDay, today);
}

/** No usage in the loaded data, which begins at `from`. */
export function unusedSince(from: number): string {
  return `not since ${dayOf(from)}`;
}

export const usageUnknown = { notLoaded: 'not loaded', loading: 'loading', unattributed: 'unknown' } as const;

/** The requests of 90 days, for who cannot see the line: week by week, oldest first. */
export function seriesInWords(weeks: readonly number[]): string {
  const all = weeks.reduce((sum, each) => sum + each, 0);
  return plural(
    all,
    `1 request in ${weeks.length} weeks. By week, oldest first: ${weeks.map(number).join(', ')}`,
    (requests) =>
      `${requests} requests in ${weeks.length} weeks. By week, oldest first: ${weeks.map(number).join(', ')}`,
  );
}

/** The shutdown date in its column. */
export function shutdownCell(shutdown: Shutdown | undefined, now: number): string {
  if (!shutdown) return 'no known date';
  const day = dayInWords(shutdown.shutsDownOn);
  return hasShutDown(shutdown, now) ? `shut down ${day}` : day;
}

/** The findings of a permission. `isWhole`: everything that can be a finding was checked. */
export function findingsCell(
  kinds: readonly FindingKind[] | undefined,
  isWhole: boolean,
  unusedDays: number,
): string {
  if (!kinds) return 'not checked';
  if (kinds.length === 0) return isWhole ? 'none' : 'none known';
  return spoken(...kinds.map((kind) => findingInShort(kind, unusedDays)));
}

/** The state of a row: what is staged, and how far its list can be trusted. Empty without a doubt. */
export function stateCell(
  isStaged: boolean,
  failure: string | undefined,
  standing: RowStanding,
  now: number,
) {
  const staged = isStaged
    ? failure === undefined
      ? 'staged to revoke'
      : 'staged, the last attempt failed'
    : '';
  return metadata(staged, ...doubtsInWords(standing, now));
}

/** The lines about a row beyond its cells. */
export function rowDetails(standing: RowStanding, failure: string | undefined, now: number): string[] {
  const { loadedAt } = standing;
  return [
    ...(failure === undefined ? [] : [lastAttemptFailed(failure)]),
    ...(loadedAt === undefined || isDated(standing) ? [] : [`loaded ${ago(loadedAt, now)}`]),
  ];
}

/** The number of permissions that are shown. `isWhole` is false if there may be more. */
export function permissionsShown(shown: number, all: number, isWhole: boolean): string {
  const loaded = isWhole ? '' : 'maybe more';
  return shown === all
    ? metadata(
        plural(all, '1 permission', (count) => `${count} permissions`),
        loaded,
      )
    : metadata(
        plural(
          all,
          `${number(shown)} of 1 permission shown`,
          (count) => `${number(shown)} of ${count} permissions shown`,
        ),
        loaded,
      );
}

/** The number of permissions beside the name of the tab. */
export function permissionCount(all: number, isWhole: boolean): string {
  if (all === 0 && !isWhole) return '';
  return isWhole ? number(all) : `${number(all)}+`;
}

/** Selected rows that a filter hides are no longer selected. */
export function unselectedHidden(count: number): string {
  return plural(
    count,
    '1 selected row is hidden now. It is no longer selected.',
    (rows) => `${rows} selected rows are hidden now. They are no longer selected.`,
  );
}

/** A new order, for screen readers. */
export function sortedInWords(column: PermissionColumn, descending: boolean): string {
  const title = permissionColumns[column];
  return descending
    ? `Sorted by ${title}, descending. Rows without a value are last.`
    : `Sorted by ${title}, ascending. Rows without a value are last.`;
}

/** What came of staging. `also`: other permissions of the same projects that are revoked with the selected ones. */
export function stagedRows(staged: number, also: number): string {
  if (staged === 0) return '';
  return stagedToRevoke(
    staged,
    also === 0
      ? ''
      : plural(
          also,
          '1 more permission of the same projects will be revoked too, because it gives the same access.',
          (more) =>
            `${more} more permissions of the same projects will be revoked too, because they give the same access.`,
        ),
  );
}

export type CopiedKind = 'rows' | 'permissions' | 'projects' | 'checkpoints';

export function copiedInWords(kind: CopiedKind, count: number): string {
  switch (kind) {
    case 'rows':
      return copiedRows(count);
    case 'permissions':
      return plural(count, 'Copied 1 permission ID.', (ids) => `Copied ${ids} permission IDs.`);
    case 'projects':
      return plural(count, 'Copied 1 project ID.', (ids) => `Copied ${ids} project IDs.`);
    case 'checkpoints':
      return plural(count, 'Copied 1 checkpoint ID.', (ids) => `Copied ${ids} checkpoint IDs.`);
  }
}

/** How many lists of permissions are in doubt. */
export interface ListDoubts {
  readonly all: number;
  readonly notLoaded: number;
  readonly failed: number;
  readonly partial: number;
  readonly beforeChange: number;
  readonly old: number;
}

/** Why the table may lack permissions, or have revoked ones. Empty if no list is in doubt. */
export function listsNote({ all, notLoaded, failed, partial, beforeChange, old }: ListDoubts): string {
  const total = number(all);
  const missing = sentences(
    notLoaded > 0
      ? plural(
          notLoaded,
          `1 of ${total} lists isn't loaded.`,
          (lists) => `${lists} of ${total} lists aren't loaded.`,
        )
      : '',
    failed > 0
      ? plural(failed, "1 list couldn't be loaded.", (lists) => `${lists} lists couldn't be loaded.`)
      : '',
    partial > 0
      ? plural(
          partial,
          '1 list is loaded only in part.',
          (lists) => `${lists} lists are loaded only in part.`,
        )
      : '',
  );
  const stale = sentences(
    beforeChange > 0
      ? plural(
          beforeChange,
          '1 list was loaded before your last change.',
          (lists) => `${lists} lists were loaded before your last change.`,
        )
      : '',
    old > 0 ? plural(old, '1 list may be out of date.', (lists) => `${lists} lists may be out of date.`) : '',
  );
  return sentences(missing, missing && 'The table lacks their other permissions.', stale);
}

/** Facts about the audit log, for its line. */
export interface LogFacts {
  readonly state: 'unread' | 'more' | 'complete' | 'incomplete';
  readonly isLoading: boolean;
  readonly backTo?: number | undefined;
  readonly emptyNote?: string | undefined;
  readonly failure?: string | undefined;
  readonly wait?: Wait | undefined;
  /** The number of permissions whose grant may be in a part that is not loaded. */
  readonly notLoaded: number;
  /** The number of permissions whose grant should be in the loaded part, and is not. */
  readonly notLogged: number;
}

/** How far the column “Granted by” is loaded. `clock`: the clock of the wait. */
export function logNote(facts: LogFacts, clock: number): string {
  const { state, isLoading, backTo, emptyNote, failure, wait, notLoaded, notLogged } = facts;
  const back = backTo === undefined ? '' : `The audit log is loaded back to ${dayOf(backTo)}.`;
  if (isLoading)
    return sentences(
      inTabs.loadingLog,
      back,
      wait && wait.until > clock ? `${waitInWords(wait, clock)}.` : '',
    );
  if (failure !== undefined) return sentences("The audit log couldn't be loaded.", failure);
  if (state === 'unread') return "Who granted access isn't loaded.";
  if (emptyNote !== undefined) return emptyNote;
  const missing =
    notLoaded === 0
      ? ''
      : plural(
          notLoaded,
          "Who granted 1 permission isn't loaded yet.",
          (permissions) => `Who granted ${permissions} permissions isn't loaded yet.`,
        );
  return sentences(
    state === 'incomplete' ? 'The audit log ends unexpectedly.' : '',
    state === 'complete' || missing === '' ? '' : back,
    missing,
    notLogged === 0
      ? ''
      : plural(
          notLogged,
          "The audit log doesn't say who granted 1 permission.",
          (permissions) => `The audit log doesn't say who granted ${permissions} permissions.`,
        ),
  );
}

/** The buttons that load more of the audit log, with their cost. */
export const loadMoreLog = {
  again: 'Load Again (at least 1 request)',
  older: 'Load Older Events (1 request)',
  whole: 'Load Until All Are Found (at least 1 request)',
} as const;

/** Facts about usage data, for its line. */
export interface UsageFacts {
  readonly loadedAt?: number | undefined;
  readonly from?: number | undefined;
  readonly unattributed: boolean;
  readonly progress?: { readonly done: number; readonly total: number } | undefined;
  readonly failure?: string | undefined;
  readonly wait?: Wait | undefined;
}

/** How far the column “Last used” is loaded. `clock`: the clock of the wait. */
export function usageNote(facts: UsageFacts, now: number, clock: number): string {
  const { loadedAt, from, unattributed, progress, failure, wait } = facts;
  if (progress)
    return sentences(
      usageLoading(progress),
      wait && wait.until > clock ? `${waitInWords(wait, clock)}.` : '',
    );
  if (failure !== undefined) return sentences("Usage data couldn't be loaded.", failure);
  if (loadedAt === undefined || from === undefined) return "When access was last used isn't loaded.";
  return sentences(
    `Usage data since ${dayOf(from)} was loaded ${ago(loadedAt, now)}.`,
    unattributed
      ? 'The API reported usage without a project or model, so access without usage may have been used.'
      : '',
  );
}

/** How far the column “Effective” is loaded. `clock`: the clock of the wait. */
export function policiesLine(
  facts: PolicyFacts & { readonly wait?: Wait | undefined },
  now: number,
  clock: number,
): string {
  const { projects, loadedAt, progress, wait } = facts;
  if (progress)
    return sentences(
      policiesLoading(progress),
      wait && wait.until > clock ? `${waitInWords(wait, clock)}.` : '',
    );
  return sentences(
    projects > 0 && loadedAt === undefined
      ? 'Whether access is effective is unknown where a model policy decides it.'
      : '',
    policiesNote(facts, now),
  );
}
