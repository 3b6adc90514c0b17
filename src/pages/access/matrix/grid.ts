import { element } from '../element';
import {
  type CellDimensions,
  type GridDimensions,
  overlaps,
  renderedSpan,
  type Span,
  scrollOffset,
  type Viewport,
  visibleSpans,
} from '../viewport';
import type { GridContent } from './content';
import { type ChosenHeadings, type Fitted, fitHeadings } from './headingSizes';
import { RecycledRows } from './recycledRows';
import {
  clampSelection,
  contains,
  type GridPosition,
  type GridSize,
  type Selection,
  selectionAt,
} from './selection';

/** Rows and blocks of columns rendered beyond the visible ones, so that a little scrolling shows no gap. */
const overscan = { rows: 6, blocks: 1 } as const;

const emptyContent: GridContent = {
  rows: 0,
  columns: 0,
  contentAt: () => ({ classes: '', text: '', label: '' }),
  tooltipAt: () => '',
};

/** The listeners of a grid. */
export interface GridListeners {
  /** Other rows or columns are visible. */
  onSight(): void;
  /** The selection has changed. */
  onSelect(): void;
  /** The headings have these sizes and limits. The style sheet needs to know them. */
  onFit(sizes: HeadingSizes): void;
}

/** The sizes of the headings, with their limits. */
export type HeadingSizes = Readonly<Record<'width' | 'height', Fitted>>;

/**
 * A virtualized grid by WAI-ARIA's pattern. Only visible cells and the focused one have elements, so the cost doesn't
 * grow with the size of the grid.
 */
export class Grid {
  readonly #canvas = element('div', 'canvas');
  readonly #rows: RecycledRows;
  /** One object that all rows share: only the headings' sizes in it change. */
  readonly #dimensions: { -readonly [K in keyof GridDimensions]: GridDimensions[K] };
  #chosenHeadings: ChosenHeadings = {};
  #content: GridContent = emptyContent;
  #selection: Selection = selectionAt(0, 0);
  #isRenderScheduled = false;
  #visible: { rows: Span; columns: Span } = { rows: { start: 0, end: 0 }, columns: { start: 0, end: 0 } };
  #viewport: Viewport = { top: 0, left: 0, height: 0, width: 0 };

