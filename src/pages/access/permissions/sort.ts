import { findingKinds } from '../../../access/evidence/review/finding';
import { doubts } from '../../../access/loading/standing';
import { names } from '../../../text/order';
import type { PermissionColumn } from '../../../words/permissionsTab';
import type { PermissionRow, PermissionRows } from './rows';

/** The order of the table. */
export interface PermissionOrder {
  readonly column: PermissionColumn;
  readonly descending: boolean;
}

export const defaultOrder: PermissionOrder = { column: 'project', descending: false };

/**
 * The rows in an order. Rows without a value come last in both directions. Equal rows are ordered by project, checkpoint,
 * and time.
 *
 * Names are compared once for each project and checkpoint, not for each row: comparing two takes a microsecond.
 */
export function sorted(
  table: PermissionRows,
  rows: readonly PermissionRow[],
  { column, descending }: PermissionOrder,
): PermissionRow[] {
  const projects = ranksOf(table.model.projects);
  const checkpoints = ranksOf(table.model.checkpoints);
  const value = sortValueOf(table, rows, column, projects, checkpoints);
  const direction = descending ? -1 : 1;
  const keyed = rows.map((row) => ({
    row,
    value: value(row),
    project: projects.get(row.project) ?? 0,
    checkpoint: checkpoints.get(row.checkpoint) ?? 0,
  }));
  keyed.sort((one, other) => {
    const [a, b] = [one.value, other.value];
    if (a !== b) {
      if (a === undefined) return 1;
      if (b === undefined) return -1;
      return a < b ? -direction : direction;
    }
    return (
      one.project - other.project ||
      one.checkpoint - other.checkpoint ||
      one.row.createdAt - other.row.createdAt
    );
  });
  return keyed.map(({ row }) => row);
}

/** What rows are ordered by, all numbers or all texts. Undefined for a row without a value. */
function sortValueOf(
  table: PermissionRows,
  rows: readonly PermissionRow[],
  column: PermissionColumn,
  projects: ReadonlyMap<number, number>,
  checkpoints: ReadonlyMap<number, number>,
): (row: PermissionRow) => number | string | undefined {
  const { evidence, model } = table;
  switch (column) {
    case 'project':
      return ({ project }) => projects.get(project);
    case 'checkpoint':
      return ({ checkpoint }) => checkpoints.get(checkpoint);
    case 'granted':
      return ({ createdAt }) => (createdAt > 0 ? createdAt : undefined);
    case 'by': {
      const ranks = new Map<string, number>();
      for (const row of rows) {
        const granter = table.granter(row);
        if (granter !== undefined) ranks.set(granter, 0);
      }
      const order = [...ranks.keys()].sort(names.compare);
      for (const [rank, granter] of order.entries()) ranks.set(granter, rank);
      return (row) => ranks.get(table.granter(row) ?? '');
    }
    case 'lastUsed': {
      const { unattributed } = evidence.usage;
      // Not used in the loaded data is earlier than any use in it.
      const unused = evidence.isUsageLoaded && !unattributed ? 0 : undefined;
      return ({ checkpoint, project }) =>
        evidence.useOf(checkpoint, project)?.lastDay ?? (table.isPending(checkpoint) ? undefined : unused);
    }
    case 'shutsDown':
      return ({ checkpoint }) => table.checkpoint(checkpoint).shutdown?.shutsDownOn;
    case 'effective':
      // What has no effect first. Unknown is no value.
      return (row) => {
        const kind = table.effect(row)?.kind;
        return kind === undefined || kind === 'unknown' ? undefined : Number(kind === 'can');
      };
    case 'findings':
      // The most important first, then who has more of them.
      return (row) => {
        const [first] = table.findings(row) ?? [];
        const count = table.findings(row)?.length ?? 0;
        return first === undefined ? undefined : findingKinds.indexOf(first) * 100 - count;
      };
    case 'state':
      return ({ checkpoint, project }) => {
        if (model.staged(checkpoint, project) === 'revoke') return -1;
        const [doubt] = model.row(checkpoint).standing.doubts;
        return doubt === undefined ? undefined : doubts.indexOf(doubt);
      };
    case 'id':
      return ({ id }) => id;
  }
}

/** A heading of the model: a project or a checkpoint. */
interface RankedHeading {
  readonly key: number;
  readonly name: string;
  readonly id: string;
}

const ranks = new WeakMap<readonly RankedHeading[], ReadonlyMap<number, number>>();

/** The places of names in their order, by key. */
function ranksOf(headings: readonly RankedHeading[]): ReadonlyMap<number, number> {
  const known = ranks.get(headings);
  if (known) return known;
  const order = headings.toSorted(
    (one, other) => names.compare(one.name, other.name) || (one.id < other.id ? -1 : 1),
  );
  const found = new Map(order.map(({ key }, rank) => [key, rank]));
  ranks.set(headings, found);
  return found;
}
