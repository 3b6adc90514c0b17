/** Sizes of the grid's parts, in CSS pixels. */
export interface Sizes {
  readonly rowHeight: number;
  readonly columnWidth: number;
  readonly headHeight: number;
  readonly headWidth: number;
  /** How many columns are drawn and moved together. */
  readonly blockColumns: number;
}

/** Where a scrolled window onto the grid is, in CSS pixels. */
export interface Scrolled {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Indices from the first to the one before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Which rows and columns are in sight, also in part. */
export function inSight(
  scrolled: Scrolled,
  { rowHeight, columnWidth, headHeight, headWidth }: Sizes,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): { readonly rows: Span; readonly columns: Span } {
  return {
    rows: span(scrolled.top, scrolled.height - headHeight, rowHeight, rows),
    columns: span(scrolled.left, scrolled.width - headWidth, columnWidth, columns),
  };
}

function span(from: number, length: number, size: number, count: number): Span {
  const start = Math.max(0, Math.min(count, Math.floor(from / size)));
  const end = Math.max(start, Math.min(count, Math.ceil((from + Math.max(length, 0)) / size)));
  return { start, end };
}

/**
 * What is kept of `count` things of a size along one axis: those in sight and `more` besides, most of them where the
 * scrolling goes (`ahead`: 1 to the end, -1 to the beginning). Wherever that is, it is as many things, so that none has
 * to be made or put away while scrolling.
 */
export function around(
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

export function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** How far to scroll along one axis so that an index is wholly in sight; as it is when it already is. */
export function scrollTo(index: number, size: number, from: number, length: number): number {
  if (index < 0) return from;
  if (index * size < from) return index * size;
  return Math.max(from, (index + 1) * size - length);
}
