import { Connection } from './connection';
import type { ProjectClientOptions } from './options';
import { Jobs } from './resources/jobs';
import { Models } from './resources/models';

/**
 * A client for what only a key of the project itself can see: its fine-tuning jobs, their checkpoints, and the models
 * that it can use (API reference §2). Methods are found where the official SDK has them and take the same arguments.
 */
export class OpenAIProject {
  readonly fineTuning: { readonly jobs: Jobs };
  readonly models: Models;

  readonly #connection: Connection;

  /**
   * Opens nothing and loads nothing; the transport is loaded when the first request is made.
   *
   * @throws InsecureBaseURLError for a base URL that the key must not travel to, or was not saved for.
   * @throws OpenAIError for a key that cannot be sent as a header.
   */
  constructor({ apiKey, ...options }: ProjectClientOptions) {
    this.#connection = new Connection('project API key', apiKey, options);
    const { send } = this.#connection;
    this.fineTuning = { jobs: new Jobs(send) };
    this.models = new Models(send);
  }

  /** Normalized: no trailing slash. */
  get baseURL(): string {
    return this.#connection.baseURL;
  }

  /** Lets go of sockets once the requests under way have ended. The client cannot be used afterwards. */
  close(): Promise<void> {
    return this.#connection.close();
  }
}
