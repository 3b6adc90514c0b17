import type { Organization } from '../../access/organization';
import { plainText } from '../../editor/plainText';
import { ago, exactly } from '../../editor/time';

/** How a project looks and reads in a row: by its name where that is known, else by its id. */
export interface ProjectInWords {
  readonly label: string;
  readonly icon: 'project' | 'archive';
  /** The id, where the label is not the id itself; else empty. */
  readonly id: string;
  /** What else there is to know of it, such as `archived`; empty as a rule. */
  readonly note: string;
  /** Label, note and id, to be read aloud. */
  readonly spoken: string;
}

/** A project as far as it is known, to be shown as plain text. */
export function projectInWords({ projects }: Organization, projectId: string): ProjectInWords {
  // A name of nothing but unseen characters is none.
  const name = plainText(projects.nameOf(projectId) ?? '', 100);
  const ownId = plainText(projectId, 100);
  const isArchived = projects.isArchived(projectId);
  const label = name || ownId;
  const id = name ? ownId : '';
  const note = isArchived ? 'archived' : isMissing(projects, projectId) ? 'not among the projects read' : '';
  const spoken = [label, note, id && `project id ${id}`].filter(Boolean).join(', ');
  return { label, icon: isArchived ? 'archive' : 'project', id, note, spoken };
}

/** The same for a tooltip, a paragraph each, with how old the names are. */
export function projectFacts({ projects }: Organization, projectId: string, now: number): string[] {
  const name = projects.nameOf(projectId);
  const archivedAt = projects.get(projectId)?.archived_at;
  const facts = name === undefined ? [] : [`Project: ${name}`];
  facts.push(`Project id: ${projectId}`);
  if (projects.isArchived(projectId)) {
    const since = archivedAt ? `: since ${exactly(archivedAt * 1000)} (${ago(archivedAt * 1000, now)})` : '';
    facts.push(`Archived${since}`);
  }
  if (isMissing(projects, projectId)) {
    facts.push('Not among the projects read: it may be new, deleted, or missing from an incomplete list');
  }
  return [...facts, ...ageOfNames(projects.snapshot, now)];
}

function ageOfNames(
  { readAt, reading, failure, incomplete }: Organization['projects']['snapshot'],
  now: number,
): string[] {
  const facts: string[] = [];
  if (readAt !== undefined) {
    const part = incomplete ? ', not all of them' : '';
    facts.push(`Names of projects read${part}: ${exactly(readAt)} (${ago(readAt, now)})`);
  }
  if (reading) facts.push('The names of projects are being read');
  else if (failure) facts.push('The last try to read the names of projects failed; the view says why');
  return facts;
}

function isMissing(projects: Organization['projects'], projectId: string): boolean {
  return projects.snapshot.readAt !== undefined && projects.get(projectId) === undefined;
}
