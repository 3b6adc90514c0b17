import {
  type Cell,
  type CellPermission,
  cellOf,
  type LoadingProgress,
  type RowKnowledge,
  type StagedAction,
} from '../../access/matrix/cell';
import type {
  CheckpointHeading,
  PageUpdate,
  ProgressMessage,
  ProjectHeading,
  RowMessage,
} from '../../protocol/matrix';
import { steadyNow } from '../../text/steadyClock';
import type { Count } from '../../words/matrix';

/** The loaded state of a checkpoint. */
export interface Row extends RowKnowledge<number> {
  /** Why loading failed, as a sentence. */
  readonly reason?: string;
}

const notLoaded: Row = {
  access: new Map(),
  standing: { state: 'notLoaded', count: 0, isComplete: false, doubts: [], isLoading: false },
};

/** Progress with the end of its wait by the clock of the page. */
function progressOf({ wait, ...progress }: ProgressMessage): LoadingProgress {
  if (!wait) return progress;
  const { left, ...facts } = wait;
  return { ...progress, wait: { ...facts, until: steadyNow() + left } };
}

/** The data that the extension sent, by the keys it gave to checkpoints and projects. */
export class MatrixModel {
  organization: PageUpdate['organization'];
  checkpoints: readonly CheckpointHeading[] = [];
  projects: readonly ProjectHeading[] = [];
  projectsNote = '';
  progress: LoadingProgress = { done: 0, total: 0, failed: 0, isLoading: false, isStopped: false };
  grants = 0;
  revokes = 0;
  readonly #rows = new Map<number, Row>();
  readonly #accessOfProject = new Map<number, number>();
  #completeRows = 0;
  #staged = new Map<number, Map<number, StagedAction>>();
  #failures = new Map<string, string>();

  /** Applies an update of the extension. A part that it lacks stays as it is. */
  apply(message: PageUpdate): void {
    this.organization = message.organization ?? this.organization;
    this.projects = message.projects ?? this.projects;
    this.projectsNote = message.projectsNote ?? this.projectsNote;
    if (message.progress) this.progress = progressOf(message.progress);
    if (message.checkpoints) this.#setCheckpoints(message.checkpoints);
    for (const row of message.rows ?? []) this.#setRow(row);
    if (message.staged) this.#setStaged(message.staged);
    if (message.failures) {
      this.#failures = new Map(
        message.failures.map(([checkpoint, project, reason]) => [`${checkpoint} ${project}`, reason]),
      );
    }
  }

  row(checkpoint: number): Row {
    return this.#rows.get(checkpoint) ?? notLoaded;
  }

  cell(checkpoint: number, project: number): Cell {
    return cellOf(this.row(checkpoint), project);
  }

  staged(checkpoint: number, project: number): StagedAction | undefined {
    return this.#staged.get(checkpoint)?.get(project);
  }

  /** Why a staged change failed when it was applied. */
  failure(checkpoint: number, project: number): string | undefined {
    return this.#failures.size === 0 ? undefined : this.#failures.get(`${checkpoint} ${project}`);
  }

  /** The number of projects that have access to a checkpoint. */
  countOfCheckpoint(checkpoint: number): Count {
    const { access, standing } = this.row(checkpoint);
    return { number: access.size, isWhole: standing.isComplete };
  }

  /** The number of checkpoints that a project has access to. */
  countOfProject(project: number): Count {
    return {
      number: this.#accessOfProject.get(project) ?? 0,
      isWhole: this.#completeRows === this.checkpoints.length,
    };
  }

  #setCheckpoints(checkpoints: readonly CheckpointHeading[]): void {
    this.checkpoints = checkpoints;
    const listed = new Set(checkpoints.map(({ key }) => key));
    for (const key of [...this.#rows.keys()]) if (!listed.has(key)) this.#deleteRow(key);
  }

  #setRow({ checkpoint, permissions, ...rest }: RowMessage): void {
    this.#deleteRow(checkpoint);
    const access = new Map<number, CellPermission[]>();
    for (const [project, id, createdAt] of permissions) {
      const ofProject = access.get(project);
      if (ofProject) ofProject.push({ id, createdAt });
      else access.set(project, [{ id, createdAt }]);
    }
    const row = { ...rest, access };
    this.#rows.set(checkpoint, row);
    this.#count(row, 1);
  }

  #deleteRow(checkpoint: number): void {
    const row = this.#rows.get(checkpoint);
    if (!row) return;
    this.#rows.delete(checkpoint);
    this.#count(row, -1);
  }

  #count({ access, standing }: Row, by: number): void {
    if (standing.isComplete) this.#completeRows += by;
    for (const project of access.keys()) {
      this.#accessOfProject.set(project, (this.#accessOfProject.get(project) ?? 0) + by);
    }
  }

  #setStaged(entries: NonNullable<PageUpdate['staged']>): void {
    this.#staged = new Map();
    this.grants = this.revokes = 0;
    for (const [checkpoint, project, action] of entries) {
      const ofCheckpoint = this.#staged.get(checkpoint) ?? new Map<number, StagedAction>();
      this.#staged.set(checkpoint, ofCheckpoint.set(project, action));
      if (action === 'grant') this.grants += 1;
      else this.revokes += 1;
    }
  }
}
