import { Box, type BoxState } from './box';
import { element } from './element';
import type { Sizes } from './viewport';

/** What is to be drawn at a place; headings have the index -1. */
export type Draw = (row: number, column: number) => BoxState;

/**
 * Neighbouring cells of a row, or headings of columns, that move together. Only the block is placed; what is in it lies
 * side by side. A browser places and paints a few blocks much faster than as many boxes as there are in them.
 */
export class Block {
  readonly element = element('div', 'block');
  isStale = true;
  index = Number.NaN;
  readonly #boxes: readonly Box[];

  constructor(
    isHead: boolean,
    private readonly sizes: Sizes,
  ) {
    this.element.setAttribute('role', 'presentation');
    this.#boxes = Array.from({ length: sizes.blockColumns }, () =>
      isHead ? new Box('columnheader', 'column-heading') : new Box('gridcell', 'cell'),
    );
    this.element.append(...this.#boxes.map((box) => box.element));
  }

  /** Makes it those of other columns. */
  moveTo(index: number): void {
    if (index === this.index) return;
    this.index = index;
    const { blockColumns, columnWidth, headWidth } = this.sizes;
    const first = index * blockColumns;
    this.element.style.left = `${headWidth + first * columnWidth}px`;
    for (const [at, box] of this.#boxes.entries()) box.setColumn(first + at);
    this.isStale = true;
  }

  boxAt(column: number): HTMLElement | undefined {
    return this.#boxes[column - this.index * this.sizes.blockColumns]?.element;
  }

  draw(row: number, columns: number, draw: Draw): void {
    this.isStale = false;
    const first = this.index * this.sizes.blockColumns;
    for (const [at, box] of this.#boxes.entries()) {
      const isThere = first + at < columns;
      box.setThere(isThere);
      if (isThere) box.draw(draw(row, first + at));
    }
  }
}
