/** Why a request could not be sent. */
export type NotSentReason =
  /** The key is empty or no header can hold it. */
  | 'invalidKey'
  /** An ID cannot be a segment of a path. */
  | 'invalidID'
  | 'clientClosed'
  /** The bundle of the transport cannot be loaded. `cause` has the code. */
  | 'transportMissing';

/**
 * Base class of all errors of the client. Errors of the official SDK keep their names and fields. Errors carry
 * facts; `message` is short technical English for developers and logs, and no interface shows it. Texts of
 * servers are redacted before an error is created (see refusal.ts and connectionError.ts).
 */
export class OpenAIError extends Error {
  /**
   * True when a change was sent and may have taken effect although no valid response came. Read the list
   * before sending anything again. Never true for a read.
   */
  uncertain = false;
  /** The transport responds from memory: there is neither a server nor a key that could be at fault. */
  withoutServer = false;
  /** Why the request was not sent, if the reason is on this side. */
  notSent: NotSentReason | undefined;
}

/** The error for a request that was not sent. The official SDK throws its base class, too. */
export function notSent(reason: NotSentReason, cause?: Error): OpenAIError {
  const error = new OpenAIError(`Not sent: ${reason}.`);
  error.notSent = reason;
  if (cause) error.cause = cause;
  return error;
}

/** The four documented fields of the API's `{"error": …}`, all optional (docs/api.md#the-shape-of-an-error). */
export interface ErrorBody {
  message?: string;
  type?: string | null;
  param?: string | null;
  code?: string | null;
}

// Every repetition is bounded, because a server may send anything.
const scope = '[\\w-]{1,100}(?:[.:][\\w-]{1,100}){0,20}';
const missingScopesPattern = new RegExp(
  `missing scopes?:\\s{0,20}(${scope}(?:\\s{0,20},\\s{0,20}${scope}){0,50})`,
  'i',
);
const owningProjectPattern = /owning project:\s{0,20}([\w-]{1,200})/i;

/** The scopes that a message of the API names as missing. Empty if it names none. Linear in the length of the text. */
export function missingScopesIn(message: string): readonly string[] {
  return message.match(missingScopesPattern)?.[1]?.split(/\s*,\s*/) ?? [];
}

/** The project that a message of the API names as the owner of a model. Linear in the length of the text. */
export function owningProjectIn(message: string): string | undefined {
  return message.match(owningProjectPattern)?.[1];
}

/** An error response. Subclasses without a status mean that there is no response. */
export class APIError extends OpenAIError {
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  readonly error: ErrorBody | undefined;
  readonly code: string | null | undefined;
  readonly param: string | null | undefined;
  readonly type: string | null | undefined;
  /** The `x-request-id`, for support requests. */
  readonly requestID: string | null | undefined;
  /** The API's error message, or the body of a response that has none, without the status of `message`. */
  readonly serverMessage: string | undefined;
  /** Title of the web page that came instead of an API response; empty if it has none. */
  readonly pageTitle: string | undefined;
  /** Scopes that the key lacks, when a 401 or 403 names them; otherwise empty. */
  readonly missingScopes: readonly string[];
  /** The project that owns the model, when a 400 refuses to change its access. */
  readonly owningProject: string | undefined;
  /** The wait that the server asks for before a retry, in milliseconds. */
  retryAfter: number | undefined;

  constructor(
    status: number | undefined,
    error: ErrorBody | undefined,
    message: string | undefined,
    headers: Headers | undefined,
    pageTitle?: string,
  ) {
    const page = pageTitle === '' ? 'Web page' : pageTitle && `Web page "${pageTitle}"`;
    const words = error?.message || page || message;
    super(status ? `${status} ${words || 'status code (no body)'}` : words || '(no status code or body)');
    this.status = status;
    this.headers = headers;
    this.error = error;
    this.code = error?.code;
    this.param = error?.param;
    this.type = error?.type;
    this.requestID = headers?.get('x-request-id');
    this.serverMessage = status && page === undefined ? words : undefined;
    this.pageTitle = pageTitle;
    const refused = status === 401 || status === 403;
    this.missingScopes = refused && words ? missingScopesIn(words) : [];
    this.owningProject = status === 400 && words ? owningProjectIn(words) : undefined;
  }
}

