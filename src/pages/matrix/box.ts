import { element } from './element';

/** How a heading or a cell looks and reads. Texts are shown as they are, never as HTML. */
export interface BoxContent {
  /** Class names. */
  readonly look: string;
  readonly text: string;
  /** Read aloud. */
  readonly label: string;
  /** Headings only: what stands beside the text. */
  readonly aside?: string;
  readonly count?: string;
}

/** How a box is to look now. */
export interface BoxState extends BoxContent {
  readonly hasKeyboard: boolean;
  readonly isSelected: boolean;
}

/** One heading or cell. It touches its element only where something has changed, which is what scrolling costs. */
export class Box {
  readonly element: HTMLElement;
  readonly #text: HTMLElement;
  readonly #aside: HTMLElement | undefined;
  readonly #count: HTMLElement | undefined;
  readonly #texts = new Map<HTMLElement, string>();
  #look = '';
  #label = '';
  #hasKeyboard = false;
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
    // A name can be in any script and direction; nothing of it may reach what stands beside it.
    this.#text = element('bdi', 'name');
    this.#text.dir = 'auto';
    this.#aside = element('span', 'aside');
    this.#count = element('span', 'count');
    this.element.append(this.#text, this.#aside, this.#count);
  }

  /** Makes it that of a column; -1 for the heading of the row. */
  setColumn(column: number): void {
    this.element.setAttribute('aria-colindex', `${column + 2}`);
  }

  /** Whether there is such a column: the last block may have room for more. */
  setThere(isThere: boolean): void {
    if (this.element.hidden === isThere) this.element.hidden = !isThere;
  }

  draw({ look, text, label, aside = '', count = '', hasKeyboard, isSelected }: BoxState): void {
    if (look !== this.#look) {
      this.#look = look;
      this.element.className = `${this.kind} ${look}`;
    }
    this.#setText(this.#text, text);
    if (this.#aside) this.#setText(this.#aside, aside);
    if (this.#count) this.#setText(this.#count, count);
    if (label !== this.#label) {
      this.#label = label;
      this.element.setAttribute('aria-label', label);
      // What the mouse was told of another place.
      this.element.removeAttribute('title');
    }
    if (hasKeyboard !== this.#hasKeyboard) {
      this.#hasKeyboard = hasKeyboard;
      this.element.tabIndex = hasKeyboard ? 0 : -1;
    }
    if (isSelected !== this.#isSelected) {
      this.#isSelected = isSelected;
      if (isSelected) this.element.setAttribute('aria-selected', 'true');
      else this.element.removeAttribute('aria-selected');
    }
  }

  #setText(of: HTMLElement, text: string): void {
    if (text === (this.#texts.get(of) ?? '')) return;
    this.#texts.set(of, text);
    // The node of a text is kept for the next one.
    const { firstChild } = of;
    if (firstChild instanceof Text) firstChild.data = text;
    else of.textContent = text;
  }
}
