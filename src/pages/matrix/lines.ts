import type { Draw } from './block';
import { Line } from './line';
import type { Place } from './selection';
import type { Sizes } from './sight';

/** Which rows and blocks of columns are to be there. */
export interface Wanted {
  readonly rows: readonly number[];
  readonly blocks: readonly number[];
  /** How many columns there are. */
  readonly columns: number;
  /** A place that is to be there wherever it is, because the keyboard is on it. */
  readonly kept: Place;
  /** What is not wanted is left where it is, if it is right: it is out of sight and will be used again in a moment. */
  readonly leave: boolean;
}

/** The lines of a grid. Elements that go out of sight are used again for those that come into it. */
export class Lines {
  readonly #head: Line;
  readonly #lines = new Map<number, Line>();
  /** Those that were of use when more was in sight. */
  readonly #spare: Line[] = [];

  constructor(
    private readonly canvas: HTMLElement,
    private readonly sizes: Sizes,
  ) {
    this.#head = new Line(true, sizes);
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

  draw({ rows, blocks, columns, kept, leave }: Wanted, draw: Draw): void {
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

  #take(before: number | undefined): Line {
    const used = before === undefined ? undefined : this.#lines.get(before);
    if (before !== undefined) this.#lines.delete(before);
    if (used) return used;
    const line = this.#spare.pop() ?? new Line(false, this.sizes);
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
