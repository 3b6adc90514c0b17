import { defaultViewOptions, type ViewOptions } from './order';

/** What of the page outlives its being out of sight. Keys are those of the same open matrix. */
export interface PageState {
  readonly wanted: ViewOptions;
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
      searchCheckpoints:
        typeof searchCheckpoints === 'string' ? searchCheckpoints : defaultViewOptions.searchCheckpoints,
      searchProjects: typeof searchProjects === 'string' ? searchProjects : defaultViewOptions.searchProjects,
      sortCheckpoints:
        sorts.sortCheckpoints.find((sort) => sort === sortCheckpoints) ?? defaultViewOptions.sortCheckpoints,
      sortProjects:
        sorts.sortProjects.find((sort) => sort === sortProjects) ?? defaultViewOptions.sortProjects,
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
