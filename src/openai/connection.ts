import { rememberKey } from '../text/redact';
import { checkBaseURL } from './baseUrl';
import { realClock } from './clock';
import { InsecureBaseURLError, notSent } from './errors';
import type { ConnectionOptions } from './options';
import { matchesRedacted } from './redactedKey';
import { createRequestPipeline, type RequestPipeline } from './requestPipeline';
import type { Transport } from './transport';

const defaultBaseURL = 'https://api.openai.com/v1';

const minute = 60_000;

/** Shared base of both clients: one key, bound to one base URL, with its request pipeline. */
export class Connection {
  /** Has no trailing slash. */
  readonly baseURL: string;
  readonly send: RequestPipeline;
  /** Whether a redacted value of the API can be of this key. */
  readonly isOwnKey: (redactedValue: string) => boolean;
  /** Called with the scopes that a refused request names as missing. */
  onMissingScopes: ((scopes: readonly string[]) => void) | undefined;

  #transport: Transport | Promise<Transport> | undefined;
  readonly #network: Pick<ConnectionOptions, 'network' | 'onFallback' | 'onIgnoredExceptions'>;
  #closed: Promise<void> | undefined;

  /**
   * Opens no connection. The transport is loaded with the first request.
   *
   * @throws InsecureBaseURLError for a base URL that is not safe, or whose origin is not the one that the key
   *   was saved for.
   * @throws OpenAIError for a key that cannot be sent as a header.
   */
  constructor(value: string, options: ConnectionOptions) {
    const { transport, network, onFallback, onIgnoredExceptions, ...others } = options;
    const key = value.trim();
    if (!/^[\x21-\x7e]+$/.test(key)) throw notSent('invalidKey');
    rememberKey(key);
    this.isOwnKey = (redactedValue) => matchesRedacted(key, redactedValue);
    this.baseURL = checkBaseURL(options.baseURL ?? defaultBaseURL);
    const url = new URL(this.baseURL);
    if (options.keyOrigin !== undefined && options.keyOrigin !== url.origin)
      throw new InsecureBaseURLError('otherOrigin', url, options.keyOrigin);
    this.#transport = transport;
    this.#network = { network, onFallback, onIgnoredExceptions };
    this.send = createRequestPipeline(key, {
      ...others,
      baseURL: this.baseURL,
      timeout: options.timeout ?? minute,
      maxRetries: options.maxRetries ?? 2,
      clock: options.clock ?? realClock,
      load: () => this.#load(),
      onMissingScopes: (scopes) => this.onMissingScopes?.(scopes),
    });
  }

  #load(): Transport | Promise<Transport> {
    if (this.#closed !== undefined) throw notSent('clientClosed');
    this.#transport ??= import('./undici/transport.js').then(
      ({ createUndiciTransport }) => createUndiciTransport(this.#network),
      ({ code }: NodeJS.ErrnoException) => {
        this.#transport = undefined;
        // Only the code is kept, because the original message contains local paths.
        throw notSent('transportMissing', new Error(code ?? 'No code.'));
      },
    );
    return this.#transport;
  }

  close(): Promise<void> {
    const loaded = Promise.resolve(this.#transport).catch(() => undefined);
    this.#closed ??= loaded.then((transport) => transport?.close?.());
    return this.#closed;
  }
}
