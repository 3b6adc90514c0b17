import type { RowStanding } from '../../../../src/access/matrix/cell';
import { MatrixModel } from '../../../../src/pages/access/matrix/model';
import { PageEvidence } from '../../../../src/pages/access/permissions/evidence';
import { type PermissionRow, PermissionRows } from '../../../../src/pages/access/permissions/rows';
import type { EvidenceMessage, PermissionsUpdate } from '../../../../src/protocol/permissions';

export const day = 24 * 60 * 60 * 1000;
/** The clock of the page and of the extension. */
export const now = Date.UTC(2026, 10, 21, 12);

export const checkpoints = [
  {
    key: 0,
    name: 'support-bot · step 160',
    id: 'ft:gpt-4.1:acme:support-bot:A1:ckpt-step-160',
    baseModel: 'gpt-4.1',
    shutdown: { shutsDownOn: '2027-01-14', source: 'table' },
  },
  {
    key: 1,
    name: 'support-bot · step 16',
    id: 'ft:gpt-4.1:acme:support-bot:A1:ckpt-step-16',
    baseModel: 'gpt-4.1',
    shutdown: { shutsDownOn: '2026-10-23', source: 'table' },
  },
  { key: 2, name: 'archivist', id: 'ft:gpt-5:acme:archivist:B2', baseModel: 'gpt-5' },
] as const;

export const projects = [
  { key: 0, name: 'Partner portal', id: 'proj_portal', archived: false, note: '' },
  { key: 1, name: 'Ångström', id: 'proj_angstrom', archived: false, note: '' },
  { key: 2, name: 'Oslo staging', id: 'proj_oslo', archived: true, note: 'archived' },
];

export const complete: RowStanding = {
  state: 'loaded',
  count: 2,
  isComplete: true,
  doubts: [],
  loadedAt: now,
  isLoading: false,
};

/** Days before {@link now}, in Unix seconds. */
export const daysAgo = (days: number): number => (now - days * day) / 1000;

/** The table of a page, with permissions as `[project, id, days since the grant]` by checkpoint. */
export function tableOf(
  permissions: Readonly<Record<number, readonly (readonly [number, string, number])[]>>,
  standings: Readonly<Record<number, RowStanding>> = {},
): PermissionRows {
  const model = new MatrixModel(() => now);
  model.apply({
    type: 'matrix',
    now,
    checkpoints,
    projects,
    projectsNote: '',
    rows: Object.entries(permissions).map(([key, rows]) => ({
      checkpoint: Number(key),
      permissions: rows.map(([project, id, days]) => [project, id, daysAgo(days)] as const),
      standing: { ...(standings[Number(key)] ?? complete), count: rows.length },
    })),
  });
  const table = new PermissionRows(model, new PageEvidence(() => now));
  table.update();
  return table;
}

/** Evidence about a list of a table, of which nothing is known unless given. */
export function evidenceFor(
  table: PermissionRows,
  checkpoint: number,
  some: Partial<EvidenceMessage> = {},
): EvidenceMessage {
  const permissions = table.model.row(checkpoint).standing.count;
  return {
    checkpoint,
    permissions,
    isReviewed: true,
    granters: [],
    uses: [],
    findings: [],
    effects: [],
    ...some,
  };
}

export function tell(table: PermissionRows, update: Omit<PermissionsUpdate, 'type' | 'now'>): void {
  table.evidence.apply({ type: 'permissions', now, ...update });
}

export const ids = (rows: readonly PermissionRow[]): string[] => rows.map(({ id }) => id);
