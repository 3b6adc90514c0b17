import { toDate } from '../../../text/steadyClock';
import { noticeOf } from '../../catalog/shutdownNotice';
import { Effects } from '../../explain/effect';
import type { GatesSource } from '../../explain/gates';
import { type LookedAt, policyCoverage } from '../../explain/policyCoverage';
import type { PolicyCoverage } from '../../explain/projectPolicies';
import { type Listing, permissionsByProject } from '../../loading/listing';
import { pageSize } from '../../loading/permissionStore';
import { projectsStandingOf } from '../../loading/projectsStanding';
import { type Standing, standingOf } from '../../loading/standing';
import { endOf, type Organization } from '../../organization';
import { ownershipOf, withUnknownOwner } from '../../ownership';
import type { Steps } from '../../slices';
import { usageAge } from '../../thresholds';
import {
  type Access,
  type Finding,
  type FindingKind,
  findingKinds,
  type NotReviewed,
  type Reason,
  type Review,
} from './finding';
import { unusedFor } from './unused';
import type { UsageSnapshot } from './usageCache';

/** The parts of an organization that a review needs. */
export type ReviewSource = GatesSource & Pick<Organization, 'reviewSettings'>;

/** The usage data, or why it is not loaded. */
export type UsageState =
  | { readonly snapshot: UsageSnapshot }
  | { readonly failure: unknown }
  | { readonly notLoaded: true; readonly requests: number };

/**
 * Reviews the loaded access to all checkpoints in the list, or what else is to be looked at. Sends no request: data that
 * is not loaded is returned as not reviewed, with the number of requests to load it. `now` in milliseconds since 1970. In
 * steps, because there may be many thousands of permissions.
 */
export function* reviewOf(
  source: ReviewSource,
  usage: UsageState,
  now: number,
  {
    checkpoints = source.catalog.ids,
    snapshotOf = (checkpoint) => source.permissions.snapshot(checkpoint),
  }: Partial<LookedAt> = {},
): Steps<Review> {
  const policies = yield* policyCoverage(source, { checkpoints, snapshotOf }, now);
  const notReviewed: NotReviewed[] = [
    ...projectsNotReviewed(source),
    ...usageNotReviewed(usage, now),
    ...policiesNotReviewed(policies),
    ...ownersNotReviewed(source, checkpoints),
  ];
  // By kind: sorting thousands of findings would take long without a pause.
  const byKind = new Map<FindingKind, Finding[]>(findingKinds.map((kind) => [kind, []]));
  const { unusedDays } = source.reviewSettings.choices;
  const effects = new Effects(source, now);
  let permissions = 0;
  let accesses = 0;
  for (const checkpoint of checkpoints) {
    yield;
    const snapshot = snapshotOf(checkpoint);
    const standing = standingOf(snapshot, now);
    if (standing.state !== 'loaded' || standing.doubts.length > 0)
      notReviewed.push({ about: 'checkpoint', checkpoint, standing, requests: requestsFor(standing) });
    const { listing } = snapshot;
    // A list from before a change may contain access that is revoked.
    if (!listing || standing.doubts.includes('beforeYourChange')) continue;
    permissions += listing.permissions.length;
    const all = accessIn(listing);
    accesses += all.length;
    const add = (reason: Reason, access: readonly Access[]): void => {
      byKind.get(reason.kind)?.push({ ...reason, checkpoint, access, loadedAt: toDate(listing.readAt) });
    };
    for (const access of all) {
      yield;
      for (const reason of reasonsFor(source, checkpoint, access, usage, now, unusedDays, effects))
        add(reason, [access]);
    }
    const shared = standing.isComplete && findSharedWithAllProjects(source, checkpoint, all);
    if (shared) add(shared.reason, shared.access);
  }
  const findings = [...byKind.values()].flat();
  return { findings, notReviewed, policies, unusedDays, permissions, accesses, at: now };
}

/** The minimum number of requests to load a list without doubts. */
function requestsFor({ doubts, count }: Standing): number {
  return doubts.includes('beforeYourChange') ? Math.max(1, Math.ceil(count / pageSize)) : 1;
}

