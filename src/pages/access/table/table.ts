import './table.css';
import { element, setText } from '../element';
import { renderedSpan } from '../viewport';
import type { RowColumn } from './column';
import { RowElement, setWidth } from './rowElement';
import { focusAfterKey, type GroupRow, keysBetween, shownMarks, shownOf, type TableRow } from './rows';
import { RowTops, rowHeight } from './rowTops';
import { linesOf } from './wrap';

export type { RowColumn } from './column';

/** The column that rows are sorted by. */
export interface SortOrder {
  readonly column: string;
  readonly descending: boolean;
}

export interface TableOptions<Row> {
  /** The name of the table, for screen readers. */
  readonly label: string;
  readonly columns: readonly RowColumn<Row>[];
  /** Rows have checkboxes; their label for screen readers, and that of the box for all shown rows. */
  readonly select?: {
    readonly row: string;
    readonly all: string;
    /**
     * The boxes are check marks that were there before: Shift marks or clears a span as its first row is, Escape clears
     * none, and a row that can't be selected may be marked.
     */
    readonly isChecklist?: boolean;
  };
  /** Rows are below groups that fold. */
  readonly isTree?: boolean;
  onSort?(column: string): void;
  onSelectionChange?(): void;
  /** Enter or double click. */
  onActivate?(row: Row, key: string): void;
  onToggleGroup?(key: string): void;
  onScroll?(): void;
  /** The context of VS Code's own context menu, for `data-vscode-context`. */
  contextOf?(row: Row): Readonly<Record<string, unknown>> | undefined;
  /** Draws controls behind the text of a group. Reuse what is in the element. */
  renderGroup?(group: GroupRow, cell: HTMLElement): void;
}

/** Lines of a text that wraps. What it says beyond is in its tooltip. */
const mostLines = 16;

/** Room beside the text of a cell in CSS pixels, as in the style sheet. */
const cellPadding = 16;

const checkWidth = 30;

/** Rows rendered beyond the visible ones. */
const overscan = 8;

/**
 * A table of which only the visible rows have elements. By WAI-ARIA's grid and treegrid patterns, with the keyboard focus
 * on rows: arrows, Home, End, Page Up and Page Down move it, Space selects, Shift extends, Ctrl+A selects all shown rows,
 * Enter activates, Left and Right fold groups. Tab enters the controls of the focused row.
 */
export class RowTable<Row> {
  readonly element = element('div', 'table');
  readonly #head = element('div', 'table-head');
  readonly #canvas = element('div', 'table-canvas');
  readonly #all = element('input', '');
  #columns: readonly RowColumn<Row>[];
  #rows: readonly TableRow<Row>[] = [];
  #indexOf: Map<string, number> | undefined;
  #selected = new Set<string>();
  #focusKey: string | undefined;
  #focusIndex = 0;
  #anchorKey: string | undefined;
  #sort: SortOrder | undefined;
  #drawn = new Map<number, RowElement<Row>>();
  readonly #spare: RowElement<Row>[] = [];
  #isRenderScheduled = false;
  #lastTop = 0;
  #places = new RowTops(0);
  /** The rows that have these places. */
  #placedRows: readonly TableRow<Row>[] = [];
  #isPlaced = false;
  /** The lines of texts in columns that wrap, of a width and a font. */
  readonly #lines = new Map<string, number>();
  #linesOf = '';

