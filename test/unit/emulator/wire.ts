import { type IncomingHttpHeaders, request } from 'node:http';
import type { Emulator } from '../../emulator';
import { permissionsPath } from './setUp';

/** One exchange, as seen by a plain socket. */
export interface Exchange {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The response is complete by the rules of HTTP. */
  readonly complete: boolean;
  /** The connection's error code, if it broke. */
  readonly error: string | undefined;
}

export interface WireRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Called with every piece of the body as it comes. */
  readonly onData?: (piece: Buffer) => void;
}

/**
 * Sends one request over a new plain connection: no retry, no redirect, no decoding. Resolves when the exchange has
 * ended in any way.
 */
export function exchange(emulator: Emulator, wanted: WireRequest = {}): Promise<Exchange> {
  const { method = 'GET', path = permissionsPath, headers, body, signal, onData } = wanted;
  return new Promise((resolve) => {
    const seen = {
      status: undefined as number | undefined,
      headers: {} as IncomingHttpHeaders,
      body: '',
      complete: false,
    };
    const over = (error?: NodeJS.ErrnoException) => resolve({ ...seen, error: error?.code });
    const outgoing = request(`${emulator.origin}${path}`, {
      method,
      agent: false,
      headers: {
        authorization: `Bearer ${emulator.adminAPIKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(signal && { signal }),
    });
    outgoing.on('error', over);
    outgoing.on('response', (response) => {
      seen.status = response.statusCode;
      seen.headers = response.headers;
      response.on('data', (piece: Buffer) => {
        seen.body += piece.toString();
        onData?.(piece);
      });
      response.on('error', over);
      response.on('close', () => {
        seen.complete = response.complete;
        over();
      });
    });
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
