import { usual, type Wanted } from './order';

/** What of the page outlives its being out of sight. Keys are those of the same open matrix. */
export interface PageState {
  readonly wanted: Wanted;
  readonly scrolled: { readonly top: number; readonly left: number };
  /** Where the keyboard was. */
  readonly checkpoint?: number;
  readonly project?: number;
}

const sorts = { sortCheckpoints: ['list', 'name', 'count', 'end'], sortProjects: ['name', 'count'] } as const;

/** A state that was kept; whatever in it can be used is used. */
export function stateIn(kept: unknown): PageState {
  const { wanted, scrolled, checkpoint, project } = objectIn(kept);
  const { searchCheckpoints, searchProjects, sortCheckpoints, sortProjects, transposed } = objectIn(wanted);
  const { top, left } = objectIn(scrolled);
  return {
    wanted: {
      searchCheckpoints: typeof searchCheckpoints === 'string' ? searchCheckpoints : usual.searchCheckpoints,
      searchProjects: typeof searchProjects === 'string' ? searchProjects : usual.searchProjects,
      sortCheckpoints:
        sorts.sortCheckpoints.find((sort) => sort === sortCheckpoints) ?? usual.sortCheckpoints,
      sortProjects: sorts.sortProjects.find((sort) => sort === sortProjects) ?? usual.sortProjects,
      transposed: transposed === true,
    },
    scrolled: { top: typeof top === 'number' ? top : 0, left: typeof left === 'number' ? left : 0 },
    ...(typeof checkpoint === 'number' && { checkpoint }),
    ...(typeof project === 'number' && { project }),
  };
}

function objectIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
