import { standingAt } from '../../../access/loading/standing';
import { dayOf, exactly } from '../../../text/dates';
import { effectCell, effectTooltip } from '../../../words/effect';
import {
  findingsCell,
  granterUnknown,
  lastUsedInWords,
  type PermissionColumn,
  permissionColumns,
  rowDetails,
  seriesInWords,
  shutdownCell,
  stateCell,
  unusedSince,
  usageUnknown,
} from '../../../words/permissionsTab';
import type { PermissionRow, PermissionRows } from './rows';
import { type DrawnUse, drawnUse } from './sparkline';

/** All columns, in their order. */
export const allColumns = Object.keys(permissionColumns) as readonly PermissionColumn[];

/** By how much, in milliseconds, the clocks of the log and of this computer may be apart. */
const clockSlack = 5 * 60_000;

/** Why it is not known who granted a permission. Undefined if it is known. */
export function granterGap(
  table: PermissionRows,
  { checkpoint, id, createdAt }: PermissionRow,
): keyof typeof granterUnknown | undefined {
  const { evidence } = table;
  if (evidence.granterOf(checkpoint, id) !== undefined) return undefined;
  const { state, isLoading, loadedAt, backTo } = evidence.log;
  if (state === 'unread') return isLoading ? 'loading' : 'unread';
  if (table.isPending(checkpoint)) return 'loading';
  const at = createdAt * 1000;
  if (loadedAt !== undefined && at > loadedAt - clockSlack) return 'newer';
  // The first event of the log may be of the same second as others on its next page.
  if (state !== 'complete' && (backTo === undefined || at <= backTo)) return 'older';
  return 'notLogged';
}

/** The text of a cell. `now` in milliseconds since 1970. */
export function cellOfColumn(
  table: PermissionRows,
  row: PermissionRow,
  column: PermissionColumn,
  now: number,
): string {
  const { evidence, model } = table;
  const { checkpoint, project } = row;
  switch (column) {
    case 'project':
      return table.project(project).name;
    case 'checkpoint':
      return table.checkpoint(checkpoint).name;
    case 'granted':
      return dayOf(row.createdAt * 1000);
    case 'by': {
      const gap = granterGap(table, row);
      return gap === undefined ? (table.granter(row) ?? '') : granterUnknown[gap];
    }
    case 'lastUsed': {
      const { loadedAt, from, unattributed, progress } = evidence.usage;
      const use = evidence.useOf(checkpoint, project);
      if (use) return lastUsedInWords(use.lastDay, now);
      if (loadedAt === undefined || from === undefined)
        return progress ? usageUnknown.loading : usageUnknown.notLoaded;
      if (table.isPending(checkpoint)) return usageUnknown.loading;
      return unattributed ? usageUnknown.unattributed : unusedSince(from);
    }
    case 'shutsDown':
      return shutdownCell(table.checkpoint(checkpoint).shutdown, now);
    case 'effective': {
      const effect = table.effect(row);
      return effect ? effectCell(effect) : usageUnknown.loading;
    }
    case 'findings':
      if (table.isPending(checkpoint)) return usageUnknown.loading;
      return findingsCell(table.findings(row), isReviewWhole(table, checkpoint), evidence.unusedDays);
    case 'state':
      return stateCell(
        model.staged(checkpoint, project) === 'revoke',
        model.failure(checkpoint, project),
        standingAt(model.row(checkpoint).standing, now),
        now,
      );
    case 'id':
      return row.id;
  }
}

/** Whether everything that can be a finding about a checkpoint was checked. */
function isReviewWhole({ evidence, model }: PermissionRows, checkpoint: number): boolean {
  const { standing } = model.row(checkpoint);
  return (
    evidence.isUsageLoaded &&
    evidence.areAllPoliciesLoaded &&
    !evidence.usage.unattributed &&
    standing.isComplete &&
    standing.doubts.length === 0 &&
    model.projectsNote === ''
  );
}

/** The tooltip of a cell: what it has no room for. */
export function tooltipOfColumn(
  table: PermissionRows,
  row: PermissionRow,
  column: PermissionColumn,
  now: number,
): string {
  const { checkpoint, project, createdAt } = row;
  const text = cellOfColumn(table, row, column, now);
  switch (column) {
    case 'project': {
      const { name, id, note } = table.project(project);
      return [name, id, note].filter(Boolean).join('\n');
    }
    case 'checkpoint': {
      const { name, id } = table.checkpoint(checkpoint);
      return `${name}\n${id}`;
    }
    case 'granted':
      return exactly(createdAt * 1000);
    case 'lastUsed': {
      const use = table.evidence.useOf(checkpoint, project);
      const line = lineOf(table, row);
      return [use ? dayOf(use.lastDay) : text, line ? seriesInWords(line.weeks) : '']
        .filter(Boolean)
        .join('\n');
    }
    case 'effective': {
      const effect = table.effect(row);
      return effect ? effectTooltip(effect) : text;
    }
    case 'state': {
      const { standing } = table.model.row(checkpoint);
      const failure = table.model.failure(checkpoint, project);
      return [text, ...rowDetails(standingAt(standing, now), failure, now)].filter(Boolean).join('\n');
    }
    default:
      return text;
  }
}

/** The line beside the last use. Undefined without usage by day. */
export function lineOf(
  { evidence }: PermissionRows,
  { checkpoint, project }: PermissionRow,
): DrawnUse | undefined {
  const use = evidence.useOf(checkpoint, project);
  const { from, loadedAt } = evidence.usage;
  return use && from !== undefined && loadedAt !== undefined ? drawnUse(use, from, loadedAt) : undefined;
}

/** The shown columns of rows as records, with the titles first. */
export function recordsOf(
  table: PermissionRows,
  rows: readonly PermissionRow[],
  columns: readonly PermissionColumn[],
  now: number,
): string[][] {
  return [
    columns.map((column) => permissionColumns[column]),
    ...rows.map((row) => columns.map((column) => cellOfColumn(table, row, column, now))),
  ];
}
