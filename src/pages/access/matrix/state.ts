import { sorts } from '../../../access/catalog/arrangement';
import { asObject } from '../../../protocol/validators';
import type { ChosenHeadings } from './headingSizes';
import { defaultViewOptions, projectSorts, type ViewOptions } from './order';

/** State of the matrix that VS Code keeps, also across a reload. Checkpoint and project are IDs. */
export interface PageState {
  readonly options: ViewOptions;
  readonly scroll: { readonly top: number; readonly left: number };
  /** The sizes that the person gave the headings. */
  readonly headings: ChosenHeadings;
  /** The position that had the keyboard focus. */
  readonly checkpoint?: string;
  readonly project?: string;
}

/** Validates a saved state. An invalid part gets its default value. */
export function parseState(saved: unknown): PageState {
  const { options, scroll, headings, checkpoint, project } = asObject(saved);
  const { search, showsStaged, sortCheckpoints, sortProjects, isTransposed } = asObject(options);
  const { top, left } = asObject(scroll);
  const { width, height } = asObject(headings);
  return {
    options: {
      search: typeof search === 'string' ? search : defaultViewOptions.search,
      showsStaged: showsStaged === true,
      sortCheckpoints: sorts.find((sort) => sort === sortCheckpoints) ?? defaultViewOptions.sortCheckpoints,
      sortProjects: projectSorts.find((sort) => sort === sortProjects) ?? defaultViewOptions.sortProjects,
      isTransposed: isTransposed === true,
    },
    scroll: { top: isSize(top) ? top : 0, left: isSize(left) ? left : 0 },
    headings: { ...(isSize(width) && { width }), ...(isSize(height) && { height }) },
    ...(typeof checkpoint === 'string' && { checkpoint }),
    ...(typeof project === 'string' && { project }),
  };
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
