import type { Standing } from '../loading/standing';

// The state of a cell of the matrix, by what is known of its checkpoint. The page draws with the very same code, so it
// uses nothing of the editor, of Node.js, or of the client.

/** One permission as a cell needs it. */
export interface CellPermission {
  readonly id: string;
  /** Unix seconds. */
  readonly createdAt: number;
}

/** How far the list of a checkpoint can be trusted, in codes alone: the error of a failure stays in the extension. */
export type RowStanding = Omit<Standing, 'failure'>;

/**
 * What is known of one checkpoint, for all projects at once. `P` is how projects are called: by id in the domain, by a
 * number in the page.
 */
export interface RowKnowledge<P> {
  /** The permissions loaded so far, by project. */
  readonly access: ReadonlyMap<P, readonly CellPermission[]>;
  /** Only a complete list proves that a project has no access. */
  readonly standing: RowStanding;
  /** The project that owns the model, where that is known. */
  readonly owner?: P;
  /** How loading the list, or the rest of it, ended last: with an error, or stopped by the person. */
  readonly failure?: 'failed' | 'stopped';
}

/** Whether what is missing of a list could not be loaded, or not again. */
export function hasFailed<P>({ failure, standing }: RowKnowledge<P>): boolean {
  return failure === 'failed' || standing.brokenOff !== undefined;
}

/** What is known of one project's access to one checkpoint. `unknown` and `failed` never mean that there is none. */
export type Cell =
  | { readonly kind: 'access'; readonly permissions: readonly CellPermission[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'owner' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'unknown'; readonly isStopped: boolean };

export function cellOf<P>(row: RowKnowledge<P>, project: P): Cell {
  const permissions = row.access.get(project);
  if (permissions) return { kind: 'access', permissions };
  if (row.owner !== undefined && row.owner === project) return { kind: 'owner' };
  if (row.standing.isComplete) return { kind: 'none' };
  if (row.standing.isLoading) return { kind: 'loading' };
  if (hasFailed(row)) return { kind: 'failed' };
  return { kind: 'unknown', isStopped: row.failure === 'stopped' };
}

/** A change that waits for its preview. */
export type StagedAction = 'grant' | 'revoke';

/** Why nothing can be staged for a cell. */
export type StagingRefusal = 'notLoaded' | 'loading' | 'failed' | 'owner' | 'archived' | 'has' | 'hasNot';

/** Whether a change can be staged for a cell: only one that is known, and not one that is in vain. */
export function refusalOf(cell: Cell, action: StagedAction, archived: boolean): StagingRefusal | undefined {
  switch (cell.kind) {
    case 'access':
      return action === 'grant' ? 'has' : undefined;
    case 'none':
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

/** What is to become of the cells: `toggle` gives all of them access unless all have or are to have it already. */
export type StagingAction = StagedAction | 'toggle' | 'unstage';

/** Why some of the cells could not be staged: how many, and one of them. Cells that are as wanted already are none. */
export interface RefusedCells {
  readonly why: Exclude<StagingRefusal, 'has' | 'hasNot'>;
  readonly count: number;
  readonly checkpoint: string;
  readonly project: string;
}

/** How far loading a matrix has come. */
export interface LoadingProgress {
  /** Checkpoints whose list was loaded to its end, or could not be. */
  readonly done: number;
  readonly total: number;
  /** How many of them could not be loaded, not to their end, or not again. */
  readonly failed: number;
  /** Requests are in flight or wait. */
  readonly isLoading: boolean;
  /** The person has stopped it with lists left to load. */
  readonly isStopped: boolean;
  /** Until when the next of its requests waits, where one does. */
  readonly wait?: Wait;
}

export interface Wait {
  readonly reason: 'rate-limit' | 'retry';
  /** Milliseconds since 1970. */
  readonly until: number;
}
