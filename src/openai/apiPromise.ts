import { presentable } from '../text/redact';
import type { RawResponse } from './apiCall';
import { publicHeaders } from './responseErrors';

function requestIDOf({ response, secrets }: RawResponse): string | null {
  const id = response.headers['x-request-id'];
  return id === undefined ? null : presentable(id, secrets, 200);
}

function standardResponse({ response, secrets }: RawResponse): Response {
  const { status } = response;
  const body = status === 204 || status === 205 || status === 304 ? null : response.body;
  return new Response(body, { status, headers: publicHeaders(response, secrets) });
}

/** The promise of a parsed response. The request is in flight as soon as the promise exists. */
export class APIPromise<T> extends Promise<T> {
  readonly #raw: Promise<RawResponse>;

  constructor(raw: Promise<RawResponse>, parse: (raw: RawResponse) => T) {
    super((resolve, reject) => {
      raw.then(parse).then(resolve, reject);
    });
    this.#raw = raw;
  }

  /** Derived promises are plain, because the constructor arguments differ from those of `Promise`. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /**
   * The parsed data with the `Response` and the request ID. Headers with secrets are removed. `uncertain`: an earlier
   * attempt of a change may have taken effect already.
   */
  async withResponse(): Promise<{
    data: T;
    response: Response;
    request_id: string | null;
    uncertain: boolean;
  }> {
    const [data, raw] = await Promise.all([this, this.#raw]);
    const { uncertain } = raw;
    return { data, response: standardResponse(raw), request_id: requestIDOf(raw), uncertain };
  }
}
