import { startOfDay } from '../../text/dates';
import { toDate } from '../../text/steadyClock';
import type { Permission } from '../api';
import type { GatesSource } from '../explain/gates';
import { areProjectsCertain } from '../loading/projectsStanding';
import { isCertain, type Standing, standingOf } from '../loading/standing';
import type { Organization } from '../organization';
import type { Basis } from '../plan/basis';
import { checkNow } from '../plan/checkNow';
import type { CheckedPlan, Obstacle } from '../plan/obstacles';
import { type GrantStep, keyOf, type RevokeStep, type Step } from '../plan/plan';
import { isPause, type Steps } from '../slices';
import { fileEndsSoonDays } from '../thresholds';
import {
  type AccessFile,
  type FileAcceptance,
  type FileCheckpoint,
  type FileGrant,
  isOver,
} from './accessFile';

/** What a plan is made from: all of it is known without a request. */
export type AccessFileSource = GatesSource &
  Pick<Organization, 'ownerOf' | 'missingScopes' | 'endOf' | 'identity'>;

/** Why a file's plan changes the access of a project. */
export type StepReason =
  /** The file lists it. */
  | { readonly kind: 'listed'; readonly grant: FileGrant }
  /** The file lists it, and its last day is over. */
  | { readonly kind: 'ended'; readonly grant: FileGrant }
  /** The file doesn't list it, and its list is exact. */
  | { readonly kind: 'notListed' };

/** A grant of the file, with its checkpoint. */
export interface GrantInFile {
  readonly checkpoint: string;
  readonly grant: FileGrant;
}

/** Why the file can't be applied as it is. A person has to change it. */
export type FileError = GrantInFile &
  (
    | { readonly kind: 'reasonMissing' }
    /** The list of projects is complete, and has no such project. `loadedAt`: of the list, in milliseconds since 1970. */
    | { readonly kind: 'noSuchProject'; readonly loadedAt: number }
    | { readonly kind: 'obstacle'; readonly obstacle: Obstacle }
  );

/** What a person should know about the file. None of it changes what is planned. */
export type FileNotice =
  /** `live`: what the API calls the project. */
  | (GrantInFile & { readonly kind: 'otherName'; readonly live: string })
  /** `days`: so many days are left after today. */
  | (GrantInFile & { readonly kind: 'endsSoon'; readonly until: string; readonly days: number })
  /** Its last day is over, and so is the access. */
  | (GrantInFile & { readonly kind: 'endedAlready'; readonly until: string })
  /** Its last day is over: the finding counts again. */
  | { readonly kind: 'acceptanceEnded'; readonly acceptance: FileAcceptance };

/** Access that an additive list doesn't have. */
export interface BeyondFile {
  readonly checkpoint: string;
  readonly project: string;
  readonly permissions: readonly Permission[];
}

/** A checkpoint that the file doesn't manage. `count`: of its permissions; absent while its list isn't complete. */
export interface UnmanagedCheckpoint {
  readonly checkpoint: string;
  readonly count?: number;
}

/** A checkpoint of the file whose list proves nothing. Nothing is planned for it. */
export interface UnreadCheckpoint {
  readonly checkpoint: string;
  readonly standing: Standing;
}

/** What applying a file would change, and all that a person should know first. */
export interface FilePlan {
  readonly file: AccessFile;
  /** The day of the plan, `YYYY-MM-DD` in UTC. */
  readonly today: string;
  /** Whether the file is about the organization in use. `unknown`: the server doesn't name it. */
  readonly organization: {
    readonly is: 'same' | 'other' | 'unknown';
    readonly live?: string;
  };
  /** Grants, then revokes. Its basis has the list of every checkpoint of the file that is complete. */
  readonly checked: CheckedPlan;
  /** By `keyOf` of the step, also of those that can't be done. */
  readonly reasons: ReadonlyMap<string, StepReason>;
  readonly errors: readonly FileError[];
  readonly notices: readonly FileNotice[];
  /** Grants of the file that aren't in effect and should be, whether they can be made or not. */
  readonly notInEffect: readonly GrantInFile[];
  readonly beyond: readonly BeyondFile[];
  readonly unmanaged: readonly UnmanagedCheckpoint[];
  readonly unread: readonly UnreadCheckpoint[];
  /** The list of projects is complete: each project of the file was looked up. */
  readonly areProjectsComplete: boolean;
  /** When the oldest of the lists was loaded, in milliseconds since 1970. Absent if none is. */
  readonly loadedAt?: number;
  /** A list is of an earlier session. Such a plan can be shown, and never be applied. */
  readonly isOfEarlierSession: boolean;
  /** Revokes that `until` doesn't end: they count against the limit of the file. */
  readonly removals: number;
}

