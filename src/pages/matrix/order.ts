import type { CheckpointHeading, ProjectHeading } from '../../protocol/matrix';
import { names } from '../../text/order';
import type { MatrixModel } from './model';

/** How the person wants the matrix shown. */
export interface ViewOptions {
  readonly searchCheckpoints: string;
  readonly searchProjects: string;
  readonly sortCheckpoints: 'list' | 'name' | 'count' | 'end';
  readonly sortProjects: 'name' | 'count';
  /** Projects down and checkpoints across. */
  readonly transposed: boolean;
}

export const defaultViewOptions: ViewOptions = {
  searchCheckpoints: '',
  searchProjects: '',
  sortCheckpoints: 'list',
  sortProjects: 'name',
  transposed: false,
};

type Compare<T> = (one: T, other: T) => number;

/** The checkpoints that are to be shown, in order. */
export function orderedCheckpoints(
  model: MatrixModel,
  { searchCheckpoints, sortCheckpoints }: ViewOptions,
): CheckpointHeading[] {
  const found = matching(model.checkpoints, searchCheckpoints);
  const byCount: Compare<CheckpointHeading> = (one, other) =>
    model.countOfCheckpoint(other.key).number - model.countOfCheckpoint(one.key).number;
  // Those without a known shutdown date come last.
  const byEnd: Compare<CheckpointHeading> = (one, other) =>
    compareText(one.retirement?.endsOn ?? '~', other.retirement?.endsOn ?? '~');
  switch (sortCheckpoints) {
    case 'list':
      return found;
    case 'name':
      return found.sort(byName);
    case 'count':
      return found.sort(inTurn(byCount, byName));
    case 'end':
      return found.sort(inTurn(byEnd, byName));
  }
}

/** The projects that are to be shown, in order: archived ones after the others. */
export function orderedProjects(
  model: MatrixModel,
  { searchProjects, sortProjects }: ViewOptions,
): ProjectHeading[] {
  const found = matching(model.projects, searchProjects);
  const byCount: Compare<ProjectHeading> = (one, other) =>
    model.countOfProject(other.key).number - model.countOfProject(one.key).number;
  const archivedLast: Compare<ProjectHeading> = (one, other) => Number(one.archived) - Number(other.archived);
  return found.sort(sortProjects === 'count' ? inTurn(byCount, byName) : inTurn(archivedLast, byName));
}

/** Those whose name or id contains every word of the search. */
function matching<T extends { readonly name: string; readonly id: string }>(
  all: readonly T[],
  search: string,
): T[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ name, id }) => {
    const text = `${name} ${id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function byName(one: { readonly name: string; readonly id: string }, other: typeof one): number {
  return names.compare(one.name, other.name) || compareText(one.id, other.id);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function inTurn<T>(...compare: readonly Compare<T>[]): Compare<T> {
  return (one, other) => {
    for (const each of compare) {
      const order = each(one, other);
      if (order !== 0) return order;
    }
    return 0;
  };
}
