import { APIPromise } from '../apiPromise';
import { IncompleteListError } from '../errors';
import type { RequestOptions } from '../options';
import type { RequestPipeline } from '../requestPipeline';
import { parseAs, usageCompletions } from '../responses';
import type { UsageCompletions, UsageCompletionsParams } from '../wire';

/** Usage of the organization, in time buckets (docs/api.md#usage). */
export class Usage {
  readonly #send: RequestPipeline;

  constructor(send: RequestPipeline) {
    this.#send = send;
  }

  /** One page of buckets, oldest first. Its `next_page` is the `page` of the next. */
  completions(query: UsageCompletionsParams, options?: RequestOptions): APIPromise<UsageCompletions> {
    const segments = ['organization', 'usage', 'completions'];
    const call = { method: 'GET', segments, query: { ...query } } as const;
    return new APIPromise<UsageCompletions>(this.#send(call, options), (raw) =>
      parseAs(usageCompletions, raw),
    );
  }

  /**
   * All pages from `query.page` or the first one on. Each request is sent when its page is asked for.
   *
   * @throws IncompleteListError when `has_more` leads nowhere.
   */
  async *completionPages(
    query: UsageCompletionsParams,
    options?: RequestOptions,
  ): AsyncGenerator<UsageCompletions> {
    const seen = new Set([query.page]);
    let buckets = 0;
    for (let page = query.page; ; ) {
      const body = await this.completions({ ...query, ...(page && { page }) }, options);
      yield body;
      if (!body.has_more) return;
      buckets += body.data.length;
      page = body.next_page ?? undefined;
      if (!page) throw new IncompleteListError(buckets, 'noNextPage');
      if (seen.has(page)) throw new IncompleteListError(buckets, 'stuckCursor');
      seen.add(page);
    }
  }
}
