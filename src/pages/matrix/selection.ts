/** A place in the grid; -1 is the heading of a row or column. */
export interface GridPosition {
  readonly row: number;
  readonly column: number;
}

/** Cells from one corner to another, both included. */
export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Where the keyboard is, where a range was begun, and which cells are meant; no cells while a heading has the keyboard. */
export interface Selection {
  readonly focus: GridPosition;
  readonly anchor: GridPosition;
  readonly range?: Range;
}

/** How large the grid is, and how many rows are seen at once. */
export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
}

/** A key as an event gives it; `control` is also the Mac's command key. */
export interface KeyPress {
  readonly key: string;
  readonly shift: boolean;
  readonly control: boolean;
}

/** One cell, or one heading. */
export function at(row: number, column: number): Selection {
  const place = { row, column };
  return { focus: place, anchor: place, ...(row >= 0 && column >= 0 && { range: between(place, place) }) };
}

/** From where a range was begun to another place. */
export function extended(selection: Selection, to: GridPosition): Selection {
  const focus = { row: Math.max(0, to.row), column: Math.max(0, to.column) };
  const anchor = { row: Math.max(0, selection.anchor.row), column: Math.max(0, selection.anchor.column) };
  return { focus, anchor, range: between(anchor, focus) };
}

/** All cells of the rows of a selection, or those under a row's heading. */
export function wholeRows({ focus, anchor, range }: Selection, { columns }: GridSize): Selection {
  const { top, bottom } = range ?? { top: focus.row, bottom: focus.row };
  return { focus, anchor, range: { top, bottom, left: 0, right: columns - 1 } };
}

/** All cells of the columns of a selection, or those under a column's heading. */
export function wholeColumns({ focus, anchor, range }: Selection, { rows }: GridSize): Selection {
  const { left, right } = range ?? { left: focus.column, right: focus.column };
  return { focus, anchor, range: { top: 0, bottom: rows - 1, left, right } };
}

export function everything({ focus, anchor }: Selection, { rows, columns }: GridSize): Selection {
  return { focus, anchor, range: { top: 0, bottom: rows - 1, left: 0, right: columns - 1 } };
}

/**
 * What a key makes of a selection, by WAI-ARIA's pattern of the grid: arrows, Home, End, Page Up and Down move, with
 * Shift they extend; Shift+Space, Ctrl+Space and Ctrl+A select rows, columns and everything. Undefined for other keys.
 */
export function afterKey(selection: Selection, key: KeyPress, extent: GridSize): Selection | undefined {
  if (key.key === ' ' && key.shift) return wholeRows(selection, extent);
  if (key.key === ' ' && key.control) return wholeColumns(selection, extent);
  if (key.key === 'a' && key.control) return everything(selection, extent);
  if (key.key === 'Escape') return at(selection.focus.row, selection.focus.column);
  const to = moved(selection.focus, key, extent);
  if (!to) return undefined;
  return key.shift ? extended(selection, to) : at(to.row, to.column);
}

function moved(
  { row, column }: GridPosition,
  { key, control }: KeyPress,
  { rows, columns, page }: GridSize,
): GridPosition | undefined {
  const place = (r: number, c: number): GridPosition => ({
    row: Math.min(Math.max(r, -1), rows - 1),
    column: Math.min(Math.max(c, -1), columns - 1),
  });
  switch (key) {
    case 'ArrowUp':
      return place(control ? Math.min(row, 0) : row - 1, column);
    case 'ArrowDown':
      return place(control ? rows - 1 : row + 1, column);
    case 'ArrowLeft':
      return place(row, control ? Math.min(column, 0) : column - 1);
    case 'ArrowRight':
      return place(row, control ? columns - 1 : column + 1);
    case 'Home':
      return place(control ? 0 : row, 0);
    case 'End':
      return place(control ? rows - 1 : row, columns - 1);
    case 'PageUp':
      return place(Math.max(row - page, Math.min(row, 0)), column);
    case 'PageDown':
      return place(row + page, column);
    default:
      return undefined;
  }
}

/** The selection in a grid that may have become smaller. */
export function within({ focus, anchor, range }: Selection, { rows, columns }: GridSize): Selection {
  const inside = (place: GridPosition): GridPosition => ({
    row: Math.min(place.row, rows - 1),
    column: Math.min(place.column, columns - 1),
  });
  const fits = range && range.bottom < rows && range.right < columns;
  const place = inside(focus);
  return fits ? { focus: place, anchor: inside(anchor), range } : at(place.row, place.column);
}

export function contains(range: Range | undefined, row: number, column: number): boolean {
  return (
    range !== undefined &&
    row >= range.top &&
    row <= range.bottom &&
    column >= range.left &&
    column <= range.right
  );
}

/** How many cells a range has. */
export function sizeOf(range: Range | undefined): number {
  return range ? (range.bottom - range.top + 1) * (range.right - range.left + 1) : 0;
}

function between(one: GridPosition, other: GridPosition): Range {
  return {
    top: Math.min(one.row, other.row),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column),
  };
}
