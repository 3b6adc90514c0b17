import type { GridPosition } from './selection';

/** Handlers of the mouse over a grid. */
export interface MouseHandlers {
  positionOf(target: EventTarget | null): GridPosition | undefined;
  /** Pressed on a position; `extend` with Shift, which extends the selection. */
  down(position: GridPosition, extend: boolean): void;
  /** Moved to another position while pressed. */
  drag(position: GridPosition): void;
  /** Pressed and released on the same cell. */
  click(position: GridPosition): void;
  over(position: GridPosition, element: HTMLElement): void;
  out(): void;
}

/**
 * Distinguishes presses, drags and clicks. A click without a press, as assistive technology sends it, counts as both.
 */
export function handleMouse(root: HTMLElement, handlers: MouseHandlers): void {
  let pressed: GridPosition | undefined;
  let isClick = true;

  root.addEventListener('pointerdown', (event) => {
    const position = event.button === 0 ? handlers.positionOf(event.target) : undefined;
    if (!position) return;
    // The grid sets the focus. The browser's default would select text.
    event.preventDefault();
    pressed = position;
    isClick = !event.shiftKey && position.row >= 0 && position.column >= 0;
    handlers.down(position, event.shiftKey);
  });
  root.addEventListener('pointermove', (event) => {
    if (!pressed || event.buttons !== 1) return;
    const position = handlers.positionOf(event.target);
    if (!position || (isClick && position.row === pressed.row && position.column === pressed.column)) return;
    isClick = false;
    handlers.drag(position);
  });
  root.addEventListener('click', (event) => {
    const position = handlers.positionOf(event.target);
    if (position && !pressed) handlers.down(position, event.shiftKey);
    if (position && isClick && position.row >= 0 && position.column >= 0) handlers.click(position);
    pressed = undefined;
    isClick = true;
  });
  window.addEventListener('pointerup', () => {
    // Reset after the click event of this press.
    setTimeout(() => {
      pressed = undefined;
      isClick = true;
    });
  });
  root.addEventListener('pointerover', (event) => {
    const position = handlers.positionOf(event.target);
    const element = event.target instanceof Element ? event.target.closest('[aria-colindex]') : null;
    if (position && element instanceof HTMLElement) handlers.over(position, element);
  });
  root.addEventListener('pointerleave', () => handlers.out());
}
