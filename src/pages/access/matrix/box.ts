import { element } from '../element';
import type { BoxContent } from './content';

/** The content of a box with its focus and selection. */
export interface BoxState extends BoxContent {
  readonly hasFocus: boolean;
  readonly isSelected: boolean;
}

/** One heading or cell. Updates only what changed in its element, because DOM updates are the cost of scrolling. */
export class Box {
  readonly element: HTMLElement;
  readonly #text: HTMLElement;
  readonly #tail: HTMLElement | undefined;
  readonly #aside: HTMLElement | undefined;
  readonly #count: HTMLElement | undefined;
  readonly #texts = new Map<HTMLElement, string>();
  #classes = '';
  #label = '';
  #hasFocus = false;
  #isSelected = false;

  constructor(
    role: 'columnheader' | 'rowheader' | 'gridcell',
    private readonly kind: 'corner' | 'row-heading' | 'column-heading' | 'cell',
  ) {
    this.element = element('div', kind);
    this.element.setAttribute('role', role);
    this.element.tabIndex = -1;
    if (kind === 'cell') {
      this.#text = this.element;
      return;
    }
    // `bdi` isolates a name of any script and direction from the note and the count.
    this.#text = element('span', 'stem');
    this.#tail = element('span', 'tail');
    const name = element('bdi', 'name', this.#text, this.#tail);
    name.dir = 'auto';
    this.#aside = element('span', 'aside');
    this.#count = element('span', 'count');
    this.element.append(name, this.#aside, this.#count);
  }

  /** Sets the column; -1 for the heading of the row. */
  setColumn(column: number): void {
    this.element.setAttribute('aria-colindex', `${column + 2}`);
  }

  /** Hides the box where the last block reaches beyond the last column. */
  setVisible(isVisible: boolean): void {
    if (this.element.hidden === isVisible) this.element.hidden = !isVisible;
  }

  draw({ classes, text, label, tail = '', aside = '', count = '', hasFocus, isSelected }: BoxState): void {
    if (classes !== this.#classes) {
      this.#classes = classes;
      this.element.className = `${this.kind} ${classes}`;
    }
    this.#setText(this.#text, text);
    if (this.#tail) this.#setText(this.#tail, tail);
    if (this.#aside) this.#setText(this.#aside, aside);
    if (this.#count) this.#setText(this.#count, count);
    if (label !== this.#label) {
      this.#label = label;
      this.element.setAttribute('aria-label', label);
      // The tooltip belongs to the previous position.
      this.element.removeAttribute('title');
    }
    if (hasFocus !== this.#hasFocus) {
      this.#hasFocus = hasFocus;
      this.element.tabIndex = hasFocus ? 0 : -1;
    }
    if (isSelected !== this.#isSelected) {
      this.#isSelected = isSelected;
      if (isSelected) this.element.setAttribute('aria-selected', 'true');
      else this.element.removeAttribute('aria-selected');
    }
  }

  #setText(target: HTMLElement, text: string): void {
    if (text === (this.#texts.get(target) ?? '')) return;
    this.#texts.set(target, text);
    // Reuse the text node.
    const { firstChild } = target;
    if (firstChild instanceof Text) firstChild.data = text;
    else target.textContent = text;
  }
}
