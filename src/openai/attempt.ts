import { presentable, withoutKeys } from '../text/redact';
import { type Clock, startTimer } from './clock';
import { connectionError, wasSent } from './connectionError';
import { APIConnectionError, APIConnectionTimeoutError, APIUserAbortError, OpenAIError } from './errors';
import type { RequestReport } from './options';
import type { Transport, TransportRequest, TransportResponse } from './transport';

/** The result of one attempt: a response of any status, or the error that replaces it. */
export type AttemptResult = { response: TransportResponse } | { error: OpenAIError; sent: boolean };

export interface AttemptContext {
  readonly clock: Clock;
  load(): Promise<Transport> | Transport;
  readonly secrets: readonly (string | undefined)[];
  readonly origin: string;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly number: number;
  readonly onRequest: ((report: RequestReport) => void) | undefined;
}

function failed(error: unknown, context: AttemptContext, timeIsUp: boolean): OpenAIError {
  if (context.signal?.aborted) return new APIUserAbortError();
  if (error instanceof OpenAIError) return error;
  const host = new URL(context.origin).host;
  if (timeIsUp) return new APIConnectionTimeoutError({ code: 'timeout', host });
  return connectionError(error, host, context.secrets);
}

/** Calls a hook of the caller. Exceptions of the hook never affect the request. */
export function callHook<T>(hook: ((value: T) => void) | undefined, value: T): void {
  try {
    hook?.(value);
  } catch {
    // Ignored on purpose.
  }
}

/** Sends a request once, within its time limit. Never rejects. */
export async function attempt(
  request: Omit<TransportRequest, 'signal'>,
  context: AttemptContext,
): Promise<AttemptResult> {
  const { signal } = context;
  const started = performance.now();
  const controller = new AbortController();
  const limited = controller.signal;
  let handedOver = false;
  let timeIsUp = false;
  const cancel = () => controller.abort(signal?.reason);
  const stopTimer = startTimer(context.clock, context.timeout, () => {
    timeIsUp = true;
    controller.abort(new Error('Request timed out.'));
  });
  let outcome: AttemptResult;
  try {
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();
    const transport = await context.load();
    limited.throwIfAborted();
    handedOver = true;
    const response = await new Promise<TransportResponse>((resolve, reject) => {
      // Deferred, so that a transport that listens to the signal rejects first.
      limited.addEventListener('abort', () => setImmediate(reject, limited.reason), { once: true });
      transport.send({ ...request, signal: limited }).then(resolve, reject);
    });
    outcome = { response };
  } catch (error) {
    outcome = { error: failed(error, context, timeIsUp), sent: handedOver && wasSent(error) };
  } finally {
    stopTimer();
    signal?.removeEventListener('abort', cancel);
  }
  if (!handedOver || !context.onRequest) return outcome;
  const { method, url } = request;
  const report = {
    method,
    path: withoutKeys(url.slice(context.origin.length)),
    attempt: context.number,
  };
  const ms = Math.round(performance.now() - started);
  if ('response' in outcome) {
    const { status, headers } = outcome.response;
    const requestId = headers['x-request-id'];
    const organization = headers['openai-organization']?.trim();
    callHook(context.onRequest, {
      ...report,
      ms,
      status,
      ...(requestId && { requestId: presentable(requestId, context.secrets, 200) }),
      ...(organization && { organization: presentable(organization, context.secrets, 201) }),
    });
  } else {
    const { error } = outcome;
    callHook(context.onRequest, {
      ...report,
      ms,
      error:
        (error instanceof APIConnectionError && error.code) || (signal?.aborted ? 'aborted' : error.name),
    });
  }
  return outcome;
}
