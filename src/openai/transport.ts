/** An HTTP request as a transport gets it: complete, encoded, with the key in its headers. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Absolute and encoded. Transports send it unchanged, so that `:` in a checkpoint ID stays raw. */
  readonly url: string;
  /** Lower-case names. Contains `authorization`: never log this object. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, for POST only. */
  readonly body?: string;
  /** Aborts on cancel and on timeout. The transport then rejects with its reason. */
  readonly signal: AbortSignal;
}

/** A response of any status with its whole body. Redirects are responses too, and never followed. */
export interface TransportResponse {
  readonly status: number;
  /** Lower-case names. Repeated headers are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The error that a transport rejects with, as far as the client reads it. */
export interface TransportFailure extends Error {
  readonly code?: string;
  /** False if certainly no byte of the request was sent. Then even a POST can be retried. Otherwise it counts as sent. */
  readonly sent?: boolean;
}

/**
 * Sends requests: undici by default, the sample organization, or a fake in tests.
 *
 * A transport does not retry, follow redirects, or interpret statuses. It rejects only if there is no
 * complete response, with an `Error` whose `code` says why (`ECONNREFUSED`, `ENOTFOUND`,
 * `UND_ERR_CONNECT_TIMEOUT`, …). The client classifies errors by `code`, never by `instanceof`, because the
 * transport is a separate bundle. See {@link TransportFailure}.
 */
export interface Transport {
  send(request: TransportRequest): Promise<TransportResponse>;
  /** Closes the connections. In-flight requests may still end. No request may be sent afterwards. */
  close?(): Promise<void>;
}
