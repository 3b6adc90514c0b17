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
  /** The part of the grid that headings take where there is little room. */
  readonly share: number;
}

const width: Axis = { min: 112, usual: 320, max: 720, share: 0.4 };
const height: Axis = { min: 64, usual: 168, max: 480, share: 0.36 };

/** The sizes of the headings in a grid of a size, whose cells have one, too. */
export function fitHeadings(
  grid: { readonly width: number; readonly height: number },
  cell: { readonly width: number; readonly height: number },
  chosen: ChosenHeadings = {},
): { readonly width: Fitted; readonly height: Fitted } {
  return {
    width: fit(width, grid.width, cell.width, chosen.width),
    height: fit(height, grid.height, cell.height, chosen.height),
  };
}

function fit(axis: Axis, grid: number, cell: number, chosen: number | undefined): Fitted {
  // A grid that isn't laid out has no size yet.
  if (grid === 0) return { size: axis.usual, min: axis.min, max: axis.max };
  const room = Math.floor(grid - scrollBar - leastCells * cell);
  const max = clamp(room, axis.min, axis.max);
  const own = clamp(Math.round(grid * axis.share), axis.min, axis.usual);
  return { size: clamp(chosen ?? own, axis.min, max), min: axis.min, max };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
