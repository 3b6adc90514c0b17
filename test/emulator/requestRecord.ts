/** What the emulator remembers of one request. The key itself is not enumerable, so no failed assertion prints it. */
export interface RequestRecord {
  /** 1 for the first since the start or the last reset. */
  readonly number: number;
  /** The operation, for example `permissions.list`; undefined when there is no such endpoint. */
  readonly endpoint: string | undefined;
  readonly method: string;
  /** As on the wire: not decoded, without the query. */
  readonly path: string;
  /** A list where a name occurs more than once. */
  readonly query: Readonly<Record<string, string | string[]>>;
  /** Lower-case names; the `authorization` value is replaced by whose key it is. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON, text where it is not, undefined where there is none. */
  readonly body: unknown;
  /** The header as it came. Not enumerable. */
  readonly authorization: string | undefined;
  /** The name of the fault it met. */
  readonly fault: string | undefined;
  /** Of the answer, once there is one, whether or not it reached the client. */
  readonly status: number | undefined;
  /** Whether the organization saw the request: only then can it have changed something. */
  readonly processed: boolean;
  /** `answered` whole, `cut` by a fault or by `stop()`, `abandoned` by the client. */
  readonly outcome: 'pending' | 'answered' | 'cut' | 'abandoned';
  /** From arrival to the end; undefined while pending. */
  readonly milliseconds: number | undefined;
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };
export type OpenRecord = Writable<RequestRecord>;

/** Which requests something applies to: an operation's name, some of a record's fields, or a test of one's own. */
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
