/**
 * Every error of the client. Those of the official SDK keep their names and fields; texts in them are redacted and fit
 * to be shown before an error is made (see refusal.ts and connectionError.ts).
 */
export class OpenAIError extends Error {
  /**
   * True when a change was sent and may have taken effect although no proper answer came: read the list back before
   * anything is sent again. Never true of a read.
   */
  uncertain = false;
}

/** The four documented fields of the API's `{"error": …}`, as far as they are there (API reference §3). */
export interface ErrorBody {
  message?: string;
  type?: string | null;
  param?: string | null;
  code?: string | null;
}

const scope = '[\\w-]+(?:[.:][\\w-]+)*';
const missingScopesPattern = new RegExp(`missing scopes?:\\s*(${scope}(?:\\s*,\\s*${scope})*)`, 'i');
const owningProjectPattern = /owning project:\s*([\w-]+)/i;

/** The server answered, and it was not a success; or, in the subclasses without a status, there was no answer. */
export class APIError extends OpenAIError {
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  readonly error: ErrorBody | undefined;
  readonly code: string | null | undefined;
  readonly param: string | null | undefined;
  readonly type: string | null | undefined;
  /** The `x-request-id` that support asks for. */
  readonly requestID: string | null | undefined;
  /** The server's own words, without the status that `message` begins with. */
  readonly serverMessage: string | undefined;
  /** The scopes that the key lacks when that is why it was refused (a 401 or 403), else empty. */
  readonly missingScopes: readonly string[];
  /** The project that owns the model, when the server refused to change access for it (a 400). */
  readonly owningProject: string | undefined;
  /** How long the server asked to wait before another try, in milliseconds, when it did. */
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

/** The caller's signal ended the request. `uncertain` tells whether a change was on its way already. */
export class APIUserAbortError extends APIError {
  constructor({ message }: { message?: string } = {}) {
    super(undefined, undefined, message || 'Request was aborted.', undefined);
  }
}

/** Why there is no answer, in kinds that ask for different things of a person. */
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

/** No whole answer came from the server. `cause` is a redacted copy of what went wrong beneath. */
export class APIConnectionError extends APIError {
  readonly kind: ConnectionFailure;
  /** The code of the failure beneath, such as `ECONNREFUSED`. */
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

/** The time limit of an attempt passed, at whichever stage. */
export class APIConnectionTimeoutError extends APIConnectionError {
  constructor({
    message,
    cause,
    code,
  }: { message?: string; cause?: Error | undefined; code?: string | undefined } = {}) {
    super({ message: message ?? 'Request timed out.', kind: 'timeout', cause, code });
  }
}

/** In which way an answer is not one of this API's. */
export type UnexpectedAnswer =
  | 'redirect'
  | 'html'
  | 'content-type'
  | 'empty'
  | 'json'
  | 'shape'
  | 'too-large';

/** Something answered, but not as this API answers: a login page, a redirect, cut-off JSON, a field of a wrong type. */
export class UnexpectedAnswerError extends APIError {
  readonly reason: UnexpectedAnswer;

  constructor(reason: UnexpectedAnswer, message: string, status?: number, headers?: Headers) {
    super(status, undefined, message, headers);
    this.reason = reason;
  }
}

/** A list could not be read to its end; what was read of it must not be shown as all there is. */
export class IncompleteListError extends OpenAIError {
  /** How many different items were read before it stopped. */
  readonly itemsRead: number;
  /** Why it cannot go on. */
  readonly reason: string;

  constructor(itemsRead: number, reason: string, cause?: unknown) {
    const read = itemsRead === 1 ? '1 item was' : `${itemsRead} items were`;
    super(`The list is incomplete: ${read} read, then ${reason}.`);
    this.itemsRead = itemsRead;
    this.reason = reason;
    if (cause !== undefined) this.cause = cause;
  }
}

/** A base URL that the admin API key must not travel to. Thrown before any socket opens. */
export class InsecureBaseURLError extends OpenAIError {}

// Names are set here once because minifying renames the classes but not the keys of this object.
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
