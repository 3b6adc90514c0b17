/** A request as the API's front door sees it, whichever way it came: a transport or a socket. */
export interface SampleRequest {
  readonly method: string;
  /** Percent-encoded, begins with `/v1/`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As sent; empty when there is none. */
  readonly body: string;
}

/** A whole answer, ready to be written. */
export interface SampleAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Parts a request target (`/v1/models?limit=2`) without normalising it: what was sent is what is answered. */
export function splitTarget(target: string): { path: string; query: URLSearchParams } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: new URLSearchParams() }
    : { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
}
