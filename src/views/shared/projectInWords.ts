import { isAmbiguousProject } from '../../access/lookAlikes';
import type { Organization } from '../../access/organization';
import { plainText } from '../../text/plainText';
import { type ProjectFacts, projectFactsInWords, projectNote, projectSpoken } from '../../words/projects';
import type { ProjectInRow } from '../../words/rows';

/** The texts and icon of a project in a row. The label is the name, or the ID when the name is unknown. */
export interface ProjectInWords extends ProjectInRow {
  readonly icon: 'project' | 'archive';
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
  const isAmbiguous = id !== '' && isAmbiguousProject(projects, projectId, label);
  return {
    label,
    icon: facts.isArchived ? 'archive' : 'project',
    id,
    isAmbiguous,
    note,
    spoken: projectSpoken(label, note, isAmbiguous ? id : ''),
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
