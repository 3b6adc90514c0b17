import { Connection } from './connection';
import type { ProjectClientOptions } from './options';
import { Jobs } from './resources/jobs';
import { Models } from './resources/models';

/**
 * Client for resources that only a project's API key can read: fine-tuning jobs, their checkpoints, and the
 * models of the project (docs/api.md#the-other-endpoints). Methods have the paths and arguments of the official SDK.
 */
export class OpenAIProject {
  readonly fineTuning: { readonly jobs: Jobs };
  readonly models: Models;

  readonly #connection: Connection;

  /**
   * Opens no connection. The transport is loaded with the first request.
   *
   * @throws InsecureBaseURLError for a base URL that is not safe, or whose origin is not the one that the key
   *   was saved for.
   * @throws OpenAIError for a key that cannot be sent as a header.
   */
  constructor({ apiKey, ...options }: ProjectClientOptions) {
    this.#connection = new Connection(apiKey, options);
    const { send } = this.#connection;
    this.fineTuning = { jobs: new Jobs(send) };
    this.models = new Models(send);
  }

  /** Has no trailing slash. */
  get baseURL(): string {
    return this.#connection.baseURL;
  }

  /** Closes the connections after the in-flight requests have ended. The client cannot be used afterwards. */
  close(): Promise<void> {
    return this.#connection.close();
  }
}
