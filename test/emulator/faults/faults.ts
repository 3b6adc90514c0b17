import type { SampleAnswer } from '../../../src/sample';
import type { Ending, Fault } from './fault';

const json = { 'content-type': 'application/json', 'x-request-id': 'req_fault' };

const usualErrors: Readonly<Record<number, { message: string; type: string; code: string | null }>> = {
  403: {
    message: 'Project does not have access to this model.',
    type: 'invalid_request_error',
    code: 'model_not_found',
  },
  429: { message: 'Rate limit reached for requests.', type: 'requests', code: 'rate_limit_exceeded' },
  503: {
    message: 'The engine is currently overloaded, please try again later.',
    type: 'server_error',
    code: null,
  },
};

export interface StatusOptions {
  /** Text, or an object that is sent as JSON. Default: an error in the API's form. */
  readonly body?: unknown;
  /** Override the usual ones. Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The organization processes the request before the failure, as behind a gateway that timed out. */
  readonly processed?: boolean;
}

/** A response of any status, with any headers and body. */
export function status(code: number, options: StatusOptions = {}): Fault {
  const usual = usualErrors[code] ?? {
    message: `Something went wrong (${code}).`,
    type: code < 500 ? 'invalid_request_error' : 'server_error',
    code: null,
  };
  const body = options.body ?? { error: { ...usual, param: null } };
  const answer: SampleAnswer = {
    status: code,
    headers: { ...json, ...options.headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
  return { name: `status ${code}`, processed: options.processed ?? false, answer: () => answer };
}

/** A web page instead of JSON, as from a proxy, a captive portal or a load balancer. */
export function html(code: number): Fault {
  const body = `<!doctype html><html><head><title>${code}</title></head><body><h1>Gateway</h1></body></html>`;
  return {
    ...status(code, { body, headers: { 'content-type': 'text/html; charset=utf-8' } }),
    name: `HTML with status ${code}`,
  };
}

/** A redirect to `location`. */
export function redirect(location: string, code = 307): Fault {
  return { ...status(code, { body: '', headers: { location } }), name: `redirect ${code}` };
}

export interface TooManyRequestsHeaders {
  /** Seconds, or an HTTP date as text. */
  readonly retryAfter?: number | string;
  readonly retryAfterMs?: number;
  readonly shouldRetry?: boolean;
}

/**
 * A 429, by default as bare as the one measured in the field
 * (docs/api.md#rate-limits-may-be-as-low-as-7-requests-a-minute).
 */
export function tooManyRequests(given: TooManyRequestsHeaders = {}): Fault {
  const headers = {
    ...(given.retryAfter !== undefined && { 'retry-after': String(given.retryAfter) }),
    ...(given.retryAfterMs !== undefined && { 'retry-after-ms': String(given.retryAfterMs) }),
    ...(given.shouldRetry !== undefined && { 'x-should-retry': String(given.shouldRetry) }),
  };
  const named = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return { ...status(429, { headers }), name: `429 with ${named.join(', ') || 'no header'}` };
}

/** A connection reset; the request is not processed. */
export const resetBeforeAnswer: Fault = broken('reset before the answer', false, 'nothing', 'reset');
/** A regular close without a response; the request is not processed. */
export const closedBeforeAnswer: Fault = broken('closed before the answer', false, 'nothing', 'close');
/** The request is processed and its response lost, so a second POST would be wrong. */
export const resetAfterProcessing: Fault = broken('reset after processing', true, 'nothing', 'reset');
/** A connection reset within the body. */
export const resetInBody: Fault = broken('reset in the body', true, 'half', 'reset');
/** The body ends before its announced length. */
export const closedInBody: Fault = broken('closed in the body', true, 'half', 'close');
/** No response; the request is not processed. */
export const hangInHeaders: Fault = broken('hang before the headers', false, 'nothing', 'hang');
/** No response; the request is processed. */
export const hangAfterProcessing: Fault = broken('hang after processing', true, 'nothing', 'hang');
/** The response stalls within the body. */
export const hangInBody: Fault = broken('hang in the body', true, 'half', 'hang');

function broken(name: string, processed: boolean, kind: 'nothing' | 'half', ending: Ending): Fault {
  return { name, processed, delivery: { kind, ending } };
}

/** The correct response, a few bytes at a time. */
export function drip({ bytes = 1, every = 10 } = {}): Fault {
  return { name: 'slow drip', processed: true, delivery: { kind: 'drip', bytes, every } };
}

/** A complete HTTP response with truncated JSON. */
export const truncatedJSON: Fault = {
  name: 'truncated JSON',
  processed: true,
  answer: (answer) => ({ ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) }),
};

/** A complete HTTP response with malformed JSON. */
export const malformedJSON: Fault = {
  name: 'malformed JSON',
  processed: true,
  answer: (answer) => ({ ...answer, body: '{"object": "list", "data": [,], has_more: false}' }),
};

/** The correct body with another content type. */
export function wrongContentType(type = 'text/plain'): Fault {
  return {
    name: `content type ${type}`,
    processed: true,
    answer: (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': type } }),
  };
}

/** Valid JSON of any size. */
export function oversized({ bytes = 64 * 1024 * 1024, announced = true } = {}): Fault {
  const how = announced ? 'announced' : 'not announced';
  return {
    name: `a body of ${bytes} bytes, ${how}`,
    processed: true,
    delivery: { kind: 'padded', bytes, announced },
  };
}
