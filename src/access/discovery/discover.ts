import { IncompleteListError } from '../../openai';
import { type CatalogEntry, mergeEntries } from '../catalog/catalogEntry';
import type { Gap, Progress, Search, Source } from './source';

/** How the search of one source ended. */
export type SourceEnd =
  | { readonly kind: 'complete' }
  /** What it found counts, and it may have more. */
  | { readonly kind: 'incomplete'; readonly gaps: readonly Gap[] }
  /** What it found before the error counts. */
  | { readonly kind: 'failed'; readonly error: unknown };

export interface SourceReport {
  readonly source: Source;
  readonly end: SourceEnd;
  /** How many different checkpoints it found. */
  readonly found: number;
}

/** The result of a search: each checkpoint once, with what every source has of it. */
export interface Discovery {
  readonly entries: readonly CatalogEntry[];
  readonly reports: readonly SourceReport[];
}

/** How far one source is. Without `progress` it has just started, with `report` it has ended. */
export interface SourceProgress {
  readonly source: Source;
  readonly found: number;
  readonly progress?: Progress;
  readonly report?: SourceReport;
}

/**
 * Searches all sources side by side. Never rejects: a source that fails holds up no other. When the signal aborts, what
 * was found until then is kept, and sources that were not done end as stopped.
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
        entries.set(entry.id, known ? mergeEntries(known, entry) : entry);
      };
      const progress = (made: Progress): void => onProgress({ source, found: own.size, progress: made });
      onProgress({ source, found: 0 });
      const end = await searchSource(source, found, { ...search, progress });
      const report: SourceReport = { source, end, found: own.size };
      onProgress({ source, found: own.size, report });
      return report;
    }),
  );
  return { entries: [...entries.values()], reports };
}

async function searchSource(
  source: Source,
  found: (entry: CatalogEntry) => void,
  search: Search,
): Promise<SourceEnd> {
  const stopped: SourceEnd = { kind: 'incomplete', gaps: [{ kind: 'stopped' }] };
  if (search.signal.aborted) return stopped;
  try {
    const gaps = await source.find(found, search);
    if (search.signal.aborted) return stopped;
    return gaps.length === 0 ? { kind: 'complete' } : { kind: 'incomplete', gaps };
  } catch (error) {
    if (search.signal.aborted) return stopped;
    if (error instanceof IncompleteListError)
      return { kind: 'incomplete', gaps: [{ kind: 'brokenOff', reason: error.reason }] };
    return { kind: 'failed', error };
  }
}
