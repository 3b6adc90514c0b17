import { toDate } from '../../text/steadyClock';
import { hasShutDown } from '../catalog/shutdown';
import { permissionsByProject } from '../loading/listing';
import type { Snapshot } from '../loading/snapshot';
import { endOf, type Organization } from '../organization';
import type { Steps } from '../slices';
import type { PolicyCoverage } from './projectPolicies';

/** What of an organization's access is looked at. */
export interface LookedAt {
  readonly checkpoints: readonly string[];
  snapshotOf(checkpoint: string): Snapshot;
}

/**
 * How far the policies are loaded of the projects that have a permission. Left out is what a policy doesn't decide: an
 * archived project can use nothing, and a model that has shut down can be used by nobody. In steps, because there may be
 * many thousands of permissions. Sends no request. `now` in milliseconds since 1970.
 */
export function* policyCoverage(
  source: Pick<Organization, 'catalog' | 'gates' | 'projects'>,
  { checkpoints, snapshotOf }: LookedAt,
  now: number,
): Steps<PolicyCoverage> {
  const projects = new Set<string>();
  for (const checkpoint of checkpoints) {
    yield;
    const { listing, beforeChange } = snapshotOf(checkpoint);
    const shutdown = endOf(source, checkpoint);
    // A list from before a change may contain access that is revoked.
    if (!listing || beforeChange || (shutdown && hasShutDown(shutdown, now))) continue;
    for (const project of permissionsByProject(listing).keys()) {
      yield;
      if (!source.projects.isArchived(project)) projects.add(project);
    }
  }
  const { policies } = source.gates;
  const notLoaded: string[] = [];
  const old: string[] = [];
  const failed: { project: string; error: unknown }[] = [];
  let oldest: number | undefined;
  for (const project of projects) {
    yield;
    const { value, at, failure } = policies.get(project);
    if (failure !== undefined) failed.push({ project, error: failure });
    else if (value === undefined) notLoaded.push(project);
    else if (!policies.isFresh(project)) old.push(project);
    if (value !== undefined && at !== undefined) oldest = Math.min(at, oldest ?? at);
  }
  return {
    projects: [...projects],
    notLoaded,
    old,
    failed,
    ...(oldest !== undefined && { loadedAt: toDate(oldest) }),
  };
}
