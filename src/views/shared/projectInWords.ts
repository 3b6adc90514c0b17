import { isAmbiguousProject } from '../../access/lookAlikes';
import type { Organization } from '../../access/organization';
import { plainText } from '../../text/plainText';
import { type ProjectFacts, projectFactsInWords, projectNote, projectSpoken } from '../../words/projects';

/** The texts and icon of a project in a row. */
export interface ProjectInWords {
  /** The name, or the ID when the name is unknown. */
  readonly label: string;
  readonly icon: 'project' | 'archive';
  /** The ID; empty when it is the label. */
  readonly id: string;
  /** Whether the label alone does not tell which project it is, so that the ID must stand beside it. */
  readonly isAmbiguous: boolean;
  /** A note such as `archived`; usually empty. */
  readonly note: string;
  /** Label, note and ID for screen readers. */
  readonly spoken: string;
}

/** The texts of a project, safe to show as plain text. */
export function projectInWords(
  { projects }: Pick<Organization, 'projects'>,
  projectId: string,
): ProjectInWords {
  const facts = factsOf(projects, projectId);
  // A name of invisible characters counts as no name.
  const name = plainText(facts.name ?? '', 100);
  const plainId = plainText(projectId, 100);
  const label = name || plainId;
  const id = name ? plainId : '';
  const note = projectNote(facts);
  return {
    label,
    icon: facts.isArchived ? 'archive' : 'project',
    id,
    isAmbiguous: id !== '' && isAmbiguousProject(projects, projectId, label),
    note,
    spoken: projectSpoken(label, note, id),
  };
}

/** The facts of a project for a tooltip, one a paragraph, with the age of the project list. */
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
