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

/** A parsed answer; `_request_id` is there but not enumerable, as in the official SDK. */
export type WithRequestID<T> = T & { readonly _request_id?: string | null };

function requestIDOf({ response, secrets }: Answer): string | null {
  const id = response.headers['x-request-id'];
  return id === undefined ? null : presentable(id, secrets, 200);
}

function standardResponse({ response, secrets }: Answer): Response {
  const { status } = response;
  const body = status === 204 || status === 205 || status === 304 ? null : response.body;
  return new Response(body, { status, headers: publicHeaders(response, secrets) });
}

/**
 * The promise of a parsed answer, with ways to the answer as it came. The request is under way as soon as it exists;
 * the answer is parsed once, when somebody asks for it parsed.
 */
export class APIPromise<T> extends Promise<WithRequestID<T>> {
  readonly #answer: Promise<Answer>;
  readonly #parse: (answer: Answer) => T;
  #parsed: Promise<WithRequestID<T>> | undefined;

  constructor(answer: Promise<Answer>, parse: (answer: Answer) => T) {
    // What it settles to as a plain promise is never seen: every way to it is overridden below.
    super((resolve) => resolve(undefined as never));
    this.#answer = answer;
    this.#parse = parse;
  }

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  #result(): Promise<WithRequestID<T>> {
    this.#parsed ??= this.#answer.then((answer) => {
      const data = this.#parse(answer);
      return Object.defineProperty(data, '_request_id', { value: requestIDOf(answer) }) as WithRequestID<T>;
    });
    return this.#parsed;
  }

  /** The answer as a standard `Response`, unparsed; secrets are left out of its headers. */
  async asResponse(): Promise<Response> {
    return standardResponse(await this.#answer);
  }

  /** The parsed answer together with the `Response` and the request id. */
  async withResponse(): Promise<{ data: T; response: Response; request_id: string | null }> {
    const [data, answer] = await Promise.all([this.#result(), this.#answer]);
    return { data, response: standardResponse(answer), request_id: requestIDOf(answer) };
  }

  // biome-ignore lint/suspicious/noThenProperty: parsing waits until the result is asked for.
  override then<A = WithRequestID<T>, B = never>(
    onfulfilled?: ((value: WithRequestID<T>) => A | PromiseLike<A>) | null,
    onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#result().then(onfulfilled, onrejected);
  }

  override catch<B = never>(
    onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<WithRequestID<T> | B> {
    return this.#result().catch(onrejected);
  }

  override finally(onfinally?: (() => void) | null): Promise<WithRequestID<T>> {
    return this.#result().finally(onfinally);
  }
}
