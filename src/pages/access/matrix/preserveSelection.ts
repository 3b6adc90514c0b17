import { type GridPosition, type Range, type Selection, selectionAt } from './selection';

/** The keys of the checkpoints and projects that a matrix shows, in order. */
export interface Order {
  readonly checkpoints: readonly number[];
  readonly projects: readonly number[];
  /** True with projects as rows and checkpoints as columns. */
  readonly isTransposed: boolean;
}

/**
 * The selection of the same cells in another order, so that a sort never changes the cells about to be staged. A range
 * that is no longer a rectangle shrinks to the focused cell. Undefined when the focused cell is gone.
 */
export function preserveSelection(selection: Selection, before: Order, after: Order): Selection | undefined {
  const moved = ({ row, column }: GridPosition): GridPosition | undefined => {
    const [ofCheckpoint, ofProject] = before.isTransposed ? [column, row] : [row, column];
    const down = indexIn(after.checkpoints, before.checkpoints[ofCheckpoint]);
    const across = indexIn(after.projects, before.projects[ofProject]);
    if (down === undefined || across === undefined) return undefined;
    return after.isTransposed ? { row: across, column: down } : { row: down, column: across };
  };
  const [focus, anchor] = [moved(selection.focus), moved(selection.anchor)];
  if (!focus) return undefined;
  const range = selection.range && movedRange(selection.range, before, after);
  return anchor && range ? { focus, anchor, range } : selectionAt(focus.row, focus.column);
}

/** The range of the same cells in the new order; undefined when they are no longer adjacent in the same order. */
function movedRange({ top, bottom, left, right }: Range, before: Order, after: Order): Range | undefined {
  const [down, across] = [
    [top, bottom + 1],
    [left, right + 1],
  ];
  const [ofCheckpoints, ofProjects] = before.isTransposed ? [across, down] : [down, across];
  const checkpoints = spanIn(after.checkpoints, before.checkpoints.slice(...ofCheckpoints));
  const projects = spanIn(after.projects, before.projects.slice(...ofProjects));
  if (!checkpoints || !projects) return undefined;
  const [rows, columns] = after.isTransposed ? [projects, checkpoints] : [checkpoints, projects];
  return { top: rows.first, bottom: rows.last, left: columns.first, right: columns.last };
}

/** The index of a key; -1 for a heading, which has no key; undefined when the key is gone. */
function indexIn(keys: readonly number[], key: number | undefined): number | undefined {
  if (key === undefined) return -1;
  const index = keys.indexOf(key);
  return index < 0 ? undefined : index;
}

function spanIn(keys: readonly number[], part: readonly number[]) {
  const first = keys.indexOf(part[0] ?? -1);
  const hasPart = first >= 0 && part.every((key, index) => keys[first + index] === key);
  return hasPart ? { first, last: first + part.length - 1 } : undefined;
}