function reasonsFor(
  source: ReviewSource,
  checkpoint: string,
  { project, permissions }: Access,
  usage: UsageState,
  now: number,
  unusedDays: number,
  effects: Effects,
): Reason[] {
  const { projects } = source;
  const reasons: Reason[] = [];
  const shutdown = endOf(source, checkpoint);
  const notice = shutdown && noticeOf(shutdown, now);
  if (notice) reasons.push({ kind: notice, shutdown });
  if (projects.isArchived(project)) {
    const at = projects.get(project)?.archived_at;
    reasons.push({ kind: 'archived', ...(at && { archivedAt: at * 1000 }) });
  }
  // The owner uses the model without a permission.
  const isOwner = project === ownershipOf(source, checkpoint)?.project;
  if ('snapshot' in usage && !usage.snapshot.unattributed && !isOwner) {
    // The project has had access since its oldest permission.
    const known = permissions.map(({ created_at }) => created_at).filter((each) => each > 0);
    const since = known.length > 0 ? Math.min(...known) : 0;
    const unused = unusedFor(usage.snapshot, checkpoint, project, since, unusedDays);
    if (unused) reasons.push(unused);
  }
  const isSaid = projects.isArchived(project);
  const ineffective = effects.ineffectiveBy({ project, checkpoint });
  const why = ineffective.why.filter((each) => each !== 'archived' || !isSaid);
  if (why.length > 0) reasons.push({ kind: 'withoutEffect', why });
  return reasons;
}

function accessIn(listing: Listing): Access[] {
  return [...permissionsByProject(listing)].map(([project, permissions]) => ({ project, permissions }));
}

function projectsNotReviewed({ projects }: ReviewSource): NotReviewed[] {
  const standing = projectsStandingOf(projects.snapshot);
  if (standing.state === 'loaded' && standing.doubts.length === 0) return [];
  return [{ about: 'projects', standing, requests: 1 }];
}

function ownersNotReviewed({ catalog, owners }: ReviewSource, ids: readonly string[]): NotReviewed[] {
  const entry = (id: string) => catalog.entry(id);
  const checkpoints = withUnknownOwner({ owners, catalog: { ids, entry } }).length;
  return checkpoints === 0 ? [] : [{ about: 'owners', checkpoints, requests: 0 }];
}

function policiesNotReviewed({ notLoaded, old, failed, loadedAt }: PolicyCoverage): NotReviewed[] {
  const about = 'policies';
  const gaps: NotReviewed[] = failed.map((each) => ({ about, why: 'failed', ...each, requests: 1 }));
  const { length: missing } = notLoaded;
  if (missing > 0) gaps.unshift({ about, why: 'notLoaded', projects: missing, requests: missing });
  const { length: outdated } = old;
  if (outdated > 0 && loadedAt !== undefined)
    gaps.unshift({ about, why: 'old', projects: outdated, loadedAt, requests: outdated });
  return gaps;
}

function usageNotReviewed(usage: UsageState, now: number): NotReviewed[] {
  if ('notLoaded' in usage) return [{ about: 'usage', why: 'notLoaded', requests: usage.requests }];
  if ('failure' in usage) return [{ about: 'usage', why: 'failed', error: usage.failure, requests: 3 }];
  const { loadedAt, unattributed } = usage.snapshot;
  if (unattributed) return [{ about: 'usage', why: 'unattributed', requests: 0 }];
  return now - loadedAt < usageAge ? [] : [{ about: 'usage', why: 'old', loadedAt, requests: 3 }];
}

/**
 * Finds a checkpoint that is shared with every active project, which only a complete list of projects proves. The
 * owner is left out, because it needs no permission and can be given none
 * (docs/api.md#the-owning-project-cannot-be-granted). While the owner is unknown, a single project without access may
 * be the owner.
 */
function findSharedWithAllProjects(
  source: ReviewSource,
  checkpoint: string,
  all: readonly Access[],
): { readonly access: readonly Access[]; readonly reason: Reason } | undefined {
  const { projects } = source;
  if (!projectsStandingOf(projects.snapshot).isComplete) return undefined;
  const active = activeIn(projects.snapshot.projects);
  const owner = ownershipOf(source, checkpoint)?.project;
  const isShareable = (project: string): boolean => active.has(project) && project !== owner;
  const shareable = active.size - (owner !== undefined && active.has(owner) ? 1 : 0);
  const access = all.filter(({ project }) => active.has(project));
  const having = new Set(access.map(({ project }) => project).filter(isShareable));
  // With a single active project, “shared with all projects” means nothing.
  if (having.size < 2) return undefined;
  const lacking = shareable - having.size;
  if (lacking > 1 || (lacking === 1 && owner !== undefined)) return undefined;
  const mayBeOwner = lacking === 1 ? [...active].find((id) => !having.has(id)) : undefined;
  return {
    access,
    reason: {
      kind: 'sharedWithAll',
      activeProjects: shareable,
      ...(mayBeOwner !== undefined && { mayBeOwner }),
    },
  };
}

type ProjectsById = Organization['projects']['snapshot']['projects'];

/** The active projects of each list of projects: each checkpoint of a review asks for them. */
const activeProjects = new WeakMap<ProjectsById, ReadonlySet<string>>();

function activeIn(projects: ProjectsById): ReadonlySet<string> {
  let active = activeProjects.get(projects);
  if (!active) {
    active = new Set([...projects].flatMap(([id, { status }]) => (status === 'archived' ? [] : [id])));
    activeProjects.set(projects, active);
  }
  return active;
}
