import { IncompleteListError } from '../../openai';
import { type CatalogEntry, mergedEntries } from '../catalog/catalogEntry';
import type { Search, Source } from './source';

/** How the search of one source ended. */
export type SourceEnd =
  | { readonly kind: 'complete' }
  /** What it found counts, and something may be missing: `reason` says why, as the end of a sentence. */
  | { readonly kind: 'incomplete'; readonly reason: string }
  /** The error says why; what was found before it counts. */
  | { readonly kind: 'failed'; readonly error: unknown };

export interface SourceReport {
  readonly source: Source;
  readonly end: SourceEnd;
  /** How many different checkpoints it found. */
  readonly found: number;
}

/** What a search came to: each checkpoint once, with everything that any source said of it. */
export interface Discovery {
  readonly entries: readonly CatalogEntry[];
  readonly reports: readonly SourceReport[];
}

/** How far one source is, in words; an ended one has its report. */
export interface SourceProgress {
  readonly source: Source;
  readonly found: number;
  readonly words: string;
  readonly report?: SourceReport;
}

/**
 * Searches all sources side by side. Each fails for itself: never rejects. When the signal aborts, what was found until
 * then is kept and the sources that were not done say that they were stopped.
 */
export async function discover(
  sources: readonly Source[],
  search: Omit<Search, 'progress'>,
  onProgress: (progress: SourceProgress) => void,
): Promise<Discovery> {
  const entries = new Map<string, CatalogEntry>();
  const reports = await Promise.all(
    sources.map(async (source): Promise<SourceReport> => {
      const own = new Set<string>();
      const found = (entry: CatalogEntry): void => {
        own.add(entry.id);
        const known = entries.get(entry.id);
        entries.set(entry.id, known ? mergedEntries(known, entry) : entry);
      };
      const progress = (words: string): void => onProgress({ source, found: own.size, words });
      progress('searching');
      const end = await endOf(source, found, { ...search, progress });
      const report: SourceReport = { source, end, found: own.size };
      onProgress({ source, found: own.size, words: '', report });
      return report;
    }),
  );
  return { entries: [...entries.values()], reports };
}

async function endOf(
  source: Source,
  found: (entry: CatalogEntry) => void,
  search: Search,
): Promise<SourceEnd> {
  const stopped: SourceEnd = { kind: 'incomplete', reason: 'the search was stopped' };
  if (search.signal.aborted) return stopped;
  try {
    const reason = await source.find(found, search);
    if (search.signal.aborted) return stopped;
    return reason === undefined ? { kind: 'complete' } : { kind: 'incomplete', reason };
  } catch (error) {
    if (search.signal.aborted) return stopped;
    if (error instanceof IncompleteListError) return { kind: 'incomplete', reason: error.reason };
    return { kind: 'failed', error };
  }
}
