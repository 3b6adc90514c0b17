import type { Draw } from './block';
import { GridRow } from './gridRow';
import type { GridPosition } from './selection';
import type { Sizes } from './viewport';

/** Which rows and blocks of columns are to be there. */
export interface RenderWindow {
  readonly rows: readonly number[];
  readonly blocks: readonly number[];
  /** How many columns there are. */
  readonly columns: number;
  /** A place that is to be there wherever it is, because the keyboard is on it. */
  readonly kept: GridPosition;
  /** What is not wanted is left where it is, if it is right: it is out of sight and will be used again in a moment. */
  readonly leave: boolean;
}

/** The lines of a grid. Elements that go out of sight are used again for those that come into it. */
export class GridRows {
  readonly #head: GridRow;
  readonly #lines = new Map<number, GridRow>();
  /** Those that were of use when more was in sight. */
  readonly #spare: GridRow[] = [];

  constructor(
    private readonly canvas: HTMLElement,
    private readonly sizes: Sizes,
  ) {
    this.#head = new GridRow(true, sizes);
    this.#head.moveTo(-1);
    canvas.append(this.#head.element);
  }

  /** Has everything drawn anew that is drawn at all. */
  invalidate(): void {
    this.#head.invalidate();
    for (const line of this.#lines.values()) line.invalidate();
  }

  elementAt(row: number, column: number): HTMLElement | undefined {
    return (row < 0 ? this.#head : this.#lines.get(row))?.boxAt(column);
  }

  draw({ rows, blocks, columns, kept, leave }: RenderWindow, draw: Draw): void {
    const block = Math.floor(kept.column / this.sizes.blockColumns);
    const isBlockMissing = kept.column >= 0 && !blocks.includes(block);
    const withKept = isBlockMissing ? [...blocks, block] : blocks;
    const isRowMissing = kept.row >= 0 && !rows.includes(kept.row);
    const wanted = new Set(isRowMissing ? [...rows, kept.row] : rows);
    const free = [...this.#lines.keys()].filter((row) => !wanted.has(row));
    this.#head.draw(kept.row < 0 ? withKept : blocks, columns, leave, draw);
    for (const row of wanted) {
      const line = this.#lines.get(row) ?? this.#take(free.pop());
      line.moveTo(row);
      this.#lines.set(row, line);
      line.draw(row === kept.row ? withKept : blocks, columns, leave, draw);
    }
    for (const row of free) if (!leave || this.#lines.get(row)?.isStale) this.#putAway(row);
  }

  #take(before: number | undefined): GridRow {
    const used = before === undefined ? undefined : this.#lines.get(before);
    if (before !== undefined) this.#lines.delete(before);
    if (used) return used;
    const line = this.#spare.pop() ?? new GridRow(false, this.sizes);
    this.canvas.append(line.element);
    return line;
  }

  #putAway(row: number): void {
    const line = this.#lines.get(row);
    if (!line) return;
    line.element.remove();
    this.#lines.delete(row);
    this.#spare.push(line);
  }
}
