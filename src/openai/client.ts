import { Connection } from './connection';
import type { ClientOptions } from './options';
import { AdminAPIKeys } from './resources/adminApiKeys';
import { AuditLogs } from './resources/auditLogs';
import { Permissions } from './resources/permissions';
import { Projects } from './resources/projects';
import { Usage } from './resources/usage';

/**
 * Client for the part of the OpenAI API that controls which projects may use a fine-tuned model checkpoint.
 * Needs an admin API key. Methods have the paths and arguments of the official SDK.
 */
export class OpenAIAdmin {
  readonly fineTuning: { readonly checkpoints: { readonly permissions: Permissions } };
  readonly admin: {
    readonly organization: {
      readonly adminAPIKeys: AdminAPIKeys;
      readonly auditLogs: AuditLogs;
      readonly projects: Projects;
      readonly usage: Usage;
    };
  };

  readonly #connection: Connection;

  /**
   * Opens no connection. The transport is loaded with the first request.
   *
   * @throws InsecureBaseURLError for a base URL that is not safe, or whose origin is not the one that the key
   *   was saved for.
   * @throws OpenAIError for a key that cannot be sent as a header.
   */
  constructor({ adminAPIKey, legacyDeletePath, ...options }: ClientOptions) {
    this.#connection = new Connection(adminAPIKey, options);
    const { send } = this.#connection;
    this.fineTuning = { checkpoints: { permissions: new Permissions(send, legacyDeletePath) } };
    this.admin = {
      organization: {
        adminAPIKeys: new AdminAPIKeys(send),
        auditLogs: new AuditLogs(send),
        projects: new Projects(send),
        usage: new Usage(send),
      },
    };
  }

  /** Has no trailing slash. */
  get baseURL(): string {
    return this.#connection.baseURL;
  }

  /**
   * Whether a redacted value, as the API lists it, can be of the key in use. Compared in memory: nothing of the key
   * leaves the client.
   */
  isOwnKey(redactedValue: string): boolean {
    return this.#connection.isOwnKey(redactedValue);
  }

  /** Calls the listener with the scopes that a refused request names as missing. There is one listener. */
  onMissingScopes(listener: (scopes: readonly string[]) => void): void {
    this.#connection.onMissingScopes = listener;
  }

  /** Closes the connections after the in-flight requests have ended. The client cannot be used afterwards. */
  close(): Promise<void> {
    return this.#connection.close();
  }
}
