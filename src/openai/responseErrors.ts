import { presentable, withoutKeysInResponse } from '../text/redact';
import {
  APIError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  type ErrorBody,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  type UnexpectedResponse,
  UnexpectedResponseError,
  type UnexpectedResponseFacts,
  UnprocessableEntityError,
} from './errors';
import { retryAfter } from './retry';
import type { TransportResponse } from './transport';

const errorClasses: Readonly<Record<number, typeof APIError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableEntityError,
  429: RateLimitError,
};

const secretHeader = /^(?:(?:proxy-)?authorization|(?:set-)?cookie2?|x-api-key|api-key)$/;

/** How much of a body is looked at to tell whether it is a page, and for its title, in characters. */
const longestHead = 100_000;

/** Whether the body is a web page, as proxies and login walls send. */
function isPage(answer: TransportResponse): boolean {
  return (
    /\bhtml\b/i.test(answer.headers['content-type'] ?? '') ||
    /^\s*<(?:!doctype|html)\b/i.test(answer.body.slice(0, longestHead))
  );
}

/** The redacted title of a page; empty if it has none. One without an end is none, because a key could be cut there. */
function titleOf(page: TransportResponse, secrets: readonly (string | undefined)[]): string {
  const [, title = ''] =
    page.body.slice(0, longestHead).match(/<title(?:\s[^<>]{0,500})?>([^<]{0,5000})</i) ?? [];
  return presentable(title, secrets, 200);
}

/** The headers of a response as `Headers`, without secrets. */
export function publicHeaders(answer: TransportResponse, secrets: readonly (string | undefined)[]): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    if (secretHeader.test(name)) continue;
    try {
      headers.set(name, presentable(value, secrets));
    } catch {
      // Headers that the standard class refuses are dropped.
    }
  }
  return headers;
}

/** The JSON of a body, which may begin with a byte order mark. */
function parsed({ body }: TransportResponse): unknown {
  return JSON.parse(body.charCodeAt(0) === 0xfeff ? body.slice(1) : body);
}

function errorBody(
  answer: TransportResponse,
  secrets: readonly (string | undefined)[],
): ErrorBody | undefined {
  let json: unknown;
  try {
    json = parsed(answer);
  } catch {
    return undefined;
  }
  const found = (json as { error?: unknown } | null)?.error;
  const clean = (value: unknown) => (typeof value === 'string' ? presentable(value, secrets) : undefined);
  if (typeof found === 'string') return { message: presentable(found, secrets) };
  if (typeof found !== 'object' || found === null) return undefined;
  const body: ErrorBody = {};
  for (const key of ['message', 'type', 'param', 'code'] as const) {
    const raw = (found as Record<string, unknown>)[key];
    const value = typeof raw === 'number' ? String(raw) : clean(raw);
    if (value !== undefined) body[key] = value;
    else if (raw === null && key !== 'message') body[key] = null;
  }
  return body;
}

/** The error for a response that is not one of this API. Texts of the server in `facts` must be redacted. */
export function unexpectedResponse(
  reason: UnexpectedResponse,
  facts: UnexpectedResponseFacts,
  answer: TransportResponse,
  secrets: readonly (string | undefined)[],
): UnexpectedResponseError {
  return new UnexpectedResponseError(reason, facts, answer.status, publicHeaders(answer, secrets));
}

/**
 * The error for an unsuccessful response. From status 400 on, the message is that of the server, redacted
 * (docs/api.md#errors). Redirects are errors, because following one would send the key elsewhere.
 */
export function responseError(
  answer: TransportResponse,
  secrets: readonly (string | undefined)[],
  wall: number,
): APIError {
  const { status, headers } = answer;
  if (status < 400) {
    // Redacted before it is cut, because a part of a key isn't found.
    const to = presentable(headers.location ?? '', secrets);
    const redirectedTo = to.match(/^https?:\/\/[^/?#]{0,1000}/i)?.[0];
    return unexpectedResponse('redirect', { redirectedTo }, answer, secrets);
  }
  const Class = errorClasses[status] ?? (status >= 500 ? InternalServerError : APIError);
  const error = errorBody(answer, secrets);
  const pageTitle = !error && isPage(answer) ? titleOf(answer, secrets) : undefined;
  const body = presentable(answer.body, secrets);
  const made = new Class(status, error, body, publicHeaders(answer, secrets), pageTitle);
  made.retryAfter = retryAfter(headers, wall);
  return made;
}

/**
 * Removes the keys in use from every text of a parsed body, in place: a server may repeat them where names and IDs are.
 * A stack instead of recursion, because a hostile body is nested deeply.
 */
function withoutKeysIn(body: unknown): unknown {
  const withoutKeys = withoutKeysInResponse();
  const rest: object[] = [];
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return withoutKeys(value);
    if (typeof value === 'object' && value !== null) rest.push(value);
    return value;
  };
  const cleanBody = clean(body);
  for (let values = rest.pop(); values; values = rest.pop()) {
    if (Array.isArray(values))
      // By index: a list of all entries takes twenty times as long, and a hostile list has millions.
      for (let at = 0; at < values.length; at += 1) values[at] = clean(values[at]);
    else {
      const object = values as Record<string, unknown>;
      for (const name of Object.keys(object)) object[name] = clean(object[name]);
    }
  }
  return cleanBody;
}

/** The JSON of a successful response, without keys. Throws an error that says why there is none. */
export function jsonOf(answer: TransportResponse, secrets: readonly (string | undefined)[]): unknown {
  const type = answer.headers['content-type'];
  if (isPage(answer))
    throw unexpectedResponse('html', { pageTitle: titleOf(answer, secrets) }, answer, secrets);
  if (answer.body.trim() === '') throw unexpectedResponse('empty', {}, answer, secrets);
  if (type !== undefined && !/[/+]json\b/i.test(type))
    throw unexpectedResponse('content-type', { contentType: presentable(type, secrets) }, answer, secrets);
  try {
    return withoutKeysIn(parsed(answer));
  } catch {
    throw unexpectedResponse('json', {}, answer, secrets);
  }
}
