import { setMaxListeners } from 'node:events';
import type { Answer } from './apiPromise';
import { type Attempted, attempt, tell } from './attempt';
import type { Clock } from './clock';
import { APIConnectionError, APIUserAbortError, type OpenAIError } from './errors';
import type { ClientOptions, RequestOptions } from './options';
import { pathOf, queryOf } from './path';
import { queueOf, type Ticket } from './queue/queue';
import { SharedReads } from './queue/sharedReads';
import { refusal } from './refusal';
import { backoff, mayRetry, retryAfter } from './retry';
import type { Transport, TransportRequest } from './transport';

type Request = Omit<TransportRequest, 'signal'>;

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

export interface ExchangeSettings
  extends Omit<ClientOptions, 'transport' | 'adminAPIKey' | 'network' | 'onFallback'> {
  readonly baseURL: string;
  readonly timeout: number | (() => number);
  readonly maxRetries: number;
  readonly clock: Clock;
  load(): Promise<Transport> | Transport;
}

/** Time limit of a whole call, in milliseconds: half an hour, because a rate limit can hold long jobs up. */
const totalTimeout = 30 * 60_000;

function headersOf(key: string, hasBody: boolean): Request['headers'] {
  return {
    accept: 'application/json',
    'user-agent': 'checkpoint-permissions',
    ...(hasBody && { 'content-type': 'application/json' }),
    authorization: `Bearer ${key}`,
  };
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

/** The way of a call: written as a request, queued, tried as often as is safe, and answered or explained. */
export function exchange(key: string, settings: ExchangeSettings): Send {
  const { baseURL, clock, load, maxRetries, onRequest } = settings;
  const { origin } = new URL(baseURL);
  const secrets = [key];
  const queue = queueOf(clock, origin, key);
  const reads = new SharedReads(clock, queue, settings.onWait);

  async function go(
    call: Call,
    request: Request,
    timeout: number,
    abortOnlyUnsent: boolean,
    ticket: Ticket,
  ): Promise<Answer> {
    const { signal } = ticket;
    let deadline: number | undefined;
    let uncertain = false;
    let retries = 0;
    const ended = (error: OpenAIError) => Object.assign(error, { uncertain });
    const cancelled = () => {
      throw ended(new APIUserAbortError());
    };

    for (let number = 0; ; number++) {
      const start = await queue.enter(ticket).catch(cancelled);
      deadline ??= clock.now() + totalTimeout;
      const outcome = await attempt(request, {
        clock,
        load,
        secrets,
        origin,
        timeout,
        signal: abortOnlyUnsent ? undefined : signal,
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

  return async (call, options = {}) => {
    // Many requests may wait on one signal; that is no leak, and the process should not be warned of one.
    if (options.signal) setMaxListeners(0, options.signal);
    const hasBody = call.body !== undefined;
    const request = {
      method: call.method,
      url: baseURL + pathOf(call.segments) + queryOf(call.query ?? {}),
      headers: headersOf(key, hasBody),
      ...(hasBody && { body: JSON.stringify(call.body) }),
    };
    const timeout = typeof settings.timeout === 'function' ? settings.timeout() : settings.timeout;
    const { abortOnlyUnsent = false } = options;
    const attempts = (ticket: Ticket) => go(call, request, timeout, abortOnlyUnsent, ticket);
    if (call.method === 'GET')
      return reads.join(`${request.url} ${timeout} ${abortOnlyUnsent}`, options, attempts);
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
}
