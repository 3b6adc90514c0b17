import type { Permission } from '../../api';
import type { Shutdown } from '../../catalog/shutdown';
import { type Effect, Effects } from '../../explain/effect';
import type { PolicyCoverage } from '../../explain/projectPolicies';
import { nothingKnown, type Snapshot } from '../../loading/snapshot';
import type { Standing } from '../../loading/standing';
import { endOf } from '../../organization';
import { type Ownership, ownershipOf } from '../../ownership';
import type { Steps } from '../../slices';
import { usageAge } from '../../thresholds';
import { granterOf, grantsIn } from '../checkpointEvidence';
import type { Actor } from '../history/actor';
import { type LogSnapshot, oldestLoggedAt } from '../history/auditTrail';
import type { Finding, FindingKind, NotReviewed } from '../review/finding';
import { type ReviewSource, reviewOf } from '../review/review';
import type { UsageSnapshot } from '../review/usageCache';
import {
  aboutOf,
  type ExportAbout,
  type ExportedList,
  type ExportedProject,
  type ExportSource,
  listOf,
  projectOf,
} from './about';

/** The parts of an organization that an export of permissions needs. Nothing of them is loaded for it. */
export type PermissionsSource = ExportSource & ReviewSource;

/** A row of a table of permissions. Without a permission it stands for a checkpoint that has none to show. */
export interface ShownRow {
  readonly checkpoint: string;
  readonly permissionId?: string | undefined;
}

/** What to export: all permissions of checkpoints, or the rows that a table shows. */
export type PermissionsScope =
  | { readonly checkpoints: readonly string[] }
  | {
      /** In the order in which they are shown. */
      readonly rows: readonly ShownRow[];
      /** The filter of the table, as it is shown. Absent if there is none. */
      readonly filter?: string | undefined;
    };

/** How far the list of a row can be trusted, in one word. */
export type ListState = 'complete' | 'partial' | 'beforeChange' | 'old' | 'notLoaded' | 'failed';

/** A permission with what is known of it. */
export interface ExportedPermission {
  readonly id: string;
  readonly project: ExportedProject;
  /** Milliseconds since 1970. */
  readonly grantedAt: number;
  /** Absent if the loaded part of the audit log does not say. */
  readonly grantedBy?: Actor;
  /** The start of the last day with usage, in milliseconds since 1970. `none` in the loaded data. Absent if unknown. */
  readonly lastUsed?: number | 'none';
  /** Most important first. Absent if the permission was not reviewed. */
  readonly findings?: readonly FindingKind[];
  /** Everything that can be a finding was checked. */
  readonly isReviewWhole: boolean;
  /** Whether the project can use the checkpoint. */
  readonly effect: Effect;
}

/** A row: a permission, or a checkpoint that has none to list. */
export interface PermissionsDataRow {
  readonly checkpoint: string;
  readonly state: ListState;
  /** Milliseconds since 1970. Absent if the list is not loaded. */
  readonly loadedAt?: number;
  /** Absent if no shutdown date is known. */
  readonly shutdown?: Shutdown;
  readonly permission?: ExportedPermission;
}

/** The permissions of checkpoints, one row each, and what is missing. */
export interface PermissionsData {
  readonly about: ExportAbout;
  readonly lists: readonly (ExportedList & {
    /** Absent while the owner is unknown. */
    readonly ownership?: Ownership;
  })[];
  readonly log: LogSnapshot;
  /** The time of the oldest loaded event of the log, in milliseconds since 1970. */
  readonly oldestLoggedAt?: number;
  /** Absent if usage data is not loaded. */
  readonly usage?: UsageSnapshot;
  readonly isUsageOld: boolean;
  /** Access that was not used for this many days is a finding. */
  readonly unusedDays: number;
  /** How far the model policies are loaded that decide whether permissions are effective. */
  readonly policies: PolicyCoverage;
  /** What could not be reviewed, except for lists, which have their own state. */
  readonly notReviewed: readonly NotReviewed[];
  /** Present if this is what a table showed. */
  readonly shown?: {
    readonly filter?: string;
    /** The number of permissions that are loaded of all checkpoints in the list. */
    readonly loaded: number;
    /** The number of shown permissions that are in no loaded list any more. They are not among the rows. */
    readonly gone: number;
  };
  readonly rows: readonly PermissionsDataRow[];
}

/**
 * The loaded permissions, one row each. A checkpoint with nothing to list has one row with the state of its list. Sends no
 * request. The lists are of one moment: what is loaded of them meanwhile is not in it. In steps, because there may be many thousands of
 * permissions. `now` in milliseconds since 1970.
 */
