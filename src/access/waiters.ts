import { APIUserAbortError } from '../openai';

/** Those who wait for the same answer. Each may leave for itself; it is given up only when the last one has left. */
export class Waiters {
  readonly #waiting = new Set<object>();

  /**
   * The answer, for one more who waits for it: to its end, or until the signal aborts. Whoever leaves while others stay
   * gets `APIUserAbortError` at once; the last one calls `giveUp` and gets what becomes of the answer then.
   */
  join<T>(answer: Promise<T>, signal: AbortSignal | undefined, giveUp: () => void): Promise<T> {
    const one = {};
    this.#waiting.add(one);
    if (!signal) {
      const leave = (): unknown => this.#waiting.delete(one);
      answer.then(leave, leave);
      return answer;
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(one);
        if (this.#waiting.size === 0) giveUp();
        else reject(new APIUserAbortError());
      };
      signal.addEventListener('abort', leave, { once: true });
      void answer.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', leave);
        this.#waiting.delete(one);
      });
    });
  }
}
