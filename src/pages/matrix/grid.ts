import type { BoxContent } from './box';
import { element } from './element';
import { GridRows } from './gridRows';
import { at, contains, type GridPosition, type GridSize, type Selection, within } from './selection';
import { around, inSight, overlap, type Scrolled, type Sizes, type Span, scrollTo } from './viewport';

/** What a grid shows; headings have the index -1. */
export interface GridContent {
  readonly rows: number;
  readonly columns: number;
  lookOf(row: number, column: number): BoxContent;
  /** Shown while the mouse rests on it. */
  hoverOf(row: number, column: number): string;
}

/** Rows and blocks of columns that are kept beyond those in sight, so that scrolling a little shows no gap. */
const more = { rows: 6, blocks: 1 } as const;

const empty: GridContent = {
  rows: 0,
  columns: 0,
  lookOf: () => ({ look: '', text: '', label: '' }),
  hoverOf: () => '',
};

/**
 * A grid by WAI-ARIA's pattern that keeps elements only for what is in sight and for where the keyboard is, so that its
 * cost does not grow with its size. It knows nothing of access.
 */
export class Grid {
  readonly #canvas = element('div', 'canvas');
  readonly #lines: GridRows;
  #content: GridContent = empty;
  #selection: Selection = at(0, 0);
  #isRenderAsked = false;
  #seen: { rows: Span; columns: Span } = { rows: { start: 0, end: 0 }, columns: { start: 0, end: 0 } };
  #scrolled: Scrolled = { top: 0, left: 0, height: 0, width: 0 };

