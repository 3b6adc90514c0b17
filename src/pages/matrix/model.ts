import type { ReadingProgress } from '../../access/matrix/cell';
import {
  type Cell,
  type CellPermission,
  cellOf,
  type RowKnowledge,
  type StagedAction,
} from '../../access/matrix/cell';
import type { CheckpointHeading, ProjectHeading, RowMessage, ToPage } from '../../protocol/matrix';

/** What is known of a checkpoint, with how old it is. */
export interface Row extends RowKnowledge<number> {
  readonly readAt?: number;
  readonly age?: RowMessage['age'];
}

/** How many have access, and whether that is all there is to know. */
export interface Count {
  readonly number: number;
  readonly isWhole: boolean;
}

const notRead: Row = { access: new Map(), read: 'nothing', reading: false };

/** Everything that the page was told, by the extension's own numbers. */
export class Model {
  organization: ToPage['organization'];
  checkpoints: readonly CheckpointHeading[] = [];
  projects: readonly ProjectHeading[] = [];
  projectsNote = '';
  progress: ReadingProgress = { done: 0, total: 0, failed: 0, isReading: false, isStopped: false };
  grants = 0;
  revokes = 0;
  readonly #rows = new Map<number, Row>();
  readonly #accessOfProject = new Map<number, number>();
  #whole = 0;
  #staged = new Map<number, Map<number, StagedAction>>();
  #failures = new Map<string, string>();

  /** Takes over what the extension tells. */
  take(message: ToPage): void {
    this.organization = message.organization ?? this.organization;
    this.projects = message.projects ?? this.projects;
    this.projectsNote = message.projectsNote ?? this.projectsNote;
    this.progress = message.progress ?? this.progress;
    if (message.checkpoints) this.#list(message.checkpoints);
    for (const row of message.rows ?? []) this.#put(row);
    if (message.staged) this.#stage(message.staged);
    if (message.failures) {
      this.#failures = new Map(
        message.failures.map(([checkpoint, project, reason]) => [`${checkpoint} ${project}`, reason]),
      );
    }
  }

  row(checkpoint: number): Row {
    return this.#rows.get(checkpoint) ?? notRead;
  }

  cell(checkpoint: number, project: number): Cell {
    return cellOf(this.row(checkpoint), project);
  }

  staged(checkpoint: number, project: number): StagedAction | undefined {
    return this.#staged.get(checkpoint)?.get(project);
  }

  /** Why a staged change could not be done when it was applied. */
  failure(checkpoint: number, project: number): string | undefined {
    return this.#failures.size === 0 ? undefined : this.#failures.get(`${checkpoint} ${project}`);
  }

  /** How many projects have access to a checkpoint. */
  countOfCheckpoint(checkpoint: number): Count {
    const { access, read } = this.row(checkpoint);
    return { number: access.size, isWhole: read === 'all' };
  }

  /** How many of the checkpoints a project has access to. */
  countOfProject(project: number): Count {
    return {
      number: this.#accessOfProject.get(project) ?? 0,
      isWhole: this.#whole === this.checkpoints.length,
    };
  }

  #list(checkpoints: readonly CheckpointHeading[]): void {
    this.checkpoints = checkpoints;
    const listed = new Set(checkpoints.map(({ key }) => key));
    for (const key of [...this.#rows.keys()]) if (!listed.has(key)) this.#forget(key);
  }

  #put({ checkpoint, permissions, ...rest }: RowMessage): void {
    this.#forget(checkpoint);
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

  #forget(checkpoint: number): void {
    const row = this.#rows.get(checkpoint);
    if (!row) return;
    this.#rows.delete(checkpoint);
    this.#count(row, -1);
  }

  #count({ access, read }: Row, by: number): void {
    if (read === 'all') this.#whole += by;
    for (const project of access.keys()) {
      this.#accessOfProject.set(project, (this.#accessOfProject.get(project) ?? 0) + by);
    }
  }

  #stage(entries: NonNullable<ToPage['staged']>): void {
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
