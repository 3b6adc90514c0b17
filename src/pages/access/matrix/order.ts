import type { CheckpointHeading, ProjectHeading } from '../../../protocol/matrix';
import { fold, searchWords } from '../../../text/fold';
import { names } from '../../../text/order';
import type { MatrixModel } from './model';
import { splitSearch } from './split';

/** The search, sort order, and orientation that the person chose. */
export interface ViewOptions {
  /** The search of the page. */
  readonly search: string;
  readonly sortCheckpoints: 'list' | 'name' | 'count' | 'end';
  readonly sortProjects: 'name' | 'count';
  /** True with projects as rows and checkpoints as columns. */
  readonly isTransposed: boolean;
}

export const defaultViewOptions: ViewOptions = {
  search: '',
  sortCheckpoints: 'list',
  sortProjects: 'name',
  isTransposed: false,
};

type Compare<T> = (one: T, other: T) => number;

/** The checkpoints that match the search, sorted. */
export function orderedCheckpoints(
  model: MatrixModel,
  { search, sortCheckpoints }: ViewOptions,
): CheckpointHeading[] {
  const { checkpoints } = splitSearch(search, model.checkpoints, model.projects);
  const matches = matching(model.checkpoints, checkpoints);
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
export function orderedProjects(model: MatrixModel, { search, sortProjects }: ViewOptions): ProjectHeading[] {
  const { projects } = splitSearch(search, model.checkpoints, model.projects);
  const matches = matching(model.projects, projects);
  const byCount: Compare<ProjectHeading> = (one, other) =>
    model.countOfProject(other.key).number - model.countOfProject(one.key).number;
  const archivedLast: Compare<ProjectHeading> = (one, other) => Number(one.archived) - Number(other.archived);
  return matches.sort(
    sortProjects === 'count' ? compareBy(byCount, byName) : compareBy(archivedLast, byName),
  );
}

/** The items whose name or ID contains every word of the search. */
function matching<T extends { readonly name: string; readonly id: string }>(
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
