/** The longest time that others waited for their turn, in milliseconds. */
export interface LongestBlock {
  /** By the clock: what other processes did meanwhile counts, too. */
  readonly ms: number;
  /** The time of the processor in one turn. */
  readonly cpu: number;
}

/**
 * Watches for how long others wait for their turn of the event loop. `monitorEventLoopDelay` won't do: it misses what
 * comes right after its reset.
 */
export class BlockWatch {
  #ms = 0;
  #cpu = 0;
  #last = performance.now();
  #lastCpu = process.cpuUsage();
  #timer = setTimeout(() => this.#tick(), 1);

  /** Ends the watch. Resolves to the longest block. */
  async end(): Promise<LongestBlock> {
    // The block that is under way ends with the next turn.
    await new Promise((resolve) => setTimeout(resolve, 2));
    this.#tick();
    clearTimeout(this.#timer);
    return { ms: this.#ms, cpu: this.#cpu };
  }

  #tick(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    const ms = now - this.#last;
    const { user, system } = process.cpuUsage(this.#lastCpu);
    this.#ms = Math.max(this.#ms, ms);
    // Threads of the engine work for the process, too: one thread can't have had more than the clock.
    this.#cpu = Math.max(this.#cpu, Math.min(ms, (user + system) / 1000));
    this.#last = now;
    this.#lastCpu = process.cpuUsage();
    this.#timer = setTimeout(() => this.#tick(), 1);
  }
}

/** The longest turn, in milliseconds of the processor, that some work takes: the best of three, as code warms up. */
export async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run += 1) {
    const watch = new BlockWatch();
    await work();
    best = Math.min(best, (await watch.end()).cpu);
  }
  return best;
}
