import { isDate, isoMoment } from '../../../text/dates';
import { permissionsOf } from '../../loading/listing';
import type { Doubt, Standing } from '../../loading/standing';
import { ownershipOf } from '../../organization';
import {
  aboutOf,
  type ExportAbout,
  type ExportedList,
  type ExportedProject,
  type ExportSource,
  listOf,
  projectOf,
} from './about';

/**
 * The access of one project to one checkpoint, as in the JSON export. `failed`: unknown, because loading failed.
 * `none` only if the list proves it.
 */
export interface ExportedAccess {
  readonly access: 'granted' | 'none' | 'owner' | 'failed' | 'unknown';
  /** Why the list may differ from the server. Absent if there is no doubt. */
  readonly doubts?: readonly Doubt[];
  /** Present exactly if access is granted. */
  readonly permissions?: readonly { readonly id: string; readonly granted: string | null }[];
}

/** The access of all projects to all checkpoints: projects down, checkpoints across. */
export interface MatrixData {
  readonly about: ExportAbout;
  readonly lists: readonly ExportedList[];
  readonly rows: readonly {
    readonly project: ExportedProject;
    /** In the order of the lists. */
    readonly cells: readonly ExportedAccess[];
  }[];
}

export function matrixData(source: ExportSource, now: number): MatrixData {
  const lists = source.catalog.ids.map((id) => listOf(source, id, now));
  return {
    about: aboutOf(source, now),
    lists,
    rows: projectsIn(source).map((id) => ({
      project: projectOf(source, id),
      cells: lists.map((list) => accessOf(source, list, id)),
    })),
  };
}

/** The projects of the organization, then those that only permissions name. */
function projectsIn({ catalog, permissions, projects }: ExportSource): string[] {
  const ids = new Set(projects.snapshot.projects.keys());
  for (const id of catalog.ids) {
    for (const { project_id } of permissions.snapshot(id).listing?.permissions ?? []) ids.add(project_id);
  }
  return [...ids];
}

function accessOf(
  source: ExportSource,
  { checkpoint, standing }: ExportedList,
  project: string,
): ExportedAccess {
  const { listing } = source.permissions.snapshot(checkpoint);
  const found = listing ? permissionsOf(listing, project) : [];
  const doubts = standing.doubts.length > 0 && { doubts: standing.doubts };
  if (found.length > 0) {
    const permissions = found.map(({ id, created_at }) => ({ id, granted: momentOrNull(created_at * 1000) }));
    return { access: 'granted', ...doubts, permissions };
  }
  const isOwner = ownershipOf(source, checkpoint)?.project === project;
  return { access: isOwner ? 'owner' : accessOfOthers(standing), ...doubts };
}

function momentOrNull(moment: number): string | null {
  return isDate(moment) ? isoMoment(moment) : null;
}

/** The access of a project without a loaded permission. */
function accessOfOthers({ isComplete, doubts, failure }: Standing): 'none' | 'failed' | 'unknown' {
  if (isComplete && !doubts.includes('beforeYourChange')) return 'none';
  return failure ? 'failed' : 'unknown';
}
