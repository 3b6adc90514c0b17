/**
 * Watches for how long others wait for their turn of the event loop. `monitorEventLoopDelay` won't do: it misses what
 * comes right after its reset.
 */
export class BlockWatch {
  #longest = 0;
  #last = performance.now();
  #timer = setTimeout(() => this.#tick(), 1);

  /** Ends the watch. Resolves to the longest block, in milliseconds. */
  async end(): Promise<number> {
    // The block that is under way ends with the next turn.
    await new Promise((resolve) => setTimeout(resolve, 2));
    this.#tick();
    clearTimeout(this.#timer);
    return this.#longest;
  }

  #tick(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
    this.#timer = setTimeout(() => this.#tick(), 1);
  }
}
