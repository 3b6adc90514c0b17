/** Sizes of the cells, in CSS pixels. They never change. */
export interface CellDimensions {
  readonly rowHeight: number;
  readonly columnWidth: number;
  /** Number of columns in a block, which is placed as one element. */
  readonly blockColumns: number;
}

/** Sizes of the grid's parts, in CSS pixels. The grid changes those of its headings. */
export interface GridDimensions extends CellDimensions {
  readonly headHeight: number;
  readonly headWidth: number;
}

/** The scroll position and size of the grid's scroll container, in CSS pixels. */
export interface Viewport {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Indices from `start` to `end`, without `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The rows and columns that are visible, wholly or in part. */
export function visibleSpans(
  viewport: Viewport,
  { rowHeight, columnWidth, headHeight, headWidth }: GridDimensions,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): { readonly rows: Span; readonly columns: Span } {
  return {
    rows: span(viewport.top, viewport.height - headHeight, rowHeight, rows),
    columns: span(viewport.left, viewport.width - headWidth, columnWidth, columns),
  };
}

function span(from: number, length: number, size: number, count: number): Span {
  const start = Math.max(0, Math.min(count, Math.floor(from / size)));
  const end = Math.max(start, Math.min(count, Math.ceil((from + Math.max(length, 0)) / size)));
  return { start, end };
}

/**
 * The rendered span along one axis of `count` items of a size: the visible items and `more` as overscan, most of it in
 * the direction of scrolling (`ahead`: 1 to the end, -1 to the beginning). Its length doesn't depend on the position,
 * so that scrolling creates and removes no elements.
 */
export function renderedSpan(
  from: number,
  length: number,
  size: number,
  count: number,
  more: number,
  ahead: -1 | 0 | 1,
): Span {
  const number = Math.min(count, Math.ceil(Math.max(length, 0) / size) + 1 + more);
  const before = Math.floor((more * (2 - ahead) + 2) / 4);
  const start = Math.max(0, Math.min(count - number, Math.floor(from / size) - before));
  return { start, end: start + number };
}

export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/**
 * The scroll offset along one axis at which an index is wholly visible; `from`, the current one, when it already is.
 */
export function scrollOffset(index: number, size: number, from: number, length: number): number {
  if (index < 0) return from;
  if (index * size < from) return index * size;
  return Math.max(from, (index + 1) * size - length);
}
