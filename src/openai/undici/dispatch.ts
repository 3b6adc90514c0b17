import type { Dispatcher } from 'undici';
import type { TransportFailure, TransportRequest, TransportResponse } from '../transport';
import { decodedText } from './body';

type RawAnswer = Omit<TransportResponse, 'body'> & { readonly bytes: Buffer };

function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value]) => [name, [value ?? []].flat().join(', ')]));
}

/** Copies a failure from before the request was handed to a connection, and marks it as safe to retry. */
function unsent(failure: unknown): Error {
  const { message, code } = failure as TransportFailure;
  return Object.assign(new Error(message), { sent: false }, code !== undefined && { code });
}

/** Collects the response of one request, and tracks whether the request was handed to a connection. */
class Collector implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #stopped: { readonly reason: unknown } | undefined;
  #status = 0;
  #headers: TransportResponse['headers'] = {};
  readonly #chunks: Buffer[] = [];
  /** Removes the abort listener after the request. */
  forget: (() => void) | undefined;

  constructor(
    private readonly resolve: (answer: RawAnswer) => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  stop(reason: unknown): void {
    this.#stopped = { reason };
    if (this.#controller) this.#controller.abort(reason as Error);
    else this.reject(unsent(reason));
  }

  /** Called when a connection is about to write the request. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#stopped) controller.abort(this.#stopped.reason as Error);
    else this.#controller = controller;
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    this.#status = status;
    this.#headers = joined(headers);
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.forget?.();
    const bytes = Buffer.concat(this.#chunks);
    const answer = { status: this.#status, headers: this.#headers, bytes };
    // undici frees the connection one turn of the event loop later. Resolving before that would make the next
    // of several sequential requests open a second connection.
    process.nextTick(setImmediate, this.resolve, answer);
  }

  onResponseError(_: unknown, error: Error): void {
    this.forget?.();
    const failure: TransportFailure = error;
    // Some parser errors of undici have no code.
    if (failure.name === 'HTTPParserError' && !failure.code) Object.assign(error, { code: 'HPE_INVALID' });
    this.reject(this.#controller ? error : unsent(error));
  }
}

/** Splits without parsing, so that the path is sent exactly as encoded. */
function split(url: string): { origin: string; path: string } {
  const slash = url.indexOf('/', url.indexOf('://') + 3);
  return slash < 0 ? { origin: url, path: '/' } : { origin: url.slice(0, slash), path: url.slice(slash) };
}

/**
 * Sends a request. Failures from before it was handed to a connection have `sent: false`. `maxBodySize`: limit of the
 * decompressed body, in bytes.
 */
export async function dispatch(
  dispatcher: Dispatcher,
  request: TransportRequest,
  maxBodySize: number,
): Promise<TransportResponse> {
  const { bytes, ...answer } = await collect(dispatcher, request);
  return { ...answer, body: await decodedText(bytes, answer.headers['content-encoding'], maxBodySize) };
}

function collect(dispatcher: Dispatcher, request: TransportRequest): Promise<RawAnswer> {
  const { method, url, headers, body, signal } = request;
  return new Promise((resolve, reject) => {
    const collector = new Collector(resolve, reject);
    if (signal.aborted) return reject(unsent(signal.reason));
    const stop = () => collector.stop(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    collector.forget = () => signal.removeEventListener('abort', stop);
    dispatcher.dispatch({ ...split(url), method, headers, body: body ?? null }, collector);
  });
}
