// What a cell of the matrix says, by what is known of its checkpoint. The page draws with the very same code, so it
// knows nothing of the editor, of Node, or of the client.

/** One permission as a cell needs it. */
export interface CellPermission {
  readonly id: string;
  /** Unix seconds. */
  readonly createdAt: number;
}

/** Why what was read of a checkpoint may no longer be so. */
export type Age = 'beforeChange' | 'couldNotBeReadAgain' | 'long';

/** From this age on, in milliseconds, the matrix says when something was read. */
export const longAgo = 15 * 60_000;

/** Why something may no longer be so: it grows old also while nobody tells anything of it. `now` as `readAt`. */
export function ageOf(
  { age, readAt }: { readonly age?: Age | undefined; readonly readAt?: number },
  now: number,
): Age | undefined {
  return age ?? (readAt !== undefined && now - readAt >= longAgo ? 'long' : undefined);
}

/**
 * What is known of one checkpoint, for all projects at once. `P` is how projects are called: by id in the domain, by a
 * number in the page.
 */
export interface RowKnowledge<P> {
  /** The permissions that were read, by project. */
  readonly access: ReadonlyMap<P, readonly CellPermission[]>;
  /** How far the list was read: only a complete one can tell that a project has no access. */
  readonly read: 'nothing' | 'part' | 'all';
  readonly reading: boolean;
  /** The project that owns the model, where somebody has told. */
  readonly owner?: P;
  /** Why the list, or the rest of it, could not be read, in words. */
  readonly failure?: string;
  /** Reading it was stopped by a person. */
  readonly cancelled?: boolean;
}

/** What is known of one project's access to one checkpoint. `unknown` and `failed` never mean that there is none. */
export type Cell =
  | { readonly kind: 'access'; readonly permissions: readonly CellPermission[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'owner' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly cancelled: boolean };

export function cellOf<P>(row: RowKnowledge<P>, project: P): Cell {
  const permissions = row.access.get(project);
  if (permissions) return { kind: 'access', permissions };
  if (row.owner !== undefined && row.owner === project) return { kind: 'owner' };
  if (row.read === 'all') return { kind: 'none' };
  if (row.reading) return { kind: 'reading' };
  if (row.failure !== undefined) return { kind: 'failed', reason: row.failure };
  return { kind: 'unknown', cancelled: row.cancelled === true };
}

/** A change that waits for its preview. */
export type StagedAction = 'grant' | 'revoke';

/** Why nothing can be staged for a cell. */
export type Refusal = 'notRead' | 'reading' | 'failed' | 'owner' | 'archived' | 'has' | 'hasNot';

/** Whether a change can be staged for a cell: only one that is known, and not one that is in vain. */
export function refusalOf(cell: Cell, action: StagedAction, archived: boolean): Refusal | undefined {
  switch (cell.kind) {
    case 'access':
      return action === 'grant' ? 'has' : undefined;
    case 'none':
      if (action === 'revoke') return 'hasNot';
      return archived ? 'archived' : undefined;
    case 'owner':
      return 'owner';
    case 'reading':
      return 'reading';
    case 'failed':
      return 'failed';
    case 'unknown':
      return 'notRead';
  }
}

/** What is to become of the cells: `toggle` gives all of them access unless all have or are to have it already. */
export type StagingAction = StagedAction | 'toggle' | 'unstage';

/** Why some of the cells could not be staged: how many, and one of them. */
export interface Refused {
  readonly why: Refusal;
  readonly count: number;
  readonly checkpoint: string;
  readonly project: string;
}

/** How far reading a matrix has come, for the person who waits. */
export interface ReadingProgress {
  /** Checkpoints whose list was read to its end, or could not be. */
  readonly done: number;
  readonly total: number;
  /** How many of them could not be read, not to their end, or not again. */
  readonly failed: number;
  /** Requests are under way or wait. */
  readonly isReading: boolean;
  /** A person has stopped it with lists left to read. */
  readonly isStopped: boolean;
  /** Until when the next of its requests waits, where one does. */
  readonly wait?: Wait;
}

export interface Wait {
  readonly reason: 'rate-limit' | 'retry';
  /** Milliseconds since 1970. */
  readonly until: number;
}
