import type { FindingKind } from '../../../access/evidence/review/finding';
import { standingAt } from '../../../access/loading/standing';
import type { CheckpointHeading, ProjectHeading } from '../../../protocol/matrix';
import type { EffectInShort } from '../../../words/effect';
import type { ListDoubts } from '../../../words/permissionsTab';
import { headingText } from '../headingText';
import type { MatrixModel, Row } from '../matrix/model';
import type { PageEvidence } from './evidence';

/** A permission: a row of the table. Checkpoint and project are keys of the model. */
export interface PermissionRow {
  /** Unique in the table. */
  readonly key: string;
  readonly checkpoint: number;
  readonly project: number;
  /** The ID of the permission. */
  readonly id: string;
  /** Unix seconds. */
  readonly createdAt: number;
}

/** What filters and sorting ask about rows. */
export interface PermissionFact {
  projectId(project: number): string;
  checkpointId(checkpoint: number): string;
  /** Name and ID, folded. */
  projectText(project: number): string;
  checkpointText(checkpoint: number): string;
  granter(row: PermissionRow): string | undefined;
  findings(row: PermissionRow): readonly FindingKind[] | undefined;
  effect(row: PermissionRow): EffectInShort | undefined;
}

const nobody: ProjectHeading = { key: -1, name: '', id: '', archived: false, note: '' };
const nothing: CheckpointHeading = { key: -1, name: '', id: '', baseModel: '' };

/** The permissions of the model as rows. What did not change keeps its rows. */
export class PermissionRows implements PermissionFact {
  readonly #ofCheckpoint = new Map<number, { readonly row: Row; readonly rows: readonly PermissionRow[] }>();
  #checkpoints: readonly CheckpointHeading[] = [];
  #projects: readonly ProjectHeading[] = [];
  #headings = {
    checkpoints: new Map<number, CheckpointHeading>(),
    projects: new Map<number, ProjectHeading>(),
  };
  #all: readonly PermissionRow[] = [];

  constructor(
    readonly model: MatrixModel,
    readonly evidence: PageEvidence,
  ) {}

  /** All loaded permissions, in the order of the checkpoints and of their lists. */
  get all(): readonly PermissionRow[] {
    return this.#all;
  }

  /** Takes over what changed in the model. Returns whether a name, a project, a checkpoint, or a row changed. */
  update(): boolean {
    const { checkpoints, projects } = this.model;
    let isChanged = checkpoints !== this.#checkpoints || projects !== this.#projects;
    if (isChanged) {
      this.#checkpoints = checkpoints;
      this.#projects = projects;
      this.#headings = {
        checkpoints: new Map(checkpoints.map((each) => [each.key, each])),
        projects: new Map(projects.map((each) => [each.key, each])),
      };
      for (const key of this.#ofCheckpoint.keys())
        if (!this.#headings.checkpoints.has(key)) this.#ofCheckpoint.delete(key);
    }
    for (const { key } of checkpoints) {
      const row = this.model.row(key);
      if (this.#ofCheckpoint.get(key)?.row === row) continue;
      this.#ofCheckpoint.set(key, { row, rows: rowsOf(key, row) });
      isChanged = true;
    }
    if (isChanged) this.#all = checkpoints.flatMap(({ key }) => this.#ofCheckpoint.get(key)?.rows ?? []);
    return isChanged;
  }

  project(key: number): ProjectHeading {
    return this.#headings.projects.get(key) ?? nobody;
  }

  checkpoint(key: number): CheckpointHeading {
    return this.#headings.checkpoints.get(key) ?? nothing;
  }

  projectId(project: number): string {
    return this.project(project).id;
  }

  checkpointId(checkpoint: number): string {
    return this.checkpoint(checkpoint).id;
  }

  projectText(project: number): string {
    return headingText(this.project(project));
  }

  checkpointText(checkpoint: number): string {
    return headingText(this.checkpoint(checkpoint));
  }

  granter({ checkpoint, id }: PermissionRow): string | undefined {
    return this.evidence.granterOf(checkpoint, id);
  }

  /** Undefined if the permission was not reviewed, or is not yet. */
  findings({ checkpoint, project }: PermissionRow): readonly FindingKind[] | undefined {
    return this.isPending(checkpoint) ? undefined : this.evidence.findingsOf(checkpoint, project);
  }

  /** Undefined while it is still to come. */
  effect({ checkpoint, project }: PermissionRow): EffectInShort | undefined {
    return this.isPending(checkpoint) ? undefined : this.evidence.effectOf(checkpoint, project);
  }

  /** Whether evidence about the list of a checkpoint is still to come. */
  isPending(checkpoint: number): boolean {
    return this.evidence.isPending(checkpoint, this.model.row(checkpoint).standing.count);
  }

  /** How many lists are in doubt, each counted once, by what matters most. `now` in milliseconds since 1970. */
  doubts(now: number): ListDoubts {
    const counts = { notLoaded: 0, failed: 0, partial: 0, beforeChange: 0, old: 0 };
    for (const { key } of this.model.checkpoints) {
      const { standing, failure } = this.model.row(key);
      const { state, doubts, isComplete } = standingAt(standing, now);
      if (state === 'notLoaded') counts[failure === 'failed' ? 'failed' : 'notLoaded'] += 1;
      else if (state === 'failed') counts[failure === 'stopped' ? 'notLoaded' : 'failed'] += 1;
      else if (!isComplete) counts.partial += 1;
      else if (doubts.includes('beforeYourChange')) counts.beforeChange += 1;
      else if (doubts.length > 0) counts.old += 1;
    }
    return { all: this.model.checkpoints.length, ...counts };
  }

  /** Whether every list is loaded to its end and from after the last change, so that no permission is missing. */
  get isWhole(): boolean {
    return this.model.checkpoints.every(({ key }) => {
      const { isComplete, doubts } = this.model.row(key).standing;
      return isComplete && !doubts.includes('beforeYourChange');
    });
  }
}

function rowsOf(checkpoint: number, { access }: Row): PermissionRow[] {
  const rows: PermissionRow[] = [];
  for (const [project, permissions] of access)
    for (const { id, createdAt } of permissions)
      rows.push({ key: `${checkpoint} ${project} ${id}`, checkpoint, project, id, createdAt });
  return rows;
}
