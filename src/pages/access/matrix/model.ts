import {
  type Cell,
  type CellPermission,
  cellOf,
  type LoadingProgress,
  type RowKnowledge,
  type StagedAction,
} from '../../../access/matrix/cell';
import type {
  CheckpointHeading,
  PageUpdate,
  ProgressMessage,
  ProjectHeading,
  RowMessage,
} from '../../../protocol/matrix';
import { waitOf } from '../../../protocol/wait';
import { steadyNow } from '../../../text/steadyClock';
import type { Count } from '../../../words/matrix';

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
function progressOf({ wait, ...progress }: ProgressMessage, now: number): LoadingProgress {
  return wait ? { ...progress, wait: waitOf(wait, now) } : progress;
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
  /** What is known of the cell that was asked about last, beyond its permission. */
  #verdict: PageUpdate['cell'];
  readonly #rows = new Map<number, Row>();
  readonly #accessOfProject = new Map<number, number>();
  #completeRows = 0;
  #knownOwners = 0;
  /** The number of staged grants by checkpoint. */
  readonly #grantsOf = new Map<number, number>();
  #staged = new Map<number, Map<number, StagedAction>>();
  #failures = new Map<string, string>();

  /** @param now The clock of the page, which is not set back while it is open. */
  constructor(readonly now: () => number = steadyNow) {}

  /** Applies an update of the extension. A part that it lacks stays as it is. */
  apply(message: PageUpdate): void {
    this.organization = message.organization ?? this.organization;
    this.projects = message.projects ?? this.projects;
    this.projectsNote = message.projectsNote ?? this.projectsNote;
    if (message.progress) this.progress = progressOf(message.progress, this.now());
    if (message.checkpoints) this.#setCheckpoints(message.checkpoints);
    const later = message.now === undefined ? 0 : this.now() - message.now;
    for (const row of message.rows ?? []) this.#setRow(row, later);
    if (message.cell) this.#verdict = message.cell;
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

  /** The checkpoints and projects of all staged changes. */
  get stagedCells(): (readonly [checkpoint: number, project: number])[] {
    return [...this.#staged].flatMap(([checkpoint, ofCheckpoint]) =>
      [...ofCheckpoint.keys()].map((project) => [checkpoint, project] as const),
    );
  }

  /** The keys of the checkpoints and of the projects that have staged changes. */
  get stagedKeys(): { readonly checkpoints: ReadonlySet<number>; readonly projects: ReadonlySet<number> } {
    return {
      checkpoints: new Set(this.#staged.keys()),
      projects: new Set(this.stagedCells.map(([, project]) => project)),
    };
  }

  /** What is known of a cell beyond its permission. Empty unless it is the cell that was asked about last. */
  verdict(checkpoint: number, project: number): string {
    const { text, ...cell } = this.#verdict ?? { text: '' };
    const isSame = 'project' in cell && cell.checkpoint === checkpoint && cell.project === project;
    return isSame ? text : '';
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

  /** The number of checkpoints whose owner is unknown. */
  get ownersUnknown(): number {
    return this.checkpoints.length - this.#knownOwners;
  }

  /** The number of staged grants whose checkpoint has an unknown owner. */
  get grantsWithUnknownOwner(): number {
    let grants = 0;
    for (const [checkpoint, count] of this.#grantsOf)
      if (this.row(checkpoint).owner === undefined) grants += count;
    return grants;
  }

  /** The name of the project that owns a checkpoint. Undefined while it is unknown. */
  ownerName(checkpoint: number): string | undefined {
    const { owner } = this.row(checkpoint);
    return owner === undefined ? undefined : this.projects.find(({ key }) => key === owner)?.name;
  }

  #setCheckpoints(checkpoints: readonly CheckpointHeading[]): void {
    this.checkpoints = checkpoints;
    const listed = new Set(checkpoints.map(({ key }) => key));
    for (const key of [...this.#rows.keys()]) if (!listed.has(key)) this.#deleteRow(key);
  }

  /** `later`: by how much the clock of the page is ahead of that of the message. */
  #setRow({ checkpoint, permissions, standing: sent, ...rest }: RowMessage, later: number): void {
    this.#deleteRow(checkpoint);
    const access = new Map<number, CellPermission[]>();
    for (const [project, id, createdAt] of permissions) {
      const ofProject = access.get(project);
      if (ofProject) ofProject.push({ id, createdAt });
      else access.set(project, [{ id, createdAt }]);
    }
    const { loadedAt } = sent;
    const standing = loadedAt === undefined ? sent : { ...sent, loadedAt: loadedAt + later };
    const row = { ...rest, standing, access };
    this.#rows.set(checkpoint, row);
    this.#count(row, 1);
  }

  #deleteRow(checkpoint: number): void {
    const row = this.#rows.get(checkpoint);
    if (!row) return;
    this.#rows.delete(checkpoint);
    this.#count(row, -1);
  }

  #count({ access, standing, owner }: Row, by: number): void {
    if (owner !== undefined) this.#knownOwners += by;
    if (standing.isComplete) this.#completeRows += by;
    for (const project of access.keys()) {
      this.#accessOfProject.set(project, (this.#accessOfProject.get(project) ?? 0) + by);
    }
  }

  #setStaged(entries: NonNullable<PageUpdate['staged']>): void {
    this.#staged = new Map();
    this.#grantsOf.clear();
    this.grants = this.revokes = 0;
    for (const [checkpoint, project, action] of entries) {
      const ofCheckpoint = this.#staged.get(checkpoint) ?? new Map<number, StagedAction>();
      this.#staged.set(checkpoint, ofCheckpoint.set(project, action));
      if (action === 'grant') {
        this.grants += 1;
        this.#grantsOf.set(checkpoint, (this.#grantsOf.get(checkpoint) ?? 0) + 1);
      } else this.revokes += 1;
    }
  }
}
