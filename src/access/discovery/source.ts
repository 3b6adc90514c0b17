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
