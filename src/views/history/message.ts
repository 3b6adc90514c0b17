import { filterHistory, type HistoryFilter, isFilteringHistory } from '../../access/evidence/history/filter';
import type { HistorySnapshot } from '../../access/evidence/history/history';
import type { Organization } from '../../access/organization';
import { filteredHistoryInWords, historyFilterInWords, historyMessage } from '../../words/history';
import { quotedProject } from '../../words/projects';

/**
 * The message above the rows: the organization (`label`, empty when there is only one), the filter with what it hides,
 * and the age of the log. Undefined before anything is loaded.
 */
export function historyViewMessage(
  { isSample, projects }: Organization,
  label: string,
  history: HistorySnapshot,
  filter: HistoryFilter,
  now: number,
): string | undefined {
  const filtered = isFilteringHistory(filter) ? filteredInWords(projects, history, filter) : '';
  return historyMessage(history, { label, isSample }, filtered, now) || undefined;
}

function filteredInWords(
  projects: Organization['projects'],
  { changes }: HistorySnapshot,
  filter: HistoryFilter,
): string {
  const { shown, undecided } = filterHistory(changes, filter);
  const counts = { shown: shown.length, all: changes.length, undecided };
  return filteredHistoryInWords(filterInWords({ projects }, filter), filter, counts);
}

/** `support-bot · “Berth planning” · by ines@… · Mar 4, 2026 to Mar 5, 2026`. */
export function filterInWords({ projects }: Pick<Organization, 'projects'>, filter: HistoryFilter): string {
  const { project } = filter;
  const name = project === undefined ? '' : quotedProject(projects, project);
  return historyFilterInWords(filter, name);
}
