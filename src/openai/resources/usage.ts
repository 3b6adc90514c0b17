import { parseAs, usageCompletions } from '../answers';
import { APIPromise } from '../api-promise';
import { APIUserAbortError, IncompleteListError } from '../errors';
import type { Send } from '../exchange';
import type { RequestOptions } from '../options';
import { TRAPS } from '../pages';
import type { UsageCompletions, UsageCompletionsBucket, UsageCompletionsParams } from '../wire';

/** How much the organization's models were used, in buckets of time (API reference §2). */
export class Usage {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** One page of buckets, the oldest first. `page` of the next is this one's `next_page`. */
  completions(query: UsageCompletionsParams, options?: RequestOptions): APIPromise<UsageCompletions> {
    const segments = ['organization', 'usage', 'completions'];
    const call = { method: 'GET', segments, query: { ...query } } as const;
    return new APIPromise<UsageCompletions>(this.#send(call, options), (answer) =>
      parseAs(usageCompletions, answer),
    );
  }

  /**
   * Every bucket from `query.page`, or the beginning, to the end: one request for each page.
   *
   * @throws IncompleteListError if a page after the first cannot be had; `cause` is why, where there is an error.
   */
  async allCompletions(
    query: UsageCompletionsParams,
    options?: RequestOptions,
  ): Promise<UsageCompletionsBucket[]> {
    const buckets: UsageCompletionsBucket[] = [];
    const incomplete = (reason: string, cause?: unknown) =>
      new IncompleteListError(buckets.length, reason, cause);
    const seen = new Set([query.page]);
    for (let asked = query; ; ) {
      let answer: UsageCompletions;
      try {
        answer = await this.completions(asked, options);
      } catch (error) {
        if (asked === query || error instanceof APIUserAbortError) throw error;
        throw incomplete(`the next page could not be read: ${(error as Error).message}`, error);
      }
      buckets.push(...answer.data);
      if (!answer.has_more) return buckets;
      const page = answer.next_page;
      if (!page) throw incomplete('the server says that there is more but not where');
      if (seen.has(page)) throw incomplete(TRAPS.stuck);
      seen.add(page);
      asked = { ...query, page };
    }
  }
}
