import { element, setText } from '../element';
import type { RowColumn } from './column';
import type { GroupRow, TableRow } from './rows';

/** What a row element tells its table. */
export interface RowHandlers {
  toggleSelected(index: number): void;
}

/** What is drawn of a row. */
export interface RowState<Row> {
  readonly row: TableRow<Row>;
  readonly index: number;
  /** Its place in the table, in CSS pixels. */
  readonly top: number;
  readonly height: number;
  readonly columns: readonly RowColumn<Row>[];
  readonly isSelectable: boolean;
  readonly isSelected: boolean;
  readonly hasFocus: boolean;
  readonly isTree: boolean;
  readonly selectLabel: string;
  readonly context?: string | undefined;
  readonly renderGroup?: ((group: GroupRow, cell: HTMLElement) => void) | undefined;
}

/** The element of one row. It is reused for other rows, and updates only what changed. */
export class RowElement<Row> {
  readonly element = element('div', 'row');
  readonly #check = element('div', 'check');
  readonly #box = element('input', '');
  readonly #heading = element('div', 'group-cell');
  readonly #twistie = element('span', 'twistie');
  readonly #text = element('bdi', 'group-text');
  readonly #count = element('span', 'group-count');
  /** The number with what is counted, between pauses. */
  readonly #spokenCount = element('span', 'unseen');
  readonly #note = element('span', 'group-note');
  readonly #extra = element('span', 'group-extra');
  #cells: HTMLElement[] = [];
  #kind: 'group' | 'item' | undefined;
  #drawnColumns: readonly RowColumn<Row>[] | undefined;
  #top = -1;
  #height = -1;
  index = -1;

  constructor(private readonly handlers: RowHandlers) {
    this.element.setAttribute('role', 'row');
    this.#box.type = 'checkbox';
    this.#box.tabIndex = -1;
    this.#check.setAttribute('role', 'gridcell');
    this.#check.append(this.#box);
    this.#box.addEventListener('click', (event) => {
      event.stopPropagation();
      this.handlers.toggleSelected(this.index);
    });
    this.#heading.setAttribute('role', 'gridcell');
    this.#twistie.setAttribute('aria-hidden', 'true');
    this.#count.setAttribute('aria-hidden', 'true');
    const parts = [this.#twistie, this.#text, this.#count, this.#spokenCount, this.#note, this.#extra];
    this.#heading.append(...parts);
  }

  draw(state: RowState<Row>): void {
    const { row, index, top, height, columns, isSelectable, isSelected, hasFocus, isTree } = state;
    const { element: root } = this;
    if (top !== this.#top) root.style.top = `${top}px`;
    if (height !== this.#height) root.style.height = `${height}px`;
    this.#top = top;
    this.#height = height;
    this.index = index;
    root.setAttribute('aria-rowindex', `${index + 2}`);
    root.tabIndex = hasFocus ? 0 : -1;
    root.className = row.kind === 'group' ? 'row group' : row.isDisabled ? 'row disabled' : 'row';
    if (isTree) root.setAttribute('aria-level', `${row.level ?? (row.kind === 'group' ? 1 : 2)}`);
    this.#setAttribute('data-vscode-context', state.context);
    this.#setAttribute('aria-expanded', row.kind === 'group' ? `${row.isExpanded}` : undefined);
    this.#setAttribute(
      'aria-selected',
      isSelectable && row.kind === 'item' && !row.isDisabled ? `${isSelected}` : undefined,
    );
    if (this.#kind !== row.kind || (row.kind === 'item' && this.#drawnColumns !== columns))
      this.#build(row.kind, columns, isSelectable);
    if (row.kind === 'group') {
      this.#heading.setAttribute('aria-colspan', `${columns.length + (isSelectable ? 1 : 0)}`);
      root.classList.toggle('expanded', row.isExpanded);
      setText(this.#text, row.text);
      setText(this.#count, row.count ?? '');
      const counted = row.spokenCount ?? row.count ?? '';
      setText(this.#spokenCount, `${counted && `, ${counted}`}${row.note ? ', ' : ' '}`);
      setText(this.#note, row.note ?? '');
      // It is cut before the buttons are.
      if (this.#note.title !== (row.note ?? '')) this.#note.title = row.note ?? '';
      state.renderGroup?.(row, this.#extra);
      this.#focusControls(hasFocus);
      return;
    }
    if (isSelectable) {
      this.#box.checked = isSelected;
      this.#box.disabled = row.isDisabled === true;
      this.#box.setAttribute('aria-label', state.selectLabel);
    }
    for (const [at, column] of columns.entries()) {
      const cell = this.#cells[at];
      if (!cell) continue;
      const className = `cell ${column.wraps ? 'wraps ' : ''}${column.classes?.(row.row) ?? ''}`;
      if (cell.className !== className) cell.className = className;
      const title = column.tooltip?.(row.row) ?? '';
      if (cell.title !== title) cell.title = title;
      this.#label(cell, column.label?.(row.row));
      if (column.render) column.render(row.row, cell);
      else setText(cell, column.text(row.row));
    }
    if (columns.some(({ render }) => render)) this.#focusControls(hasFocus);
  }

  /** Only the controls of the focused row are reached by Tab. */
  #focusControls(hasFocus: boolean): void {
    for (const control of this.element.querySelectorAll<HTMLElement>(':is(a,button,input,select)')) {
      if (control !== this.#box) control.tabIndex = hasFocus ? 0 : -1;
    }
  }

  #label(cell: HTMLElement, label: string | undefined): void {
    if (label === undefined) cell.removeAttribute('aria-label');
    else if (cell.getAttribute('aria-label') !== label) cell.setAttribute('aria-label', label);
  }

  #build(kind: 'group' | 'item', columns: readonly RowColumn<Row>[], isSelectable: boolean): void {
    this.#kind = kind;
    this.#drawnColumns = columns;
    if (kind === 'group') {
      this.element.replaceChildren(this.#heading);
      return;
    }
    this.#cells = columns.map((column, at) => {
      const cell = element('div', 'cell');
      cell.setAttribute('role', 'gridcell');
      cell.setAttribute('aria-colindex', `${at + (isSelectable ? 2 : 1)}`);
      cell.dir = 'auto';
      setWidth(cell, column);
      return cell;
    });
    this.element.replaceChildren(...(isSelectable ? [this.#check] : []), ...this.#cells);
  }

  #setAttribute(name: string, value: string | undefined): void {
    if (value === undefined) this.element.removeAttribute(name);
    else if (this.element.getAttribute(name) !== value) this.element.setAttribute(name, value);
  }
}

/** Sets the width of a cell, in CSS pixels, and its share of the room that is left. */
export function setWidth(
  cell: HTMLElement,
  { width, grow = 0 }: Pick<RowColumn<never>, 'width' | 'grow'>,
): void {
  cell.style.flex = `${grow} 0 ${width}px`;
}
