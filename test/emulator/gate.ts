import { type Matcher, matches, type RequestRecord } from './requestRecord';

/** Keeps requests pending until a test lets them go. */
export class Gate {
  #waiting: (() => void)[] = [];
  #open = false;

  /** @param at before the organization sees the request, or after it has, with the answer still to be sent */
  constructor(
    private readonly matcher: Matcher | undefined,
    private readonly at: 'arrived' | 'processed',
  ) {}

  /** How many requests it holds now. */
  get held(): number {
    return this.#waiting.length;
  }

  /** Lets everything go, now and from now on. */
  release(): void {
    this.#open = true;
    for (const letGo of this.#waiting.splice(0)) letGo();
  }

  /** Lets the one that waited longest go and keeps the rest. */
  releaseNext(): void {
    this.#waiting.shift()?.();
  }

  /** Resolves when the request may go on; also when the client has given it up. */
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
