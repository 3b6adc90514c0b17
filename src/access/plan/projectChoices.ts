import type { Project } from '../../openai';
import { names } from '../../text/order';
import type { Organization } from '../organization';

/** A project for a grant, with its known access to the checkpoints. */
export interface ProjectChoice {
  readonly project: Project;
  /** The number of checkpoints that it is known to have access to. */
  readonly has: number;
}

/** The projects of an organization for a grant, each group by name. */
export interface ProjectChoices {
  /** Without known access to at least one of the checkpoints. */
  readonly withoutAccess: readonly ProjectChoice[];
  /** Known to have access to all of them. */
  readonly withAccess: readonly ProjectChoice[];
  /** Archived projects without known access: a grant has no effect. */
  readonly archived: readonly ProjectChoice[];
}

/** Groups the loaded projects by their known access. Sends no request. */
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

/** The number of checkpoints that each project is known to have access to. Projects without access are absent. */
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
