import type { Answer } from './api-promise';
import { type Attempted, attempt, tell } from './attempt';
import type { Clock } from './clock';
import { type APIError, APIUserAbortError, type OpenAIError, UnexpectedAnswerError } from './errors';
import type { ClientOptions, RequestOptions, Waiting } from './options';
import { pathOf, queryOf } from './path';
import { refusal } from './refusal';
import { backoff, mayRetry, rateLimitPause, retryAfter } from './retry';
import type { Transport, TransportRequest } from './transport';

/** One call of the API before it is written as a request. */
export interface Call {
  readonly method: TransportRequest['method'];
  /** Path below the base URL, not encoded yet. */
  readonly segments: readonly string[];
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** Sends a call and resolves to a successful answer. Everything that is not one is thrown, never synchronously. */
export type Send = (call: Call, options?: RequestOptions) => Promise<Answer>;

export interface ExchangeSettings extends Omit<ClientOptions, 'transport' | 'adminAPIKey'> {
  readonly baseURL: string;
  readonly timeout: number;
  readonly totalTimeout: number;
  readonly maxRetries: number;
  readonly clock: Clock;
  load(): Promise<Transport> | Transport;
}

function headersOf(key: string, hasBody: boolean, ...more: readonly RequestOptions['headers'][]) {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'user-agent': 'checkpoint-permissions',
  };
  if (hasBody) headers['content-type'] = 'application/json';
  for (const given of more)
    for (const [name, value] of Object.entries(given ?? {})) {
      if (value === null) delete headers[name.toLowerCase()];
      else if (value !== undefined) headers[name.toLowerCase()] = value;
    }
  headers.authorization = `Bearer ${key}`;
  return headers;
}

/** Errors that another attempt would only repeat. */
function isFinal(error: APIError): boolean {
  return error instanceof APIUserAbortError || error instanceof UnexpectedAnswerError;
}

/** How long to wait before the next attempt, or undefined if there must be none. */
function nextWait(
  call: Call,
  outcome: Attempted,
  retry: number,
  clock: Clock,
): Omit<Waiting, 'until'> | undefined {
  const answer = 'answer' in outcome ? outcome.answer : undefined;
  if (!mayRetry(call.method, answer ?? (outcome as { sent: boolean }))) return undefined;
  const limited = answer?.status === 429;
  const asked = answer && retryAfter(answer.headers, clock.now());
  const own = limited ? rateLimitPause(clock.random()) : backoff(retry, clock.random());
  return { reason: limited ? 'rate-limit' : 'retry', ms: Math.ceil(asked ?? own) };
}

/** Whether a change may have taken effect although it was not answered as done. */
function isUncertain(call: Call, outcome: Attempted): boolean {
  if (call.method === 'GET') return false;
  if (!('answer' in outcome)) return outcome.sent;
  const { status, headers } = outcome.answer;
  return status < 400 || status === 408 || (status >= 500 && !(status === 503 && headers['retry-after']));
}

/** The way of a call: written as a request, tried as often as is safe, and answered or explained. */
export function exchange(key: string, settings: ExchangeSettings): Send {
  const { baseURL, clock } = settings;
  const { origin } = new URL(baseURL);
  const secrets = [key];

  return async (call, options = {}) => {
    const signal = options.signal ?? undefined;
    const request = {
      method: call.method,
      url: baseURL + pathOf(call.segments) + queryOf({ ...call.query, ...options.query }),
      headers: headersOf(key, call.body !== undefined, settings.defaultHeaders, options.headers),
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    };
    const retries = options.maxRetries ?? settings.maxRetries;
    const deadline = clock.now() + (options.totalTimeout ?? settings.totalTimeout);
    let uncertain = false;
    const ended = <E extends OpenAIError>(error: E): E => {
      error.uncertain = uncertain;
      return error;
    };

    for (let number = 0; ; number++) {
      if (signal?.aborted) throw ended(new APIUserAbortError());
      const outcome = await attempt(request, {
        load: settings.load,
        secrets,
        origin,
        timeout: options.timeout ?? settings.timeout,
        signal,
        number,
        onRequest: settings.onRequest,
      });
      if ('answer' in outcome && outcome.answer.status < 300) {
        const requestID = outcome.answer.headers['x-request-id'] ?? null;
        return { call, response: outcome.answer, requestID, secrets };
      }
      uncertain ||= isUncertain(call, outcome);
      const error = 'error' in outcome ? outcome.error : refusal(outcome.answer, secrets, clock.now());
      const wait = isFinal(error) ? undefined : nextWait(call, outcome, number, clock);
      if (!wait || number >= retries || clock.now() + wait.ms > deadline) throw ended(error);
      const waiting = { ...wait, until: clock.now() + wait.ms };
      tell(options.onWait, waiting);
      tell(settings.onWait, waiting);
      await clock.sleep(wait.ms, signal).catch(() => {
        throw ended(new APIUserAbortError());
      });
    }
  };
}
