import { setMaxListeners } from 'node:events';
import type { Answer } from './api-promise';
import { type Attempted, attempt, tell } from './attempt';
import type { Clock } from './clock';
import { APIConnectionError, APIUserAbortError, type OpenAIError } from './errors';
import type { ClientOptions, RequestOptions } from './options';
import { pathOf, queryOf } from './path';
import { queueOf, type Ticket } from './queue/queue';
import { SharedReads } from './queue/shared-reads';
import { refusal } from './refusal';
import { backoff, mayRetry, retryAfter } from './retry';
import type { Transport, TransportRequest } from './transport';

type Request = Omit<TransportRequest, 'signal' | 'onAbort'>;

/** One call of the API before it is written as a request. */
export interface Call {
  readonly method: TransportRequest['method'];
  /** Path below the base URL, not encoded yet. */
  readonly segments: readonly string[];
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** Sends a call and resolves to a successful answer. Everything that is not one is thrown, never synchronously. */
export interface Send {
  (call: Call, options?: RequestOptions): Promise<Answer>;
  /** Whether requests go out one at a time, because a rate limit has been met. */
  isNarrow(): boolean;
}

export interface ExchangeSettings
  extends Omit<ClientOptions, 'transport' | 'adminAPIKey' | 'network' | 'onFallback'> {
  readonly baseURL: string;
  readonly timeout: number | (() => number);
  readonly totalTimeout: number;
  readonly maxRetries: number;
  readonly clock: Clock;
  load(): Promise<Transport> | Transport;
}

type Headers = TransportRequest['headers'];

function headersOf(key: string, hasBody: boolean, ...more: readonly RequestOptions['headers'][]): Headers {
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

/** Whether a change may have taken effect although it was not answered as done. */
function isUncertain(call: Call, outcome: Attempted): boolean {
  if (call.method === 'GET') return false;
  if (!('answer' in outcome)) return outcome.sent;
  const { status, headers } = outcome.answer;
  return status < 400 || status === 408 || (status >= 500 && !(status === 503 && headers['retry-after']));
}

/** Whether a failure to connect may be gone the next time; a certificate or a password will not be. */
function isPassing(error: OpenAIError): boolean {
  return error instanceof APIConnectionError && error.kind !== 'certificate' && error.kind !== 'proxyAuth';
}

interface Limits {
  readonly abortOnlyUnsent: boolean;
  readonly timeout: number;
  readonly totalTimeout: number;
  readonly maxRetries: number;
}

/** The way of a call: written as a request, queued, tried as often as is safe, and answered or explained. */
export function exchange(key: string, settings: ExchangeSettings): Send {
  const { baseURL, clock, load, onRequest } = settings;
  const { origin } = new URL(baseURL);
  const secrets = [key];
  const queue = queueOf(clock, origin, key);
  const reads = new SharedReads(clock, queue, settings.onWait);
  /** Of most requests; those of the same page are told to be the same by this being one object. */
  const usualHeaders = headersOf(key, false, settings.defaultHeaders);

  async function go(call: Call, request: Request, limits: Limits, ticket: Ticket): Promise<Answer> {
    const { signal } = ticket;
    const { timeout, maxRetries } = limits;
    let deadline: number | undefined;
    let uncertain = false;
    let retries = 0;
    const ended = (error: OpenAIError) => Object.assign(error, { uncertain });
    const cancelled = () => {
      throw ended(new APIUserAbortError());
    };

    for (let number = 0; ; number++) {
      const start = queue.enterAtOnce(ticket) ?? (await queue.enter(ticket).catch(cancelled));
      deadline ??= clock.now() + limits.totalTimeout;
      const outcome = await attempt(request, {
        clock,
        load,
        secrets,
        origin,
        timeout,
        signal: limits.abortOnlyUnsent ? undefined : signal,
        number,
        onRequest,
      });
      const answer = 'answer' in outcome ? outcome.answer : undefined;
      if (answer && answer.status < 300) {
        queue.leave(start, true);
        return { call, response: answer, secrets };
      }

      const asked = answer && retryAfter(answer.headers, clock.now());
      // A 429 that no retry would help says nothing about how fast requests may follow.
      const limited = answer?.status === 429 && answer.headers['x-should-retry'] !== 'false';
      const isNews = queue.leave(start, answer !== undefined, limited ? { asked } : undefined);

      uncertain ||= isUncertain(call, outcome);
      const error = 'error' in outcome ? outcome.error : refusal(outcome.answer, secrets, clock.now());
      const isFinal = answer ? answer.status < 400 : !isPassing(error);
      const again =
        !isFinal && retries < maxRetries && mayRetry(call.method, answer ?? (outcome as { sent: boolean }));
      const ms = Math.ceil(asked ?? (limited ? 0 : backoff(retries, clock.random())));
      if (!again || clock.now() + ms > deadline) throw ended(error);
      // Requests that were under way together meet one limit together: only the first of them spends a retry on it.
      if (!limited || isNews) retries++;
      if (limited) continue;
      ticket.onWait({ reason: 'retry', ms, until: clock.now() + ms });
      await clock.sleep(ms, signal).catch(cancelled);
    }
  }

  const send = async (call: Call, options: RequestOptions = {}): Promise<Answer> => {
    // Many requests may wait on one signal; that is no leak, and the process should not be warned of one.
    if (options.signal) setMaxListeners(0, options.signal);
    const hasBody = call.body !== undefined;
    const query = options.query ? { ...call.query, ...options.query } : call.query;
    const request = {
      method: call.method,
      url: baseURL + pathOf(call.segments) + (query ? queryOf(query) : ''),
      headers:
        hasBody || options.headers
          ? headersOf(key, hasBody, settings.defaultHeaders, options.headers)
          : usualHeaders,
      ...(hasBody && { body: JSON.stringify(call.body) }),
    };
    const usual = settings.timeout;
    const limits = {
      abortOnlyUnsent: options.abortOnlyUnsent ?? false,
      timeout: options.timeout ?? (typeof usual === 'function' ? usual() : usual),
      totalTimeout: options.totalTimeout ?? settings.totalTimeout,
      maxRetries: options.maxRetries ?? settings.maxRetries,
    };
    const attempts = (ticket: Ticket) => go(call, request, limits, ticket);
    if (call.method === 'GET') {
      const { url, headers } = request;
      const own = headers === usualHeaders ? '' : JSON.stringify(headers);
      const { abortOnlyUnsent, timeout, totalTimeout, maxRetries } = limits;
      const name = `${url} ${timeout} ${totalTimeout} ${maxRetries} ${abortOnlyUnsent} ${own}`;
      return reads.join(name, options, attempts);
    }
    try {
      return await attempts({
        priority: options.priority ?? 'person',
        signal: options.signal ?? undefined,
        onWait(waiting) {
          tell(options.onWait, waiting);
          tell(settings.onWait, waiting);
        },
      });
    } finally {
      reads.forget();
    }
  };
  return Object.assign(send, { isNarrow: () => queue.isNarrow });
}
