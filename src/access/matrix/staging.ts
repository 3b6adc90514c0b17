import type { StagedChange } from '../plan/staged';
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
 * cells that already have the requested state. Returns why other cells were refused, the most frequent reason first.
 */
export function stageCells(
  matrix: Matrix,
  { staged, projects: directory }: Pick<MatrixSource, 'staged' | 'projects'>,
  { checkpoints, projects }: Rectangle,
  action: StagingAction,
): RefusedCells[] {
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
  if (action === 'unstage' || (action === 'toggle' && !another && only?.staged)) {
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
  // Only staged changes are removed: one for a cell of unknown access stays.
  staged.unstage(reverted.filter((each) => each.staged !== undefined));
  staged.stage(changes);
  return [...refused.values()].sort((one, other) => other.count - one.count);
}
