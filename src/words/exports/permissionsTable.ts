import type {
  ExportedPermission,
  ListState,
  PermissionsData,
  PermissionsDataRow,
} from '../../access/evidence/export/permissionsData';
import {
  type ExportTable,
  momentCell,
  rowsOf,
  type TableCell,
  type TableFact,
  textCell,
} from '../../access/evidence/export/table';
import type { UsageSnapshot } from '../../access/evidence/review/usageCache';
import type { Ownership } from '../../access/ownership';
import { ago, isoDay, isoMoment } from '../../text/dates';
import { metadata, sentences } from '../../text/lists';
import { number, plural } from '../../text/numbers';
import { effectiveInWords } from '../effect';
import { explain, explanationInWords } from '../errors';
import { findingKindInWords, unusedHeading } from '../findings';
import { emptyLog } from '../history';
import { notReviewedInWords, type ReviewedNames } from '../review';
import {
  aboutFacts,
  auditLogFacts,
  headings,
  missingOwners,
  missingPermissions,
  missingProjects,
  policyFacts,
  unusedFact,
  usageFacts,
} from './parts';

/** The permissions of checkpoints, one row each, as a table. */
export function permissionsTable(data: PermissionsData): ExportTable {
  const { about, lists, usage, rows, shown } = data;
  const now = about.exportedAt;
  const names = namesOf(data);
  const permissions = rows.flatMap(({ permission }) => permission ?? []);
  const ownersUnknown = lists.filter(({ ownership }) => ownership === undefined).length;
  return {
    title: 'Permissions for fine-tuned model checkpoints',
    facts: [
      ...aboutFacts(about),
      ...(shown ? shownFacts(shown, permissions.length) : []),
      { name: 'Checkpoints', label: 'Checkpoints', text: String(lists.length) },
      { name: 'Permissions', label: 'Permissions', text: String(permissions.length) },
      ...auditLogFacts(data.log, data.oldestLoggedAt),
      ...usageFacts(usage),
      unusedFact(data.unusedDays),
      ...policyFacts(data.policies),
      ...lists.flatMap(({ checkpoint, ownership }) =>
        ownership
          ? {
              name: `Owned by: ${checkpoint}`,
              label: `Owning project: ${checkpoint}`,
              ...ownerCell(ownership),
            }
          : [],
      ),
    ],
    missing: [
      ...(shown && shown.gone > 0 ? [goneInWords(shown.gone)] : []),
      ...missingProjects(about.projects, now),
      ...data.notReviewed
        .filter((gap) => gap.about === 'projects')
        .map((gap) => notReviewedInWords(gap, names, now)),
      ...lists.flatMap((list) => missingPermissions(list, now)),
      ...(ownersUnknown > 0 ? [missingOwners(ownersUnknown)] : []),
      ...data.notReviewed
        .filter((gap) => gap.about === 'policies')
        .map((gap) => notReviewedInWords(gap, names, now)),
      ...missingGranters(data, permissions),
      ...missingUsage(data, now),
    ],
    columns: [
      { id: 'checkpoint', title: 'Checkpoint' },
      { id: 'project_id', title: 'Project ID' },
      { id: 'project_name', title: 'Project name' },
      { id: 'permission_id', title: 'Permission ID' },
      { id: 'granted_at', title: 'Granted at' },
      { id: 'granted_by', title: 'Granted by' },
      { id: 'last_used', title: 'Last used' },
      { id: 'shuts_down', title: 'Shuts down' },
      { id: 'effective', title: 'Effective' },
      { id: 'findings', title: 'Findings' },
      { id: 'list_state', title: 'List state' },
      { id: 'list_loaded_at', title: 'List loaded at' },
    ],
    rows: rowsOf(rows, (row) => cellsOf(row, data)),
    headings,
  };
}

/** Projects by name and ID, checkpoints by ID. */
function namesOf({ rows }: PermissionsData): ReviewedNames {
  const known = new Map<string, string>();
  for (const { permission } of rows) {
    const { id, name } = permission?.project ?? {};
    if (id !== undefined && name !== undefined) known.set(id, `${name} (${id})`);
  }
  return { checkpoint: (id) => id, project: (id) => known.get(id) ?? id };
}

function cellsOf(
  { checkpoint, permission, shutdown, state, loadedAt }: PermissionsDataRow,
  { usage, unusedDays }: Pick<PermissionsData, 'usage' | 'unusedDays'>,
): TableCell[] {
  return [
    textCell(checkpoint),
    textCell(permission?.project.id),
    textCell(permission?.project.name),
    textCell(permission?.id),
    momentCell(permission?.grantedAt),
    granterCell(permission),
    lastUsedCell(permission, usage),
    shutdown
      ? { text: shutdown.shutsDownOn, data: { shutdown_date: shutdown.shutsDownOn, source: shutdown.source } }
      : textCell(undefined),
    effectiveCell(permission),
    findingsCell(permission, unusedDays),
    { text: listStateInWords[state], data: state },
    momentCell(loadedAt),
  ];
}

