import type { Disposable } from 'vscode';
import { canRedraw, onDidAllowRedraw } from './questions';

/**
 * Draws a moment after it was asked to, once for all that was asked in that time, and not while a question stands open.
 * The moment is for a question that opens with the very answer that there is to be drawn.
 */
export class DebouncedRefresh implements Disposable {
  #timer: NodeJS.Timeout | undefined;
  #isDeferred = false;
  readonly #subscription: Disposable;

  /** @param delay in milliseconds */
  constructor(
    private readonly refresh: () => void,
    private readonly delay: number,
  ) {
    this.#subscription = onDidAllowRedraw(() => {
      if (this.#isDeferred) this.schedule();
    });
  }

  schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#isDeferred = !canRedraw();
      if (!this.#isDeferred) this.refresh();
    }, this.delay);
  }

  /** For what the person asks of the tree itself. */
  flush(): void {
    this.#cancel();
    this.refresh();
  }

  dispose(): void {
    this.#cancel();
    this.#subscription.dispose();
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDeferred = false;
  }
}
