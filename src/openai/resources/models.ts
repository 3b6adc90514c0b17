import { models, parseAs } from '../answers';
import type { Send } from '../exchange';
import type { RequestOptions } from '../options';
import { Page, PagePromise } from '../pages';
import type { Model } from '../wire';

/** The models that the key's project can use (API reference §2). */
export class Models {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** All of them: the API does not page this list. */
  list(options?: RequestOptions): PagePromise<Page<Model>, Model> {
    const call = { method: 'GET', segments: ['models'] } as const;
    return new PagePromise(this.#send(call, options), (answer) => new Page(parseAs(models, answer)));
  }
}
