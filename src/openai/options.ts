import type { Clock } from './clock';
import type { FallbackReport, NetworkSettings } from './network';
import type { Transport, TransportRequest } from './transport';

/** Why a request is not on its way yet. */
export interface Waiting {
  /** `rate-limit`: the server allows no more for now. `retry`: an attempt failed and another follows. */
  reason: 'rate-limit' | 'retry';
  /** How long, in milliseconds. */
  ms: number;
  /** When it goes on, in milliseconds since the epoch. */
  until: number;
}

/** What one attempt came to: enough for a log line, and nothing secret. */
export interface RequestReport {
  method: TransportRequest['method'];
  /** Path and query as sent, under the origin. */
  path: string;
  /** From 0 on. */
  attempt: number;
  /** Milliseconds from sending to the last byte of the answer, or to the failure. */
  ms: number;
  status?: number;
  requestId?: string;
  /** Short code of what went wrong when there is no answer: `ECONNREFUSED`, `timeout`, `aborted`, … */
  error?: string;
}

/** Options of one call. */
export interface RequestOptions {
  /** Ends the request, or the wait before it, with {@link APIUserAbortError}. */
  signal?: AbortSignal | null | undefined;
  /**
   * `signal` ends waits, but not an attempt that is on its way: for changes, of which it would be unknown otherwise
   * whether they took effect.
   */
  abortOnlyUnsent?: boolean | undefined;
  /** What a person waits for overtakes what runs in the background. Default: `person`. */
  priority?: 'person' | 'background' | undefined;
  /** Called when the request has to wait, so that it can be shown. */
  onWait?: ((waiting: Waiting) => void) | undefined;
}

/** What a client takes, whichever key it has. */
export interface ConnectionOptions {
  /** The origin that the key was saved for. A base URL of another one is refused. Default: any. */
  keyOrigin?: string | undefined;
  /** Default: `https://api.openai.com/v1`. See {@link checkBaseURL} for what is refused. */
  baseURL?: string | null | undefined;
  /**
   * Time limit of each attempt, in milliseconds. Default: 60 000. These endpoints answer within seconds, but a limit
   * that cuts a slow POST short leaves it uncertain, so it is twice what a slow gateway was seen to need. A function is
   * asked for each call, so that a setting can change.
   */
  timeout?: number | (() => number) | undefined;
  /** How many times more a request may be tried; 0 also means that a 429 is reported at once. Default: 2. */
  maxRetries?: number | undefined;
  /** How requests leave. Default: undici, loaded when the first request is made. */
  transport?: Transport | undefined;
  /**
   * For the default transport: the network as the editor has it, asked for each request so that a change takes effect
   * with the next. Default: everything is reached directly.
   */
  network?: (() => NetworkSettings) | undefined;
  /** For the default transport: called when an origin is left to the host's own `fetch`. */
  onFallback?: ((report: FallbackReport) => void) | undefined;
  /** Called once for each attempt, when it has ended. */
  onRequest?: ((report: RequestReport) => void) | undefined;
  /** Called whenever a request has to wait. */
  onWait?: ((waiting: Waiting) => void) | undefined;
  /** For tests. */
  clock?: Clock | undefined;
}

export interface ClientOptions extends ConnectionOptions {
  /** The organization's admin API key. Kept in a private field; sent to `baseURL` and nowhere else. */
  adminAPIKey: string;
  /**
   * Deletes at `/fine_tuning/checkpoints/{permission_id}/permissions`, as the API's description of March 2025 had it,
   * for gateways that were written from that. Default: false.
   */
  legacyDeletePath?: boolean | undefined;
}

export interface ProjectClientOptions extends ConnectionOptions {
  /** A project's API key. Kept in a private field; sent to `baseURL` and nowhere else. */
  apiKey: string;
}
