import type { CheckpointHeading, ProjectHeading } from '../../../protocol/matrix';
import { emptyMatrix } from '../../../words/matrix';
import type { Span } from '../viewport';
import { gridContent } from './appearance';
import type { GridContent } from './content';
import type { MatrixModel } from './model';
import { orderedCheckpoints, orderedProjects, type ViewOptions } from './order';
import type { Order } from './preserveSelection';
import { find } from './search';
import type { GridPosition, Range } from './selection';

/** How many of each a search hides. */
export interface HiddenCounts {
  readonly checkpoints: number;
  readonly projects: number;
}

/**
 * Maps grid positions to checkpoints and projects, and back. Immutable: a change of the model or options makes another.
 */
export class MatrixLayout {
  readonly content: GridContent;
  /** Text that replaces a matrix without rows or columns; else empty. */
  readonly emptyText: string;
  readonly #checkpoints: readonly CheckpointHeading[];
  readonly #projects: readonly ProjectHeading[];

  /** What the search hides. */
  readonly hidden: HiddenCounts;
  readonly #shown: { readonly checkpoints: ReadonlySet<number>; readonly projects: ReadonlySet<number> };

  constructor(
    model: MatrixModel,
    private readonly options: ViewOptions,
  ) {
    const found = find(model.checkpoints, model.projects, options.search);
    const staged = options.showsStaged ? model.stagedKeys : undefined;
    this.#checkpoints = orderedCheckpoints(
      model,
      withStaged(model.checkpoints, found.checkpoints, staged?.checkpoints),
      options,
    );
    this.#projects = orderedProjects(
      model,
      withStaged(model.projects, found.projects, staged?.projects),
      options,
    );
    this.#shown = { checkpoints: keysOf(this.#checkpoints), projects: keysOf(this.#projects) };
    this.hidden = {
      checkpoints: model.checkpoints.length - this.#checkpoints.length,
      projects: model.projects.length - this.#projects.length,
    };
    this.content = gridContent(model, this.#checkpoints, this.#projects, options, model.now);
    this.emptyText = this.#emptyTextFor(model, found.unmatched);
  }

  /** The number of staged changes whose checkpoint or project the search hides. */
  hiddenStaged(model: MatrixModel): number {
    if (this.hidden.checkpoints + this.hidden.projects === 0) return 0;
    return model.stagedCells.filter(
      ([checkpoint, project]) =>
        !this.#shown.checkpoints.has(checkpoint) || !this.#shown.projects.has(project),
    ).length;
  }

  get order(): Order {
    return {
      checkpoints: this.#checkpoints.map(({ key }) => key),
      projects: this.#projects.map(({ key }) => key),
      isTransposed: this.options.isTransposed,
    };
  }

  /** The checkpoint and project at a position; a heading has only one of them. */
  at({ row, column }: GridPosition): {
    readonly checkpoint?: CheckpointHeading;
    readonly project?: ProjectHeading;
  } {
    const [ofCheckpoint, ofProject] = this.options.isTransposed ? [column, row] : [row, column];
    const [checkpoint, project] = [this.#checkpoints[ofCheckpoint], this.#projects[ofProject]];
    return { ...(checkpoint && { checkpoint }), ...(project && { project }) };
  }

  /** The position of a checkpoint and a project, by their IDs; -1 for one that is not shown. */
  positionOf(checkpoint: string | undefined, project: string | undefined): GridPosition {
    const down = this.#checkpoints.findIndex(({ id }) => id === checkpoint);
    const across = this.#projects.findIndex(({ id }) => id === project);
    return this.options.isTransposed ? { row: across, column: down } : { row: down, column: across };
  }

  /** The keys of the checkpoints and projects of a range of cells. */
  keysIn({ top, bottom, left, right }: Range): { checkpoints: number[]; projects: number[] } {
    const [down, across] = [[top, bottom + 1] as const, [left, right + 1] as const];
    const [ofCheckpoints, ofProjects] = this.options.isTransposed ? [across, down] : [down, across];
    return {
      checkpoints: this.#checkpoints.slice(...ofCheckpoints).map(({ key }) => key),
      projects: this.#projects.slice(...ofProjects).map(({ key }) => key),
    };
  }

  /** The keys of the checkpoints in the visible rows and columns. */
  checkpointsIn(visible: { readonly rows: Span; readonly columns: Span }): number[] {
    const { start, end } = this.options.isTransposed ? visible.columns : visible.rows;
    return this.#checkpoints.slice(start, end).map(({ key }) => key);
  }

  #emptyTextFor(model: MatrixModel, unmatched: readonly string[]): string {
    if (model.organization === undefined) return emptyMatrix.loading;
    if (model.checkpoints.length === 0) return emptyMatrix.noCheckpoints;
    if (this.#checkpoints.length === 0)
      return unmatched.length > 0
        ? emptyMatrix.noMatch(unmatched)
        : emptyMatrix.noMatchingCheckpoint(this.options.search.trim());
    if (model.projects.length === 0) return emptyMatrix.noProjects;
    return this.#projects.length === 0 ? emptyMatrix.noMatchingProject(this.options.search.trim()) : '';
  }
}

function keysOf(headings: readonly { readonly key: number }[]): Set<number> {
  return new Set(headings.map(({ key }) => key));
}

/** What was found, and the others with staged changes, in the order of all. */
function withStaged<T extends { readonly key: number }>(
  all: readonly T[],
  found: readonly T[],
  staged: ReadonlySet<number> | undefined,
): readonly T[] {
  if (!staged || found.length === all.length) return found;
  const wanted = new Set(found);
  return all.filter((each) => wanted.has(each) || staged.has(each.key));
}
