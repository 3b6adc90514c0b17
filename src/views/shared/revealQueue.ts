import { type Disposable, EventEmitter } from 'vscode';

/** How long redraws wait for a reveal at most, in milliseconds, in case that VS Code never ends it. */
const longestRevealMs = 5000;
const mostTries = 3;

/**
 * Runs the reveals of a tree one after the other. While one runs, the tree must not be redrawn: VS Code would look for
 * the row among those of before (“Cannot resolve tree item”) or add it a second time (“already registered”).
 */
export class RevealQueue implements Disposable {
  #last: Promise<unknown> = Promise.resolve();
  #isRevealing = false;
  readonly #ended = new EventEmitter<void>();
  readonly onDidEnd = this.#ended.event;

  get isRevealing(): boolean {
    return this.#isRevealing;
  }

  /**
   * Runs a reveal after those before it. When VS Code rejects it, because a person folded a row or hid the view
   * meanwhile, it is repeated. Rejects as the last try does.
   *
   * @param prepare called before each try, while redraws are still possible
   */
  run(prepare: (isRepeated: boolean) => Promise<void>, reveal: () => PromiseLike<void>): Promise<void> {
    const result = this.#last.then(async () => {
      for (let tries = 1; ; tries += 1) {
        try {
          await prepare(tries > 1);
          return await this.#hold(reveal);
        } catch (error) {
          if (tries === mostTries) throw error;
        }
      }
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  dispose(): void {
    this.#ended.dispose();
  }

  async #hold(reveal: () => PromiseLike<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, longestRevealMs);
    });
    this.#isRevealing = true;
    try {
      await Promise.race([reveal(), tooLong]);
    } finally {
      clearTimeout(timer);
      this.#isRevealing = false;
      this.#ended.fire();
    }
  }
}
