import type { IncompleteReason, Waiting } from '../../openai';
import type { CatalogEntry } from '../catalog/catalogEntry';

/**
 * The progress of a source: events of the audit log, days of usage data, files, jobs, or jobs whose checkpoints are
 * loaded.
 */
export interface Progress {
  readonly of: 'events' | 'days' | 'files' | 'jobs' | 'jobCheckpoints';
  readonly done: number;
  /** Absent if unknown. */
  readonly total?: number;
}

/** Why a source may have more checkpoints than it found. */
export type Gap =
  | { readonly kind: 'stopped' }
  /** The responses contradict each other. */
  | { readonly kind: 'brokenOff'; readonly reason: IncompleteReason }
  | { readonly kind: 'jobCheckpoints'; readonly job: string; readonly error: unknown }
  | { readonly kind: 'models'; readonly error: unknown }
  /** Only the first files, up to a limit, were searched. */
  | { readonly kind: 'tooManyFiles'; readonly searched: number }
  /** Files above a size, in bytes, were skipped. */
  | { readonly kind: 'largeFiles'; readonly count: number; readonly largest: number }
  /** More different checkpoints were found than a search returns; it ended there. */
  | { readonly kind: 'tooManyFound'; readonly most: number }
  /** So many places in files were found that the search ended there. */
  | { readonly kind: 'tooManyPlaces'; readonly most: number }
  /** Rules of ignore files that were not applied, because matching them could take very long. */
  | { readonly kind: 'ignoreRules'; readonly count: number }
  /** Ignore files that were not applied, because they are too large. */
  | { readonly kind: 'ignoreFiles'; readonly count: number }
  /** Files and folders whose paths are too long for ignore rules, which could take very long. */
  | { readonly kind: 'longPaths'; readonly count: number }
  /** Files or folders that could not be read. */
  | { readonly kind: 'unreadable'; readonly count: number };

/** The context of a search, for its sources. */
export interface Search {
  /** Aborted when the person stops the search. Checkpoints found before are kept. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: number;
  progress(progress: Progress): void;
  onWait(waiting: Waiting): void;
}

/** The place that a source searches. `label`: the name of a project, not safe to show unescaped. */
export type SourcePlace =
  | { readonly kind: 'auditLog' }
  | { readonly kind: 'usage'; readonly days: number }
  | { readonly kind: 'workspace' }
  | { readonly kind: 'jobs'; readonly label: string };

/** A source of checkpoints. */
export interface Source {
  /** Unique among the sources of one search. */
  readonly id: string;
  readonly place: SourcePlace;
  /**
   * Calls `onFound` for each checkpoint, perhaps several times. Resolves to the gaps of the search; empty if it was
   * complete. Rejects if it cannot continue.
   */
  find(onFound: (entry: CatalogEntry) => void, search: Search): Promise<readonly Gap[]>;
}