/**
 * Plans what a file wants from what is loaded, without a request. A list that isn't complete plans nothing: neither is a
 * grant known to be missing, nor may a revoke come of it. `today`: `YYYY-MM-DD` in UTC.
 */
export function* planAccessFile(file: AccessFile, source: AccessFileSource, today: string): Steps<FilePlan> {
  const planning = new Planning(file, source, today);
  let count = 0;
  for (const checkpoint of file.checkpoints) {
    if (isPause(count)) yield;
    count += 1 + checkpoint.grants.length;
    planning.add(checkpoint);
    // A long list took its time.
    if (checkpoint.grants.length > 100) yield;
  }
  return planning.end();
}

class Planning {
  readonly #grants: GrantStep[] = [];
  readonly #revokes: RevokeStep[] = [];
  readonly #basis = new Map<string, Basis>();
  readonly #reasons = new Map<string, StepReason>();
  readonly #errors: FileError[] = [];
  readonly #notices: FileNotice[] = [];
  readonly #notInEffect: GrantInFile[] = [];
  readonly #beyond: BeyondFile[] = [];
  readonly #unread: UnreadCheckpoint[] = [];
  readonly #areProjectsComplete: boolean;
  #readAt: number | undefined;
  #isOfEarlierSession: boolean;

  constructor(
    private readonly file: AccessFile,
    private readonly source: AccessFileSource,
    private readonly today: string,
  ) {
    const { snapshot } = source.projects;
    this.#areProjectsComplete = areProjectsCertain({ ...snapshot, restored: false });
    this.#isOfEarlierSession = snapshot.restored === true;
    this.#readAt = snapshot.readAt;
  }

  add(managed: FileCheckpoint): void {
    const { id: checkpoint, ownership, grants } = managed;
    const { permissions } = this.source;
    const snapshot = permissions.snapshot(checkpoint);
    const { listing } = snapshot;
    if (!listing || !isCertain(snapshot)) {
      this.#unread.push({ checkpoint, standing: standingOf(snapshot, toDate(permissions.now())) });
      return;
    }
    this.#basis.set(checkpoint, { listing });
    this.#readAt = Math.min(this.#readAt ?? listing.readAt, listing.readAt);
    this.#isOfEarlierSession ||= snapshot.restored === true;
    const live = byProject(listing.permissions);
    const listed = new Set<string>();
    for (const grant of grants) {
      listed.add(grant.project);
      this.#grant(checkpoint, grant, live.get(grant.project) ?? []);
    }
    for (const [project, theirs] of live) {
      if (listed.has(project)) continue;
      if (ownership === 'exact') this.#revoke(checkpoint, theirs, { kind: 'notListed' });
      else this.#beyond.push({ checkpoint, project, permissions: theirs });
    }
  }

