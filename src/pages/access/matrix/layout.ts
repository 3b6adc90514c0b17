import type { CheckpointHeading, ProjectHeading } from '../../../protocol/matrix';
import { emptyMatrix } from '../../../words/matrix';
import type { Span } from '../viewport';
import { gridContent } from './appearance';
import type { GridContent } from './grid';
import type { MatrixModel } from './model';
import { orderedCheckpoints, orderedProjects, type ViewOptions } from './order';
import type { Order } from './preserveSelection';
import type { GridPosition, Range } from './selection';

/**
 * Maps grid positions to checkpoints and projects, and back. Immutable: a change of the model or options makes another.
 */
export class MatrixLayout {
  readonly content: GridContent;
  /** Text that replaces a matrix without rows or columns; else empty. */
  readonly emptyText: string;
  readonly #checkpoints: readonly CheckpointHeading[];
  readonly #projects: readonly ProjectHeading[];

  constructor(
    model: MatrixModel,
    private readonly options: ViewOptions,
  ) {
    this.#checkpoints = orderedCheckpoints(model, options);
    this.#projects = orderedProjects(model, options);
    this.content = gridContent(model, this.#checkpoints, this.#projects, options, model.now);
    this.emptyText = this.#emptyTextFor(model);
  }

  get order(): Order {
    const keysOf = (headings: readonly { readonly key: number }[]) => headings.map(({ key }) => key);
    const { isTransposed } = this.options;
    return {
      checkpoints: keysOf(this.#checkpoints),
      projects: keysOf(this.#projects),
      isTransposed,
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

  #emptyTextFor(model: MatrixModel): string {
    const search = this.options.search.trim();
    if (model.organization === undefined) return emptyMatrix.loading;
    if (model.checkpoints.length === 0) return emptyMatrix.noCheckpoints;
    if (this.#checkpoints.length === 0) return emptyMatrix.noMatchingCheckpoint(search);
    if (model.projects.length === 0) return emptyMatrix.noProjects;
    return this.#projects.length === 0 ? emptyMatrix.noMatchingProject(search) : '';
  }
}
