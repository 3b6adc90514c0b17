/** A request to the API, from a transport or a socket. */
export interface SampleRequest {
  readonly method: string;
  /** Percent-encoded, starts with `/v1/`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As sent; empty when there is none. */
  readonly body: string;
}

/** A complete response. */
export interface SampleAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Splits a request target (`/v1/models?limit=2`). Does not normalize it, so the path stays as sent. */
export function splitTarget(target: string): { path: string; query: URLSearchParams } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: new URLSearchParams() }
    : { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
}
