import { asObject } from '../../../protocol/validators';
import { type FindingsSort, sortColumns } from './arrange';

/** What a reload keeps of the tab. */
export interface FindingsState {
  /** The categories that are expanded. */
  readonly expanded: readonly string[];
  readonly sort?: FindingsSort | undefined;
  readonly scrollTop: number;
}

/** Checks a kept state. An invalid part gets its default value. */
export function parseFindingsState(kept: unknown): FindingsState {
  const { expanded, sort, scrollTop } = asObject(kept);
  const { column, descending } = asObject(sort);
  const known = sortColumns.find((each) => each === column);
  return {
    expanded: Array.isArray(expanded) ? expanded.filter((each) => typeof each === 'string').slice(0, 20) : [],
    ...(known && { sort: { column: known, descending: descending === true } }),
    scrollTop: typeof scrollTop === 'number' && scrollTop >= 0 ? scrollTop : 0,
  };
}
