import { IncompleteListError } from '../../openai';
import { type CatalogEntry, mergeEntries } from '../catalog/catalogEntry';
import type { Gap, Progress, Search, Source } from './source';

/** The result of searching one source. */
export type SourceEnd =
  | { readonly kind: 'complete' }
  /** The source may have more checkpoints than it found. */
  | { readonly kind: 'incomplete'; readonly gaps: readonly Gap[] }
  /** Checkpoints found before the error count. */
  | { readonly kind: 'failed'; readonly error: unknown };

export interface SourceReport {
  readonly source: Source;
  readonly end: SourceEnd;
  /** The number of different checkpoints found. */
  readonly found: number;
}

/** The result of a search: each checkpoint once, merged from all sources. */
export interface Discovery {
  readonly entries: readonly CatalogEntry[];
  readonly reports: readonly SourceReport[];
}

/** The most different checkpoints that a search returns: a person chooses among them in one list. */
export const mostFound = 5000;

/** The progress of one source. Without `progress` it has just started, with `report` it has ended. */
export interface SourceProgress {
  readonly source: Source;
  readonly found: number;
  readonly progress?: Progress;
  readonly report?: SourceReport;
}

/**
 * Searches all sources concurrently. Never rejects: a failing source stops no other. After an abort, found
 * checkpoints are kept and unfinished sources end as stopped. Sources that find more than {@link mostFound} are ended,
 * too.
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
      const tooMany = new AbortController();
      const onFound = (entry: CatalogEntry): void => {
        const known = entries.get(entry.id);
        if (!known && entries.size >= mostFound) {
          tooMany.abort();
          return;
        }
        own.add(entry.id);
        entries.set(entry.id, known ? mergeEntries(known, entry) : entry);
      };
      const progress = (current: Progress): void =>
        onProgress({ source, found: own.size, progress: current });
      onProgress({ source, found: 0 });
      const end = await searchSource(source, onFound, { ...search, progress }, tooMany.signal);
      const report: SourceReport = { source, end, found: own.size };
      onProgress({ source, found: own.size, report });
      return report;
    }),
  );
  return { entries: [...entries.values()], reports };
}

async function searchSource(
  source: Source,
  onFound: (entry: CatalogEntry) => void,
  search: Search,
  tooMany: AbortSignal,
): Promise<SourceEnd> {
  const stopped: SourceEnd = { kind: 'incomplete', gaps: [{ kind: 'stopped' }] };
  const endedEarly: SourceEnd = {
    kind: 'incomplete',
    gaps: [{ kind: 'tooManyFound', most: mostFound }],
  };
  if (search.signal.aborted) return stopped;
  try {
    const signal = AbortSignal.any([search.signal, tooMany]);
    const gaps = await source.find(onFound, { ...search, signal });
    if (search.signal.aborted) return stopped;
    if (tooMany.aborted) return endedEarly;
    return gaps.length === 0 ? { kind: 'complete' } : { kind: 'incomplete', gaps };
  } catch (error) {
    if (search.signal.aborted) return stopped;
    if (tooMany.aborted) return endedEarly;
    if (error instanceof IncompleteListError)
      return { kind: 'incomplete', gaps: [{ kind: 'brokenOff', reason: error.reason }] };
    return { kind: 'failed', error };
  }
}
