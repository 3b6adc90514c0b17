import type { Project } from '../../openai';
import { names } from '../../text/order';
import type { Organization } from '../organization';

/** A project that access to checkpoints can be granted to, with what is known of its access to them. */
export interface ProjectChoice {
  readonly project: Project;
  /** How many of the checkpoints it is known to have access to. */
  readonly has: number;
}

/** The organization's projects as they can be granted access, each group by name. */
export interface ProjectChoices {
  /** Without access to at least one of the checkpoints, as far as is known. */
  readonly withoutAccess: readonly ProjectChoice[];
  /** Known to have access to all of them. */
  readonly withAccess: readonly ProjectChoice[];
  /** The same as `open`, but archived, so that a grant has no effect. */
  readonly archived: readonly ProjectChoice[];
}

/** Groups the projects that were read by what is known of their access. Asks nobody. */
export function projectChoices(
  { projects, permissions }: Pick<Organization, 'projects' | 'permissions'>,
  checkpoints: readonly string[],
): ProjectChoices {
  const access = accessOf(permissions, checkpoints);
  const choices = [...projects.snapshot.projects.values()]
    .map((project): ProjectChoice => ({ project, has: access.get(project.id) ?? 0 }))
    .sort((one, other) => names.compare(nameOf(one), nameOf(other)));
  const isOpen = ({ has }: ProjectChoice): boolean => has < checkpoints.length;
  const isArchived = ({ project }: ProjectChoice): boolean => project.status === 'archived';
  return {
    withoutAccess: choices.filter((choice) => isOpen(choice) && !isArchived(choice)),
    withAccess: choices.filter((choice) => !isOpen(choice)),
    archived: choices.filter((choice) => isOpen(choice) && isArchived(choice)),
  };
}

/** How many of the checkpoints each project is known to have access to; projects without any are left out. */
export function accessOf(
  permissions: Organization['permissions'],
  checkpoints: readonly string[],
): Map<string, number> {
  const access = new Map<string, number>();
  for (const checkpoint of checkpoints) {
    const listed = permissions.snapshot(checkpoint).listing?.permissions ?? [];
    for (const project of new Set(listed.map(({ project_id }) => project_id))) {
      access.set(project, (access.get(project) ?? 0) + 1);
    }
  }
  return access;
}

function nameOf({ project }: ProjectChoice): string {
  return project.name?.trim() || project.id;
}