  end(): FilePlan {
    const { file, source, today } = this;
    const steps: Step[] = [...this.#grants, ...this.#revokes];
    const checked = checkNow(source, { steps, basis: this.#basis });
    const errors = [...this.#errors];
    for (const obstacle of checked.impossible) {
      const reason = this.#reasons.get(keyOf(obstacle.step));
      // A scope is missing in the key, not in the file.
      if (reason?.kind !== 'listed' || obstacle.kind === 'missingScope') continue;
      errors.push({
        kind: 'obstacle',
        checkpoint: obstacle.step.checkpoint,
        grant: reason.grant,
        obstacle,
      });
    }
    errors.sort((one, other) => one.grant.places.grant.offset - other.grant.places.grant.offset);
    for (const acceptance of file.accepted) {
      if (isOver(acceptance, today)) this.#notices.push({ kind: 'acceptanceEnded', acceptance });
    }
    return {
      file,
      today,
      organization: organizationOf(file, source),
      checked,
      reasons: this.#reasons,
      errors,
      notices: this.#notices,
      notInEffect: this.#notInEffect,
      beyond: this.#beyond,
      unmanaged: unmanagedIn(file, source),
      unread: this.#unread,
      areProjectsComplete: this.#areProjectsComplete,
      ...(this.#readAt !== undefined && { loadedAt: toDate(this.#readAt) }),
      isOfEarlierSession: this.#isOfEarlierSession,
      removals: checked.plan.steps.filter((step) => this.#reasons.get(keyOf(step))?.kind === 'notListed')
        .length,
    };
  }

  #grant(checkpoint: string, grant: FileGrant, live: readonly Permission[]): void {
    const { project, name, reason, until } = grant;
    const named = this.source.projects.nameOf(project);
    if (name !== undefined && named !== undefined && name !== named)
      this.#notices.push({ kind: 'otherName', checkpoint, grant, live: named });
    if (until !== undefined && isOver(grant, this.today)) {
      if (live.length > 0) this.#revoke(checkpoint, live, { kind: 'ended', grant });
      else this.#notices.push({ kind: 'endedAlready', checkpoint, grant, until });
      return;
    }
    if (until !== undefined) {
      const days = daysFrom(this.today, until);
      if (days <= fileEndsSoonDays) this.#notices.push({ kind: 'endsSoon', checkpoint, grant, until, days });
    }
    if (live.length > 0) return;
    this.#notInEffect.push({ checkpoint, grant });
    const { readAt } = this.source.projects.snapshot;
    if (this.#areProjectsComplete && readAt !== undefined && !this.source.projects.get(project)) {
      this.#errors.push({ kind: 'noSuchProject', checkpoint, grant, loadedAt: toDate(readAt) });
      return;
    }
    if (reason === undefined) {
      this.#errors.push({ kind: 'reasonMissing', checkpoint, grant });
      return;
    }
    const step: GrantStep = { action: 'grant', checkpoint, project };
    this.#grants.push(step);
    this.#reasons.set(keyOf(step), { kind: 'listed', grant });
  }

  /** Access ends only if all permissions of a project are revoked. */
  #revoke(checkpoint: string, permissions: readonly Permission[], reason: StepReason): void {
    for (const { id: permissionId, project_id: project, created_at: createdAt } of permissions) {
      const step: RevokeStep = { action: 'revoke', checkpoint, project, permissionId, createdAt };
      this.#revokes.push(step);
      this.#reasons.set(keyOf(step), reason);
    }
  }
}

/** The permissions of a list by project, in the order of the list. */
export function byProject(permissions: readonly Permission[]): Map<string, Permission[]> {
  const groups = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const group = groups.get(permission.project_id);
    if (group) group.push(permission);
    else groups.set(permission.project_id, [permission]);
  }
  return groups;
}

function organizationOf(
  { organization }: AccessFile,
  { identity }: AccessFileSource,
): FilePlan['organization'] {
  const live = identity?.organization;
  if (live === undefined) return { is: 'unknown' };
  return { is: live === organization ? 'same' : 'other', live };
}

function unmanagedIn(file: AccessFile, { catalog, permissions }: AccessFileSource): UnmanagedCheckpoint[] {
  const managed = new Set(file.checkpoints.map(({ id }) => id));
  return catalog.ids
    .filter((id) => !managed.has(id))
    .map((checkpoint) => {
      const snapshot = permissions.snapshot(checkpoint);
      const count = isCertain(snapshot) ? snapshot.listing?.permissions.length : undefined;
      return { checkpoint, ...(count !== undefined && { count }) };
    });
}

const dayLength = 24 * 60 * 60 * 1000;

function daysFrom(today: string, day: string): number {
  return Math.round((startOfDay(day) - startOfDay(today)) / dayLength);
}
