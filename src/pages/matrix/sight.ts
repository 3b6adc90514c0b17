/** Sizes of the grid's parts, in CSS pixels. */
export interface Sizes {
  readonly rowHeight: number;
  readonly columnWidth: number;
  readonly headHeight: number;
  readonly headWidth: number;
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

/** Which rows and columns are in sight, also in part; `more` on each side besides. */
export function inSight(
  scrolled: Scrolled,
  { rowHeight, columnWidth, headHeight, headWidth }: Sizes,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  more = 0,
): { readonly rows: Span; readonly columns: Span } {
  return {
    rows: span(scrolled.top, scrolled.height - headHeight, rowHeight, rows, more),
    columns: span(scrolled.left, scrolled.width - headWidth, columnWidth, columns, more),
  };
}

function span(from: number, length: number, size: number, count: number, more: number): Span {
  const start = Math.max(0, Math.min(count, Math.floor(from / size) - more));
  const end = Math.max(start, Math.min(count, Math.ceil((from + Math.max(length, 0)) / size) + more));
  return { start, end };
}

/** How far to scroll along one axis so that an index is wholly in sight; as it is when it already is. */
export function scrollTo(index: number, size: number, from: number, length: number): number {
  if (index < 0) return from;
  if (index * size < from) return index * size;
  return Math.max(from, (index + 1) * size - length);
}
