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

/** How long the reference work takes on a usual computer, in milliseconds. */
const usualMs = 3;

/** Work as the product does it: objects, texts, maps and sorting. */
function referenceWork(): number {
  const rows = Array.from({ length: 7000 }, (_, index) => ({ id: `row-${(index * 7919) % 7000}`, index }));
  const byId = new Map(rows.map((row) => [row.id, row] as const));
  rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  return JSON.stringify(rows.map(({ id }) => byId.get(id))).length;
}

/** The time of the processor that the reference work takes now, in milliseconds: the best of five. */
function referenceMs(): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run += 1) {
    const began = process.cpuUsage();
    referenceWork();
    const { user, system } = process.cpuUsage(began);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/**
 * The longest turn that some work takes, the best of five, as code warms up. In milliseconds of a usual computer: a slow
 * one, or one that others use as well, takes longer for the reference work, too.
 */
export async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run += 1) {
    const pace = referenceMs();
    const watch = new BlockWatch();
    await work();
    const { cpu } = await watch.end();
    best = Math.min(best, (cpu * usualMs) / Math.max(pace, referenceMs()));
  }
  return best;
}
