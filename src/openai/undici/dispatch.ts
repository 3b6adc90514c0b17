import type { Dispatcher } from 'undici';
import type { TransportFailure, TransportRequest, TransportResponse } from '../transport';

function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value]) => [name, [value ?? []].flat().join(', ')]));
}

/** The same failure, marked as one before the request was handed to a connection: it may safely be repeated. */
function unsent(failure: unknown): Error {
  const { message, code } = failure as TransportFailure;
  return Object.assign(new Error(message), { sent: false }, code !== undefined && { code });
}

/** Collects the answer to one request, and knows whether that was handed to a connection. */
class Collector implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #stopped: { readonly reason: unknown } | undefined;
  #status = 0;
  #headers: TransportResponse['headers'] = {};
  readonly #chunks: Buffer[] = [];
  /** To be called when the request has ended. */
  forget: (() => void) | undefined;

  constructor(
    private readonly resolve: (answer: TransportResponse) => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  stop(reason: unknown): void {
    this.#stopped = { reason };
    if (this.#controller) this.#controller.abort(reason as Error);
    else this.reject(unsent(reason));
  }

  /** There is a connection, and the request is about to be written to it. */
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
    const body = Buffer.concat(this.#chunks).toString('utf8');
    const answer = { status: this.#status, headers: this.#headers, body };
    // undici frees the connection one turn of the event loop later. Whoever asks again at once must find it free, or
    // a second connection would be opened for requests that only follow one another.
    process.nextTick(setImmediate, this.resolve, answer);
  }

  onResponseError(_: unknown, error: Error): void {
    this.forget?.();
    const failure: TransportFailure = error;
    // Some of undici's parser errors come without their code.
    if (failure.name === 'HTTPParserError' && !failure.code) Object.assign(error, { code: 'HPE_INVALID' });
    this.reject(this.#controller ? error : unsent(error));
  }
}

/** Splits without parsing: the path goes out exactly as it was encoded. */
function split(url: string): { origin: string; path: string } {
  const slash = url.indexOf('/', url.indexOf('://') + 3);
  return slash < 0 ? { origin: url, path: '/' } : { origin: url.slice(0, slash), path: url.slice(slash) };
}

/** Sends a request by a dispatcher. A failure before it was handed to a connection is marked `sent: false`. */
export function dispatch(dispatcher: Dispatcher, request: TransportRequest): Promise<TransportResponse> {
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
