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
import type { Matrix, MatrixSource } from './matrix';

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
  { staged, projects: directory }: Pick<MatrixSource, 'staged' | 'projects'>,
  { checkpoints, projects }: Rectangle,
  action: StagingAction,
): RefusedCells[] {
  if (action === 'unstage') {
    staged.unstage(stagedIn(staged, { checkpoints, projects }));
    return [];
  }
  const [checkpoint = '', project = ''] = [checkpoints[0], projects[0]];
  const count = checkpoints.length * projects.length;
  const tooMany: RefusedCells = { why: 'tooMany', count, checkpoint, project };
  // Told from the number alone: looking at millions of cells takes too long.
  if (count > mostStaged) return [tooMany];
  const cells = checkpoints.flatMap((checkpoint) => {
    const row = matrix.row(checkpoint);
    return projects.map((project) => ({
      checkpoint,
      project,
      cell: cellOf(row, project),
      staged: staged.get(checkpoint, project)?.action,
      archived: directory.isArchivedNow(project),
    }));
  });
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
