import type { Disposable } from 'vscode';
import { canRedraw, onDidAllowRedraw } from './questions';

/**
 * Draws a moment after it was asked to, once for all that was asked in that time, and not while a question stands open.
 * The moment is for a question that opens with the very answer that there is to be drawn.
 */
export class DebouncedRefresh implements Disposable {
  #timer: NodeJS.Timeout | undefined;
  #isHeld = false;
  readonly #waiting: Disposable;

  /** @param moment in milliseconds */
  constructor(
    private readonly draw: () => void,
    private readonly moment: number,
  ) {
    this.#waiting = onDidAllowRedraw(() => {
      if (this.#isHeld) this.schedule();
    });
  }

  schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#isHeld = !canRedraw();
      if (!this.#isHeld) this.draw();
    }, this.moment);
  }

  /** For what the person asks of the tree itself. */
  flush(): void {
    this.#forget();
    this.draw();
  }

  dispose(): void {
    this.#forget();
    this.#waiting.dispose();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isHeld = false;
  }
}
