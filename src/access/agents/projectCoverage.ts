import { toDate } from '../../text/steadyClock';
import { accessEvidence } from '../loading/accessState';
import { isOld } from '../loading/standing';
import type { Organization } from '../organization';

/** How far the access of one project to the checkpoints in the list is known. Moments in milliseconds since 1970. */
export interface ProjectCoverage {
  /** The checkpoints for which nothing says whether it has a permission. Those that it owns are none of them. */
  readonly unknown: readonly string[];
  /** What says so of these was loaded long ago, or in an earlier session. */
  readonly old: readonly string[];
  /** When the oldest of what says so was loaded. Absent if nothing does. */
  readonly oldest?: number;
  /** Why the last request for an unknown or old one failed, by checkpoint. */
  readonly failures: ReadonlyMap<string, unknown>;
}

/** How far the access of a project is known, absences included. Sends no request. */
export function projectCoverage(organization: Organization, project: string, now: number): ProjectCoverage {
  const unknown: string[] = [];
  const old: string[] = [];
  const failures = new Map<string, unknown>();
  let oldest: number | undefined;
  for (const id of organization.catalog.ids) {
    if (organization.ownerOf(id) === project) continue;
    const { isGranted, at, isRestored, failure } = accessEvidence(organization, id, project);
    const loadedAt = isGranted === undefined || at === undefined ? undefined : toDate(at);
    if (loadedAt !== undefined) oldest = Math.min(oldest ?? loadedAt, loadedAt);
    if (loadedAt === undefined) unknown.push(id);
    else if (isRestored || isOld(loadedAt, now)) old.push(id);
    else continue;
    if (failure !== undefined) failures.set(id, failure);
  }
  return { unknown, old, ...(oldest !== undefined && { oldest }), failures };
}
