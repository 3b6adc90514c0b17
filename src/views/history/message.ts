import { filterHistory, type HistoryFilter, isFilteringHistory } from '../../access/evidence/history/filter';
import type { HistorySnapshot } from '../../access/evidence/history/history';
import { checkpointName, dayInWords, ofAnotherInWords } from '../../access/evidence/history/words';
import type { Organization } from '../../access/organization';
import { plainText } from '../../editor/plainText';
import { ago } from '../../editor/time';
import { projectName } from '../checkpoints/viewMessage';

/**
 * What the view says above its rows: which organization it is (`label`, empty where there is but one), the filter with
 * what it leaves out, and how old the log is. Undefined before anything was read.
 */
export function messageOfHistory(
  organization: Organization,
  label: string,
  history: HistorySnapshot,
  filter: HistoryFilter,
  now: number,
): string | undefined {
  const { log, changes } = history;
  const parts = [
    label === '' || organization.isSample ? '' : `Organization: ${label}.`,
    organization.isSample ? 'Sample organization: invented data.' : '',
    isFilteringHistory(filter) ? filteredInWords(organization, changes, filter) : '',
    log.readAt === undefined ? '' : `Audit log as read ${ago(log.readAt, now)}.`,
    history.ofAnother ? ofAnotherInWords(history.ofAnother) : '',
    history.beforeChange ? 'A change was sent since: refresh to see it.' : '',
  ];
  return parts.filter(Boolean).join(' ') || undefined;
}

function filteredInWords(
  organization: Organization,
  changes: HistorySnapshot['changes'],
  filter: HistoryFilter,
): string {
  const { shown, undecided } = filterHistory(changes, filter);
  const rest = undecided > 0 ? `, ${undecided} left out because what would tell is not known` : '';
  return `${filterInWords(organization, filter)}: ${shown.length} of ${changes.length} shown${rest}. Clear History Filter shows all.`;
}

/** `Filtered by support-bot, “Berth planning”, by ines@…, 4 Mar 2026 to 5 Mar 2026`. */
export function filterInWords(organization: Organization, filter: HistoryFilter): string {
  const { checkpoint, project, person } = filter;
  const parts = [
    checkpoint === undefined ? '' : plainText(checkpointName(checkpoint), 100),
    project === undefined ? '' : projectName(organization, project),
    person === undefined ? '' : `by ${plainText(person, 100)}`,
    timeInWords(filter),
  ];
  return `Filtered by ${parts.filter(Boolean).join(', ')}`;
}

/** The days of a filter; the end of one is the beginning of the day after. Empty when it has none. */
export function timeInWords({ from, to }: Pick<HistoryFilter, 'from' | 'to'>): string {
  const until = to === undefined ? '' : dayInWords(to - 1);
  if (from === undefined) return until && `until ${until}`;
  return until ? `${dayInWords(from)} to ${until}` : `since ${dayInWords(from)}`;
}
