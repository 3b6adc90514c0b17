/** One HTTP exchange as the client hands it to a transport: complete, already encoded, with the key in its headers. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Absolute, path-encoded. A transport sends it as it is, so that `:` in a checkpoint id stays raw. */
  readonly url: string;
  /** Lower-case names. Contains `authorization`: never log this object. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, for POST only. */
  readonly body?: string;
  /** Aborts when the caller cancels or the attempt's time is up; the transport then rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/** An answer of any status, its body read whole. A redirect is an answer like any other: it is never followed. */
export interface TransportResponse {
  readonly status: number;
  /** Lower-case names; repeated headers joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a transport rejects with, as far as the client looks at it. */
export interface TransportFailure extends Error {
  readonly code?: string;
  /** False when not one byte of the request has left: then a POST, too, may safely be sent again. */
  readonly sent?: boolean;
}

/**
 * How requests leave the client: undici by default, the sample organization, or a test's own.
 *
 * A transport neither retries nor follows redirects nor interprets statuses. It rejects only when there is no whole
 * answer, with an `Error` whose `code` says why (`ECONNREFUSED`, `ENOTFOUND`, `UND_ERR_CONNECT_TIMEOUT`, …): the
 * transport is a bundle of its own, so the client tells errors apart by `code`, never by `instanceof`. See
 * {@link TransportFailure}.
 */
export interface Transport {
  send(request: TransportRequest): Promise<TransportResponse>;
  /** Lets go of sockets. Requests in flight may still end; none may be sent afterwards. */
  close?(): Promise<void>;
}
