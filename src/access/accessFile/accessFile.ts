import type { Acceptance } from '../evidence/review/accepted';

/** The most revokes, apart from those that `until` ends, unless the file says another number. */
export const defaultRemovals = 5;

/** The highest number that a file can say. */
export const mostRemovals = 10_000;

/** The longest text of the file, in UTF-16 units. */
export const longestAccessFile = 4 * 1024 * 1024;

/** How deep objects and arrays may be nested. The format itself needs five. */
export const deepestAccessFile = 12;

/** The longest IDs, names, and reasons, in characters. */
export const longestInFile = { id: 300, project: 200, organization: 200, name: 300, reason: 300 } as const;

/** A part of a text, in UTF-16 units. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

/** What a file says about the permissions that it doesn't list: `exact` revokes them, `additive` keeps them. */
export const ownerships = ['exact', 'additive'] as const;
export type FileOwnership = (typeof ownerships)[number];

/** A valid access file. */
export interface AccessFile {
  /** The organization that it is about, as the server names it. */
  readonly organization: string;
  /** The most revokes, apart from those that `until` ends. */
  readonly removals: number;
  /** In the order of the file. */
  readonly checkpoints: readonly FileCheckpoint[];
  readonly accepted: readonly FileAcceptance[];
  /** Where parts are that edits insert into. */
  readonly places: { readonly organization: TextRange; readonly checkpoints: TextRange };
}

/** What a file says about one checkpoint. */
export interface FileCheckpoint {
  readonly id: string;
  readonly ownership: FileOwnership;
  /** In the order of the file. Each project once. */
  readonly grants: readonly FileGrant[];
  readonly places: {
    /** The key and its value. */
    readonly property: TextRange;
    readonly id: TextRange;
    readonly ownership: TextRange;
    /** The array, with its brackets. */
    readonly grants: TextRange;
  };
}

/** What a file says about the access of one project. */
export interface FileGrant {
  readonly project: string;
  /** What a person calls the project. It decides nothing. */
  readonly name?: string;
  readonly reason?: string;
  /** The last day of the access, `YYYY-MM-DD` in UTC. */
  readonly until?: string;
  readonly places: {
    /** The object, with its braces. */
    readonly grant: TextRange;
    readonly project: TextRange;
    readonly name?: TextRange;
    readonly reason?: TextRange;
    readonly until?: TextRange;
  };
}

/** A finding that the file accepts. */
export interface FileAcceptance extends Acceptance {
  readonly places: { readonly acceptance: TextRange; readonly until: TextRange };
}

/** The checkpoint of a file; undefined where the file doesn't manage it. */
export function managedBy(file: AccessFile, checkpoint: string): FileCheckpoint | undefined {
  return file.checkpoints.find(({ id }) => id === checkpoint);
}

/** Whether the last day of something is over. `today`: `YYYY-MM-DD` in UTC. */
export function isOver({ until }: { readonly until?: string }, today: string): boolean {
  return until !== undefined && until < today;
}
