import type { StagedChange, StagedChanges } from '../plan/staged';
import { isPause, type Steps } from '../slices';
import { mostStaged } from '../thresholds';
import {
  type Cell,
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
export function* stageCells(
  matrix: Matrix,
  source: Pick<MatrixSource, 'staged' | 'projects'>,
  { checkpoints, projects }: Rectangle,
  action: StagingAction,
): Steps<RefusedCells[]> {
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
  return yield* stageEach(matrix, source, places, action);
}

/** A cell of the matrix. */
export interface CellPlace {
  readonly checkpoint: string;
  readonly project: string;
}

/** The same for cells that need not form a rectangle, each once. All are staged in one turn: the last one. */
export function* stageEach(
  matrix: Matrix,
  { staged, projects: directory }: Pick<MatrixSource, 'staged' | 'projects'>,
  places: readonly CellPlace[],
  action: Exclude<StagingAction, 'unstage'>,
): Steps<RefusedCells[]> {
  const [{ checkpoint, project } = { checkpoint: '', project: '' }] = places;
  const tooMany: RefusedCells = { why: 'tooMany', count: places.length, checkpoint, project };
  if (places.length > mostStaged) return [tooMany];
  const rows = new Map<string, MatrixRow>();
  const rowOf = (id: string): MatrixRow => {
    const row = rows.get(id) ?? matrix.row(id);
    rows.set(id, row);
    return row;
  };
  const cells: KnownCell[] = [];
  for (const { checkpoint, project } of places) {
    if (isPause(cells.length)) yield;
    cells.push({
      checkpoint,
      project,
      cell: cellOf(rowOf(checkpoint), project),
      staged: staged.get(checkpoint, project)?.action,
      archived: directory.isArchivedNow(project),
    });
  }
  const [only, another] = cells;
  if (action === 'toggle' && !another && only?.staged) {
    staged.unstage(cells);
    return [];
  }

  const wanted = action === 'toggle' ? toggled(cells) : action;
  const changes: StagedChange[] = [];
  const reverted: KnownCell[] = [];
  const refused = new Map<StagingRefusal, RefusedCells>();
  for (const [index, each] of cells.entries()) {
    if (isPause(index)) yield;
    const { checkpoint, project } = each;
    const why = refusalOf(each.cell, wanted, each.archived);
    if (!why) changes.push({ checkpoint, project, action: wanted });
    // Only staged changes are removed: one for a cell of unknown access stays.
    else if (why === 'has' || why === 'hasNot') reverted.push(...(each.staged ? [each] : []));
    else {
      const { count = 0, ...first } = refused.get(why) ?? {};
      refused.set(why, { why, checkpoint, project, ...first, count: count + 1 });
    }
  }
  if (!staged.stage(changes)) return [tooMany];
  staged.unstage(reverted);
  return [...refused.values()].sort((one, other) => other.count - one.count);
}

/** A cell with what decides a change of it. */
interface KnownCell extends CellPlace {
  readonly cell: Cell;
  readonly staged: StagedAction | undefined;
  readonly archived: boolean;
}

/** Grants access to all of the cells, or revokes it if all that can change have it or are staged to get it. */
function toggled(cells: readonly KnownCell[]): StagedAction {
  const willHave = ({ cell, staged }: KnownCell): boolean =>
    staged === undefined ? cell.kind === 'access' : staged === 'grant';
  const canChange = cells.filter(
    ({ cell, archived }) => !(refusalOf(cell, 'grant', archived) && refusalOf(cell, 'revoke', archived)),
  );
  return canChange.length > 0 && canChange.every(willHave) ? 'revoke' : 'grant';
}

/** The staged changes in a rectangle, however large that is. */
function stagedIn({ changes }: Pick<StagedChanges, 'changes'>, rectangle: Rectangle): StagedChange[] {
  const [checkpoints, projects] = [new Set(rectangle.checkpoints), new Set(rectangle.projects)];
  return changes.filter(({ checkpoint, project }) => checkpoints.has(checkpoint) && projects.has(project));
}
