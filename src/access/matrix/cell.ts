import { accessKindOf } from '../accessKind';
import { provesAbsence, type Standing } from '../loading/standing';

// The state of a matrix cell, from the loaded data. The page runs this code too, so it uses nothing of the editor, of
// Node.js, or of the client.

/** A permission of a cell. */
export interface CellPermission {
  readonly id: string;
  /** Unix seconds. */
  readonly createdAt: number;
}

/** How far the list of a checkpoint can be trusted, without the error object, which stays in the extension. */
export type RowStanding = Omit<Standing, 'failure'>;

/** The loaded data of one row. `P` identifies a project: by ID in the domain, by number in the page. */
export interface RowKnowledge<P> {
  /** The permissions loaded so far, by project. */
  readonly access: ReadonlyMap<P, readonly CellPermission[]>;
  /** Only a complete list proves the absence of access. */
  readonly standing: RowStanding;
  /** The project that owns the model, where known. */
  readonly owner?: P;
  /** How the last load failed: with an error, or stopped by the person. */
  readonly failure?: 'failed' | 'stopped';
}

/** Whether the list, or the rest of it, failed to load. */
export function hasFailed<P>({ failure, standing }: RowKnowledge<P>): boolean {
  return failure === 'failed' || standing.brokenOff !== undefined;
}

/** The known access of one project to one checkpoint. `unknown` and `failed` never mean no access. */
export type Cell =
  | { readonly kind: 'access'; readonly permissions: readonly CellPermission[] }
  | { readonly kind: 'none' }
  /** No permission, but the project may own the model. */
  | { readonly kind: 'notGranted' }
  | { readonly kind: 'owner' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'unknown'; readonly isStopped: boolean };

export function cellOf<P extends string | number>(row: RowKnowledge<P>, project: P): Cell {
  const permissions = row.access.get(project);
  if (permissions) return { kind: 'access', permissions };
  const kind = accessKindOf(project, row.owner, false, provesAbsence(row.standing));
  if (kind === 'owner' || kind === 'none' || kind === 'notGranted') return { kind };
  if (row.standing.isLoading) return { kind: 'loading' };
  if (hasFailed(row)) return { kind: 'failed' };
  return { kind: 'unknown', isStopped: row.failure === 'stopped' };
}

/** The action of a staged change. */
export type StagedAction = 'grant' | 'revoke';

/** Why a change cannot be staged for a cell. */
export type StagingRefusal = 'notLoaded' | 'loading' | 'failed' | 'owner' | 'archived' | 'has' | 'hasNot';

/**
 * Why a change cannot be staged for a cell: its access is unknown, or the change would have no effect. Undefined if
 * it can.
 */
export function refusalOf(cell: Cell, action: StagedAction, archived: boolean): StagingRefusal | undefined {
  switch (cell.kind) {
    case 'access':
      return action === 'grant' ? 'has' : undefined;
    case 'none':
    case 'notGranted':
      if (action === 'revoke') return 'hasNot';
      return archived ? 'archived' : undefined;
    case 'owner':
      return 'owner';
    case 'loading':
      return 'loading';
    case 'failed':
      return 'failed';
    case 'unknown':
      return 'notLoaded';
  }
}

/**
 * The action for the selected cells. `toggle` grants access to all of them, or revokes it if all have it or are
 * staged to get it.
 */
export type StagingAction = StagedAction | 'toggle' | 'unstage';

/**
 * Cells for which a change could not be staged: the reason, their number, and the first one. Cells that already have
 * the requested state are not counted.
 */
export interface RefusedCells {
  /** `tooMany`: nothing is staged, because there would be more changes than `mostStaged`. */
  readonly why: Exclude<StagingRefusal, 'has' | 'hasNot'> | 'tooMany';
  readonly count: number;
  readonly checkpoint: string;
  readonly project: string;
}

/** The progress of loading a matrix. */
export interface LoadingProgress {
  /** Checkpoints whose list was loaded to its end, or failed to load. */
  readonly done: number;
  readonly total: number;
  /** The number of lists that failed to load, or to load to their end, or to reload. */
  readonly failed: number;
  /** Requests are in flight or queued. */
  readonly isLoading: boolean;
  /** The person stopped loading before all lists were loaded. */
  readonly isStopped: boolean;
  /** The wait of the next request, if one waits. */
  readonly wait?: Wait;
}

export interface Wait {
  readonly reason: 'rate-limit' | 'retry';
  /** A moment of `steadyNow`. */
  readonly until: number;
  /** What the server asked for, in milliseconds, if that is longer than the wait. */
  readonly asked?: number;
}
