import { pathSegment, redact } from '../../openai';

/** A request as people send it by hand. Segments are ids, not yet encoded; `query` and `body` as the API takes them. */
export interface CurlRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly segments: readonly string[];
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: object;
}

/**
 * The request as a `curl` for a POSIX shell, whatever the ids contain: one line a part, ASCII only, every text in single
 * quotes. The key is a variable of the shell. Undefined for an id that no request can be made of.
 */
export function curl(baseURL: string, { method, segments, query, body }: CurlRequest): string | undefined {
  let url: string;
  try {
    const path = segments.map((segment) => `/${pathSegment(segment)}`).join('');
    const pairs = Object.entries(query ?? {}).map(
      ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
    );
    url = `${baseURL}${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
  } catch {
    return undefined;
  }
  return [
    `curl -sS ${method === 'GET' ? '' : `-X ${method} `}${shellQuoted(url)}`,
    '-H "Authorization: Bearer $OPENAI_ADMIN_KEY"',
    ...(body ? ["-H 'Content-Type: application/json'", `-d ${shellQuoted(asciiJSON(body))}`] : []),
  ].join(' \\\n  ');
}

/** Nothing has a meaning in single quotes but the quote that ends them. */
function shellQuoted(text: string): string {
  return `'${redact(text).replaceAll("'", "'\\''")}'`;
}

function asciiJSON(body: object): string {
  return JSON.stringify(body).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
