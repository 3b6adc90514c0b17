import type { HistoryFilter } from './filter';
import type { History } from './history';

/**
 * How a search ended: with a change that was not shown before, at the end of what the API has, with a failure (which the
 * history keeps), or because it was stopped.
 */
export type SearchEnd = 'found' | 'over' | 'failed' | 'stopped';

/**
 * Loads page after page for a filter until it shows one more change. `shown`: the number of changes it shows now. The
 * page that is under way when the search is stopped is kept. Never rejects.
 */
export async function searchOlder(
  history: Pick<History, 'reachFor' | 'readOlderFor' | 'trailFor'>,
  filter: HistoryFilter,
  shown: () => number,
  signal: AbortSignal,
): Promise<SearchEnd> {
  const before = shown();
  while (!signal.aborted) {
    if (history.reachFor(filter).isOver) return 'over';
    const trail = history.trailFor(filter);
    const { events } = trail.snapshot;
    const log = await history.readOlderFor(filter);
    if (shown() > before) return 'found';
    if (log.events !== events) continue;
    if (log.failure) return 'failed';
    // Nothing was loaded: the organization is no longer shown.
    if (log.ending.kind === 'unread' || log.ending.kind === 'more') return 'stopped';
  }
  return 'stopped';
}
