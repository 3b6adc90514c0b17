import { hasShutDown } from '../../../access/catalog/shutdown';
import { splitName } from '../../../access/ids/checkpointId';
import { type Doubt, standingAt } from '../../../access/loading/standing';
import { hasFailed } from '../../../access/matrix/cell';
import type { CheckpointHeading, ProjectHeading } from '../../../protocol/matrix';
import { cornerInWords, countInShort, isInEffect, type legend } from '../../../words/matrix';
import { shutdownInShort } from '../../../words/shutdown';
import type { BoxContent, GridContent } from './content';
import { cellLabel, cellLines, checkpointLabel, checkpointLines, projectLabel, projectLines } from './labels';
import type { MatrixModel, Row } from './model';
import type { ViewOptions } from './order';

/** The signs of the matrix, in the order of the legend. The style sheet draws those without a text. */
export const signs: Readonly<Record<keyof typeof legend, string>> = {
  access: '',
  none: '',
  notGranted: '',
  unknown: '?',
  loading: '…',
  failed: '!',
  owner: '',
  'staged grant': '+',
  'staged revoke': '−',
};

/** Whether a doubt marks the cells of a row. An incomplete list doesn't: the permissions it has are certain. */
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

/** The classes and sign of a cell. {@link cellLabel} makes its label. */
export function cellContent(
  model: MatrixModel,
  checkpoint: number,
  project: number,
  now: number,
): Pick<BoxContent, 'classes' | 'text'> {
  const cell = model.cell(checkpoint, project);
  const staged = model.staged(checkpoint, project);
  const old = isDoubtful(model.row(checkpoint), now) ? ' old' : '';
  if (!staged) return { classes: `${cell.kind}${old}`, text: signs[cell.kind] };
  if (isInEffect(staged, cell)) return { classes: `staged ${staged} void${old}`, text: '=' };
  const failed = model.failure(checkpoint, project) === undefined ? '' : ' unsuccessful';
  return { classes: `staged ${staged}${failed}${old}`, text: signs[`staged ${staged}`] };
}

/** The content of the grid for sorted checkpoints and projects, in the chosen orientation. */
export function gridContent(
  model: MatrixModel,
  checkpoints: readonly CheckpointHeading[],
  projects: readonly ProjectHeading[],
  { isTransposed }: ViewOptions,
  now: () => number,
): GridContent {
  const [down, across] = isTransposed ? [projects, checkpoints] : [checkpoints, projects];
  const checkpointAt = (row: number, column: number) => checkpoints[isTransposed ? column : row];
  const projectAt = (row: number, column: number) => projects[isTransposed ? row : column];

  const contentAt = (row: number, column: number): BoxContent => {
    const [checkpoint, project] = [checkpointAt(row, column), projectAt(row, column)];
    if (checkpoint && project) {
      const label = cellLabel(model, checkpoint, project, now());
      return { ...cellContent(model, checkpoint.key, project.key, now()), label };
    }
    if (checkpoint) return checkpointContent(model, checkpoint, now());
    if (project) return projectContent(model, project);
    const { text, label } = cornerInWords(isTransposed, down.length, across.length);
    return { classes: '', text, label };
  };
  return {
    rows: down.length,
    columns: across.length,
    contentAt,
    tooltipAt: (row, column) => {
      const [checkpoint, project] = [checkpointAt(row, column), projectAt(row, column)];
      if (checkpoint && project) return cellLines(model, checkpoint, project, now()).join('\n');
      if (checkpoint) return checkpointLines(model, checkpoint, now()).join('\n');
      return project ? projectLines(model, project).join('\n') : '';
    },
  };
}

function checkpointContent(model: MatrixModel, checkpoint: CheckpointHeading, now: number): BoxContent {
  const { name, key, shutdown } = checkpoint;
  const row = model.row(key);
  const { isLoading, state } = row.standing;
  const isFailed = hasFailed(row);
  const sign = isLoading ? signs.loading : isFailed ? signs.failed : state === 'loaded' ? '' : signs.unknown;
  const isShutDown = shutdown !== undefined && hasShutDown(shutdown, now);
  const classes = [isShutDown ? 'past' : '', isDoubtful(row, now) ? 'old' : '', isFailed ? 'failed' : ''];
  const { stem, tail } = splitName(name);
  return {
    classes: classes.join(' '),
    text: stem,
    tail,
    aside: shutdown ? shutdownInShort(shutdown, now) : '',
    count: state === 'loaded' ? `${countInShort(model.countOfCheckpoint(key))}${sign}` : sign,
    label: checkpointLabel(model, checkpoint, now),
  };
}

function projectContent(model: MatrixModel, project: ProjectHeading): BoxContent {
  const { name, key, archived } = project;
  return {
    classes: archived ? 'past' : '',
    text: name,
    aside: archived ? 'archived' : '',
    count: countInShort(model.countOfProject(key)),
    label: projectLabel(model, project),
  };
}
