import type { StagedChange, StagedChanges } from '../plan/staged';
import { mostStaged } from '../thresholds';
import {
  cellOf,
  type RefusedCells,
  refusalOf,
  type StagedAction,
  type StagingAction,
  type StagingRefusal,
} from './cell';
import type { Matrix, MatrixRow, MatrixSource } from './matrix';

/** A rectangle of cells: each of the checkpoints with each of the projects. */
export interface Rectangle {
  readonly checkpoints: readonly string[];
  readonly projects: readonly string[];
}

/**
 * Stages a change for each cell of a rectangle where it has an effect, and unstages changes that it reverts. Skips
 * cells that already have the requested state. Returns why other cells were refused, the most frequent reason first. Too
 * many changes are refused as a whole.
 */
export function stageCells(
  matrix: Matrix,
  source: Pick<MatrixSource, 'staged' | 'projects'>,
  { checkpoints, projects }: Rectangle,
  action: StagingAction,
): RefusedCells[] {
  const { staged } = source;
  if (action === 'unstage') {
    staged.unstage(stagedIn(staged, { checkpoints, projects }));
    return [];
  }
  const count = checkpoints.length * projects.length;
  const [checkpoint = '', project = ''] = [checkpoints[0], projects[0]];
  // Told from the number alone: looking at millions of cells takes too long.
  if (count > mostStaged) return [{ why: 'tooMany', count, checkpoint, project }];
  const places = checkpoints.flatMap((each) => projects.map((of) => ({ checkpoint: each, project: of })));
  return stageEach(matrix, source, places, action);
}

/** A cell of the matrix. */
export interface CellPlace {
  readonly checkpoint: string;
  readonly project: string;
}

/** The same for cells that need not form a rectangle, each once. */
export function stageEach(
  matrix: Matrix,
  { staged, projects: directory }: Pick<MatrixSource, 'staged' | 'projects'>,
  places: readonly CellPlace[],
  action: Exclude<StagingAction, 'unstage'>,
): RefusedCells[] {
  const [{ checkpoint, project } = { checkpoint: '', project: '' }] = places;
  const tooMany: RefusedCells = { why: 'tooMany', count: places.length, checkpoint, project };
  if (places.length > mostStaged) return [tooMany];
  const rows = new Map<string, MatrixRow>();
  const rowOf = (id: string): MatrixRow => {
    const row = rows.get(id) ?? matrix.row(id);
    rows.set(id, row);
    return row;
  };
  const cells = places.map((place) => ({
    ...place,
    cell: cellOf(rowOf(place.checkpoint), place.project),
    staged: staged.get(place.checkpoint, place.project)?.action,
    archived: directory.isArchivedNow(place.project),
  }));
  const [only, another] = cells;
  if (action === 'toggle' && !another && only?.staged) {
    staged.unstage(cells);
    return [];
  }

  const willHave = ({ cell, staged: change }: (typeof cells)[number]): boolean =>
    change === undefined ? cell.kind === 'access' : change === 'grant';
  const canChange = cells.filter(
    ({ cell, archived }) => !(refusalOf(cell, 'grant', archived) && refusalOf(cell, 'revoke', archived)),
  );
  const wanted: StagedAction =
    action !== 'toggle' ? action : canChange.length > 0 && canChange.every(willHave) ? 'revoke' : 'grant';

  const changes: StagedChange[] = [];
  const reverted: (typeof cells)[number][] = [];
  const refused = new Map<StagingRefusal, RefusedCells>();
  for (const each of cells) {
    const { checkpoint, project } = each;
    const why = refusalOf(each.cell, wanted, each.archived);
    if (!why) changes.push({ checkpoint, project, action: wanted });
    else if (why === 'has' || why === 'hasNot') reverted.push(each);
    else {
      const { count = 0, ...first } = refused.get(why) ?? {};
      refused.set(why, { why, checkpoint, project, ...first, count: count + 1 });
    }
  }
  if (!staged.stage(changes)) return [tooMany];
  // Only staged changes are removed: one for a cell of unknown access stays.
  staged.unstage(reverted.filter((each) => each.staged !== undefined));
  return [...refused.values()].sort((one, other) => other.count - one.count);
}

/** The staged changes in a rectangle, however large that is. */
function stagedIn({ changes }: Pick<StagedChanges, 'changes'>, rectangle: Rectangle): StagedChange[] {
  const [checkpoints, projects] = [new Set(rectangle.checkpoints), new Set(rectangle.projects)];
  return changes.filter(({ checkpoint, project }) => checkpoints.has(checkpoint) && projects.has(project));
}
