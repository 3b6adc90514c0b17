import type { Dispatcher } from 'undici';
import Agent from 'undici/lib/dispatcher/agent.js';
import type { Transport, TransportFailure, TransportRequest, TransportResponse } from '../transport';

export interface UndiciTransportOptions {
  /** Connections to one origin at the same time. Default: 16. */
  connections?: number;
  /** Time limit for opening a connection, in milliseconds. Default: 10 000. */
  connectTimeout?: number;
  /** Largest body that is read, in bytes. Default: 16 MiB. */
  maxBodySize?: number;
}

const MEBIBYTE = 2 ** 20;

/** Splits without parsing: the path goes out exactly as it was encoded. */
function split(url: string): { origin: string; path: string } {
  const slash = url.indexOf('/', url.indexOf('://') + 3);
  return slash < 0 ? { origin: url, path: '/' } : { origin: url.slice(0, slash), path: url.slice(slash) };
}

function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return Object.fromEntries(entries);
}

/** The same failure, marked as one before the request was handed to a connection: it may safely be repeated. */
function unsent(failure: unknown): Error {
  const { message, code } = failure as TransportFailure;
  return Object.assign(new Error(message), { sent: false }, code !== undefined && { code });
}

/** Collects one answer. */
class Exchange implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: TransportResponse['headers'] = {};
  readonly #chunks: Buffer[] = [];
  readonly #stop = () => {
    if (this.#controller) this.#controller.abort(this.signal.reason);
    else this.reject(unsent(this.signal.reason));
  };

  constructor(
    private readonly signal: AbortSignal,
    private readonly resolve: (answer: TransportResponse) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    signal.addEventListener('abort', this.#stop, { once: true });
  }

  /** There is a connection, and the request is about to be written to it. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.signal.aborted) controller.abort(this.signal.reason);
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
    this.signal.removeEventListener('abort', this.#stop);
    const body = Buffer.concat(this.#chunks).toString('utf8');
    const answer = { status: this.#status, headers: this.#headers, body };
    // undici frees the connection one turn of the event loop later. Whoever asks again at once must find it free, or
    // a second connection would be opened for requests that only follow one another.
    process.nextTick(setImmediate, this.resolve, answer);
  }

  onResponseError(_: unknown, error: Error): void {
    this.signal.removeEventListener('abort', this.#stop);
    this.reject(this.#controller ? error : unsent(error));
  }
}

/**
 * The default transport: undici over keep-alive connections of its own. Loaded on the first request only, as a bundle
 * of its own.
 *
 * The time limit for headers and body is the client's, for the whole attempt; only connecting has one here, so that a
 * host that does not answer is told apart early and a POST to it is known not to have been sent.
 */
export function createUndiciTransport(options: UndiciTransportOptions = {}): Transport {
  const agent = new Agent({
    connections: options.connections ?? 16,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: options.maxBodySize ?? 16 * MEBIBYTE,
    connect: { timeout: options.connectTimeout ?? 10_000 },
  });
  return {
    send({ method, url, headers, body, signal }: TransportRequest): Promise<TransportResponse> {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const exchange = new Exchange(signal, resolve, reject);
        agent.dispatch({ ...split(url), method, headers: { ...headers }, body: body ?? null }, exchange);
      });
    },
    close: () => agent.close(),
  };
}
