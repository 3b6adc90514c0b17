import type { Call } from './exchange';
import { presentable } from './redact';
import { publicHeaders } from './refusal';
import type { TransportResponse } from './transport';

/** A successful exchange: the call, and what the server said to it. */
export interface Answer {
  readonly call: Call;
  readonly response: TransportResponse;
  readonly secrets: readonly (string | undefined)[];
}

function requestIDOf({ response, secrets }: Answer): string | null {
  const id = response.headers['x-request-id'];
  return id === undefined ? null : presentable(id, secrets, 200);
}

function standardResponse({ response, secrets }: Answer): Response {
  const { status } = response;
  const body = status === 204 || status === 205 || status === 304 ? null : response.body;
  return new Response(body, { status, headers: publicHeaders(response, secrets) });
}

/** The promise of a parsed response. The request is under way as soon as the promise exists. */
export class APIPromise<T> extends Promise<T> {
  readonly #answer: Promise<Answer>;

  constructor(answer: Promise<Answer>, parse: (answer: Answer) => T) {
    super((resolve, reject) => {
      answer.then(parse).then(resolve, reject);
    });
    this.#answer = answer;
  }

  /** Derived promises are plain ones, because the constructor takes other arguments than that of `Promise`. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** The parsed data together with the `Response` and the request ID. Headers that hold secrets are left out. */
  async withResponse(): Promise<{ data: T; response: Response; request_id: string | null }> {
    const [data, answer] = await Promise.all([this, this.#answer]);
    return { data, response: standardResponse(answer), request_id: requestIDOf(answer) };
  }
}
