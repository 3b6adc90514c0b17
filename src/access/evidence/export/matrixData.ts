import { isDate, isoMoment } from '../../../text/dates';
import { type AccessKind, accessKindOf } from '../../accessKind';
import { type Listing, permissionsByProject, permissionsOf } from '../../loading/listing';
import { type Doubt, provesAbsence } from '../../loading/standing';
import type { Steps } from '../../slices';
import {
  aboutOf,
  type ExportAbout,
  type ExportedList,
  type ExportedProject,
  type ExportSource,
  listOf,
  projectOf,
} from './about';

/** The access of one project to one checkpoint, as in the JSON export. `failed`: unknown, because loading failed. */
export interface ExportedAccess {
  readonly access: AccessKind | 'failed';
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

/** In steps, because there may be millions of cells. All is of one moment: what is loaded meanwhile is not in it. */
export function* matrixData(source: ExportSource, now: number): Steps<MatrixData> {
  const about = aboutOf(source, now);
  const columns = source.catalog.ids.map((id) => columnOf(source, id, now));
  const names = new Map<string, ExportedProject>();
  for (const id of source.projects.snapshot.projects.keys()) names.set(id, projectOf(source, id));
  // Then the projects that only permissions name.
  for (const { listing } of columns) {
    yield;
    if (!listing) continue;
    for (const id of permissionsByProject(listing).keys())
      if (!names.has(id)) names.set(id, projectOf(source, id));
  }
  const rows: MatrixData['rows'][number][] = [];
  for (const [id, project] of names) {
    yield;
    rows.push({ project, cells: columns.map((column) => accessOf(column, id)) });
  }
  return { about, lists: columns.map(({ list }) => list), rows };
}

/** What the cells of a checkpoint are made of. Cells without a permission are shared: most are alike. */
interface MatrixColumn {
  readonly list: ExportedList;
  readonly listing: Listing | undefined;
  readonly ofOwner: ExportedAccess;
  readonly ofOthers: ExportedAccess;
}

function columnOf(source: ExportSource, checkpoint: string, now: number): MatrixColumn {
  const list = listOf(source, checkpoint, now);
  const doubts = doubtsOf(list);
  return {
    list,
    listing: source.permissions.snapshot(checkpoint).listing,
    ofOwner: { access: 'owner', ...doubts },
    ofOthers: { access: accessOfOthers(list), ...doubts },
  };
}

function doubtsOf({ standing: { doubts } }: ExportedList): Pick<ExportedAccess, 'doubts'> {
  return doubts.length > 0 ? { doubts } : {};
}

function accessOf({ list, listing, ofOwner, ofOthers }: MatrixColumn, project: string): ExportedAccess {
  const found = listing ? permissionsOf(listing, project) : [];
  if (found.length === 0) return project === list.owner ? ofOwner : ofOthers;
  const permissions = found.map(({ id, created_at }) => ({ id, granted: momentOrNull(created_at * 1000) }));
  return { access: 'granted', ...doubtsOf(list), permissions };
}

function momentOrNull(moment: number): string | null {
  return isDate(moment) ? isoMoment(moment) : null;
}

/** No ID of a project: stands for all that are alike. */
const nobody = '';

/** The access of a project without a loaded permission that is not known to own the model. */
function accessOfOthers({ standing, owner }: ExportedList): ExportedAccess['access'] {
  const access = accessKindOf(nobody, owner, false, provesAbsence(standing));
  return access === 'unknown' && standing.failure ? 'failed' : access;
}
