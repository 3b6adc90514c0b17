import { APIPromise } from '../apiPromise';
import { IncompleteListError, type IncompleteReason } from '../errors';
import type { RequestOptions } from '../options';
import type { RequestPipeline } from '../requestPipeline';
import { parseAs, usageCompletions } from '../responses';
import type { UsageCompletions, UsageCompletionsParams } from '../wire';

/** Seconds of a bucket, and the largest number of buckets on a page. */
const bucketWidths = {
  '1m': { seconds: 60, most: 1440 },
  '1h': { seconds: 3600, most: 168 },
  '1d': { seconds: 86_400, most: 31 },
} as const;

/** The usage of a period, in whole buckets of UTC. */
export interface UsagePeriodParams extends Omit<UsageCompletionsParams, 'page' | 'limit'> {
  end_time: number;
  bucket_width: '1m' | '1h' | '1d';
}

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
   * All buckets of a period, oldest first, in windows that fit one page. No page token is ever sent, because the API
   * refuses its own (docs/api.md#usage). Each request is sent when its window is asked for.
   *
   * @throws IncompleteListError after the last window, when the API has more for a window, or sent another period.
   */
  async *completionWindows(
    query: UsagePeriodParams,
    options?: RequestOptions,
  ): AsyncGenerator<UsageCompletions> {
    const { seconds, most } = bucketWidths[query.bucket_width];
    const length = most * seconds;
    let buckets = 0;
    let problem: IncompleteReason | undefined;
    for (let start_time = query.start_time; start_time < query.end_time; start_time += length) {
      const end_time = Math.min(start_time + length, query.end_time);
      const body = await this.completions({ ...query, start_time, end_time, limit: most }, options);
      yield body;
      buckets += body.data.length;
      if (body.has_more || body.next_page) problem ??= 'shortPages';
      if (body.data.some((bucket) => bucket.start_time >= end_time || bucket.end_time <= start_time))
        problem = 'otherPeriod';
    }
    if (problem) throw new IncompleteListError(buckets, problem);
  }
}
