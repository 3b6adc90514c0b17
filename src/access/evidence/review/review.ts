import { dayOf } from '../../../text/dates';
import { explain, explanationInWords } from '../../../words/errors';
import { shutdownInWords } from '../../../words/shutdown';
import { daysLeft, hasEnded } from '../../catalog/retirement';
import type { Listing } from '../../loading/listing';
import { endOf, type Organization, ownershipOf } from '../../organization';
import { soonDays } from '../../thresholds';
import { type Access, type Finding, findingKinds, type NotReviewed, type Review } from './finding';
import { unusedFor } from './unused';
import type { UsageSnapshot } from './usage';

/** The parts of an organization that are reviewed. */
export type ReviewSource = Pick<Organization, 'catalog' | 'permissions' | 'projects' | 'owners'>;

/** What is known of use: what was read, or why it was not. */
export type UsageKnown =
  | { readonly snapshot: UsageSnapshot }
  | { readonly failure: unknown }
  | { readonly notRead: true; readonly requests: number };

/**
 * Goes through every grant of the list's checkpoints that was read. Asks nobody: what is not known is listed as not
 * reviewed, with what it would take. `now` in milliseconds since 1970.
 */
export function reviewOf(source: ReviewSource, usage: UsageKnown, now: number): Review {
  const notReviewed: NotReviewed[] = [...projectsNotReviewed(source), ...usageNotReviewed(usage)];
  const findings: Finding[] = [];
  let grants = 0;
  for (const checkpoint of source.catalog.ids) {
    const gap = listNotReviewed(source, checkpoint);
    if (gap) notReviewed.push(gap);
    const { listing, beforeChange } = source.permissions.snapshot(checkpoint);
    // What was read before a change may be about what is no longer so.
    if (!listing || beforeChange) continue;
    const all = accessIn(listing);
    grants += all.length;
    const { readAt } = listing;
    const add = (kind: Finding['kind'], access: readonly Access[], reason: string): void => {
      findings.push({ kind, checkpoint, access, reason, readAt });
    };
    for (const access of all) {
      for (const { kind, reason } of reasonsFor(source, checkpoint, access, usage, now))
        add(kind, [access], reason);
    }
    const shared = findSharedWithAllProjects(source, checkpoint, listing, all);
    if (shared) add('everybody', shared.access, shared.reason);
  }
  const rank = (finding: Finding): number => findingKinds.indexOf(finding.kind);
  findings.sort((one, other) => rank(one) - rank(other));
  return { findings, notReviewed, grants, at: now };
}

function reasonsFor(
  source: ReviewSource,
  checkpoint: string,
  { project, permissions }: Access,
  usage: UsageKnown,
  now: number,
): Pick<Finding, 'kind' | 'reason'>[] {
  const { projects } = source;
  const reasons: Pick<Finding, 'kind' | 'reason'>[] = [];
  const end = endOf(source, checkpoint);
  if (end && hasEnded(end, now))
    reasons.push({ kind: 'ended', reason: `Its model ${shutdownInWords(end, now)}` });
  else if (end && daysLeft(end, now) <= soonDays)
    reasons.push({ kind: 'endsSoon', reason: `Its model ${shutdownInWords(end, now)}` });
  if (projects.isArchived(project)) {
    const at = projects.get(project)?.archived_at;
    reasons.push({
      kind: 'archived',
      reason: at ? `Project archived ${dayOf(at * 1000)}` : 'Project archived',
    });
  }
  // An owner's use does not come by the grant.
  const isOwner = project === ownershipOf(source, checkpoint)?.project;
  if ('snapshot' in usage && !usage.snapshot.unattributed && !isOwner) {
    // Access that was there all the time, by whichever of its permissions.
    const since = Math.min(...permissions.map(({ created_at }) => created_at));
    const unused = unusedFor(usage.snapshot, checkpoint, project, since);
    if (unused) reasons.push(unused);
  }
  return reasons;
}

function accessIn({ permissions }: Listing): Access[] {
  const byProject = new Map<string, Access['permissions'][number][]>();
  for (const permission of permissions) {
    const own = byProject.get(permission.project_id);
    if (own) own.push(permission);
    else byProject.set(permission.project_id, [permission]);
  }
  return [...byProject].map(([project, own]) => ({ project, permissions: own }));
}

