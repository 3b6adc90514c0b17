import type { Organization } from '../../access/organization';
import { plainText } from '../../text/plainText';
import { type ProjectFacts, projectFactsInWords, projectNote, projectSpoken } from '../../words/projects';

/** How a project looks and reads in a row: by its name where that is known, else by its ID. */
export interface ProjectInWords {
  readonly label: string;
  readonly icon: 'project' | 'archive';
  /** The ID, where the label is not the ID itself; else empty. */
  readonly id: string;
  /** What else there is to know of it, such as `archived`; empty as a rule. */
  readonly note: string;
  /** Label, note and ID, to be read aloud. */
  readonly spoken: string;
}

/** A project as far as it is known, to be shown as plain text. */
export function projectInWords(
  { projects }: Pick<Organization, 'projects'>,
  projectId: string,
): ProjectInWords {
  const facts = factsOf(projects, projectId);
  // A name of nothing but unseen characters is none.
  const name = plainText(facts.name ?? '', 100);
  const ownId = plainText(projectId, 100);
  const label = name || ownId;
  const id = name ? ownId : '';
  const note = projectNote(facts);
  return {
    label,
    icon: facts.isArchived ? 'archive' : 'project',
    id,
    note,
    spoken: projectSpoken(label, note, id),
  };
}

/** The same for a tooltip, a paragraph each, with how old the names are. */
export function projectFacts(
  { projects, projectsStanding }: Organization,
  projectId: string,
  now: number,
): string[] {
  return projectFactsInWords(factsOf(projects, projectId), projectsStanding, now);
}

function factsOf(projects: Organization['projects'], id: string): ProjectFacts {
  const project = projects.get(id);
  return {
    id,
    name: projects.nameOf(id),
    isArchived: projects.isArchived(id),
    isMissing: projects.snapshot.readAt !== undefined && project === undefined,
    archivedAt: project?.archived_at,
  };
}
