/**
 * Base class of all errors of the client. Errors of the official SDK keep their names and fields. Messages
 * are redacted before an error is created (see refusal.ts and connectionError.ts).
 */
export class OpenAIError extends Error {
  /**
   * True when a change was sent and may have taken effect although no valid response came. Read the list
   * before sending anything again. Never true for a read.
   */
  uncertain = false;
}

/** The four documented fields of the API's `{"error": …}`, all optional (docs/api.md#the-shape-of-an-error). */
export interface ErrorBody {
  message?: string;
  type?: string | null;
  param?: string | null;
  code?: string | null;
}

const scope = '[\\w-]+(?:[.:][\\w-]+)*';
const missingScopesPattern = new RegExp(`missing scopes?:\\s*(${scope}(?:\\s*,\\s*${scope})*)`, 'i');
const owningProjectPattern = /owning project:\s*([\w-]+)/i;

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
  /** The message of the server, without the status that `message` begins with. */
  readonly serverMessage: string | undefined;
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
  ) {
    const words = error?.message || message;
    super(status ? `${status} ${words || 'status code (no body)'}` : words || '(no status code or body)');
    this.status = status;
    this.headers = headers;
    this.error = error;
    this.code = error?.code;
    this.param = error?.param;
    this.type = error?.type;
    this.requestID = headers?.get('x-request-id');
    this.serverMessage = status ? error?.message : undefined;
    const refused = status === 401 || status === 403;
    this.missingScopes = (refused && words?.match(missingScopesPattern)?.[1]?.split(/\s*,\s*/)) || [];
    this.owningProject = status === 400 ? words?.match(owningProjectPattern)?.[1] : undefined;
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
  | 'unreachable'
  | 'timeout'
  | 'reset'
  | 'certificate'
  | 'tls'
  | 'proxy'
  | 'proxyAuth'
  | 'protocol'
  | 'other';

/** The connection failed before the response was complete. `cause` is a redacted copy of the failure. */
export class APIConnectionError extends APIError {
  readonly kind: ConnectionFailure;
  /** Code of the failure, such as `ECONNREFUSED`. */
  override readonly code: string | undefined;

  constructor({
    message,
    cause,
    kind = 'other',
    code,
  }: {
    message?: string | undefined;
    cause?: Error | undefined;
    kind?: ConnectionFailure | undefined;
    code?: string | undefined;
  } = {}) {
    super(undefined, undefined, message || 'Connection error.', undefined);
    this.kind = kind;
    this.code = code;
    if (cause) this.cause = cause;
  }
}

/** An attempt exceeded its time limit, while connecting, sending or receiving. */
export class APIConnectionTimeoutError extends APIConnectionError {
  constructor({
    message,
    cause,
    code,
  }: { message?: string; cause?: Error | undefined; code?: string | undefined } = {}) {
    super({ message: message ?? 'Request timed out.', kind: 'timeout', cause, code });
  }
}

/** How a response differs from those of this API. */
export type UnexpectedAnswer =
  | 'redirect'
  | 'html'
  | 'content-type'
  | 'empty'
  | 'json'
  | 'shape'
  | 'too-large';

/**
 * The response is not one of this API: a login page, a redirect, truncated JSON, or a field of the wrong
 * type.
 */
export class UnexpectedAnswerError extends APIError {
  readonly reason: UnexpectedAnswer;

  constructor(reason: UnexpectedAnswer, message: string, status?: number, headers?: Headers) {
    super(status, undefined, message, headers);
    this.reason = reason;
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
  /** `has_more` without a cursor for the next page. */
  | 'noNextPage'
  /** Pages are smaller than they must be for this question. */
  | 'shortPages'
  /** The page that was announced was empty. */
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

/** The base URL is not safe for the key. Thrown before any connection opens. */
export class InsecureBaseURLError extends OpenAIError {}

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
  UnexpectedAnswerError,
  IncompleteListError,
  InsecureBaseURLError,
}))
  Object.defineProperty(prototype, 'name', { value: name, configurable: true, writable: true });
