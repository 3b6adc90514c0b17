import type { Standing } from '../../access/loading/standing';
import type { Organization } from '../../access/organization';
import { accessInWords, ownerInWords } from '../../words/access';
import { projectInWords } from '../shared/projectInWords';

/** The known access to a checkpoint. Names come from a server: escape them. */
export interface AccessSummary {
  readonly standing: Standing;
  /** A sentence without its full stop, such as `100+ projects have access`. */
  readonly summary: string;
  /** The owning project, or that it is unknown. */
  readonly owner: string;
  /** The names of the projects with access, or their IDs when the name is unknown; each once, newest grant first. */
  readonly projects: readonly string[];
}

/** Summarizes the known access to a checkpoint. Sends no request. `now` in milliseconds since 1970. */
export function summarizeAccess(organization: Organization, checkpoint: string, now: number): AccessSummary {
  const standing = organization.standingOf(checkpoint, now);
  const permissions = organization.permissions.snapshot(checkpoint).listing?.permissions ?? [];
  const owner = organization.ownerOf(checkpoint);
  const ids = [...new Set(permissions.map(({ project_id }) => project_id))];
  return {
    standing,
    summary: accessInWords(standing, ids.length),
    owner: ownerInWords(owner === undefined ? undefined : displayNames(organization, [owner])[0]),
    projects: displayNames(organization, ids),
  };
}

/** The names of projects, with the ID where the name alone is ambiguous. */
function displayNames(organization: Organization, ids: readonly string[]): string[] {
  return ids.map((project) => {
    const { label, id, note, isAmbiguous } = projectInWords(organization, project);
    const details = [isAmbiguous ? id : '', note].filter(Boolean).join(', ');
    return details ? `${label} (${details})` : label;
  });
}
