import type { Disposable } from 'vscode';
import { canRedraw, onDidAllowRedraw } from './questions';

/**
 * Debounces refreshes of a tree, and holds them while a prompt is open, because a redraw can steal the focus. The delay
 * also covers a prompt opened by the same response.
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

  /** Refreshes now, even while a prompt is open: for an action on the tree itself. */
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
