import type { RawResponse } from './apiCall';
import { presentable } from './redact';
import { publicHeaders } from './refusal';

function requestIDOf({ response, secrets }: RawResponse): string | null {
  const id = response.headers['x-request-id'];
  return id === undefined ? null : presentable(id, secrets, 200);
}

function standardResponse({ response, secrets }: RawResponse): Response {
  const { status } = response;
  const body = status === 204 || status === 205 || status === 304 ? null : response.body;
  return new Response(body, { status, headers: publicHeaders(response, secrets) });
}

/** The promise of a parsed response. The request is under way as soon as the promise exists. */
export class APIPromise<T> extends Promise<T> {
  readonly #raw: Promise<RawResponse>;

  constructor(raw: Promise<RawResponse>, parse: (raw: RawResponse) => T) {
    super((resolve, reject) => {
      raw.then(parse).then(resolve, reject);
    });
    this.#raw = raw;
  }

  /** Derived promises are plain ones, because the constructor takes other arguments than that of `Promise`. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** The parsed data together with the `Response` and the request ID. Headers that hold secrets are left out. */
  async withResponse(): Promise<{ data: T; response: Response; request_id: string | null }> {
    const [data, raw] = await Promise.all([this, this.#raw]);
    return { data, response: standardResponse(raw), request_id: requestIDOf(raw) };
  }
}