  constructor(private readonly options: TableOptions<Row>) {
    const { element: root } = this;
    this.#columns = options.columns;
    root.setAttribute('role', options.isTree ? 'treegrid' : 'grid');
    root.setAttribute('aria-label', options.label);
    if (options.select) root.setAttribute('aria-multiselectable', 'true');
    this.#head.setAttribute('role', 'row');
    this.#head.setAttribute('aria-rowindex', '1');
    this.#canvas.setAttribute('role', 'rowgroup');
    const heads = element('div', 'table-heads', this.#head);
    heads.setAttribute('role', 'rowgroup');
    root.append(heads, this.#canvas);
    this.#buildHead();
    root.addEventListener(
      'scroll',
      () => {
        this.#scheduleRender();
        options.onScroll?.();
      },
      { passive: true },
    );
    new ResizeObserver(() => this.refresh()).observe(root);
    this.#canvas.addEventListener('click', (event) => this.#onClick(event));
    this.#canvas.addEventListener('dblclick', (event) => {
      if (!isControl(event.target)) this.#activate(this.#indexAt(event.target));
    });
    root.addEventListener('keydown', (event) => this.#onKey(event));
    this.#canvas.addEventListener('focusin', ({ target }) => {
      const index = this.#indexAt(target);
      if (index !== undefined && index !== this.#focusIndex) this.#setFocus(index);
    });
  }

  /** The keys of the selected rows. All of them are shown. */
  get selected(): ReadonlySet<string> {
    return this.#selected;
  }

  get rows(): readonly TableRow<Row>[] {
    return this.#rows;
  }

  get scrollTop(): number {
    return this.element.scrollTop;
  }

  set scrollTop(top: number) {
    this.#render();
    this.element.scrollTop = top;
    this.#render();
  }

  /** The key of the focused row. */
  get focusedKey(): string | undefined {
    return this.#rows[this.#focusIndex]?.key;
  }

  /** The focused row, if it is no group. */
  get focusedRow(): Row | undefined {
    const row = this.#rows[this.#focusIndex];
    return row?.kind === 'item' ? row.row : undefined;
  }

