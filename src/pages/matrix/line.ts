import { Box, type Drawn } from './box';
import { element } from './element';
import type { Sizes } from './sight';

/** What is to be drawn at a place; headings have the index -1. */
export type Draw = (row: number, column: number) => Drawn;

/** A row of elements; its first is the heading and stays in sight. */
class Line {
  readonly element = element('div', '');
  readonly #heading: Box;
  #boxes = new Map<number, Box>();
  row = Number.NaN;

  constructor(
    readonly isHead: boolean,
    private readonly sizes: Sizes,
  ) {
    this.element.setAttribute('role', 'row');
    this.element.className = isHead ? 'head' : 'line';
    this.#heading = new Box(isHead ? 'columnheader' : 'rowheader', isHead ? 'corner' : 'row-heading');
    this.#heading.place(-1, 0);
    this.element.append(this.#heading.element);
  }

  moveTo(row: number): void {
    if (row === this.row) return;
    this.row = row;
    this.element.setAttribute('aria-rowindex', `${row + 2}`);
    const { headHeight, rowHeight } = this.sizes;
    if (!this.isHead) this.element.style.top = `${headHeight + row * rowHeight}px`;
    this.element.classList.toggle('odd', row % 2 === 1);
    this.invalidate();
  }

  invalidate(): void {
    this.#heading.isStale = true;
    for (const box of this.#boxes.values()) box.isStale = true;
  }

  boxAt(column: number): HTMLElement | undefined {
    return column < 0 ? this.#heading.element : this.#boxes.get(column)?.element;
  }

  draw(columns: readonly number[], draw: Draw): void {
    const wanted = new Set(columns);
    const spare = [...this.#boxes].filter(([column]) => !wanted.has(column));
    for (const column of columns) {
      let box = this.#boxes.get(column);
      if (!box) {
        const [before, taken] = spare.pop() ?? [];
        if (before !== undefined) this.#boxes.delete(before);
        box = taken ?? this.#newBox();
        box.place(column, this.sizes.headWidth + column * this.sizes.columnWidth);
        this.#boxes.set(column, box);
      }
      if (box.isStale) box.draw(draw(this.row, column));
    }
    for (const [column, box] of spare) {
      this.#boxes.delete(column);
      box.element.remove();
    }
    if (this.#heading.isStale) this.#heading.draw(draw(this.row, -1));
  }

  #newBox(): Box {
    const box = this.isHead ? new Box('columnheader', 'column-heading') : new Box('gridcell', 'cell');
    this.element.append(box.element);
    return box;
  }
}

/** The lines of a grid. Elements that go out of sight are used again for those that come into it. */
export class LinePool {
  readonly #head: Line;
  readonly #lines = new Map<number, Line>();

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

  /** Draws the heading line and just these rows and columns. */
  draw(rows: readonly number[], columns: readonly number[], draw: Draw): void {
    this.#head.draw(columns, draw);
    const wanted = new Set(rows);
    const spare = [...this.#lines.keys()].filter((row) => !wanted.has(row));
    for (const row of rows) {
      const line = this.#lines.get(row) ?? this.#take(spare.pop());
      line.moveTo(row);
      this.#lines.set(row, line);
      line.draw(columns, draw);
    }
    for (const row of spare) {
      this.#lines.get(row)?.element.remove();
      this.#lines.delete(row);
    }
  }

  #take(before: number | undefined): Line {
    const spare = before === undefined ? undefined : this.#lines.get(before);
    if (before !== undefined) this.#lines.delete(before);
    if (spare) return spare;
    const line = new Line(false, this.sizes);
    this.canvas.append(line.element);
    return line;
  }
}
