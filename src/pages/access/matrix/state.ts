import { defaultViewOptions, type ViewOptions } from './order';

/** State of the matrix that VS Code keeps, also across a reload. Checkpoint and project are IDs. */
export interface PageState {
  readonly options: ViewOptions;
  readonly scroll: { readonly top: number; readonly left: number };
  /** The position that had the keyboard focus. */
  readonly checkpoint?: string;
  readonly project?: string;
}

const sorts = { sortCheckpoints: ['list', 'name', 'count', 'end'], sortProjects: ['name', 'count'] } as const;

/** Validates a saved state. An invalid part gets its default value. */
export function parseState(saved: unknown): PageState {
  const { options, scroll, checkpoint, project } = asObject(saved);
  const { search, sortCheckpoints, sortProjects, isTransposed } = asObject(options);
  const { top, left } = asObject(scroll);
  return {
    options: {
      search: typeof search === 'string' ? search : defaultViewOptions.search,
      sortCheckpoints:
        sorts.sortCheckpoints.find((sort) => sort === sortCheckpoints) ?? defaultViewOptions.sortCheckpoints,
      sortProjects:
        sorts.sortProjects.find((sort) => sort === sortProjects) ?? defaultViewOptions.sortProjects,
      isTransposed: isTransposed === true,
    },
    scroll: { top: typeof top === 'number' ? top : 0, left: typeof left === 'number' ? left : 0 },
    ...(typeof checkpoint === 'string' && { checkpoint }),
    ...(typeof project === 'string' && { project }),
  };
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