  constructor(
    private readonly root: HTMLElement,
    cells: CellDimensions,
    private readonly listeners: GridListeners,
  ) {
    this.#dimensions = { ...cells, headWidth: 0, headHeight: 0 };
    this.#canvas.setAttribute('role', 'presentation');
    root.append(this.#canvas);
    this.#rows = new RecycledRows(this.#canvas, this.#dimensions);
    this.#fitHeadings();
    root.addEventListener('scroll', () => this.#scheduleRender(), { passive: true });
    const onResize = (): void => {
      this.#fitHeadings();
      this.#scheduleRender();
    };
    new ResizeObserver(onResize).observe(root);
    window.addEventListener('resize', onResize);
  }

  /** The sizes of the headings that a person chose. */
  get chosenHeadings(): ChosenHeadings {
    return this.#chosenHeadings;
  }

  /** Gives the headings the chosen sizes, as far as they leave room for cells. What is absent follows the grid. */
  chooseHeadings(chosen: ChosenHeadings): void {
    this.#chosenHeadings = chosen;
    this.#fitHeadings();
    this.#scheduleRender();
  }

  #fitHeadings(): void {
    // With the scroll bars: whether there are any depends on the sizes of the headings.
    const { offsetWidth: width, offsetHeight: height } = this.root;
    const isHidden = width === 0 || height === 0;
    if (isHidden && this.#dimensions.headWidth > 0) return;
    const { rowHeight, columnWidth } = this.#dimensions;
    const page = { width: window.innerWidth, height: window.innerHeight };
    const sizes = fitHeadings(
      isHidden ? page : { width, height },
      page,
      { width: columnWidth, height: rowHeight },
      this.#chosenHeadings,
    );
    const [headWidth, headHeight] = [sizes.width.size, sizes.height.size];
    if (headWidth !== this.#dimensions.headWidth || headHeight !== this.#dimensions.headHeight) {
      Object.assign(this.#dimensions, { headWidth, headHeight });
      this.#rows.place();
      this.#sizeCanvas();
    }
    this.listeners.onFit(sizes);
  }

  #sizeCanvas(): void {
    const { rows, columns } = this.#content;
    const { rowHeight, columnWidth, headHeight, headWidth } = this.#dimensions;
    this.#canvas.style.height = `${headHeight + rows * rowHeight}px`;
    this.#canvas.style.width = `${headWidth + columns * columnWidth}px`;
  }

  get selection(): Selection {
    return this.#selection;
  }

  get size(): GridSize {
    const page =
      Math.floor((this.root.clientHeight - this.#dimensions.headHeight) / this.#dimensions.rowHeight) - 1;
    return { rows: this.#content.rows, columns: this.#content.columns, page: Math.max(1, page) };
  }

  /** The visible rows and columns of the last render. */
  get visible(): { readonly rows: Span; readonly columns: Span } {
    return this.#visible;
  }

  get scroll(): { readonly top: number; readonly left: number } {
    return { top: this.root.scrollTop, left: this.root.scrollLeft };
  }

  /** Replaces the content. Keeps the selection and scroll position where the new size allows. */
  show(content: GridContent, selection: Selection = this.#selection): void {
    const { rows, columns } = content;
    this.#content = content;
    const hasOtherSize =
      rows !== Number(this.root.ariaRowCount) - 1 || columns !== Number(this.root.ariaColCount) - 1;
    if (hasOtherSize) {
      this.root.setAttribute('aria-rowcount', `${rows + 1}`);
      this.root.setAttribute('aria-colcount', `${columns + 1}`);
      this.#sizeCanvas();
    }
    this.#selection = clampSelection(selection, this.size);
    this.#rows.invalidate();
    this.#scheduleRender();
  }

  /** Redraws the visible cells with the same content. */
  refresh(): void {
    this.#rows.invalidate();
    this.#scheduleRender();
  }

  /** Changes the selection, scrolls its focused position into view, and focuses it. */
  select(selection: Selection): void {
    this.#selection = selection;
    this.#scrollIntoView(selection.focus);
    this.#rows.invalidate();
    this.#render();
    this.focus();
    const { row, column } = selection.focus;
    // A small page scrolls as a whole, with the grid in it.
    this.#rows.elementAt(row, column)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.listeners.onSelect();
  }

  /** Moves the keyboard focus to the focused position of the selection. */
  focus(): void {
    const { row, column } = this.#selection.focus;
    this.#rows.elementAt(row, column)?.focus({ preventScroll: true });
  }

  get hasFocus(): boolean {
    return this.root.contains(document.activeElement);
  }

  scrollTo(top: number, left: number): void {
    this.#render();
    this.root.scrollTo({ top, left });
    this.#render();
  }

  /** The position of an event's target. */
  positionOf(target: EventTarget | null): GridPosition | undefined {
    const cell = target instanceof Element ? target.closest('[aria-colindex]') : null;
    const row = cell?.closest('[aria-rowindex]');
    if (!cell || !row) return undefined;
    return { row: Number(row.ariaRowIndex) - 2, column: Number(cell.ariaColIndex) - 2 };
  }

  tooltipAt({ row, column }: GridPosition): string {
    return this.#content.tooltipAt(row, column);
  }

  #scrollIntoView({ row, column }: GridPosition): void {
    const { rowHeight, columnWidth, headHeight, headWidth } = this.#dimensions;
    const { clientHeight, clientWidth, scrollTop, scrollLeft } = this.root;
    const top = scrollOffset(row, rowHeight, scrollTop, clientHeight - headHeight);
    const left = scrollOffset(column, columnWidth, scrollLeft, clientWidth - headWidth);
    if (top !== scrollTop) this.root.scrollTop = top;
    if (left !== scrollLeft) this.root.scrollLeft = left;
  }

  /** Renders once in the next frame, however often it is called. */
  #scheduleRender(): void {
    if (this.#isRenderScheduled) return;
    this.#isRenderScheduled = true;
    requestAnimationFrame(() => {
      if (this.#isRenderScheduled) this.#render();
    });
  }

  #render(): void {
    this.#isRenderScheduled = false;
    const hadFocus = this.hasFocus;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.root;
    const [visible, viewport] = [this.#visible, this.#viewport];
    this.#viewport = { top: scrollTop, left: scrollLeft, height: clientHeight, width: clientWidth };
    this.#visible = visibleSpans(this.#viewport, this.#dimensions, this.#content);
    // After a jump all visible cells are new, so the overscan waits for the next frame.
    const { rows: visibleRows, columns: visibleColumns } = this.#visible;
    const hasMoved = !isSame(visible.rows, visibleRows) || !isSame(visible.columns, visibleColumns);
    const isJump =
      hasMoved && !(overlaps(visible.rows, visibleRows) && overlaps(visible.columns, visibleColumns));
    const { rows, blocks } = isJump ? this.#visibleOnly() : this.#withOverscan(viewport);
    const { focus, range } = this.#selection;
    const { columns } = this.#content;
    const focusPosition = {
      row: Math.min(focus.row, this.#content.rows - 1),
      column: Math.min(focus.column, columns - 1),
    };
    this.#rows.draw({ rows, blocks, columns, focus: focusPosition, keepsUnused: isJump }, (row, column) => ({
      ...this.#content.contentAt(row, column),
      hasFocus: row === focus.row && column === focus.column,
      isSelected: contains(range, row, column),
    }));
    if (hadFocus && !this.hasFocus) this.focus();
    if (isJump) this.#scheduleRender();
    if (hasMoved) this.listeners.onSight();
  }

  /** The visible rows and blocks. */
  #visibleOnly(): { rows: number[]; blocks: number[] } {
    const { rows, columns } = this.#visible;
    const { blockColumns } = this.#dimensions;
    const [start, end] = [Math.floor(columns.start / blockColumns), Math.ceil(columns.end / blockColumns)];
    return { rows: indices(rows), blocks: indices({ start, end }) };
  }

  /** The visible rows and blocks with overscan, most of it in the direction of scrolling. */
  #withOverscan(before: Viewport): { rows: number[]; blocks: number[] } {
    const { top, left, height, width } = this.#viewport;
    const { rowHeight, columnWidth, blockColumns, headHeight, headWidth } = this.#dimensions;
    const { rows, columns } = this.#content;
    const blockCount = Math.ceil(columns / blockColumns);
    const down = signOf(top - before.top);
    const across = signOf(left - before.left);
    const blockWidth = columnWidth * blockColumns;
    return {
      rows: indices(renderedSpan(top, height - headHeight, rowHeight, rows, overscan.rows, down)),
      blocks: indices(renderedSpan(left, width - headWidth, blockWidth, blockCount, overscan.blocks, across)),
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
