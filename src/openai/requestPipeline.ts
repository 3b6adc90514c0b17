import { setMaxListeners } from 'node:events';
import type { ApiCall, RawResponse } from './apiCall';
import { type AttemptResult, attempt, callHook } from './attempt';
import type { Clock } from './clock';
import {
  APIConnectionError,
  APIError,
  APIUserAbortError,
  type ConnectionFailure,
  type OpenAIError,
} from './errors';
import type { ClientOptions, RequestOptions } from './options';
import { pathOf, queryOf } from './path';
import { queueOf, type Slot } from './queue/queue';
import { SharedReads } from './queue/sharedReads';
import { responseError } from './responseErrors';
import { backoff, mayRetry, retryAfter } from './retry';
import type { Transport, TransportRequest } from './transport';

type PreparedRequest = Omit<TransportRequest, 'signal'>;

/** Sends a call and resolves to a successful response. Otherwise rejects with the error; never throws synchronously. */
export type RequestPipeline = (call: ApiCall, options?: RequestOptions) => Promise<RawResponse>;

export interface PipelineSettings
  extends Omit<
    ClientOptions,
    'transport' | 'adminAPIKey' | 'network' | 'onFallback' | 'onIgnoredExceptions'
  > {
  readonly baseURL: string;
  readonly timeout: number | (() => number);
  readonly maxRetries: number;
  readonly clock: Clock;
  load(): Promise<Transport> | Transport;
  /** Called with the scopes that a refused request names as missing. */
  onMissingScopes(scopes: readonly string[]): void;
}

/** Time limit of a call with its retries, in milliseconds: half an hour, because rate limits delay large changes. */
const totalTimeout = 30 * 60_000;

function headersOf(key: string, hasBody: boolean): PreparedRequest['headers'] {
  return {
    accept: 'application/json',
    'user-agent': 'checkpoint-permissions',
    ...(hasBody && { 'content-type': 'application/json' }),
    authorization: `Bearer ${key}`,
  };
}

/** Whether a change without a successful response may have taken effect. */
function isUncertain(call: ApiCall, outcome: AttemptResult): boolean {
  if (call.method === 'GET') return false;
  if (!('response' in outcome)) return outcome.sent;
  const { status, headers } = outcome.response;
  return status < 400 || status === 408 || (status >= 500 && !(status === 503 && headers['retry-after']));
}

/** Failures that no retry ends. */
const lasting: readonly ConnectionFailure[] = ['certificate', 'proxyAuth', 'notLoopback'];

function isTransient(error: OpenAIError): boolean {
  return error instanceof APIConnectionError && !lasting.includes(error.kind);
}

/** Builds the request of a call, queues it, and retries it while that is safe. */
export function createRequestPipeline(key: string, settings: PipelineSettings): RequestPipeline {
  const { baseURL, clock, load, maxRetries, onRequest } = settings;
  const { origin } = new URL(baseURL);
  const secrets = [key];
  const queue = queueOf(clock, origin, key);
  const reads = new SharedReads(clock, queue, settings.onWait);

  async function sendWithRetries(
    call: ApiCall,
    request: PreparedRequest,
    timeout: number,
    abortOnlyUnsent: boolean,
    slot: Slot,
  ): Promise<RawResponse> {
    const { signal } = slot;
    let deadline: number | undefined;
    let uncertain = false;
    let retries = 0;
    const failed = (error: OpenAIError) =>
      Object.assign(error, { uncertain, withoutServer: settings.withoutServer === true });
    const cancelled = () => {
      throw failed(new APIUserAbortError());
    };

    for (let number = 0; ; number++) {
      const start = await queue.acquire(slot).catch(cancelled);
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
      const response = 'response' in outcome ? outcome.response : undefined;
      if (response && response.status < 300) {
        queue.release(start, true);
        return { call, response, secrets, uncertain };
      }

      const wall = (clock.wall ?? clock.now)();
      const retryAfterMs = response && retryAfter(response.headers, wall);
      // A 429 with `x-should-retry: false` is about a quota, not about the rate of requests.
      const limited = response?.status === 429 && response.headers['x-should-retry'] !== 'false';
      const isNewLimit = queue.release(
        start,
        response !== undefined,
        limited ? { asked: retryAfterMs } : undefined,
      );

      uncertain ||= isUncertain(call, outcome);
      const error = 'error' in outcome ? outcome.error : responseError(outcome.response, secrets, wall);
      const isFinal = response ? response.status < 400 : !isTransient(error);
      const isRetried =
        !isFinal && retries < maxRetries && mayRetry(call.method, response ?? (outcome as { sent: boolean }));
      // The queue spaces requests after a 429. Any other retry has a pause, even if the server asks for none.
      const least = limited ? 0 : backoff(retries, clock.random());
      const ms = Math.ceil(Math.max(retryAfterMs ?? 0, least));
      if (!isRetried || clock.now() + ms > deadline) {
        if (error instanceof APIError && error.missingScopes.length > 0)
          callHook(settings.onMissingScopes, error.missingScopes);
        throw failed(error);
      }
      // Concurrent requests hit one rate limit together. Only the first 429 counts as a retry.
      if (!limited || isNewLimit) retries++;
      if (limited) continue;
      slot.onWait({ reason: 'retry', ms, until: clock.now() + ms });
      await clock.sleep(ms, signal).catch(cancelled);
    }
  }

  return async (call, options = {}) => {
    // Many requests may share one signal. Without this, Node warns of a listener leak.
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
    const sendFrom = (slot: Slot) => sendWithRetries(call, request, timeout, abortOnlyUnsent, slot);
    if (call.method === 'GET' && !options.unshared) return reads.join(request.url, options, sendFrom);
    try {
      return await sendFrom({
        priority: options.priority ?? 'person',
        signal: options.signal ?? undefined,
        onWait(waiting) {
          callHook(options.onWait, waiting);
          callHook(settings.onWait, waiting);
        },
      });
    } finally {
      if (call.method !== 'GET') reads.forget();
    }
  };
}
