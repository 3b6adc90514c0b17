import { whyNotProject } from '../../access/ids/checkpointId';
import { type Standing, standingAt } from '../../access/loading/standing';
import type { Organization } from '../../access/organization';
import { accessInWords } from '../../words/access';
import { projectInWords } from '../shared/projectInWords';

/** Who has access to a checkpoint as far as is known. Names come from a server: escape them. */
export interface AccessSummary {
  readonly standing: Standing;
  /** A sentence without its full stop, such as `100+ projects have access`. */
  readonly summary: string;
  /** The names of the projects that have access, or their IDs where no name is known; each once, newest grant first. */
  readonly projects: readonly string[];
}

/** Who has access to a checkpoint of an organization. Sends no request. `now` in milliseconds since 1970. */
export function summarizeAccess(organization: Organization, checkpoint: string, now: number): AccessSummary {
  const standing = standingAt(organization.standingOf(checkpoint), now);
  const permissions = organization.permissions.snapshot(checkpoint).listing?.permissions ?? [];
  const ids = [...new Set(permissions.map(({ project_id }) => project_id))];
  return {
    standing,
    summary: accessInWords(standing, ids.length),
    projects: displayNames(organization, ids),
  };
}

/** By name where no other of them has it and it cannot be taken for an ID, else with the ID. */
function displayNames(organization: Organization, ids: readonly string[]): string[] {
  const all = ids.map((id) => projectInWords(organization, id));
  const bearers = new Map<string, number>();
  for (const { label } of all) bearers.set(label, (bearers.get(label) ?? 0) + 1);
  return all.map(({ label, id, note }) => {
    const unclear = (bearers.get(label) ?? 0) > 1 || whyNotProject(label) === undefined;
    const more = [unclear ? id : '', note].filter(Boolean).join(', ');
    return more ? `${label} (${more})` : label;
  });
}
