import type { CheckpointHeading, ProjectHeading } from '../../protocol/matrix';
import { emptyMatrix } from '../../words/matrix';
import type { GridContent } from './grid';
import { contentOf } from './looks';
import type { MatrixModel } from './model';
import { orderedCheckpoints, orderedProjects, type ViewOptions } from './order';
import type { Order } from './preserveSelection';
import type { GridPosition, Range } from './selection';
import type { Span } from './viewport';

/** The matrix as it is shown: which checkpoint and project each place of the grid stands for. Never changed in place. */
export class Shown {
  readonly content: GridContent;
  /** What stands in place of a matrix without rows or columns; empty where there is one. */
  readonly whyEmpty: string;
  readonly #checkpoints: readonly CheckpointHeading[];
  readonly #projects: readonly ProjectHeading[];

  constructor(
    model: MatrixModel,
    private readonly wanted: ViewOptions,
  ) {
    this.#checkpoints = orderedCheckpoints(model, wanted);
    this.#projects = orderedProjects(model, wanted);
    this.content = contentOf(model, this.#checkpoints, this.#projects, wanted, Date.now);
    this.whyEmpty = this.#whyEmpty(model);
  }

  get order(): Order {
    const keysOf = (headings: readonly { readonly key: number }[]) => headings.map(({ key }) => key);
    const { transposed } = this.wanted;
    return { checkpoints: keysOf(this.#checkpoints), projects: keysOf(this.#projects), transposed };
  }

  /** What a place stands for; a heading for one of the two. */
  at({ row, column }: GridPosition): {
    readonly checkpoint?: CheckpointHeading;
    readonly project?: ProjectHeading;
  } {
    const [ofCheckpoint, ofProject] = this.wanted.transposed ? [column, row] : [row, column];
    const [checkpoint, project] = [this.#checkpoints[ofCheckpoint], this.#projects[ofProject]];
    return { ...(checkpoint && { checkpoint }), ...(project && { project }) };
  }

  /** Where a checkpoint and a project meet; -1 where one of them is not shown. */
  placeOf(checkpoint: number | undefined, project: number | undefined): GridPosition {
    const down = this.#checkpoints.findIndex(({ key }) => key === checkpoint);
    const across = this.#projects.findIndex(({ key }) => key === project);
    return this.wanted.transposed ? { row: across, column: down } : { row: down, column: across };
  }

  /** The keys of the checkpoints and projects of a range of cells. */
  within({ top, bottom, left, right }: Range): { checkpoints: number[]; projects: number[] } {
    const [down, across] = [[top, bottom + 1] as const, [left, right + 1] as const];
    const [ofCheckpoints, ofProjects] = this.wanted.transposed ? [across, down] : [down, across];
    return {
      checkpoints: this.#checkpoints.slice(...ofCheckpoints).map(({ key }) => key),
      projects: this.#projects.slice(...ofProjects).map(({ key }) => key),
    };
  }

  /** The keys of the checkpoints among the rows and columns that are in sight. */
  checkpointsIn(seen: { readonly rows: Span; readonly columns: Span }): number[] {
    const { start, end } = this.wanted.transposed ? seen.columns : seen.rows;
    return this.#checkpoints.slice(start, end).map(({ key }) => key);
  }

  #whyEmpty(model: MatrixModel): string {
    const { searchCheckpoints, searchProjects } = this.wanted;
    if (model.organization === undefined) return emptyMatrix.loading;
    if (model.checkpoints.length === 0) return emptyMatrix.noCheckpoints;
    if (this.#checkpoints.length === 0) return emptyMatrix.noMatchingCheckpoint(searchCheckpoints.trim());
    if (model.projects.length === 0) return emptyMatrix.noProjects;
    return this.#projects.length === 0 ? emptyMatrix.noMatchingProject(searchProjects.trim()) : '';
  }
}
