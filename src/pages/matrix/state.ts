import { defaultViewOptions, type ViewOptions } from './order';

/** State of the page that VS Code keeps while the tab is hidden. Checkpoint and project are keys of the same matrix. */
export interface PageState {
  readonly options: ViewOptions;
  readonly scroll: { readonly top: number; readonly left: number };
  /** The position that had the keyboard focus. */
  readonly checkpoint?: number;
  readonly project?: number;
}

const sorts = { sortCheckpoints: ['list', 'name', 'count', 'end'], sortProjects: ['name', 'count'] } as const;

/** Validates a saved state. An invalid part gets its default value. */
export function parseState(saved: unknown): PageState {
  const { options, scroll, checkpoint, project } = asObject(saved);
  const { searchCheckpoints, searchProjects, sortCheckpoints, sortProjects, isTransposed } =
    asObject(options);
  const { top, left } = asObject(scroll);
  return {
    options: {
      searchCheckpoints:
        typeof searchCheckpoints === 'string' ? searchCheckpoints : defaultViewOptions.searchCheckpoints,
      searchProjects: typeof searchProjects === 'string' ? searchProjects : defaultViewOptions.searchProjects,
      sortCheckpoints:
        sorts.sortCheckpoints.find((sort) => sort === sortCheckpoints) ?? defaultViewOptions.sortCheckpoints,
      sortProjects:
        sorts.sortProjects.find((sort) => sort === sortProjects) ?? defaultViewOptions.sortProjects,
      isTransposed: isTransposed === true,
    },
    scroll: { top: typeof top === 'number' ? top : 0, left: typeof left === 'number' ? left : 0 },
    ...(typeof checkpoint === 'number' && { checkpoint }),
    ...(typeof project === 'number' && { project }),
  };
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