/** How far the list of a row can be trusted. A new state does not compile until it has words. */
export const listStateInWords: Readonly<Record<ListState, string>> = {
  complete: 'complete',
  partial: 'partial',
  beforeChange: 'before a change',
  old: 'old',
  notLoaded: 'not loaded',
  failed: 'failed',
};

function granterCell(permission: ExportedPermission | undefined): TableCell {
  const { grantedBy } = permission ?? {};
  return grantedBy ? { text: grantedBy.id, data: grantedBy } : textCell(undefined);
}

/** Usage is known by day. Without any in the loaded data, the cell says since when: that is not “never”. */
function lastUsedCell(
  permission: ExportedPermission | undefined,
  usage: UsageSnapshot | undefined,
): TableCell {
  const { lastUsed } = permission ?? {};
  if (lastUsed === undefined) return textCell(undefined);
  if (lastUsed !== 'none') return textCell(isoDay(lastUsed));
  const since = isoDay((usage?.from ?? 0) * 1000);
  return { text: since === undefined ? '' : `not since ${since}`, data: 'none' };
}

function effectiveCell(permission: ExportedPermission | undefined): TableCell {
  if (!permission) return textCell(undefined);
  const { kind, closed, unknown, inferred, old } = permission.effect;
  const effective = effectiveInWords[kind];
  return { text: effective, data: { effective, closed, unknown, inferred, may_be_outdated: old } };
}

function findingsCell(permission: ExportedPermission | undefined, unusedDays: number): TableCell {
  if (!permission) return textCell(undefined);
  const { findings, isReviewWhole } = permission;
  if (!findings) return { text: 'not checked', data: null };
  if (findings.length > 0)
    return {
      text: metadata(
        ...findings.map((kind) => (kind === 'unused' ? unusedHeading(unusedDays) : findingKindInWords[kind])),
      ),
      data: findings,
    };
  return { text: isReviewWhole ? 'none' : 'none (not fully checked)', data: findings };
}

function ownerCell(owner: Ownership): TableCell {
  const { project, source } = owner;
  if (source === 'job') return { text: `${project} (from its fine-tuning job)`, data: { project, source } };
  const reported = isoMoment(owner.reportedAt);
  return { text: `${project} (reported by the API ${reported})`, data: { project, source, reported } };
}

function shownFacts({ filter, loaded }: NonNullable<PermissionsData['shown']>, rows: number): TableFact[] {
  return [
    {
      name: 'Part',
      label: 'Part',
      text: plural(
        loaded,
        `only what was shown: ${number(rows)} of 1 loaded permission`,
        (all) => `only what was shown: ${number(rows)} of ${all} loaded permissions`,
      ),
      data: { exported: 'shown', permissions: rows, loaded },
    },
    {
      name: 'Filter',
      label: 'Filter',
      ...(filter === undefined ? { text: 'none', data: null } : { text: filter }),
    },
  ];
}

function goneInWords(count: number): string {
  return plural(
    count,
    "1 permission that was shown isn't included because it's no longer in the loaded list.",
    (permissions) =>
      `${permissions} permissions that were shown aren't included because they're no longer in the loaded lists.`,
  );
}

/** Why it is missing who granted permissions; empty if it isn't. */
function missingGranters({ log }: PermissionsData, permissions: readonly ExportedPermission[]): string[] {
  const why = log.failure && explanationInWords(explain(log.failure.error));
  if (log.readAt === undefined) {
    const what = log.failure
      ? "Audit log · couldn't be loaded. Who granted access is missing."
      : 'Audit log · not loaded. Who granted access is missing.';
    return [sentences(what, why)];
  }
  const unknown = permissions.filter(({ grantedBy }) => grantedBy === undefined).length;
  if (unknown === 0) return [];
  const isEmpty = log.ending.kind === 'complete' && log.events.length === 0;
  return [
    sentences(
      plural(
        unknown,
        "The loaded part of the audit log doesn't say who granted 1 permission.",
        (several) => `The loaded part of the audit log doesn't say who granted ${several} permissions.`,
      ),
      isEmpty ? emptyLog : '',
      why,
    ),
  ];
}

/** What the usage data doesn't say; empty if it says everything. */
function missingUsage({ usage, isUsageOld }: PermissionsData, now: number): string[] {
  if (!usage)
    return [
      "Usage data · not loaded. When access was last used is missing, and unused access wasn't checked.",
    ];
  return [
    ...(usage.unattributed
      ? [
          "Usage data · the API reported usage without a project or model, or of another kind. Access may have been used later than shown, and unused access wasn't checked.",
        ]
      : []),
    ...(isUsageOld
      ? [`Usage data · loaded ${ago(usage.loadedAt, now)}. Access may have been used since.`]
      : []),
  ];
}
