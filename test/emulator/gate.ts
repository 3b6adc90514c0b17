import { type Matcher, matches, type RequestRecord } from './requestRecord';

/** Keeps requests pending until a test releases them. */
export class Gate {
  #waiting: (() => void)[] = [];
  #open = false;

  /** @param at Before the organization sees the request, or after it, before the response. */
  constructor(
    private readonly matcher: Matcher | undefined,
    private readonly at: 'arrived' | 'processed',
  ) {}

  /** Number of held requests. */
  get held(): number {
    return this.#waiting.length;
  }

  /** Releases all requests, and does not hold later ones. */
  release(): void {
    this.#open = true;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Releases the oldest request only. */
  releaseNext(): void {
    this.#waiting.shift()?.();
  }

  /** Resolves when the request is released or its client is gone. */
  async pass(record: RequestRecord, at: 'arrived' | 'processed', gone: AbortSignal): Promise<void> {
    if (this.#open || at !== this.at || gone.aborted || !matches(this.matcher, record)) return;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      gone.addEventListener('abort', () => {
        this.#waiting = this.#waiting.filter((other) => other !== resolve);
        resolve();
      });
    });
  }
}
