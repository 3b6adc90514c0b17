import { element } from '../element';
import type { GridDimensions } from '../viewport';
import { Block, type BoxStateLookup } from './block';
import { Box } from './box';

/** A row of elements. The first is the heading, which stays visible. */
export class RecycledRow {
  readonly element = element('div', '');
  row = Number.NaN;
  readonly #heading: Box;
  readonly #blocks = new Map<number, Block>();
  /** Detached blocks, for reuse when the viewport grows. */
  readonly #spare: Block[] = [];
  #isHeadingStale = true;

  constructor(
    readonly isHead: boolean,
    private readonly dimensions: GridDimensions,
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
    this.#placeRow();
    this.invalidate();
  }

  /** Puts the row and its blocks where they are after the headings got another size. */
  place(): void {
    this.#placeRow();
    for (const block of [...this.#blocks.values(), ...this.#spare]) block.place();
  }

  #placeRow(): void {
    if (this.isHead || Number.isNaN(this.row)) return;
    const { headHeight, rowHeight } = this.dimensions;
    this.element.style.top = `${headHeight + this.row * rowHeight}px`;
  }

  invalidate(): void {
    this.#isHeadingStale = true;
    for (const block of this.#blocks.values()) block.isStale = true;
  }

  boxAt(column: number): HTMLElement | undefined {
    if (column < 0) return this.#heading.element;
    return this.#blocks.get(Math.floor(column / this.dimensions.blockColumns))?.boxAt(column);
  }

  /** Whether the row may show outdated content. */
  get isStale(): boolean {
    return this.#isHeadingStale;
  }

  /** Draws the given blocks of a grid of `columns`. Others are detached, or with `keepsUnused` only stale ones. */
  draw(blocks: readonly number[], columns: number, keepsUnused: boolean, stateAt: BoxStateLookup): void {
    const rendered = new Set(blocks);
    const unused = [...this.#blocks.keys()].filter((index) => !rendered.has(index));
    for (const index of blocks) {
      const block = this.#blocks.get(index) ?? this.#take(unused.pop());
      block.moveTo(index);
      this.#blocks.set(index, block);
      if (block.isStale) block.draw(this.row, columns, stateAt);
    }
    for (const index of unused) if (!keepsUnused || this.#blocks.get(index)?.isStale) this.#recycle(index);
    if (this.#isHeadingStale) this.#heading.draw(stateAt(this.row, -1));
    this.#isHeadingStale = false;
  }

  #take(unused: number | undefined): Block {
    const attached = unused === undefined ? undefined : this.#blocks.get(unused);
    if (unused !== undefined) this.#blocks.delete(unused);
    if (attached) return attached;
    const block = this.#spare.pop() ?? new Block(this.isHead, this.dimensions);
    this.element.append(block.element);
    return block;
  }

  #recycle(index: number): void {
    const block = this.#blocks.get(index);
    if (!block) return;
    block.element.remove();
    this.#blocks.delete(index);
    this.#spare.push(block);
  }
}
