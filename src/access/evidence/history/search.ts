import { pauses } from '../../slices';
import type { Change } from './change';
import { filteredFacts, type HistoryFilter, judgeOf, type TextOfChange } from './filter';
import type { History } from './history';

/**
 * How a search ended: with a change that was not shown before, at the end of what the API has, with a failure (which the
 * history keeps), or because it was stopped.
 */
export type SearchEnd = 'found' | 'over' | 'failed' | 'stopped';

/**
 * Loads page after page for a filter until it shows one more change. The page that is under way when the search is
 * stopped is kept. Never rejects.
 */
export async function searchOlder(
  history: Pick<History, 'reachFor' | 'readOlderFor' | 'trailFor' | 'readyFor'>,
  filter: HistoryFilter,
  textOf: TextOfChange,
  signal: AbortSignal,
): Promise<SearchEnd> {
  const showsMore = newlyShown(async () => (await history.readyFor(filter)).changes, filter, textOf);
  await showsMore();
  while (!signal.aborted) {
    if (history.reachFor(filter).isOver) return 'over';
    const { events } = history.trailFor(filter).snapshot;
    const log = await history.readOlderFor(filter);
    if (await showsMore()) return 'found';
    if (signal.aborted) break;
    if (log.events !== events) continue;
    if (log.failure) return 'failed';
    // Nothing was loaded: the organization is no longer shown.
    if (log.ending.kind === 'unread' || log.ending.kind === 'more') return 'stopped';
  }
  return 'stopped';
}

/**
 * A function that says whether the filter shows a change that it did not show when it was called before. One that could
 * not be decided is looked at again: an older event can tell its project.
 */
function newlyShown(
  changes: () => Promise<readonly Change[]>,
  filter: HistoryFilter,
  textOf: TextOfChange,
): () => Promise<boolean> {
  const judge = judgeOf(filter);
  const decided = new Set<string>();
  return async () => {
    const all = await changes();
    const pause = pauses();
    let isNew = false;
    for (const change of all) {
      if (decided.has(change.id)) continue;
      const isShown = judge(filteredFacts(change, textOf));
      if (isShown !== undefined) decided.add(change.id);
      if (isShown) isNew = true;
      const turn = pause();
      if (turn !== undefined) await turn;
    }
    return isNew;
  };
}
