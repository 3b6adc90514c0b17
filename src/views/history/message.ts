import { filterHistory, type HistoryFilter, isFilteringHistory } from '../../access/evidence/history/filter';
import type { HistorySnapshot } from '../../access/evidence/history/history';
import type { Organization } from '../../access/organization';
import { filteredHistoryInWords, historyFilterInWords, historyMessage } from '../../words/history';
import { quotedProject } from '../../words/projects';

/** The names of projects and checkpoints. */
type NamedOrganization = Pick<Organization, 'projects' | 'catalog'>;

/**
 * The message above the rows: the organization (`label`, empty when there is only one), the filter with what it hides,
 * and the age of the log. Undefined before anything is loaded.
 */
export function historyViewMessage(
  organization: Organization,
  label: string,
  history: HistorySnapshot,
  filter: HistoryFilter,
  now: number,
): string | undefined {
  const { isSample } = organization;
  const filtered = isFilteringHistory(filter) ? filteredInWords(organization, history, filter) : '';
  return historyMessage(history, { label, isSample }, filtered, now) || undefined;
}

function filteredInWords(
  organization: NamedOrganization,
  { changes }: HistorySnapshot,
  filter: HistoryFilter,
): string {
  const { shown, undecided } = filterHistory(changes, filter, () => '');
  const counts = { shown: shown.length, all: changes.length, undecided };
  return filteredHistoryInWords(filterInWords(organization, filter), filter, counts);
}

/** `support-bot · “Berth planning” · by ines@… · Mar 4, 2026 to Mar 5, 2026`. */
export function filterInWords(organization: NamedOrganization, filter: HistoryFilter): string {
  const { project } = filter;
  const name = project === undefined ? '' : quotedProject(organization.projects, project);
  return historyFilterInWords(filter, name, organization);
}
