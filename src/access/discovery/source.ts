import type { IncompleteReason, Waiting } from '../../openai';
import type { CatalogEntry } from '../catalog/catalogEntry';

/** How far a source is: so many events of the audit log, days of usage, files, jobs, or jobs whose checkpoints are loaded. */
export interface Progress {
  readonly of: 'events' | 'days' | 'files' | 'jobs' | 'jobCheckpoints';
  readonly done: number;
  /** Absent where it is unknown. */
  readonly total?: number;
}

/** Why a source may have more checkpoints than it found. */
export type Gap =
  | { readonly kind: 'stopped' }
  /** The server contradicted itself. */
  | { readonly kind: 'brokenOff'; readonly reason: IncompleteReason }
  | { readonly kind: 'jobCheckpoints'; readonly job: string; readonly error: unknown }
  | { readonly kind: 'models'; readonly error: unknown }
  /** Only the first files were searched. */
  | { readonly kind: 'tooManyFiles'; readonly searched: number }
  /** Files above a size, in bytes, were not searched. */
  | { readonly kind: 'largeFiles'; readonly count: number; readonly largest: number }
  /** Files or folders. */
  | { readonly kind: 'unreadable'; readonly count: number };

/** What a search gives its sources. */
export interface Search {
  /** Aborts when the person stops the search. What was found until then is kept. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: number;
  progress(progress: Progress): void;
  onWait(waiting: Waiting): void;
}

/** What kind of place a source searches. `label`: what people call the project of a key, not safe to show as it is. */
export type SourcePlace =
  | { readonly kind: 'auditLog' }
  | { readonly kind: 'usage'; readonly days: number }
  | { readonly kind: 'workspace' }
  | { readonly kind: 'jobs'; readonly label: string };

/** A place where checkpoints can be found. */
export interface Source {
  /** Unique among the sources of one search. */
  readonly id: string;
  readonly place: SourcePlace;
  /**
   * Hands over what it finds as it goes, a checkpoint perhaps several times. Resolves to why something may be missing,
   * empty when it looked everywhere. Rejects when it cannot continue.
   */
  find(found: (entry: CatalogEntry) => void, search: Search): Promise<readonly Gap[]>;
}
