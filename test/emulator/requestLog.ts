import { type Matcher, matches, type OpenRecord, type RequestRecord } from './requestRecord';

interface Waiter {
  isSatisfied(): boolean;
  resolve(): void;
  reject(reason: Error): void;
}

/** Records requests, and resolves when they arrive or end. */
export class RequestLog {
  #records: OpenRecord[] = [];
  #waiters: Waiter[] = [];
  #pending = new Set<OpenRecord>();
  #mostInFlight = 0;

  get records(): readonly RequestRecord[] {
    return this.#records;
  }

  get inFlight(): number {
    return this.#pending.size;
  }

  /** Maximum number of concurrent requests. */
  get mostInFlight(): number {
    return this.#mostInFlight;
  }

  add(record: OpenRecord): void {
    this.#records.push(record);
    this.#pending.add(record);
    this.#mostInFlight = Math.max(this.#mostInFlight, this.inFlight);
    this.#check();
  }

  end(record: OpenRecord, outcome: 'answered' | 'cut' | 'abandoned', milliseconds: number): void {
    record.outcome = outcome;
    record.milliseconds = milliseconds;
    this.#pending.delete(record);
    this.#check();
  }

  /** Resolves to the matching requests when there are `count`. */
  arrived(count: number, matcher: Matcher | undefined): Promise<readonly RequestRecord[]> {
    return this.#wait(count, (record) => matches(matcher, record));
  }

  /** Resolves to the matching requests that have ended, when there are `count`. */
  ended(count: number, matcher: Matcher | undefined): Promise<readonly RequestRecord[]> {
    return this.#wait(count, (record) => record.outcome !== 'pending' && matches(matcher, record));
  }

  /** Resolves when nothing is in flight. */
  async idle(): Promise<void> {
    await this.#until(() => this.inFlight === 0);
  }

  clear(reason: string): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    this.#records = [];
    this.#pending = new Set();
    this.#mostInFlight = 0;
    for (const waiter of waiters) waiter.reject(new Error(reason));
  }

  async #wait(count: number, counts: (record: RequestRecord) => boolean) {
    await this.#until(() => this.#records.filter(counts).length >= count);
    return this.#records.filter(counts);
  }

  async #until(isSatisfied: () => boolean): Promise<void> {
    if (isSatisfied()) return;
    await new Promise<void>((resolve, reject) => {
      this.#waiters.push({ isSatisfied, resolve, reject });
    });
  }

  #check(): void {
    this.#waiters = this.#waiters.filter((waiter) => {
      if (!waiter.isSatisfied()) return true;
      waiter.resolve();
      return false;
    });
  }
}
