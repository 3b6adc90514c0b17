import { at, type GridPosition, type Range, type Selection } from './selection';

/** Which checkpoints and projects a matrix shows, by their keys in order. */
export interface Order {
  readonly checkpoints: readonly number[];
  readonly projects: readonly number[];
  /** Projects down and checkpoints across. */
  readonly transposed: boolean;
}

/**
 * The selection that means in another order what one meant before: rows that change places must not become what is about
 * to be staged. Of a rectangle that is none any more the cell with the keyboard is left. Undefined where that is gone.
 */
export function preserveSelection(selection: Selection, before: Order, after: Order): Selection | undefined {
  const moved = ({ row, column }: GridPosition): GridPosition | undefined => {
    const [ofCheckpoint, ofProject] = before.transposed ? [column, row] : [row, column];
    const down = placeIn(after.checkpoints, before.checkpoints[ofCheckpoint]);
    const across = placeIn(after.projects, before.projects[ofProject]);
    if (down === undefined || across === undefined) return undefined;
    return after.transposed ? { row: across, column: down } : { row: down, column: across };
  };
  const [focus, anchor] = [moved(selection.focus), moved(selection.anchor)];
  if (!focus) return undefined;
  const range = selection.range && sameRange(selection.range, before, after);
  return anchor && range ? { focus, anchor, range } : at(focus.row, focus.column);
}

/** Where the cells of a range are, if they are a range in the same order there. */
function sameRange({ top, bottom, left, right }: Range, before: Order, after: Order): Range | undefined {
  const [down, across] = [
    [top, bottom + 1],
    [left, right + 1],
  ];
  const [ofCheckpoints, ofProjects] = before.transposed ? [across, down] : [down, across];
  const checkpoints = spanIn(after.checkpoints, before.checkpoints.slice(...ofCheckpoints));
  const projects = spanIn(after.projects, before.projects.slice(...ofProjects));
  if (!checkpoints || !projects) return undefined;
  const [rows, columns] = after.transposed ? [projects, checkpoints] : [checkpoints, projects];
  return { top: rows.first, bottom: rows.last, left: columns.first, right: columns.last };
}

/** -1 for a heading, which has no key; undefined for what is gone. */
function placeIn(keys: readonly number[], key: number | undefined): number | undefined {
  if (key === undefined) return -1;
  const place = keys.indexOf(key);
  return place < 0 ? undefined : place;
}

function spanIn(keys: readonly number[], wanted: readonly number[]) {
  const first = keys.indexOf(wanted[0] ?? -1);
  const areThere = first >= 0 && wanted.every((key, index) => keys[first + index] === key);
  return areThere ? { first, last: first + wanted.length - 1 } : undefined;
}
