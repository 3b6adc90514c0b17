import { headingSplitters as words } from '../../../words/matrix';
import { element } from '../element';
import type { HeadingSizes } from './grid';
import type { ChosenHeadings } from './headingSizes';

/** By how much an arrow key changes a size, in CSS pixels. */
const step = 8;

/** Keys that change a size, by the side that is changed. */
const smaller = { width: 'ArrowLeft', height: 'ArrowUp' } as const;
const larger = { width: 'ArrowRight', height: 'ArrowDown' } as const;

/**
 * The two handles at the edges of the headings: dragged, or moved by arrow keys, Home and End. Enter and a double click
 * give the usual size back. By WAI-ARIA's pattern of a window splitter.
 */
export class HeadingSplitters {
  readonly #handles = { width: handle('width'), height: handle('height') };
  #sizes: HeadingSizes | undefined;

  /** @param area What the handles are placed in; the grid is at its top left corner. */
  constructor(
    private readonly area: HTMLElement,
    private readonly headings: { get(): ChosenHeadings; choose(chosen: ChosenHeadings): void },
  ) {
    for (const side of ['width', 'height'] as const) {
      const target = this.#handles[side];
      area.append(target);
      target.addEventListener('keydown', (event) => this.#onKey(side, event));
      target.addEventListener('dblclick', () => this.#choose(side, undefined));
      target.addEventListener('pointerdown', (event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        target.focus();
        target.setPointerCapture(event.pointerId);
      });
      target.addEventListener('pointermove', (event) => {
        if (target.hasPointerCapture(event.pointerId)) this.#drag(side, event);
      });
    }
  }

  /** Puts the handles at the edges of headings of these sizes. */
  show(sizes: HeadingSizes): void {
    this.#sizes = sizes;
    for (const side of ['width', 'height'] as const) {
      const { size, min, max } = sizes[side];
      const target = this.#handles[side];
      target.setAttribute('aria-valuenow', `${size}`);
      target.setAttribute('aria-valuemin', `${min}`);
      target.setAttribute('aria-valuemax', `${max}`);
    }
    this.area.style.setProperty('--head-width', `${sizes.width.size}px`);
    this.area.style.setProperty('--head-height', `${sizes.height.size}px`);
  }

  #drag(side: 'width' | 'height', { clientX, clientY }: PointerEvent): void {
    const { left, top } = this.area.getBoundingClientRect();
    this.#choose(side, Math.round(side === 'width' ? clientX - left : clientY - top));
  }

  #onKey(side: 'width' | 'height', event: KeyboardEvent): void {
    const sizes = this.#sizes?.[side];
    if (!sizes) return;
    const to = sizeAfter(side, event.key, sizes);
    if (to === undefined) return;
    event.preventDefault();
    this.#choose(side, to === 'usual' ? undefined : to);
  }

  /** Undefined gives the usual size back. A size is kept within its limits, so that the next key changes what is seen. */
  #choose(side: 'width' | 'height', size: number | undefined): void {
    const { [side]: _, ...other } = this.headings.get();
    const limits = this.#sizes?.[side];
    if (size === undefined || !limits) this.headings.choose(other);
    else this.headings.choose({ ...other, [side]: Math.min(Math.max(size, limits.min), limits.max) });
  }
}

function sizeAfter(
  side: 'width' | 'height',
  key: string,
  { size, min, max }: HeadingSizes['width'],
): number | 'usual' | undefined {
  switch (key) {
    case smaller[side]:
      return size - step;
    case larger[side]:
      return size + step;
    case 'Home':
      return min;
    case 'End':
      return max;
    case 'Enter':
      return 'usual';
    default:
      return undefined;
  }
}

function handle(side: 'width' | 'height'): HTMLElement {
  const target = element('div', `splitter ${side}`);
  target.setAttribute('role', 'separator');
  target.setAttribute('aria-orientation', side === 'width' ? 'vertical' : 'horizontal');
  target.setAttribute('aria-label', words[side]);
  target.title = words.hint;
  target.tabIndex = 0;
  return target;
}
