import type { Clock } from './clock';
import type { FallbackReport, NetworkSettings } from './network';
import type { Transport, TransportRequest } from './transport';

/** Why a request is delayed. */
export interface Waiting {
  /** `rate-limit`: held back by a rate limit. `retry`: an attempt failed, and another follows. */
  reason: 'rate-limit' | 'retry';
  /** Milliseconds. */
  ms: number;
  /** When the wait ends, by the client's clock ({@link Clock.now}). */
  until: number;
  /** What the server asked for, in milliseconds, if that is longer than a request is held back. */
  asked?: number;
}

/** The result of one attempt, for the log. Contains no secrets. */
export interface RequestReport {
  method: TransportRequest['method'];
  /** Path and query as sent, without the origin. */
  path: string;
  /** Counted from 0. */
  attempt: number;
  /** Milliseconds from sending to the last byte of the response, or to the failure. */
  ms: number;
  status?: number;
  requestId?: string;
  /** The organization that the response is for, as its headers name it. Not every server does. */
  organization?: string;
  /** Code of the failure if there is no response: `ECONNREFUSED`, `timeout`, `aborted`, … */
  error?: string;
}

/** Options of one call. */
export interface RequestOptions {
  /** Aborts the request, or the wait before it, with {@link APIUserAbortError}. */
  signal?: AbortSignal | null | undefined;
  /**
   * `signal` aborts waits, but not an attempt that is in flight. For changes: an abort in flight leaves unknown
   * whether the change took effect.
   */
  abortOnlyUnsent?: boolean | undefined;
  /** Requests of priority `person` are sent before those of `background`. Default: `person`. */
  priority?: 'person' | 'background' | undefined;
  /** Called when the request is delayed, so that the wait can be shown. */
  onWait?: ((waiting: Waiting) => void) | undefined;
  /** Sends a request of its own even while an identical read is under way, whose answer may be older. */
  unshared?: boolean | undefined;
}

/** Options of both clients. */
export interface ConnectionOptions {
  /** The origin that the key was saved for. A base URL of another origin is refused. Default: any. */
  keyOrigin?: string | undefined;
  /** Default: `https://api.openai.com/v1`. {@link checkBaseURL} lists what is refused. */
  baseURL?: string | null | undefined;
  /**
   * Time limit of each attempt, in milliseconds. Default: 60 000, twice what a slow gateway needed. Responses
   * take seconds, but a limit that cuts off a slow POST leaves it uncertain. A function is called for each
   * request, so that a setting can change.
   */
  timeout?: number | (() => number) | undefined;
  /** Most retries of a request. With 0, a 429 rejects at once. Default: 2. */
  maxRetries?: number | undefined;
  /** Sends the requests. Default: undici, loaded with the first request. */
  transport?: Transport | undefined;
  /** The transport responds from memory, and needs no key. Errors say so. Default: false. */
  withoutServer?: boolean | undefined;
  /**
   * Network settings for the default transport, read for each request so that a change takes effect with the
   * next one. Default: direct connections.
   */
  network?: (() => NetworkSettings) | undefined;
  /** Called when the default transport falls back to the host's own `fetch`. */
  onFallback?: ((report: FallbackReport) => void) | undefined;
  /** Called with the entries of `http.noProxy` or `NO_PROXY` that the default transport does not understand. */
  onIgnoredExceptions?: ((exceptions: readonly string[]) => void) | undefined;
  /** Called when an attempt has ended. */
  onRequest?: ((report: RequestReport) => void) | undefined;
  /** Called when a request is delayed. */
  onWait?: ((waiting: Waiting) => void) | undefined;
  /** For tests. */
  clock?: Clock | undefined;
}

export interface ClientOptions extends ConnectionOptions {
  /** The organization's admin API key. Kept in a private field, and sent only to `baseURL`. */
  adminAPIKey: string;
  /**
   * Sends deletes to `/fine_tuning/checkpoints/{permission_id}/permissions`, the path of the API description
   * of March 2025, for gateways written from it. Default: false.
   */
  legacyDeletePath?: boolean | undefined;
}

export interface ProjectClientOptions extends ConnectionOptions {
  /** A project's API key. Kept in a private field, and sent only to `baseURL`. */
  apiKey: string;
}
