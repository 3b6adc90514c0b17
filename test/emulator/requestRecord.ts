/** Record of one request. The key is not enumerable, so that no failed assertion prints it. */
export interface RequestRecord {
  /** 1 for the first since the start or the last reset. */
  readonly number: number;
  /** The operation, for example `permissions.list`; undefined for an unknown endpoint. */
  readonly endpoint: string | undefined;
  readonly method: string;
  /** Not decoded, without the query. */
  readonly path: string;
  /** A list if a name occurs more than once. */
  readonly query: Readonly<Record<string, string | string[]>>;
  /** Lower-case names. `authorization` has the kind of the key instead of the key. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or text if it is not JSON; undefined if empty. */
  readonly body: unknown;
  /** The original header. Not enumerable. */
  readonly authorization: string | undefined;
  /** Name of the injected fault. */
  readonly fault: string | undefined;
  /** Status of the response, even if it did not reach the client. */
  readonly status: number | undefined;
  /** Whether the organization saw the request, and may have changed. */
  readonly processed: boolean;
  /** `answered` completely, `cut` by a fault or `stop()`, or `abandoned` by the client. */
  readonly outcome: 'pending' | 'answered' | 'cut' | 'abandoned';
  /** Duration; undefined while pending. */
  readonly milliseconds: number | undefined;
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };
export type OpenRecord = Writable<RequestRecord>;

/** Selects requests: by operation, by fields of the record, or by a predicate. */
export type Matcher =
  | string
  | { readonly endpoint?: string; readonly method?: string; readonly path?: string | RegExp }
  | ((record: RequestRecord) => boolean);

export function matches(matcher: Matcher | undefined, record: RequestRecord): boolean {
  if (matcher === undefined) return true;
  if (typeof matcher === 'string') return record.endpoint === matcher;
  if (typeof matcher === 'function') return matcher(record);
  const { endpoint, method, path } = matcher;
  return (
    (endpoint === undefined || endpoint === record.endpoint) &&
    (method === undefined || method === record.method) &&
    (path === undefined || (typeof path === 'string' ? path === record.path : path.test(record.path)))
  );
}