  constructor(
    private readonly root: HTMLElement,
    private readonly sizes: Sizes,
    /** Told when other rows or columns are in sight, and when the selection has changed. */
    private readonly told: { onSight(): void; onSelect(): void },
  ) {
    this.#canvas.setAttribute('role', 'presentation');
    root.append(this.#canvas);
    this.#lines = new GridRows(this.#canvas, sizes);
    root.addEventListener('scroll', () => this.#ask(), { passive: true });
    new ResizeObserver(() => this.#ask()).observe(root);
  }

  get selection(): Selection {
    return this.#selection;
  }

  get extent(): GridSize {
    const page = Math.floor((this.root.clientHeight - this.sizes.headHeight) / this.sizes.rowHeight) - 1;
    return { rows: this.#content.rows, columns: this.#content.columns, page: Math.max(1, page) };
  }

  /** The rows and columns in sight, when they were last drawn. */
  get seen(): { readonly rows: Span; readonly columns: Span } {
    return this.#seen;
  }

  get scrolled(): { readonly top: number; readonly left: number } {
    return { top: this.root.scrollTop, left: this.root.scrollLeft };
  }

  /** Shows something else, or the same after it has changed; the keyboard and the scrolling stay where they can. */
  show(content: GridContent, selection: Selection = this.#selection): void {
    const { rows, columns } = content;
    this.#content = content;
    const hasOtherSize =
      rows !== Number(this.root.ariaRowCount) - 1 || columns !== Number(this.root.ariaColCount) - 1;
    if (hasOtherSize) {
      this.root.setAttribute('aria-rowcount', `${rows + 1}`);
      this.root.setAttribute('aria-colcount', `${columns + 1}`);
      const { rowHeight, columnWidth, headHeight, headWidth } = this.sizes;
      this.#canvas.style.height = `${headHeight + rows * rowHeight}px`;
      this.#canvas.style.width = `${headWidth + columns * columnWidth}px`;
    }
    this.#selection = within(selection, this.extent);
    this.#lines.invalidate();
    this.#ask();
  }

  /** Draws again what is in sight, after its looks have changed. */
  refresh(): void {
    this.#lines.invalidate();
    this.#ask();
  }

  /** Selects and brings the place of the keyboard into sight; gives it the keyboard. */
  select(selection: Selection): void {
    this.#selection = selection;
    this.#bringIntoSight(selection.focus);
    this.#lines.invalidate();
    this.#render();
    this.focus();
    this.told.onSelect();
  }

  /** Gives the keyboard to the place that has it within the grid. */
  focus(): void {
    const { row, column } = this.#selection.focus;
    this.#lines.elementAt(row, column)?.focus({ preventScroll: true });
  }

  get hasFocus(): boolean {
    return this.root.contains(document.activeElement);
  }

  scrollTo(top: number, left: number): void {
    this.#render();
    this.root.scrollTo({ top, left });
    this.#render();
  }

  /** Which place an event is about. */
  placeOf(target: EventTarget | null): GridPosition | undefined {
    const cell = target instanceof Element ? target.closest('[aria-colindex]') : null;
    const line = cell?.closest('[aria-rowindex]');
    if (!cell || !line) return undefined;
    return { row: Number(line.ariaRowIndex) - 2, column: Number(cell.ariaColIndex) - 2 };
  }

  hoverOf({ row, column }: GridPosition): string {
    return this.#content.hoverOf(row, column);
  }

  #bringIntoSight({ row, column }: GridPosition): void {
    const { rowHeight, columnWidth, headHeight, headWidth } = this.sizes;
    const { clientHeight, clientWidth, scrollTop, scrollLeft } = this.root;
    const top = scrollTo(row, rowHeight, scrollTop, clientHeight - headHeight);
    const left = scrollTo(column, columnWidth, scrollLeft, clientWidth - headWidth);
    if (top !== scrollTop) this.root.scrollTop = top;
    if (left !== scrollLeft) this.root.scrollLeft = left;
  }

  /** Once for all that happens before the next frame. */
  #ask(): void {
    if (this.#isRenderAsked) return;
    this.#isRenderAsked = true;
    requestAnimationFrame(() => {
      if (this.#isRenderAsked) this.#render();
    });
  }

  #render(): void {
    this.#isRenderAsked = false;
    const hadFocus = this.hasFocus;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.root;
    const [seen, before] = [this.#seen, this.#scrolled];
    this.#scrolled = { top: scrollTop, left: scrollLeft, height: clientHeight, width: clientWidth };
    this.#seen = inSight(this.#scrolled, this.sizes, this.#content);
    // After a leap everything in sight is new. What lies around it waits for a frame in which that is already there.
    const hasMoved = !isSame(seen.rows, this.#seen.rows) || !isSame(seen.columns, this.#seen.columns);
    const isLeap =
      hasMoved && !(overlap(seen.rows, this.#seen.rows) && overlap(seen.columns, this.#seen.columns));
    const { rows, blocks } = isLeap ? this.#leapt() : this.#around(before);
    const { focus, range } = this.#selection;
    const { columns } = this.#content;
    const kept = {
      row: Math.min(focus.row, this.#content.rows - 1),
      column: Math.min(focus.column, columns - 1),
    };
    this.#lines.draw({ rows, blocks, columns, kept, leave: isLeap }, (row, column) => ({
      ...this.#content.lookOf(row, column),
      hasKeyboard: row === focus.row && column === focus.column,
      isSelected: contains(range, row, column),
    }));
    if (hadFocus && !this.hasFocus) this.focus();
    if (isLeap) this.#ask();
    if (hasMoved) this.told.onSight();
  }

  /** Just what is in sight. */
  #leapt(): { rows: number[]; blocks: number[] } {
    const { rows, columns } = this.#seen;
    const { blockColumns } = this.sizes;
    const [start, end] = [Math.floor(columns.start / blockColumns), Math.ceil(columns.end / blockColumns)];
    return { rows: indices(rows), blocks: indices({ start, end }) };
  }

  /** What is in sight and some more, most of it where the scrolling goes. */
  #around(before: Scrolled): { rows: number[]; blocks: number[] } {
    const { top, left, height, width } = this.#scrolled;
    const { rowHeight, columnWidth, blockColumns, headHeight, headWidth } = this.sizes;
    const { rows, columns } = this.#content;
    const ofBlocks = Math.ceil(columns / blockColumns);
    const down = signOf(top - before.top);
    const across = signOf(left - before.left);
    const blockWidth = columnWidth * blockColumns;
    return {
      rows: indices(around(top, height - headHeight, rowHeight, rows, more.rows, down)),
      blocks: indices(around(left, width - headWidth, blockWidth, ofBlocks, more.blocks, across)),
    };
  }
}

function indices({ start, end }: Span): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

function signOf(value: number): -1 | 0 | 1 {
  return value > 0 ? 1 : value < 0 ? -1 : 0;
}

function isSame(one: Span, other: Span): boolean {
  return one.start === other.start && one.end === other.end;
}
