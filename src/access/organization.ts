import type { OpenAIAdmin } from '../openai';
import type { PermissionsAPI } from './api';
import type { Catalog } from './catalog/catalog';
import type { ProjectKeyClient } from './discovery/jobs';
import { Owners, type OwnersStorage } from './loading/owners';
import { PermissionStore } from './loading/permissionStore';
import { ProjectDirectory } from './loading/projectDirectory';
import type { OrganizationIdentity } from './organizationIdentity';
import type { Target } from './plan/apply';
import { MissingScopes } from './plan/missingScopes';
import { StagedChanges } from './plan/staged';

/**
 * An organization as the interface works with it: where its checkpoints are listed, what is known of their permissions,
 * and the client that asks and changes. Everything that is remembered belongs to one, so nothing of two is ever mixed.
 */
export class Organization {
  /** Asks and changes. */
  readonly api: PermissionsAPI;
  /** What is known. */
  readonly permissions: PermissionStore;
  /** The names of the projects; read when the first is wanted. */
  readonly projects: ProjectDirectory;
  /** Changes that wait for their preview. */
  readonly staged = new StagedChanges();
  /** Which project owns which checkpoint, where the server has told. */
  readonly owners: Owners;
  /** Where the key may not change anything, where the server has told. */
  readonly missingScopes: MissingScopes;
  /** What the organization remembers and counts. */
  readonly organizationAPI: Pick<OpenAIAdmin['admin']['organization'], 'auditLogs' | 'usage'>;
  /** What tells it from the others that were set up, for questions; empty while there is none, and for a sample. */
  label = '';
  #closing = new AbortController();

  constructor(
    /** Part of tree ids and storage names; unique among the organizations of one installation. */
    readonly id: string,
    /** What people are shown; a person can give it another. */
    public name: string,
    /** Invented, for trying out; said wherever it is shown. */
    readonly isSample: boolean,
    private readonly client: OpenAIAdmin,
    readonly catalog: Catalog,
    now: () => number = Date.now,
    /** The projects that keys of their own open. Asks no server. */
    readonly projectAccess: () => readonly ProjectKeyClient[] = () => [],
    /** Which organization it is, as far as the key tells. */
    readonly whose?: OrganizationIdentity,
    /** Where is kept what the server tells of owners. */
    owners?: OwnersStorage,
  ) {
    this.api = client.fineTuning.checkpoints.permissions;
    this.permissions = new PermissionStore(this.api, now);
    this.organizationAPI = client.admin.organization;
    this.projects = new ProjectDirectory(client.admin.organization.projects, now);
    this.owners = new Owners(now, whose, owners);
    this.missingScopes = new MissingScopes(now);
  }

  /** Where `apply` makes the changes of a plan. */
  get target(): Target {
    const { api, permissions: store, owners, missingScopes } = this;
    return { api, store, owners, missingScopes };
  }

  /** Where its requests go, without a slash at the end. */
  get baseURL(): string {
    return this.client.baseURL;
  }

  /** Aborts when it is no longer shown: a plan that is being applied stops before its next request. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Stops what is under way while another organization is shown. Late answers reach nobody and nothing is sent; what is
   * known stays, so that coming back costs no request.
   */
  pause(): void {
    this.#closing.abort();
    this.permissions.pause();
    this.projects.pause();
  }

  /** Goes on after {@link pause}, with what another window has changed in the list or learnt meanwhile. */
  resume(): void {
    if (this.#closing.signal.aborted) this.#closing = new AbortController();
    this.permissions.resume();
    this.projects.resume();
    this.catalog.reload();
    this.owners.reload();
  }

  /** As {@link pause}, for good: lets go of what is known and of the connection. */
  dispose(): void {
    this.#closing.abort();
    this.permissions.dispose();
    this.projects.dispose();
    this.owners.dispose();
    void this.client.close();
  }
}
