import { hasEnded } from '../../access/catalog/retirement';
import { type Doubt, standingAt } from '../../access/loading/standing';
import { hasFailed } from '../../access/matrix/cell';
import type { CheckpointHeading, ProjectHeading } from '../../protocol/matrix';
import { cornerInWords, countInShort, isInEffect, type legend, shutdownAside } from '../../words/matrix';
import type { BoxContent } from './box';
import type { GridContent } from './grid';
import { cellLabel, cellLines, checkpointLabel, checkpointLines, projectLabel, projectLines } from './labels';
import type { MatrixModel, Row } from './model';
import type { ViewOptions } from './order';

/** The signs in the matrix, in the order of the legend. Those without a text are drawn by the style sheet. */
export const signs: Readonly<Record<keyof typeof legend, string>> = {
  access: '',
  none: '',
  unknown: '?',
  loading: '…',
  failed: '!',
  owner: '',
  'staged grant': '+',
  'staged revoke': '−',
};

/** The doubts that the cells of a row are marked with: an incomplete list says nothing against the cells it has. */
const isMarked: Readonly<Record<Doubt, boolean>> = {
  beforeYourChange: true,
  refreshFailed: true,
  beforeYourRefresh: true,
  brokenOff: false,
  moreToLoad: false,
  old: true,
};

function isDoubtful({ standing }: Row, now: number): boolean {
  return standingAt(standing, now).doubts.some((doubt) => isMarked[doubt]);
}

/** How the cell of a checkpoint and a project looks; its label is made by {@link cellLabel}. */
export function cellLook(
  model: MatrixModel,
  checkpoint: number,
  project: number,
  now: number,
): Pick<BoxContent, 'look' | 'text'> {
  const cell = model.cell(checkpoint, project);
  const staged = model.staged(checkpoint, project);
  const old = isDoubtful(model.row(checkpoint), now) ? ' old' : '';
  if (!staged) return { look: `${cell.kind}${old}`, text: signs[cell.kind] };
  if (isInEffect(staged, cell)) return { look: `staged ${staged} void${old}`, text: '=' };
  const failed = model.failure(checkpoint, project) === undefined ? '' : ' unsuccessful';
  return { look: `staged ${staged}${failed}${old}`, text: signs[`staged ${staged}`] };
}

/** What the grid shows of a model, in the order and the direction that the person wants. */
export function contentOf(
  model: MatrixModel,
  checkpoints: readonly CheckpointHeading[],
  projects: readonly ProjectHeading[],
  { transposed }: ViewOptions,
  now: () => number,
): GridContent {
  const [down, across] = transposed ? [projects, checkpoints] : [checkpoints, projects];
  const checkpointAt = (row: number, column: number) => checkpoints[transposed ? column : row];
  const projectAt = (row: number, column: number) => projects[transposed ? row : column];

  const lookOf = (row: number, column: number): BoxContent => {
    const [checkpoint, project] = [checkpointAt(row, column), projectAt(row, column)];
    if (checkpoint && project) {
      const label = cellLabel(model, checkpoint, project, now());
      return { ...cellLook(model, checkpoint.key, project.key, now()), label };
    }
    if (checkpoint) return checkpointLook(model, checkpoint, now());
    if (project) return projectLook(model, project);
    const { text, label } = cornerInWords(transposed, down.length, across.length);
    return { look: '', text, label };
  };
  return {
    rows: down.length,
    columns: across.length,
    lookOf,
    hoverOf: (row, column) => {
      const [checkpoint, project] = [checkpointAt(row, column), projectAt(row, column)];
      if (checkpoint && project) return cellLines(model, checkpoint, project, now()).join('\n');
      if (checkpoint) return checkpointLines(model, checkpoint, now()).join('\n');
      return project ? projectLines(model, project).join('\n') : '';
    },
  };
}

function checkpointLook(model: MatrixModel, checkpoint: CheckpointHeading, now: number): BoxContent {
  const { name, key, retirement } = checkpoint;
  const row = model.row(key);
  const { isLoading, state } = row.standing;
  const isFailed = hasFailed(row);
  const sign = isLoading ? signs.loading : isFailed ? signs.failed : state === 'loaded' ? '' : signs.unknown;
  const isShutDown = retirement !== undefined && hasEnded(retirement, now);
  const looks = [isShutDown ? 'past' : '', isDoubtful(row, now) ? 'old' : '', isFailed ? 'failed' : ''];
  return {
    look: looks.join(' '),
    text: name,
    aside: retirement ? shutdownAside(retirement, now) : '',
    count: state === 'loaded' ? `${countInShort(model.countOfCheckpoint(key))}${sign}` : sign,
    label: checkpointLabel(model, checkpoint, now),
  };
}

function projectLook(model: MatrixModel, project: ProjectHeading): BoxContent {
  const { name, key, archived } = project;
  return {
    look: archived ? 'past' : '',
    text: name,
    aside: archived ? 'archived' : '',
    count: countInShort(model.countOfProject(key)),
    label: projectLabel(model, project),
  };
}
