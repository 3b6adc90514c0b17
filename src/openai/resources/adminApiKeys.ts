import type { RequestOptions } from '../options';
import type { CursorPage, PagePromise } from '../pages';
import type { RequestPipeline } from '../requestPipeline';
import { adminAPIKeys } from '../responses';
import type { AdminAPIKey, AdminAPIKeyListParams } from '../wire';
import { cursorList } from './lists';

/** The organization's admin API keys (docs/api.md#admin-api-keys). Listing one is the cheapest check of a key. */
export class AdminAPIKeys {
  readonly #send: RequestPipeline;

  constructor(send: RequestPipeline) {
    this.#send = send;
  }

  list(
    query?: AdminAPIKeyListParams | null,
    options?: RequestOptions,
  ): PagePromise<CursorPage<AdminAPIKey>, AdminAPIKey> {
    return cursorList(this.#send, adminAPIKeys, ['organization', 'admin_api_keys'], query, options);
  }
}
