import type { RequestOptions } from '../options';
import { Page, PagePromise } from '../pages';
import type { RequestPipeline } from '../requestPipeline';
import { models, parseAs } from '../responses';
import type { Model } from '../wire';

/** Models that the key's project can use (docs/api.md#models). */
export class Models {
  readonly #send: RequestPipeline;

  constructor(send: RequestPipeline) {
    this.#send = send;
  }

  /** All models. The API does not page this list. */
  list(options?: RequestOptions): PagePromise<Page<Model>, Model> {
    const call = { method: 'GET', segments: ['models'] } as const;
    return new PagePromise(this.#send(call, options), (raw) => new Page(parseAs(models, raw)));
  }
}
