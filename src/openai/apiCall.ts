import type { TransportRequest, TransportResponse } from './transport';

/** An API call that is not written as an HTTP request yet. */
export interface ApiCall {
  readonly method: TransportRequest['method'];
  /** Path below the base URL, not encoded yet. */
  readonly segments: readonly string[];
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** A successful response that is not parsed yet, with its call. */
export interface RawResponse {
  readonly call: ApiCall;
  readonly response: TransportResponse;
  /** Redacted from every error that quotes the response. */
  readonly secrets: readonly (string | undefined)[];
  /** An earlier attempt of a change may have taken effect already. Never true for a read. */
  readonly uncertain: boolean;
}