export function* permissionsData(
  source: PermissionsSource,
  scope: PermissionsScope,
  now: number,
): Steps<PermissionsData> {
  const about = aboutOf(source, now);
  const log = source.trail.snapshot;
  const usage = source.usage.known;
  const checkpoints = [
    ...new Set('rows' in scope ? scope.rows.map(({ checkpoint }) => checkpoint) : scope.checkpoints),
  ];
  const snapshots = new Map(checkpoints.map((id) => [id, source.permissions.snapshot(id)]));
  const loaded = source.catalog.ids.reduce((sum, id) => sum + countOf(source.permissions.snapshot(id)), 0);
  const lists = checkpoints.map((id) => withOwnership(source, listOf(source, id, now)));
  const review = yield* reviewOf(
    source,
    usage ? { snapshot: usage } : { notLoaded: true, requests: source.usage.cost },
    now,
    { checkpoints, snapshotOf: (id) => snapshots.get(id) ?? nothingKnown },
  );
  const findings = yield* findingsByAccess(review.findings);
  const grants = yield* grantsIn(log.events);
  // Lists have a state of their own, and an unknown owner hides no finding about a permission.
  const notReviewed = review.notReviewed.filter(({ about }) => about !== 'checkpoint' && about !== 'owners');

  const effects = new Effects(source, now);
  const permissionOf = (
    { checkpoint, standing }: ExportedList,
    permission: Permission,
  ): ExportedPermission => {
    const { id, project_id, created_at } = permission;
    const grantedBy = granterOf(grants, checkpoint, permission);
    const lastUsed = usage && lastUseOf(usage, checkpoint, project_id);
    const isReviewed = !standing.doubts.includes('beforeYourChange');
    return {
      id,
      project: projectOf(source, project_id),
      grantedAt: created_at * 1000,
      ...(grantedBy && { grantedBy }),
      ...(lastUsed !== undefined && { lastUsed }),
      ...(isReviewed && { findings: findings.get(checkpoint)?.get(project_id) ?? [] }),
      isReviewWhole: isReviewed && standing.isComplete && notReviewed.length === 0,
      effect: effects.of({ project: project_id, checkpoint }),
    };
  };

  const rows: PermissionsDataRow[] = [];
  let gone = 0;
  if ('rows' in scope) {
    const byId = new Map<string, ReadonlyMap<string, Permission>>();
    for (const [id, { listing }] of snapshots) {
      yield;
      byId.set(id, new Map(listing?.permissions.map((permission) => [permission.id, permission])));
    }
    const listsById = new Map(lists.map((list) => [list.checkpoint, list]));
    for (const { checkpoint, permissionId } of scope.rows) {
      yield;
      const list = listsById.get(checkpoint);
      if (!list) continue;
      const permission = permissionId === undefined ? undefined : byId.get(checkpoint)?.get(permissionId);
      if (permissionId === undefined) rows.push(rowOfList(source, list));
      else if (permission)
        rows.push({ ...rowOfList(source, list), permission: permissionOf(list, permission) });
      else gone += 1;
    }
  } else {
    for (const list of lists) {
      yield;
      const ofList = rowOfList(source, list);
      const permissions = snapshots.get(list.checkpoint)?.listing?.permissions ?? [];
      if (permissions.length === 0) rows.push(ofList);
      for (const permission of permissions) {
        yield;
        rows.push({ ...ofList, permission: permissionOf(list, permission) });
      }
    }
  }
  const oldest = oldestLoggedAt(log);
  return {
    about,
    lists,
    log,
    ...(oldest !== undefined && { oldestLoggedAt: oldest }),
    ...(usage && { usage }),
    isUsageOld: usage !== undefined && now - usage.loadedAt >= usageAge,
    unusedDays: review.unusedDays,
    policies: review.policies,
    notReviewed,
    ...('rows' in scope && {
      shown: { ...(scope.filter !== undefined && { filter: scope.filter }), loaded, gone },
    }),
    rows,
  };
}

/** The state of a list, the one that a reader has to know first: that it may be wrong, short, or old. */
export function listStateOf({ state, doubts }: Pick<Standing, 'state' | 'doubts'>): ListState {
  if (state !== 'loaded') return state;
  if (doubts.includes('beforeYourChange')) return 'beforeChange';
  if (doubts.includes('brokenOff') || doubts.includes('moreToLoad')) return 'partial';
  return doubts.length > 0 ? 'old' : 'complete';
}

function countOf({ listing }: Snapshot): number {
  return listing?.permissions.length ?? 0;
}

function withOwnership(source: PermissionsSource, list: ExportedList): PermissionsData['lists'][number] {
  const ownership = ownershipOf(source, list.checkpoint);
  return { ...list, ...(ownership && { ownership }) };
}

function rowOfList(
  source: PermissionsSource,
  { checkpoint, standing }: ExportedList,
): Omit<PermissionsDataRow, 'permission'> {
  const shutdown = endOf(source, checkpoint);
  return {
    checkpoint,
    state: listStateOf(standing),
    ...(standing.loadedAt !== undefined && { loadedAt: standing.loadedAt }),
    ...(shutdown && { shutdown }),
  };
}

/** The kinds of findings about each access: by checkpoint, then by project. In the order of the findings. */
function* findingsByAccess(
  findings: readonly Finding[],
): Steps<ReadonlyMap<string, ReadonlyMap<string, readonly FindingKind[]>>> {
  const found = new Map<string, Map<string, FindingKind[]>>();
  for (const { checkpoint, kind, access } of findings) {
    const ofCheckpoint = found.get(checkpoint) ?? new Map<string, FindingKind[]>();
    found.set(checkpoint, ofCheckpoint);
    for (const { project } of access) {
      yield;
      const kinds = ofCheckpoint.get(project);
      if (kinds) kinds.push(kind);
      else ofCheckpoint.set(project, [kind]);
    }
  }
  return found;
}

/** Without any usage, the access was unused only if all usage that was reported is of a known project and model. */
function lastUseOf(
  { uses, unattributed }: UsageSnapshot,
  checkpoint: string,
  project: string,
): number | 'none' | undefined {
  const use = uses.get(checkpoint)?.get(project);
  if (use) return use.lastDay * 1000;
  return unattributed ? undefined : 'none';
}
