import { standingAt } from '../../../access/loading/standing';
import type { CheckpointHeading, ProjectHeading } from '../../../protocol/matrix';
import { metadata, spoken } from '../../../text/lists';
import * as words from '../../../words/matrix';
import { shutdownInShort } from '../../../words/shutdown';
import { standingInWords } from '../../../words/standing';
import type { MatrixModel, Row } from './model';

// Labels of the grid, from the model's facts.

/** Cache of the standing of each row in words, for one second: a row has hundreds of cells. */
const standings = new WeakMap<Row, { readonly second: number; readonly words: string }>();

function standingOfRow(row: Row, now: number): string {
  const second = Math.floor(now / 1000);
  const cached = standings.get(row);
  if (cached?.second === second) return cached.words;
  const text = standingInWords(standingAt(row.standing, now), now);
  standings.set(row, { second, words: text });
  return text;
}

/** The label of a cell, on one line. */
export function cellLabel(
  model: MatrixModel,
  checkpoint: CheckpointHeading,
  project: ProjectHeading,
  now: number,
): string {
  return metadata(
    words.cellInWords(cellFacts(model, checkpoint, project, now)),
    model.verdict(checkpoint.key, project.key),
  );
}

/** What a cell says where its row and its column are named beside it. */
export function cellText(
  model: MatrixModel,
  checkpoint: CheckpointHeading,
  project: ProjectHeading,
  now: number,
): string {
  return words.cellAlone(cellFacts(model, checkpoint, project, now));
}

function cellFacts(
  model: MatrixModel,
  checkpoint: CheckpointHeading,
  project: ProjectHeading,
  now: number,
): words.CellFacts {
  const row = model.row(checkpoint.key);
  return {
    checkpoint: checkpoint.name,
    project: project.name,
    isArchived: project.archived,
    cell: model.cell(checkpoint.key, project.key),
    standing: standingOfRow(row, now),
    isLoaded: row.standing.state === 'loaded',
    staged: model.staged(checkpoint.key, project.key),
    failure: model.failure(checkpoint.key, project.key),
  };
}

/** The details of a cell, one a line: its label, IDs, exact times, reasons. */
export function cellLines(
  model: MatrixModel,
  checkpoint: CheckpointHeading,
  project: ProjectHeading,
  now: number,
): string[] {
  const cell = model.cell(checkpoint.key, project.key);
  const row = rowAt(model, checkpoint.key, now);
  return [cellLabel(model, checkpoint, project, now), ...words.cellDetails(cell, row, now)];
}

/** The label of a checkpoint, without its ID: screen readers repeat it for each row that is entered. */
export function checkpointLabel(
  model: MatrixModel,
  { key, name, shutdown }: CheckpointHeading,
  now: number,
): string {
  const facts = { ...rowAt(model, key, now), count: model.countOfCheckpoint(key) };
  const end = shutdown && shutdownInShort(shutdown, now);
  return spoken(`Checkpoint ${name}`, ...words.checkpointState(facts, now), end);
}

export function checkpointLines(model: MatrixModel, heading: CheckpointHeading, now: number): string[] {
  const { key, name, id, baseModel, shutdown } = heading;
  const count = model.countOfCheckpoint(key);
  const owner = model.ownerName(key);
  const facts = { ...rowAt(model, key, now), id, baseModel, shutdown, count, owner };
  return [name, ...words.checkpointDetails(facts, now)];
}

export function projectLabel(model: MatrixModel, heading: ProjectHeading): string {
  return spoken(`Project ${heading.name}`, ...aboutProject(model, heading));
}

export function projectLines(model: MatrixModel, heading: ProjectHeading): string[] {
  return [heading.name, heading.id, ...aboutProject(model, heading)];
}

function aboutProject(model: MatrixModel, { key, archived: isArchived, note }: ProjectHeading): string[] {
  return words.projectDetails({ isArchived, note, count: model.countOfProject(key) });
}

function rowAt(model: MatrixModel, checkpoint: number, now: number): words.RowFacts {
  const { standing, reason } = model.row(checkpoint);
  return { standing: standingAt(standing, now), reason };
}