export class BadRequestError extends APIError {}
export class AuthenticationError extends APIError {}
export class PermissionDeniedError extends APIError {}
export class NotFoundError extends APIError {}
export class ConflictError extends APIError {}
export class UnprocessableEntityError extends APIError {}
export class RateLimitError extends APIError {}
export class InternalServerError extends APIError {}

/** The signal of the caller aborted the request. `uncertain` says whether a change was already sent. */
export class APIUserAbortError extends APIError {
  constructor({ message }: { message?: string } = {}) {
    super(undefined, undefined, message || 'Request was aborted.', undefined);
  }
}

/** Why there is no response. Each kind needs a different action from the user. */
export type ConnectionFailure =
  | 'refused'
  | 'dns'
  /** `localhost` leads to another machine. */
  | 'notLoopback'
  | 'unreachable'
  | 'timeout'
  | 'reset'
  | 'certificate'
  | 'tls'
  | 'proxy'
  | 'proxyAuth'
  | 'protocol'
  | 'other';

export interface ConnectionFacts {
  message?: string | undefined;
  cause?: Error | undefined;
  kind?: ConnectionFailure | undefined;
  /** Code of the failure, such as `ECONNREFUSED`. */
  code?: string | undefined;
  /** Host of the base URL, with its port. */
  host?: string | undefined;
  /** The redacted message of a failure of no known kind, without paths of this computer. */
  transportMessage?: string | undefined;
}

/** `what (host, code).`, with the facts that there are. */
function withFacts(what: string, facts: readonly (string | undefined)[]): string {
  const known = facts.filter(Boolean).join(', ');
  return known ? `${what} (${known}).` : `${what}.`;
}

/** The connection failed before the response was complete. `cause` is a redacted copy of the failure. */
export class APIConnectionError extends APIError {
  readonly kind: ConnectionFailure;
  override readonly code: string | undefined;
  readonly host: string | undefined;
  readonly transportMessage: string | undefined;

  constructor({ message, cause, kind = 'other', code, host, transportMessage }: ConnectionFacts = {}) {
    const what = transportMessage ?? (kind === 'other' ? undefined : kind);
    const words = withFacts(what === undefined ? 'Connection error' : `Connection error: ${what}`, [
      host,
      code,
    ]);
    super(undefined, undefined, message || words, undefined);
    this.kind = kind;
    this.code = code;
    this.host = host;
    this.transportMessage = transportMessage;
    if (cause) this.cause = cause;
  }
}

/** An attempt exceeded its time limit, while connecting, sending or receiving. */
export class APIConnectionTimeoutError extends APIConnectionError {
  constructor(facts: Omit<ConnectionFacts, 'kind' | 'transportMessage'> = {}) {
    const message = facts.message ?? withFacts('Request timed out', [facts.host, facts.code]);
    super({ ...facts, message, kind: 'timeout' });
  }
}

/** How a response differs from those of this API. */
export type UnexpectedResponse =
  | 'redirect'
  | 'html'
  | 'content-type'
  | 'empty'
  | 'json'
  | 'shape'
  | 'too-large';

/** A field of a response that differs from its wire type. */
export interface FieldMismatch {
  /** Path of the field, such as `data[0].id`; empty for the whole body. */
  readonly field: string;
  /** The type that was found, as `typeof` names it, or `null` or `array`. */
  readonly found: string;
  /** What the wire type has, such as `boolean`. */
  readonly expected: string;
}

export interface UnexpectedResponseFacts {
  readonly pageTitle?: string | undefined;
  readonly redirectedTo?: string | undefined;
  readonly contentType?: string | undefined;
  readonly mismatch?: FieldMismatch | undefined;
}

/**
 * The response is not one of this API: a login page, a redirect, truncated JSON, or a field of the wrong
 * type.
 */
export class UnexpectedResponseError extends APIError {
  readonly reason: UnexpectedResponse;
  /** Origin that a redirect leads to. It is never followed. */
  readonly redirectedTo: string | undefined;
  readonly contentType: string | undefined;
  /** The field that a response of another shape differs in. */
  readonly mismatch: FieldMismatch | undefined;
  override readonly serverMessage: undefined = undefined;

