import { filterHistory, type HistoryFilter, isFilteringHistory } from '../../access/evidence/history/filter';
import type { HistorySnapshot } from '../../access/evidence/history/history';
import { explain } from '../../access/explain';
import type { Organization } from '../../access/organization';
import type { ChangeNode, HistoryFailureNode, HistoryNode } from './nodes';

/**
 * The rows of a history, the newest first. Where the log was not read to its end there is a row that says so, and below it
 * stands only what this computer did: nobody is to take a part for the whole.
 */
export function rowsOf(
  organization: Organization,
  history: HistorySnapshot,
  filter: HistoryFilter,
): HistoryNode[] {
  const { changes, log, loggedBackTo, journalFailure } = history;
  const { shown } = filterHistory(changes, filter);
  const logIsWhole = log.ending.kind === 'complete';
  const rowOf = (change: ChangeNode['change']): ChangeNode => ({
    kind: 'change',
    organization,
    change,
    logIsWhole,
  });
  const end = logIsWhole ? Number.NEGATIVE_INFINITY : (loggedBackTo ?? Number.POSITIVE_INFINITY);
  const boundary: HistoryNode[] = [];
  if (log.failure?.during === 'older')
    boundary.push(failure('older', organization, log.failure.error, 'Older events could not be read: '));
  if (log.ending.kind === 'more')
    boundary.push({
      kind: 'older',
      organization,
      ...(loggedBackTo !== undefined && { backTo: loggedBackTo }),
    });
  if (log.ending.kind === 'incomplete') {
    boundary.push({
      kind: 'failure',
      organization,
      of: 'rest',
      what: 'The audit log broke off here',
      next: 'What is older is told by this computer’s journal alone.',
      detail: `Reading stopped because ${log.ending.reason}.`,
    });
  }
  const top: HistoryNode[] = [];
  if (log.failure?.during === 'newest') {
    const what =
      log.readAt === undefined
        ? 'The audit log could not be read: '
        : 'The newest events could not be read: ';
    top.push(failure('newest', organization, log.failure.error, what));
  }
  if (journalFailure !== undefined)
    top.push(failure('journal', organization, journalFailure, 'This computer’s journal could not be read: '));
  const [logged, older] = [shown.filter(({ at }) => at >= end), shown.filter(({ at }) => at < end)];
  const rows = [...top, ...logged.map(rowOf), ...boundary, ...older.map(rowOf)];
  if (shown.length === 0 && log.readAt !== undefined)
    rows.unshift({ kind: 'nothing', organization, filtered: isFilteringHistory(filter), whole: logIsWhole });
  return rows;
}

function failure(
  of: HistoryFailureNode['of'],
  organization: Organization,
  error: unknown,
  before: string,
): HistoryFailureNode {
  const { what, next, detail } = explain(error);
  const words = `${before}${what.charAt(0).toLowerCase()}${what.slice(1)}`;
  return { kind: 'failure', organization, of, what: words, next, ...(detail && { detail }) };
}
