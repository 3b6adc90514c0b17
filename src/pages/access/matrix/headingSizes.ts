// The sizes of the headings beside the cells, in CSS pixels: what a person chose, or what leaves room for cells.

/** What a person chose. What is absent follows the size of the grid. */
export interface ChosenHeadings {
  /** The width of the headings of rows. */
  readonly width?: number;
  /** The height of the headings of columns. */
  readonly height?: number;
}

/** A size, and what it can be made. */
export interface Fitted {
  readonly size: number;
  readonly min: number;
  readonly max: number;
}

/** How many cells stay in sight in each direction, whatever was chosen, where there is room for the smallest headings. */
export const leastCells = 3;

/** Widest scroll bar of a browser, which takes its room from the cells. */
const scrollBar = 16;

interface Axis {
  readonly min: number;
  /** The size where there is much room. */
  readonly usual: number;
  readonly max: number;
  /** The part of the page that headings take where there is little room. */
  readonly share: number;
}

const width: Axis = { min: 112, usual: 320, max: 720, share: 0.45 };
const height: Axis = { min: 64, usual: 168, max: 480, share: 0.3 };

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The sizes of the headings of a grid. They follow the size of the page, because the height of the grid changes with
 * texts around it, and cells must not move under the mouse then.
 */
export function fitHeadings(
  grid: Size,
  page: Size,
  cell: Size,
  chosen: ChosenHeadings = {},
): { readonly width: Fitted; readonly height: Fitted } {
  return {
    width: fit(width, grid.width, page.width, cell.width, chosen.width),
    height: fit(height, grid.height, page.height, cell.height, chosen.height),
  };
}

function fit(axis: Axis, grid: number, page: number, cell: number, chosen: number | undefined): Fitted {
  const max = clamp(Math.floor(grid - scrollBar - leastCells * cell), axis.min, axis.max);
  const own = clamp(Math.round(page * axis.share), axis.min, axis.usual);
  return { size: clamp(chosen ?? own, axis.min, max), min: axis.min, max };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
