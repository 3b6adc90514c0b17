import type { CheckpointHeading, ProjectHeading } from '../../protocol/matrix';
import { fold, searchWords } from '../../text/fold';
import { names } from '../../text/order';
import type { MatrixModel } from './model';

/** The search, sort order, and orientation that the person chose. */
export interface ViewOptions {
  readonly searchCheckpoints: string;
  readonly searchProjects: string;
  readonly sortCheckpoints: 'list' | 'name' | 'count' | 'end';
  readonly sortProjects: 'name' | 'count';
  /** True with projects as rows and checkpoints as columns. */
  readonly isTransposed: boolean;
}

export const defaultViewOptions: ViewOptions = {
  searchCheckpoints: '',
  searchProjects: '',
  sortCheckpoints: 'list',
  sortProjects: 'name',
  isTransposed: false,
};

type Compare<T> = (one: T, other: T) => number;

/** The checkpoints that match the search, sorted. */
export function orderedCheckpoints(
  model: MatrixModel,
  { searchCheckpoints, sortCheckpoints }: ViewOptions,
): CheckpointHeading[] {
  const matches = search(model.checkpoints, searchCheckpoints);
  const byCount: Compare<CheckpointHeading> = (one, other) =>
    model.countOfCheckpoint(other.key).number - model.countOfCheckpoint(one.key).number;
  // Checkpoints without a known shutdown date come last.
  const byEnd: Compare<CheckpointHeading> = (one, other) =>
    compareText(one.shutdown?.shutsDownOn ?? '~', other.shutdown?.shutsDownOn ?? '~');
  switch (sortCheckpoints) {
    case 'list':
      return matches;
    case 'name':
      return matches.sort(byName);
    case 'count':
      return matches.sort(compareBy(byCount, byName));
    case 'end':
      return matches.sort(compareBy(byEnd, byName));
  }
}

/** The projects that match the search, sorted: by name, archived projects come last. */
export function orderedProjects(
  model: MatrixModel,
  { searchProjects, sortProjects }: ViewOptions,
): ProjectHeading[] {
  const matches = search(model.projects, searchProjects);
  const byCount: Compare<ProjectHeading> = (one, other) =>
    model.countOfProject(other.key).number - model.countOfProject(one.key).number;
  const archivedLast: Compare<ProjectHeading> = (one, other) => Number(one.archived) - Number(other.archived);
  return matches.sort(
    sortProjects === 'count' ? compareBy(byCount, byName) : compareBy(archivedLast, byName),
  );
}

/** The items whose name or ID contains every word of the search. */
function search<T extends { readonly name: string; readonly id: string }>(
  all: readonly T[],
  search: string,
): T[] {
  const words = searchWords(search);
  return all.filter(({ name, id }) => {
    const text = fold(`${name} ${id}`);
    return words.every((word) => text.includes(word));
  });
}

function byName(one: { readonly name: string; readonly id: string }, other: typeof one): number {
  return names.compare(one.name, other.name) || compareText(one.id, other.id);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function compareBy<T>(...compare: readonly Compare<T>[]): Compare<T> {
  return (one, other) => {
    for (const each of compare) {
      const order = each(one, other);
      if (order !== 0) return order;
    }
    return 0;
  };
}
