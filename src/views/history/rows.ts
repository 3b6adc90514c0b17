import { filterHistory, type HistoryFilter, isFilteringHistory } from '../../access/evidence/history/filter';
import type { HistorySnapshot } from '../../access/evidence/history/history';
import type { Organization } from '../../access/organization';
import type { HistoryFailure } from '../../words/history';
import type { ChangeNode, HistoryNode } from './nodes';

/** The names of projects are loaded with the log. */
function loadLogRow(organization: Organization): HistoryNode {
  const requests = organization.projectsStanding.state === 'notLoaded' ? 2 : 1;
  return { kind: 'loadLog', organization, requests };
}

/**
 * The rows of a history, newest first. When the log isn't loaded to its end, a row says so. Below that row are only the
 * changes made on this computer, so that a part is never mistaken for the whole.
 */
export function historyRows(
  organization: Organization,
  history: HistorySnapshot,
  filter: HistoryFilter,
): HistoryNode[] {
  const { changes, log, oldestLoggedAt, journalFailure } = history;
  const { shown } = filterHistory(changes, filter, () => '');
  const logIsWhole = log.ending.kind === 'complete';
  const rowOf = (change: ChangeNode['change']): ChangeNode => ({
    kind: 'change',
    organization,
    change,
    isLogComplete: logIsWhole,
  });
  const end = logIsWhole ? Number.NEGATIVE_INFINITY : (oldestLoggedAt ?? Number.POSITIVE_INFINITY);
  const failed = (failure: HistoryFailure): HistoryNode => ({ kind: 'failure', organization, failure });
  const boundary: HistoryNode[] = [];
  if (log.failure?.during === 'older') boundary.push(failed({ of: 'older', error: log.failure.error }));
  if (log.ending.kind === 'more')
    boundary.push({
      kind: 'older',
      organization,
      ...(oldestLoggedAt !== undefined && { backTo: oldestLoggedAt }),
    });
  if (log.ending.kind === 'incomplete') boundary.push(failed({ of: 'rest', reason: log.ending.reason }));
  const top: HistoryNode[] = [];
  if (log.ending.kind === 'unread' && !log.failure) top.push(loadLogRow(organization));
  if (log.failure?.during === 'newest')
    top.push(failed({ of: 'newest', isFirst: log.readAt === undefined, error: log.failure.error }));
  if (journalFailure !== undefined) top.push(failed({ of: 'journal', error: journalFailure }));
  const [logged, older] = [shown.filter(({ at }) => at >= end), shown.filter(({ at }) => at < end)];
  const rows = [...top, ...logged.map(rowOf), ...boundary, ...older.map(rowOf)];
  if (shown.length === 0 && log.readAt !== undefined)
    rows.unshift({ kind: 'nothing', organization, filtered: isFilteringHistory(filter), whole: logIsWhole });
  return rows;
}
