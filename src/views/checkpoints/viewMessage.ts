import type { Arrangement } from '../../access/catalog/arrangement';
import { type Filter, isFiltering } from '../../access/catalog/matchesFilter';
import type { Organization } from '../../access/organization';
import { plainText } from '../../editor/plainText';
import { ago } from '../../editor/time';
import type { Extent } from './arrangedRoot';

const sortedBy: Readonly<Record<Arrangement['sort'], string>> = {
  added: '',
  name: 'Sorted by name.',
  date: 'Sorted by date, newest first.',
  permissions: 'Sorted by number of permissions as far as they are known.',
};

/**
 * What the view says above its rows: which organization it is (`label`, empty where there is but one), what a filter
 * hides, what is not known of what it shows, and in which order the rows are; `names` is what there is to say of the names
 * of projects. Undefined when the list is empty, because a message hides the welcome.
 */
export function messageOf(
  organization: Organization,
  label: string,
  { sort }: Arrangement,
  filter: Filter,
  extent: Extent,
  names: string,
  now: number,
): string | undefined {
  if (extent.listed === 0) return undefined;
  const parts = [
    label === '' || organization.isSample ? '' : `Organization: ${label}.`,
    isFiltering(filter) ? filteredInWords(organization, filter, extent, now) : '',
    sortedBy[sort],
    organization.isSample
      ? `Sample organization ${plainText(organization.name, 100)}: invented data, nothing leaves this window.`
      : '',
    names,
  ];
  return parts.filter(Boolean).join(' ') || undefined;
}

function filteredInWords(organization: Organization, filter: Filter, extent: Extent, now: number): string {
  const { shown, listed, notRead, ended, endNotKnown, notSearched, accessNotKnown, accessAsOf } = extent;
  const uncertain = [
    filter.endsWithin !== undefined && notRead > 0 ? `${notRead} of them not read yet` : '',
    accessNotKnown > 0 ? `of ${accessNotKnown} it is not known` : '',
    accessAsOf === undefined ? '' : `as read ${ago(accessAsOf, now)} or later`,
  ];
  const count = [`${shown} of ${listed} shown`, ...uncertain].filter(Boolean).join(', ');
  const gone =
    filter.endsWithin !== undefined && ended > 0
      ? ` ${ended} of the list ${ended === 1 ? 'has' : 'have'} ended already.`
      : '';
  const noEnd =
    filter.endsWithin !== undefined && endNotKnown > 0
      ? ` Of ${endNotKnown} of the list no end is known.`
      : '';
  const unsearched =
    notSearched > 0
      ? ` Not all projects are known of ${notSearched} that ${notSearched === 1 ? 'is' : 'are'} hidden.`
      : '';
  const all = shown === 0 ? ' Clear Filter shows all.' : '';
  return `${filterInWords(organization, filter)}: ${count}.${gone}${all}${noEnd}${unsearched}`;
}

/** `Filtered by “bot”, ends within 60 days`. */
export function filterInWords(organization: Organization, { text, project, endsWithin }: Filter): string {
  const parts = [
    text?.trim() ? `“${plainText(text, 60)}”` : '',
    project === undefined ? '' : `what ${projectName(organization, project)} can use`,
    endsWithin === undefined ? '' : `shared and ends within ${endsWithin} days`,
  ];
  return `Filtered by ${parts.filter(Boolean).join(', ')}`;
}

/** A project's name in quotation marks, or its id while the name is not known. */
export function projectName({ projects }: Organization, project: string): string {
  // A name of nothing but unseen characters is none.
  const name = plainText(projects.nameOf(project) ?? '', 100);
  return name === '' ? plainText(project, 100) : `“${name}”`;
}
