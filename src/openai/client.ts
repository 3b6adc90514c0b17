import { Connection } from './connection';
import type { ClientOptions } from './options';
import { AdminAPIKeys } from './resources/adminApiKeys';
import { AuditLogs } from './resources/auditLogs';
import { Permissions } from './resources/permissions';
import { Projects } from './resources/projects';
import { Usage } from './resources/usage';

/**
 * A client for the part of the OpenAI API that an organization's owner needs to see and control who may use which
 * fine-tuned model checkpoint. Methods are found where the official SDK has them and take the same arguments.
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
   * Opens nothing and loads nothing; the transport is loaded when the first request is made.
   *
   * @throws InsecureBaseURLError for a base URL that the key must not travel to, or was not saved for.
   * @throws OpenAIError for a key that cannot be sent as a header.
   */
  constructor({ adminAPIKey, legacyDeletePath, ...options }: ClientOptions) {
    this.#connection = new Connection('admin API key', adminAPIKey, options);
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

  /** Normalized: no trailing slash. */
  get baseURL(): string {
    return this.#connection.baseURL;
  }

  /** Lets go of sockets once the requests under way have ended. The client cannot be used afterwards. */
  close(): Promise<void> {
    return this.#connection.close();
  }
}