  /** Replaces the rows. Focus and selection stay with the rows that are still there. */
  show(rows: readonly TableRow<Row>[], sort?: SortOrder): void {
    this.#rows = rows;
    this.#indexOf = undefined;
    if (sort) this.#setSort(sort);
    const before = this.#selected.size;
    if (before > 0) this.#selected = this.#shownOf(this.#selected);
    const at = this.#focusKey === undefined ? undefined : this.#index(this.#focusKey);
    this.#focusIndex = at ?? Math.max(0, Math.min(this.#focusIndex, rows.length - 1));
    this.#focusKey = rows[this.#focusIndex]?.key;
    // Without rows, the head is all that can be scrolled to.
    if (rows.length === 0) this.element.tabIndex = 0;
    else this.element.removeAttribute('tabindex');
    this.element.setAttribute('aria-rowcount', `${rows.length + 1}`);
    this.#showAll();
    this.#isPlaced = false;
    this.#place();
    this.#scheduleRender();
    if (this.#selected.size !== before) this.options.onSelectionChange?.();
  }

  /** Shows other columns. */
  setColumns(columns: readonly RowColumn<Row>[]): void {
    this.#columns = columns;
    this.#buildHead();
    this.refresh();
  }

  /** Redraws the visible rows. */
  refresh(): void {
    // The texts may be other ones, and have other lines.
    if (this.#columns.some(({ wraps }) => wraps)) this.#isPlaced = false;
    this.#scheduleRender();
  }

  setSelected(keys: Iterable<string>): void {
    this.#selected = this.#shownOf(new Set(keys));
    this.#onSelected();
  }

  /** Gives the keyboard to the focused row. */
  focus(): void {
    this.#render();
    const drawn = this.#drawn.get(this.#focusIndex);
    if (drawn) drawn.element.focus({ preventScroll: true });
    else this.element.querySelector('button')?.focus();
  }

  /** Scrolls to a row and makes it the focused one. Returns false when it is not shown. */
  reveal(key: string): boolean {
    const index = this.#index(key);
    if (index === undefined) return false;
    this.#setFocus(index);
    return true;
  }

  #shownOf(keys: ReadonlySet<string>): Set<string> {
    return this.options.select?.isChecklist ? shownMarks(keys, this.#rows) : shownOf(keys, this.#rows);
  }

  #index(key: string): number | undefined {
    this.#indexOf ??= new Map(this.#rows.map((row, index) => [row.key, index]));
    return this.#indexOf.get(key);
  }

  #buildHead(): void {
    const { select } = this.options;
    const cells = this.#columns.map((column, at) => {
      const cell = element('div', 'cell');
      cell.setAttribute('role', 'columnheader');
      cell.setAttribute('aria-colindex', `${at + (select ? 2 : 1)}`);
      cell.dataset.column = column.id;
      setWidth(cell, column);
      const label = element('span', 'head-text');
      setText(label, column.title);
      if (!column.isSortable) {
        cell.append(label);
        return cell;
      }
      const sort = element('button', 'sort', label);
      sort.type = 'button';
      sort.addEventListener('click', () => this.options.onSort?.(column.id));
      cell.append(sort);
      return cell;
    });
    if (select) {
      const check = element('div', 'check', this.#all);
      check.setAttribute('role', 'columnheader');
      check.setAttribute('aria-label', select.all);
      this.#all.type = 'checkbox';
      this.#all.setAttribute('aria-label', select.all);
      this.#all.onchange = () =>
        this.setSelected(this.#all.checked ? keysBetween(this.#rows, 0, this.#rows.length - 1) : []);
      cells.unshift(check);
    }
    this.#head.replaceChildren(...cells);
    this.#head.style.minWidth = this.#canvas.style.minWidth = `${this.#leastWidth}px`;
    this.element.setAttribute('aria-colcount', `${cells.length}`);
    if (this.#sort) this.#setSort(this.#sort);
  }

  #setSort(sort: SortOrder): void {
    this.#sort = sort;
    for (const cell of this.#head.children) {
      if (!(cell instanceof HTMLElement)) continue;
      const isSorted = cell.dataset.column === sort.column;
      if (isSorted) cell.setAttribute('aria-sort', sort.descending ? 'descending' : 'ascending');
      else cell.removeAttribute('aria-sort');
    }
  }

  #showAll(): void {
    if (!this.options.select) return;
    const all = keysBetween(this.#rows, 0, this.#rows.length - 1);
    const count = this.#selected.size === 0 ? 0 : all.filter((key) => this.#selected.has(key)).length;
    this.#all.checked = count > 0 && count === all.length;
    this.#all.indeterminate = count > 0 && count < all.length;
    this.#all.disabled = all.length === 0;
  }

  #onSelected(): void {
    this.#showAll();
    this.#scheduleRender();
    this.options.onSelectionChange?.();
  }

  #toggle(index: number): void {
    const row = this.#rows[index];
    if (!this.options.select || row?.kind !== 'item' || row.isDisabled) return;
    if (!this.#selected.delete(row.key)) this.#selected.add(row.key);
    this.#anchorKey = row.key;
    this.#onSelected();
  }

  /** Selects the rows from the last toggled one to another. */
  #extendTo(index: number): void {
    if (!this.options.select) return;
    const anchor =
      (this.#anchorKey === undefined ? undefined : this.#index(this.#anchorKey)) ?? this.#focusIndex;
    this.#anchorKey = this.#rows[anchor]?.key;
    const keys = keysBetween(this.#rows, anchor, index);
    if (!this.options.select.isChecklist) this.#selected = new Set(keys);
    else if (this.#selected.has(this.#anchorKey ?? '')) for (const key of keys) this.#selected.add(key);
    else for (const key of keys) this.#selected.delete(key);
    this.#onSelected();
  }

  #onClick(event: MouseEvent): void {
    const index = this.#indexAt(event.target);
    const row = index === undefined ? undefined : this.#rows[index];
    if (index === undefined || !row || isControl(event.target)) return;
    if (row.kind === 'group') this.options.onToggleGroup?.(row.key);
    else if (event.shiftKey) this.#extendTo(index);
    else if (event.ctrlKey || event.metaKey) this.#toggle(index);
    this.#setFocus(index);
  }

  #onKey(event: KeyboardEvent): void {
    const { key, shiftKey, altKey } = event;
    const control = event.ctrlKey || event.metaKey;
    const target = event.target instanceof Element ? event.target : undefined;
    // Keys in the head and in controls of a row are theirs.
    if (altKey || !target?.classList.contains('row')) return;
    const row = this.#rows[this.#focusIndex];
    // One row of the head, and one that stays in sight.
    const page = this.#places.pageFrom(this.#focusIndex, this.element.clientHeight - 2 * rowHeight);
    const to = control ? undefined : focusAfterKey(key, this.#focusIndex, this.#rows.length, page);
    if (to !== undefined) {
      if (shiftKey) this.#extendTo(to);
      this.#setFocus(to);
    } else if (key === ' ') {
      if (row?.kind === 'group') this.options.onToggleGroup?.(row.key);
      else if (shiftKey) this.#extendTo(this.#focusIndex);
      else this.#toggle(this.#focusIndex);
    } else if (key === 'a' && control && this.options.select)
      this.setSelected(keysBetween(this.#rows, 0, this.#rows.length - 1));
    else if (key === 'Enter' && !control) this.#activate(this.#focusIndex);
    else if (key === 'Escape' && this.#selected.size > 0 && !this.options.select?.isChecklist)
      this.setSelected([]);
    else if (key === 'ArrowRight' && row?.kind === 'group' && !row.isExpanded)
      this.options.onToggleGroup?.(row.key);
    else if (key === 'ArrowLeft' && row?.kind === 'group' && row.isExpanded)
      this.options.onToggleGroup?.(row.key);
    else if (key === 'ArrowLeft' && this.options.isTree) this.#focusGroup();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Moves the focus to the group of the focused row. */
  #focusGroup(): void {
    const at = this.#rows.slice(0, this.#focusIndex).findLastIndex(({ kind }) => kind === 'group');
    if (at >= 0) this.#setFocus(at);
  }

  #activate(index: number | undefined): void {
    const row = index === undefined ? undefined : this.#rows[index];
    if (row?.kind === 'group') this.options.onToggleGroup?.(row.key);
    else if (row) this.options.onActivate?.(row.row, row.key);
  }

  #setFocus(index: number): void {
    this.#focusIndex = index;
    this.#focusKey = this.#rows[index]?.key;
    this.#place();
    const { scrollTop, clientHeight } = this.element;
    const room = clientHeight - this.#head.offsetHeight;
    const top = this.#places.offsetTo(index, scrollTop, room);
    if (top !== scrollTop) this.element.scrollTop = top;
    const inside = this.#canvas.contains(document.activeElement);
    const control = inside && !document.activeElement?.classList.contains('row');
    this.#render();
    if (!control) this.#drawn.get(index)?.element.focus({ preventScroll: true });
  }

  #indexAt(target: EventTarget | null): number | undefined {
    const row = target instanceof Element ? target.closest('.row') : null;
    return row ? Number(row.getAttribute('aria-rowindex')) - 2 : undefined;
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
    this.#place();
    const { scrollTop, clientHeight } = this.element;
    const direction = scrollTop > this.#lastTop ? 1 : scrollTop < this.#lastTop ? -1 : 0;
    this.#lastTop = scrollTop;
    const count = this.#rows.length;
    const from = this.#places.indexAt(scrollTop) * rowHeight;
    const { start, end } = renderedSpan(from, clientHeight, rowHeight, count, overscan, direction);
    const wanted = new Set<number>();
    for (let index = start; index < end; index += 1) wanted.add(index);
    const hadFocus = this.#canvas.contains(document.activeElement);
    if (this.#focusIndex < count) wanted.add(this.#focusIndex);
    const drawn = new Map<number, RowElement<Row>>();
    const unused: RowElement<Row>[] = [];
    for (const [index, row] of this.#drawn) {
      if (wanted.has(index)) drawn.set(index, row);
      else unused.push(row);
    }
    for (const index of wanted) {
      let row = drawn.get(index);
      if (!row) {
        row = unused.pop() ?? this.#spare.pop() ?? this.#newRow();
        drawn.set(index, row);
        if (!row.element.isConnected) this.#canvas.append(row.element);
      }
      this.#draw(row, index);
    }
    for (const row of unused) {
      row.element.remove();
      this.#spare.push(row);
    }
    this.#drawn = drawn;
    if (hadFocus && !this.#canvas.contains(document.activeElement))
      drawn.get(this.#focusIndex)?.element.focus({ preventScroll: true });
  }

  #newRow(): RowElement<Row> {
    return new RowElement<Row>({
      toggleSelected: (index) => {
        this.#toggle(index);
        this.#setFocus(index);
      },
    });
  }

  #draw(target: RowElement<Row>, index: number): void {
    const row = this.#rows[index];
    if (!row) return;
    const { select, isTree = false, contextOf, renderGroup } = this.options;
    const context = row.kind === 'item' ? contextOf?.(row.row) : undefined;
    target.draw({
      row,
      index,
      top: this.#places.topOf(index),
      height: this.#places.heightOf(index),
      columns: this.#columns,
      isSelectable: select !== undefined,
      isSelected: this.#selected.has(row.key),
      hasFocus: index === this.#focusIndex,
      isTree,
      selectLabel: select?.row ?? '',
      context: context && JSON.stringify({ ...context, preventDefaultContextMenuItems: true }),
      renderGroup,
    });
  }

  /** The width of all columns without the room that is left. */
  get #leastWidth(): number {
    return this.#columns.reduce((sum, { width }) => sum + width, this.options.select ? checkWidth : 0);
  }

  /** Finds the places of the rows, by the lines of their texts. The row at the top stays there. */
  #place(): void {
    if (this.#isPlaced) return;
    this.#isPlaced = true;
    const before = this.#places;
    this.#places = new RowTops(this.#rows.length, this.#linesOfRows());
    this.#canvas.style.height = `${this.#places.height}px`;
    const isSame = this.#placedRows === this.#rows;
    this.#placedRows = this.#rows;
    if (!isSame) return;
    const { scrollTop } = this.element;
    const first = before.indexAt(scrollTop);
    const moved = this.#places.topOf(first) - before.topOf(first);
    if (moved !== 0) this.element.scrollTop = scrollTop + moved;
  }

  /** How many lines each row has; undefined when no column wraps. */
  #linesOfRows(): number[] | undefined {
    const wrapping = this.#columns.filter(({ wraps }) => wraps);
    if (wrapping.length === 0) return undefined;
    const free = Math.max(0, this.element.clientWidth - this.#leastWidth);
    const shares = this.#columns.reduce((sum, { grow = 0 }) => sum + grow, 0);
    const { font } = getComputedStyle(this.element);
    const measured = JSON.stringify([free, font]);
    if (measured !== this.#linesOf) this.#lines.clear();
    this.#linesOf = measured;
    const pen = document.createElement('canvas').getContext('2d');
    if (!pen) return undefined;
    pen.font = font;
    // Rows have most of their words in common.
    const widths = new Map<string, number>();
    const measure = (text: string): number => {
      const width = widths.get(text) ?? pen.measureText(text).width;
      widths.set(text, width);
      return width;
    };
    return this.#rows.map((row) =>
      row.kind === 'group'
        ? 1
        : Math.max(
            ...wrapping.map(({ id, text, width, grow = 0 }) => {
              const said = text(row.row);
              const key = `${id} ${said}`;
              const room = width + (shares > 0 ? (free * grow) / shares : 0) - cellPadding;
              const lines = this.#lines.get(key) ?? Math.min(mostLines, linesOf(said, room, measure));
              this.#lines.set(key, lines);
              return lines;
            }),
          ),
    );
  }
}

/** Whether an event is of a control in a row, which handles it itself. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, input, select, vscode-button') !== null;
}
