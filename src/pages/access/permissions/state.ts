import type { PermissionColumn } from '../../../words/permissionsTab';
import { allColumns } from './cells';
import { type Facet, parseFacets } from './facets';
import { defaultOrder, type PermissionOrder } from './sort';

/** What a reload of the page keeps of the tab. */
export interface PermissionsState {
  readonly order: PermissionOrder;
  readonly hidden: readonly PermissionColumn[];
  readonly facets: readonly Facet[];
  readonly scrollTop: number;
}

/** Parses a saved state. An invalid part gets its default value. */
export function parsePermissionsState(saved: unknown): PermissionsState {
  const { order, hidden, facets, scrollTop } = (saved ?? {}) as Record<string, unknown>;
  const { column, descending } = (order ?? {}) as Record<string, unknown>;
  const sortedBy = allColumns.find((each) => each === column);
  return {
    order: sortedBy ? { column: sortedBy, descending: descending === true } : defaultOrder,
    // The first column names the row.
    hidden: Array.isArray(hidden)
      ? allColumns.filter((each) => each !== 'project' && hidden.includes(each))
      : [],
    facets: parseFacets(facets),
    scrollTop: typeof scrollTop === 'number' && scrollTop > 0 ? scrollTop : 0,
  };
}
