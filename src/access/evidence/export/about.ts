import { type ProjectsStanding, projectsStandingOf } from '../../loading/projectsStanding';
import { type Standing, standingOf } from '../../loading/standing';
import type { Organization } from '../../organization';
import { ownershipOf } from '../../ownership';

/** The parts of an organization that exports need. */
export type ExportSource = Pick<
  Organization,
  'name' | 'isSample' | 'catalog' | 'permissions' | 'projects' | 'owners'
>;

/** The facts in every export: the organization, the time, and how far the list of projects can be trusted. */
export interface ExportAbout {
  readonly organization: string;
  readonly isSample: boolean;
  /** Milliseconds since 1970. */
  readonly exportedAt: number;
  readonly projects: ProjectsStanding;
}

/** A checkpoint, and how far its list of permissions can be trusted. `owner`: the owning project, absent if unknown. */
export interface ExportedList {
  readonly checkpoint: string;
  readonly standing: Standing;
  readonly owner?: string;
}

/** A project of a row. Name and status are absent while unknown. */
export interface ExportedProject {
  readonly id: string;
  readonly name?: string;
  /** As the API returned it, such as `active`. */
  readonly status?: string;
}

/** `now` in milliseconds since 1970. */
export function aboutOf({ name, isSample, projects }: ExportSource, now: number): ExportAbout {
  return {
    organization: name,
    isSample,
    exportedAt: now,
    projects: projectsStandingOf(projects.snapshot),
  };
}

export function listOf(source: ExportSource, checkpoint: string, now: number): ExportedList {
  const owner = ownershipOf(source, checkpoint)?.project;
  return {
    checkpoint,
    standing: standingOf(source.permissions.snapshot(checkpoint), now),
    ...(owner !== undefined && { owner }),
  };
}

export function projectOf({ projects }: ExportSource, id: string): ExportedProject {
  const name = projects.nameOf(id);
  const status = projects.get(id)?.status;
  return { id, ...(name !== undefined && { name }), ...(status && { status }) };
}
