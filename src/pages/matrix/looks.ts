import { ageOf } from '../../access/matrix/cell';
import type { CheckpointHeading, ProjectHeading } from '../../protocol/matrix';
import type { Look } from './box';
import type { GridContent } from './grid';
import type { Model } from './model';
import type { Wanted } from './order';
import {
  cellDetails,
  cellInWords,
  checkpointInWords,
  countInShort,
  isSoAlready,
  projectInWords,
} from './words';

/** What the signs in the matrix mean, in the order of the legend. The signs without a text are drawn. */
export const signs = {
  access: { text: '', means: 'has access' },
  none: { text: '', means: 'no access' },
  unknown: { text: '?', means: 'not read yet' },
  reading: { text: '…', means: 'being read' },
  failed: { text: '!', means: 'could not be read' },
  owner: { text: '', means: 'owner' },
  'staged grant': { text: '+', means: 'staged grant' },
  'staged revoke': { text: '−', means: 'staged revoke' },
} as const;

/** How the cell of a checkpoint and a project looks; its label is made by `cellInWords`. */
export function cellLook(
  model: Model,
  checkpoint: number,
  project: number,
  now: number,
): Pick<Look, 'look' | 'text'> {
  const cell = model.cell(checkpoint, project);
  const staged = model.staged(checkpoint, project);
  const old = ageOf(model.row(checkpoint), now) ? ' old' : '';
  if (!staged) return { look: `${cell.kind}${old}`, text: signs[cell.kind].text };
  if (isSoAlready(staged, cell)) return { look: `staged ${staged} void${old}`, text: '=' };
  const failed = model.failure(checkpoint, project) === undefined ? '' : ' unsuccessful';
  return { look: `staged ${staged}${failed}${old}`, text: signs[`staged ${staged}`].text };
}

/** What the grid shows of a model, in the order and the direction that the person wants. */
export function contentOf(
  model: Model,
  checkpoints: readonly CheckpointHeading[],
  projects: readonly ProjectHeading[],
  { transposed }: Wanted,
  now: () => number,
): GridContent {
  const [down, across] = transposed ? [projects, checkpoints] : [checkpoints, projects];
  const checkpointAt = (row: number, column: number) => checkpoints[transposed ? column : row];
  const projectAt = (row: number, column: number) => projects[transposed ? row : column];

  const lookOf = (row: number, column: number): Look => {
    const [checkpoint, project] = [checkpointAt(row, column), projectAt(row, column)];
    if (checkpoint && project) {
      const label = cellInWords(model, checkpoint, project, now());
      return { ...cellLook(model, checkpoint.key, project.key, now()), label };
    }
    if (checkpoint) return checkpointLook(model, checkpoint, now());
    if (project) return projectLook(model, project);
    const text = transposed ? 'Projects, by checkpoint' : 'Checkpoints, by project';
    return { look: '', text, label: `${text}. ${down.length} rows, ${across.length} columns` };
  };
  return {
    rows: down.length,
    columns: across.length,
    lookOf,
    hoverOf: (row, column) => {
      const [checkpoint, project] = [checkpointAt(row, column), projectAt(row, column)];
      if (checkpoint && project) {
        const lines = cellDetails(model, checkpoint, project, now());
        return [cellInWords(model, checkpoint, project, now()), ...lines].join('\n');
      }
      if (checkpoint) return [checkpoint.name, ...checkpointInWords(model, checkpoint, now())].join('\n');
      return project ? [project.name, ...projectInWords(model, project)].join('\n') : '';
    },
  };
}

function checkpointLook(model: Model, checkpoint: CheckpointHeading, now: number): Look {
  const { name, key, ends = '' } = checkpoint;
  const row = model.row(key);
  const sign = row.reading ? '…' : row.failure ? '!' : row.read === 'nothing' ? '?' : '';
  const hasEnded = ends.startsWith('ended');
  return {
    look: [hasEnded ? 'past' : '', ageOf(row, now) ? 'old' : '', row.failure ? 'failed' : ''].join(' '),
    text: name,
    aside: ends.split(',')[0] ?? '',
    count: row.read === 'nothing' ? sign : `${countInShort(model.countOfCheckpoint(key))}${sign}`,
    // Without its ids: screen readers say it with each row that is entered.
    label: `Checkpoint ${name}, ${checkpointInWords(model, checkpoint, now).slice(2).join(', ')}`,
  };
}

function projectLook(model: Model, project: ProjectHeading): Look {
  const { name, key, archived } = project;
  return {
    look: archived ? 'past' : '',
    text: name,
    aside: archived ? 'archived' : '',
    count: countInShort(model.countOfProject(key)),
    label: `Project ${name}, ${projectInWords(model, project).slice(1).join(', ')}`,
  };
}
