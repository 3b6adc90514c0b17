import { element } from '../element';
import type { GridDimensions } from '../viewport';
import { Box, type BoxState } from './box';

/** The state to draw at a position; headings have the index -1. */
export type BoxStateLookup = (row: number, column: number) => BoxState;

/**
 * Adjacent cells of a row, or column headings, placed as one element. A browser lays out and paints a few blocks much
 * faster than all of their boxes.
 */
export class Block {
  readonly element = element('div', 'block');
  isStale = true;
  index = Number.NaN;
  readonly #boxes: readonly Box[];

  constructor(
    isHead: boolean,
    private readonly dimensions: GridDimensions,
  ) {
    this.element.setAttribute('role', 'presentation');
    this.#boxes = Array.from({ length: dimensions.blockColumns }, () =>
      isHead ? new Box('columnheader', 'column-heading') : new Box('gridcell', 'cell'),
    );
    this.element.append(...this.#boxes.map((box) => box.element));
  }

  /** Moves the block to other columns, by the index of the block. */
  moveTo(index: number): void {
    if (index === this.index) return;
    this.index = index;
    this.place();
    const first = index * this.dimensions.blockColumns;
    for (const [at, box] of this.#boxes.entries()) box.setColumn(first + at);
    this.isStale = true;
  }

  /** Puts it where its columns are, also after the headings got another width. */
  place(): void {
    if (Number.isNaN(this.index)) return;
    const { blockColumns, columnWidth, headWidth } = this.dimensions;
    this.element.style.left = `${headWidth + this.index * blockColumns * columnWidth}px`;
  }

  boxAt(column: number): HTMLElement | undefined {
    return this.#boxes[column - this.index * this.dimensions.blockColumns]?.element;
  }

  draw(row: number, columns: number, stateAt: BoxStateLookup): void {
    this.isStale = false;
    const first = this.index * this.dimensions.blockColumns;
    for (const [at, box] of this.#boxes.entries()) {
      const isVisible = first + at < columns;
      box.setVisible(isVisible);
      if (isVisible) box.draw(stateAt(row, first + at));
    }
  }
}
