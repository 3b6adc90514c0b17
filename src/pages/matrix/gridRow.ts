import { Block, type Draw } from './block';
import { Box } from './box';
import { element } from './element';
import type { Sizes } from './viewport';

/** A row of elements; its first is the heading and stays in sight. */
export class GridRow {
  readonly element = element('div', '');
  row = Number.NaN;
  readonly #heading: Box;
  readonly #blocks = new Map<number, Block>();
  /** Those that were of use when more was in sight. */
  readonly #spare: Block[] = [];
  #isHeadingStale = true;

  constructor(
    readonly isHead: boolean,
    private readonly sizes: Sizes,
  ) {
    this.element.setAttribute('role', 'row');
    this.element.className = isHead ? 'head' : 'line';
    this.#heading = new Box(isHead ? 'columnheader' : 'rowheader', isHead ? 'corner' : 'row-heading');
    this.#heading.setColumn(-1);
    this.element.append(this.#heading.element);
  }

  moveTo(row: number): void {
    if (row === this.row) return;
    this.row = row;
    this.element.setAttribute('aria-rowindex', `${row + 2}`);
    const { headHeight, rowHeight } = this.sizes;
    if (!this.isHead) this.element.style.top = `${headHeight + row * rowHeight}px`;
    this.invalidate();
  }

  invalidate(): void {
    this.#isHeadingStale = true;
    for (const block of this.#blocks.values()) block.isStale = true;
  }

  boxAt(column: number): HTMLElement | undefined {
    if (column < 0) return this.#heading.element;
    return this.#blocks.get(Math.floor(column / this.sizes.blockColumns))?.boxAt(column);
  }

  /** Whether it shows what may no longer be so. */
  get isStale(): boolean {
    return this.#isHeadingStale;
  }

  /** Draws these blocks of so many columns; others are put away, or left where they are while they are right. */
  draw(blocks: readonly number[], columns: number, leave: boolean, draw: Draw): void {
    const wanted = new Set(blocks);
    const free = [...this.#blocks.keys()].filter((index) => !wanted.has(index));
    for (const index of blocks) {
      const block = this.#blocks.get(index) ?? this.#take(free.pop());
      block.moveTo(index);
      this.#blocks.set(index, block);
      if (block.isStale) block.draw(this.row, columns, draw);
    }
    for (const index of free) if (!leave || this.#blocks.get(index)?.isStale) this.#putAway(index);
    if (this.#isHeadingStale) this.#heading.draw(draw(this.row, -1));
    this.#isHeadingStale = false;
  }

  #take(before: number | undefined): Block {
    const used = before === undefined ? undefined : this.#blocks.get(before);
    if (before !== undefined) this.#blocks.delete(before);
    if (used) return used;
    const block = this.#spare.pop() ?? new Block(this.isHead, this.sizes);
    this.element.append(block.element);
    return block;
  }

  #putAway(index: number): void {
    const block = this.#blocks.get(index);
    if (!block) return;
    block.element.remove();
    this.#blocks.delete(index);
    this.#spare.push(block);
  }
}
