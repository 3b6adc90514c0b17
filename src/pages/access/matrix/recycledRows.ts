import type { GridDimensions } from '../viewport';
import type { BoxStateLookup } from './block';
import { RecycledRow } from './recycledRow';
import type { GridPosition } from './selection';

/** The rows and blocks of columns to render. */
export interface RenderWindow {
  readonly rows: readonly number[];
  readonly blocks: readonly number[];
  /** The number of columns of the grid. */
  readonly columns: number;
  /** The focused position, which is rendered wherever it is. */
  readonly focus: GridPosition;
  /** Leaves elements outside the window in place unless they are stale: the next frame reuses them. */
  readonly keepsUnused: boolean;
}

/** The rows of a grid. Elements of rows that scroll out are reused for rows that scroll in. */
export class RecycledRows {
  readonly #head: RecycledRow;
  readonly #rows = new Map<number, RecycledRow>();
  /** Detached rows, for reuse when the viewport grows. */
  readonly #spare: RecycledRow[] = [];

  constructor(
    private readonly canvas: HTMLElement,
    private readonly dimensions: GridDimensions,
  ) {
    this.#head = new RecycledRow(true, dimensions);
    this.#head.moveTo(-1);
    canvas.append(this.#head.element);
  }

  /** Marks all rendered rows as stale. */
  invalidate(): void {
    this.#head.invalidate();
    for (const line of this.#rows.values()) line.invalidate();
  }

  /** Puts all rows where they are after the headings got another size. */
  place(): void {
    for (const line of [this.#head, ...this.#rows.values(), ...this.#spare]) line.place();
  }

  elementAt(row: number, column: number): HTMLElement | undefined {
    return (row < 0 ? this.#head : this.#rows.get(row))?.boxAt(column);
  }

  draw({ rows, blocks, columns, focus, keepsUnused }: RenderWindow, stateAt: BoxStateLookup): void {
    const block = Math.floor(focus.column / this.dimensions.blockColumns);
    const isBlockMissing = focus.column >= 0 && !blocks.includes(block);
    const withFocus = isBlockMissing ? [...blocks, block] : blocks;
    const isRowMissing = focus.row >= 0 && !rows.includes(focus.row);
    const rendered = new Set(isRowMissing ? [...rows, focus.row] : rows);
    const unused = [...this.#rows.keys()].filter((row) => !rendered.has(row));
    this.#head.draw(focus.row < 0 ? withFocus : blocks, columns, keepsUnused, stateAt);
    for (const row of rendered) {
      const recycledRow = this.#rows.get(row) ?? this.#take(unused.pop());
      recycledRow.moveTo(row);
      this.#rows.set(row, recycledRow);
      recycledRow.draw(row === focus.row ? withFocus : blocks, columns, keepsUnused, stateAt);
    }
    for (const row of unused) if (!keepsUnused || this.#rows.get(row)?.isStale) this.#recycle(row);
  }

  #take(unused: number | undefined): RecycledRow {
    const attached = unused === undefined ? undefined : this.#rows.get(unused);
    if (unused !== undefined) this.#rows.delete(unused);
    if (attached) return attached;
    const recycledRow = this.#spare.pop() ?? new RecycledRow(false, this.dimensions);
    this.canvas.append(recycledRow.element);
    return recycledRow;
  }

  #recycle(row: number): void {
    const recycledRow = this.#rows.get(row);
    if (!recycledRow) return;
    recycledRow.element.remove();
    this.#rows.delete(row);
    this.#spare.push(recycledRow);
  }
}
