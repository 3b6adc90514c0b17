import { checkBaseURL } from './base-url';
import { realClock } from './clock';
import { InsecureBaseURLError, OpenAIError } from './errors';
import { exchange } from './exchange';
import type { ClientOptions } from './options';
import { AdminAPIKeys } from './resources/admin-api-keys';
import { Permissions } from './resources/permissions';
import { Projects } from './resources/projects';
import type { Transport } from './transport';

export const DEFAULT_BASE_URL = 'https://api.openai.com/v1';

const MINUTE = 60_000;

/**
 * A client for the part of the OpenAI API that an organization's owner needs to see and control who may use which
 * fine-tuned model checkpoint. Methods are found where the official SDK has them and take the same arguments.
 */
export class OpenAIAdmin {
  /** Normalized: no trailing slash. */
  readonly baseURL: string;
  readonly fineTuning: { readonly checkpoints: { readonly permissions: Permissions } };
  readonly admin: {
    readonly organization: { readonly adminAPIKeys: AdminAPIKeys; readonly projects: Projects };
  };

  #transport: Transport | Promise<Transport> | undefined;
  readonly #network: Pick<ClientOptions, 'network' | 'onFallback'>;
  #closed: Promise<void> | undefined;

  /**
   * Opens nothing and loads nothing; the transport is loaded when the first request is made.
   *
   * @throws InsecureBaseURLError for a base URL that the key must not travel to, or was not saved for.
   * @throws OpenAIError for a key that cannot be sent as a header.
   */
  constructor(options: ClientOptions) {
    const { adminAPIKey, transport, network, onFallback, ...others } = options;
    const key = adminAPIKey.trim();
    if (!/^[\x21-\x7e]+$/.test(key))
      throw new OpenAIError('The admin API key is empty or contains characters that no key has.');
    this.baseURL = checkBaseURL(options.baseURL ?? DEFAULT_BASE_URL);
    const { origin } = new URL(this.baseURL);
    if (options.keyOrigin !== undefined && options.keyOrigin !== origin)
      throw new InsecureBaseURLError(
        `The admin API key was saved for ${options.keyOrigin}, so it is not sent to ${origin}. Set a key for it.`,
      );
    this.#transport = transport;
    this.#network = { network, onFallback };
    const send = exchange(key, {
      ...others,
      baseURL: this.baseURL,
      timeout: options.timeout ?? MINUTE,
      totalTimeout: options.totalTimeout ?? 30 * MINUTE,
      maxRetries: options.maxRetries ?? 2,
      clock: options.clock ?? realClock,
      load: () => this.#load(),
    });
    this.fineTuning = { checkpoints: { permissions: new Permissions(send, options.legacyDeletePath) } };
    this.admin = { organization: { adminAPIKeys: new AdminAPIKeys(send), projects: new Projects(send) } };
  }

  #load(): Transport | Promise<Transport> {
    if (this.#closed !== undefined) throw new OpenAIError('The client is closed.');
    this.#transport ??= import('./undici/transport.js').then(
      ({ createUndiciTransport }) => createUndiciTransport(this.#network),
      ({ code }: NodeJS.ErrnoException) => {
        this.#transport = undefined;
        const error = new OpenAIError(
          'The part of the extension that makes requests could not be loaded. Install the extension again.',
        );
        // Only its code, for the words of the failure beneath name paths of this machine.
        error.cause = new Error(code ?? 'No code.');
        throw error;
      },
    );
    return this.#transport;
  }

  /** Lets go of sockets once the requests under way have ended. The client cannot be used afterwards. */
  close(): Promise<void> {
    const loaded = Promise.resolve(this.#transport).catch(() => undefined);
    this.#closed ??= loaded.then((transport) => transport?.close?.());
    return this.#closed;
  }
}