function listNotReviewed({ permissions }: ReviewSource, checkpoint: string): NotReviewed | undefined {
  const { listing, failure, beforeChange, outdated } = permissions.snapshot(checkpoint);
  const why = failure ? explanationInWords(explain(failure.error)).replace(/\.$/, '') : '';
  if (!listing) {
    const what = failure ? `could not be read: ${why}` : 'were not read';
    return { what: `its permissions ${what}`, requests: 1, about: 'checkpoint', checkpoint };
  }
  if (beforeChange) {
    const what = 'its permissions were read before a change that was sent since';
    const requests = Math.max(1, Math.ceil(listing.permissions.length / 100));
    return { what, requests, about: 'checkpoint', checkpoint };
  }
  const read = `the newest ${listing.permissions.length} permissions`;
  if (listing.ending.kind === 'more')
    return { what: `only ${read} were read`, requests: 1, about: 'checkpoint', checkpoint };
  if (listing.ending.kind === 'incomplete') {
    const what = `only ${read} could be read, because ${listing.ending.reason}`;
    return { what, requests: 1, about: 'checkpoint', checkpoint };
  }
  if (!failure && !outdated) return undefined;
  const how = failure ? `reading it again failed: ${why}` : 'it was not read again after a refresh';
  return {
    what: `what changed since ${dayOf(listing.readAt)}, because ${how}`,
    requests: 1,
    about: 'checkpoint',
    checkpoint,
  };
}

function projectsNotReviewed({ projects }: ReviewSource): NotReviewed[] {
  const { readAt, failure, incomplete } = projects.snapshot;
  const what = 'Which projects are archived, and which checkpoints are shared with every active one';
  if (readAt === undefined && failure === undefined)
    return [{ what: `${what}: the list of projects was not read`, requests: 1, about: 'projects' }];
  if (failure !== undefined) {
    const why = explanationInWords(explain(failure)).replace(/\.$/, '');
    const how =
      readAt === undefined ? 'could not be read' : `is as read ${dayOf(readAt)}; reading it again failed`;
    return [{ what: `${what}: the list of projects ${how}: ${why}`, requests: 1, about: 'projects' }];
  }
  return incomplete === undefined
    ? []
    : [
        {
          what: `${what}: the list of projects is incomplete, because ${incomplete}`,
          requests: 1,
          about: 'projects',
        },
      ];
}

function usageNotReviewed(usage: UsageKnown): NotReviewed[] {
  const what = 'Which grants are not used';
  if ('notRead' in usage)
    return [{ what: `${what}: use was not read`, requests: usage.requests, about: 'use' }];
  if ('failure' in usage) {
    const why = explanationInWords(explain(usage.failure)).replace(/\.$/, '');
    return [{ what: `${what}: use could not be read: ${why}`, requests: 3, about: 'use' }];
  }
  return usage.snapshot.unattributed
    ? [{ what: `${what}: the server put some use down to no project or no model`, requests: 0, about: 'use' }]
    : [];
}

/**
 * Whether a checkpoint is shared with every active project. The owner needs no grant and can be given none
 * (docs/api.md#the-owning-project-cannot-be-granted), so it is left out; while it is not known, the one project that
 * lacks access may be it. Undefined unless both lists were read to their end.
 */
export function findSharedWithAllProjects(
  source: ReviewSource,
  checkpoint: string,
  { ending }: Listing,
  all: readonly Access[],
): { readonly access: readonly Access[]; readonly reason: string } | undefined {
  const { projects } = source;
  const { readAt, incomplete, projects: known } = projects.snapshot;
  if (ending.kind !== 'complete' || readAt === undefined || incomplete !== undefined) return undefined;
  const owner = ownershipOf(source, checkpoint)?.project;
  const active = [...known.keys()].filter((id) => !projects.isArchived(id) && id !== owner);
  const having = new Set(all.map(({ project }) => project));
  const lacking = active.filter((id) => !having.has(id));
  // Of one project it says nothing that it is all there are.
  if (active.length - lacking.length < 2) return undefined;
  const access = all.filter(({ project }) => known.has(project) && !projects.isArchived(project));
  if (lacking.length === 0)
    return { access, reason: `Shared with every active project: all ${active.length} of them` };
  const [last = ''] = lacking;
  if (lacking.length > 1 || owner !== undefined) return undefined;
  const name = projects.nameOf(last) ?? last;
  return {
    access,
    reason: `Shared with every active project but ${name}, which may be the owner: ${access.length} of ${active.length}`,
  };
}
