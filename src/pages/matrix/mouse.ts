import type { GridPosition } from './selection';

/** What the mouse does over a grid. */
export interface MouseActs {
  placeOf(target: EventTarget | null): GridPosition | undefined;
  /** Pressed on a place, with Shift to extend what is selected. */
  down(place: GridPosition, extend: boolean): void;
  /** Moved to another place while pressed. */
  drag(place: GridPosition): void;
  /** Pressed and let go on one cell. */
  click(place: GridPosition): void;
  over(place: GridPosition, element: HTMLElement): void;
  out(): void;
}

/** Tells presses, drags and clicks apart. A click that comes without a press, as of assistive technology, is both. */
export function onMouse(root: HTMLElement, acts: MouseActs): void {
  let pressed: GridPosition | undefined;
  let isClick = true;

  root.addEventListener('pointerdown', (event) => {
    const place = event.button === 0 ? acts.placeOf(event.target) : undefined;
    if (!place) return;
    // The element is given the keyboard by the grid; the browser would select text.
    event.preventDefault();
    pressed = place;
    isClick = !event.shiftKey && place.row >= 0 && place.column >= 0;
    acts.down(place, event.shiftKey);
  });
  root.addEventListener('pointermove', (event) => {
    if (!pressed || event.buttons !== 1) return;
    const place = acts.placeOf(event.target);
    if (!place || (isClick && place.row === pressed.row && place.column === pressed.column)) return;
    isClick = false;
    acts.drag(place);
  });
  root.addEventListener('click', (event) => {
    const place = acts.placeOf(event.target);
    if (place && !pressed) acts.down(place, event.shiftKey);
    if (place && isClick && place.row >= 0 && place.column >= 0) acts.click(place);
    pressed = undefined;
    isClick = true;
  });
  window.addEventListener('pointerup', () => {
    // After the click that belongs to it.
    setTimeout(() => {
      pressed = undefined;
      isClick = true;
    });
  });
  root.addEventListener('pointerover', (event) => {
    const place = acts.placeOf(event.target);
    const element = event.target instanceof Element ? event.target.closest('[aria-colindex]') : null;
    if (place && element instanceof HTMLElement) acts.over(place, element);
  });
  root.addEventListener('pointerleave', () => acts.out());
}
