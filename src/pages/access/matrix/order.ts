import { sortLikeList } from '../../../access/catalog/arrange';
import type { Sort } from '../../../access/catalog/arrangement';
import { hasShutDown } from '../../../access/catalog/shutdown';
import type { CheckpointHeading, ProjectHeading } from '../../../protocol/matrix';
import { names } from '../../../text/order';
import type { MatrixModel } from './model';

/** The search, sort order, and orientation that the person chose. */
export interface ViewOptions {
  /** The search of the page. */
  readonly search: string;
  /** Whether what has staged changes is shown with what the search finds. */
  readonly showsStaged: boolean;
  readonly sortCheckpoints: Sort;
  readonly sortProjects: ProjectSort;
  /** True with projects as rows and checkpoints as columns. */
  readonly isTransposed: boolean;
}

export const projectSorts = ['name', 'access'] as const;
/** `access`: the project that can use the most checkpoints comes first. */
export type ProjectSort = (typeof projectSorts)[number];

export const defaultViewOptions: ViewOptions = {
  search: '',
  showsStaged: false,
  sortCheckpoints: 'added',
  sortProjects: 'name',
  isTransposed: false,
};

/** Checkpoints in the same order as the list of checkpoints has them. */
export function orderedCheckpoints(
  model: MatrixModel,
  checkpoints: readonly CheckpointHeading[],
  { sortCheckpoints }: ViewOptions,
): CheckpointHeading[] {
  const now = model.now();
  return sortLikeList(checkpoints, sortCheckpoints, ({ key, name, createdAt, shutdown }) => {
    const { standing, access } = model.row(key);
    const date = createdAt || newest(access);
    return {
      name,
      ...(date && { date }),
      ...(standing.state === 'loaded' && { permissions: standing.count }),
      ...(shutdown && { shutdown }),
      isShutDown: shutdown !== undefined && hasShutDown(shutdown, now),
    };
  });
}

/** When the newest permission was created, in unix seconds; 0 without any. */
function newest(access: ReturnType<MatrixModel['row']>['access']): number {
  let latest = 0;
  for (const permissions of access.values())
    for (const { createdAt } of permissions) latest = Math.max(latest, createdAt);
  return latest;
}

/** Projects by name with archived ones last, or by the number of checkpoints that they can use. */
export function orderedProjects(
  model: MatrixModel,
  projects: readonly ProjectHeading[],
  { sortProjects }: ViewOptions,
): ProjectHeading[] {
  const countOf = ({ key }: ProjectHeading) => model.countOfProject(key).number;
  return projects.toSorted(
    (one, other) =>
      (sortProjects === 'access'
        ? countOf(other) - countOf(one)
        : Number(one.archived) - Number(other.archived)) || byName(one, other),
  );
}

function byName(one: ProjectHeading, other: ProjectHeading): number {
  return names.compare(one.name, other.name) || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}
