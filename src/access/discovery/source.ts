import type { Waiting } from '../../openai';
import type { CatalogEntry } from '../catalog/catalogEntry';

/** What a search gives its sources. */
export interface Search {
  /** Aborts when the person stops the search; what was found until then is kept. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Tells how far it is, in a few words: `200 events`. */
  progress(words: string): void;
  onWait(waiting: Waiting): void;
}

/** A place where checkpoints can be found. */
export interface Source {
  /** Tells sources of one search apart. */
  readonly id: string;
  /** As people are told: `Audit log`, `Fine-tuning jobs of Berth planning`. */
  readonly title: string;
  /**
   * Hands over what it finds as it goes, a checkpoint perhaps several times. Resolves to why something may be missing, as
   * the end of a sentence, or to undefined when it looked everywhere; rejects when it cannot go on.
   */
  find(found: (entry: CatalogEntry) => void, search: Search): Promise<string | undefined>;
}

/** A day as it stands in what is kept, `2026-03-04` in UTC; the moment is in unix seconds. */
export function day(seconds: number): string {
  return Number.isFinite(seconds) && Math.abs(seconds) < 8.64e12
    ? new Date(seconds * 1000).toISOString().slice(0, 10)
    : 'an unknown day';
}
