import type { TransportRequest, TransportResponse } from './transport';

/** One call of the API before it is written as a request. */
export interface ApiCall {
  readonly method: TransportRequest['method'];
  /** Path below the base URL, not encoded yet. */
  readonly segments: readonly string[];
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** A successful response that is not parsed yet, with the call that it answers. */
export interface RawResponse {
  readonly call: ApiCall;
  readonly response: TransportResponse;
  /** Texts to take out of anything that quotes the response. */
  readonly secrets: readonly (string | undefined)[];
}