  constructor(
    reason: UnexpectedResponse,
    facts: UnexpectedResponseFacts = {},
    status?: number,
    headers?: Headers,
  ) {
    const { pageTitle, redirectedTo, contentType, mismatch } = facts;
    const where =
      mismatch && `${mismatch.field || 'body'} is ${mismatch.found}, expected ${mismatch.expected}`;
    const message = withFacts(`Unexpected response: ${reason}`, [redirectedTo, contentType, where]);
    super(status, undefined, message, headers, pageTitle);
    this.reason = reason;
    this.redirectedTo = redirectedTo;
    this.contentType = contentType;
    this.mismatch = mismatch;
  }
}

/**
 * Why a list cannot be read to its end although the server says that there is more
 * (docs/api.md#lists-can-contradict-themselves), or why the pages do not fit together.
 */
export type IncompleteReason =
  /** `has_more` with an empty page. */
  | 'emptyPage'
  /** The next cursor was used before. */
  | 'stuckCursor'
  /** A page of nothing but items that earlier pages had. */
  | 'repeatedPage'
  /** More pages than any list of an organization can have. */
  | 'endless'
  /** `has_more` without a cursor for the next page. */
  | 'noNextPage'
  /** Pages are smaller than they must be for this question. */
  | 'shortPages'
  /** The answer is about another period than the one that was asked for. */
  | 'otherPeriod'
  /** Rows with the same ID differ. */
  | 'contradictoryRows'
  /** In a list of several pages in no order, a change while it was read could go unnoticed. */
  | 'unknownOrder'
  /** The page that was announced was empty, or the pages are not of one moment. */
  | 'changedWhileLoading';

/** A list could not be read to its end. The part that was read must not be shown as the whole. */
export class IncompleteListError extends OpenAIError {
  /** Distinct items read before it stopped. */
  readonly itemsRead: number;
  /** Why reading cannot continue. */
  readonly reason: IncompleteReason;

  constructor(itemsRead: number, reason: IncompleteReason, cause?: unknown) {
    super(`Incomplete list: ${reason} (items read: ${itemsRead})`);
    this.itemsRead = itemsRead;
    this.reason = reason;
    if (cause !== undefined) this.cause = cause;
  }
}

/** Why a base URL is not safe for the key. */
export type InsecureBaseURL =
  | 'invalid'
  | 'credentials'
  | 'notHTTPS'
  | 'query'
  | 'fragment'
  /** The key was saved for another origin. */
  | 'otherOrigin';

/** The base URL is not safe for the key. Thrown before any connection opens. Never repeats credentials. */
export class InsecureBaseURLError extends OpenAIError {
  readonly reason: InsecureBaseURL;
  /** Host of the base URL, with its port; undefined for what is no URL. */
  readonly host: string | undefined;
  /** Protocol of the base URL, such as `http:`; undefined for what is no URL. */
  readonly protocol: string | undefined;

  /** Origin that the key was saved for; present with `otherOrigin`. */
  readonly keyOrigin: string | undefined;

  constructor(reason: InsecureBaseURL, url?: Pick<URL, 'host' | 'protocol'>, keyOrigin?: string) {
    super(withFacts(`Insecure base URL: ${reason}`, [url && `${url.protocol}//${url.host}`]));
    this.reason = reason;
    this.keyOrigin = keyOrigin;
    this.host = url?.host;
    this.protocol = url?.protocol;
  }
}

// Set in one place, because minifying renames the classes but not the keys of this object.
for (const [name, { prototype }] of Object.entries({
  OpenAIError,
  APIError,
  BadRequestError,
  AuthenticationError,
  PermissionDeniedError,
  NotFoundError,
  ConflictError,
  UnprocessableEntityError,
  RateLimitError,
  InternalServerError,
  APIUserAbortError,
  APIConnectionError,
  APIConnectionTimeoutError,
  UnexpectedResponseError,
  IncompleteListError,
  InsecureBaseURLError,
}))
  Object.defineProperty(prototype, 'name', { value: name, configurable: true, writable: true });
