/** A cell of the grid; -1 is the heading of a row or column. */
export interface GridPosition {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells, both corners included. */
export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * The focused position, the start of the range, and the selected cells; `range` is absent while a heading has the
 * focus.
 */
export interface Selection {
  readonly focus: GridPosition;
  readonly anchor: GridPosition;
  readonly range?: Range;
}

/** The number of rows and columns, and of rows that are visible at once (`page`). */
export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
}

/** A key press of a `KeyboardEvent`; `control` is also the Mac's command key. */
export interface KeyPress {
  readonly key: string;
  readonly shift: boolean;
  readonly control: boolean;
}

/** Selects one cell, or focuses one heading. */
export function selectionAt(row: number, column: number): Selection {
  const position = { row, column };
  return {
    focus: position,
    anchor: position,
    ...(row >= 0 && column >= 0 && { range: rangeBetween(position, position) }),
  };
}

/** Extends the range from its start to another position. */
export function extendSelection(selection: Selection, to: GridPosition): Selection {
  const focus = { row: Math.max(0, to.row), column: Math.max(0, to.column) };
  const anchor = { row: Math.max(0, selection.anchor.row), column: Math.max(0, selection.anchor.column) };
  return { focus, anchor, range: rangeBetween(anchor, focus) };
}

/** Selects all cells of the selected rows, or of the row whose heading has the focus. */
export function selectRows({ focus, anchor, range }: Selection, { columns }: GridSize): Selection {
  const { top, bottom } = range ?? { top: focus.row, bottom: focus.row };
  return { focus, anchor, range: { top, bottom, left: 0, right: columns - 1 } };
}

/** Selects all cells of the selected columns, or of the column whose heading has the focus. */
export function selectColumns({ focus, anchor, range }: Selection, { rows }: GridSize): Selection {
  const { left, right } = range ?? { left: focus.column, right: focus.column };
  return { focus, anchor, range: { top: 0, bottom: rows - 1, left, right } };
}

export function selectAll({ focus, anchor }: Selection, { rows, columns }: GridSize): Selection {
  return { focus, anchor, range: { top: 0, bottom: rows - 1, left: 0, right: columns - 1 } };
}

/**
 * The selection after a key press, by WAI-ARIA's grid pattern: arrows, Home, End, Page Up and Page Down move the focus,
 * and with Shift extend the range; Shift+Space, Ctrl+Space and Ctrl+A select rows, columns, and all. Undefined for
 * other keys.
 */
export function selectionAfterKey(
  selection: Selection,
  key: KeyPress,
  extent: GridSize,
): Selection | undefined {
  if (key.key === ' ' && key.shift) return selectRows(selection, extent);
  if (key.key === ' ' && key.control) return selectColumns(selection, extent);
  if (key.key === 'a' && key.control) return selectAll(selection, extent);
  if (key.key === 'Escape') return selectionAt(selection.focus.row, selection.focus.column);
  const to = movedFocus(selection.focus, key, extent);
  if (!to) return undefined;
  return key.shift ? extendSelection(selection, to) : selectionAt(to.row, to.column);
}

function movedFocus(
  { row, column }: GridPosition,
  { key, control }: KeyPress,
  { rows, columns, page }: GridSize,
): GridPosition | undefined {
  const position = (r: number, c: number): GridPosition => ({
    row: Math.min(Math.max(r, -1), rows - 1),
    column: Math.min(Math.max(c, -1), columns - 1),
  });
  switch (key) {
    case 'ArrowUp':
      return position(control ? Math.min(row, 0) : row - 1, column);
    case 'ArrowDown':
      return position(control ? rows - 1 : row + 1, column);
    case 'ArrowLeft':
      return position(row, control ? Math.min(column, 0) : column - 1);
    case 'ArrowRight':
      return position(row, control ? columns - 1 : column + 1);
    case 'Home':
      return position(control ? 0 : row, 0);
    case 'End':
      return position(control ? rows - 1 : row, columns - 1);
    case 'PageUp':
      return position(Math.max(row - page, Math.min(row, 0)), column);
    case 'PageDown':
      return position(row + page, column);
    default:
      return undefined;
  }
}

/** Clamps the selection to a grid that may have become smaller. */
export function clampSelection({ focus, anchor, range }: Selection, { rows, columns }: GridSize): Selection {
  const inside = (position: GridPosition): GridPosition => ({
    row: Math.min(position.row, rows - 1),
    column: Math.min(position.column, columns - 1),
  });
  const fits = range && range.bottom < rows && range.right < columns;
  const position = inside(focus);
  return fits
    ? { focus: position, anchor: inside(anchor), range }
    : selectionAt(position.row, position.column);
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

/** The number of cells in a range. */
export function sizeOf(range: Range | undefined): number {
  return range ? (range.bottom - range.top + 1) * (range.right - range.left + 1) : 0;
}

function rangeBetween(one: GridPosition, other: GridPosition): Range {
  return {
    top: Math.min(one.row, other.row),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column),
  };
}
