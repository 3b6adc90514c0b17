import type { OpenAIAdmin } from '../openai';
import type { PermissionsAPI } from './api';
import type { Catalog } from './catalog/catalog';
import { type Shutdown, shutdownOf } from './catalog/shutdown';
import type { ProjectKeyClient } from './discovery/jobs';
import { Emitter, type Unsubscribe } from './emitter';
import { AuditTrail } from './evidence/history/auditTrail';
import { AcceptedFindings, type AcceptedStorage } from './evidence/review/accepted';
import { ReviewSettings, type ReviewSettingsStorage } from './evidence/review/reviewSettings';
import { UsageCache } from './evidence/review/usageCache';
import { GateStores } from './explain/gateStores';
import { parseCheckpointId } from './ids/checkpointId';
import { type KeyCheckStorage, KeyHealth } from './key/keyHealth';
import { Owners, type OwnersStorage } from './loading/owners';
import { PermissionStore } from './loading/permissionStore';
import { ProjectDirectory } from './loading/projectDirectory';
import { type ProjectsStanding, projectsStandingOf } from './loading/projectsStanding';
import { type Standing, standingOf } from './loading/standing';
import type { OrganizationIdentity } from './organizationIdentity';
import { type Ownership, ownershipOf } from './ownership';
import type { Target } from './plan/apply';
import { MissingScopes } from './plan/missingScopes';
import { Proposals } from './plan/proposals';
import { StagedChanges } from './plan/staged';

/** The dependencies of an {@link Organization}. */
export interface OrganizationParts {
  /** Part of tree IDs and storage names. Unique among the organizations of one installation. */
  readonly id: string;
  /** The displayed name. */
  readonly name: string;
  /** A sample organization: every surface that shows it says so. */
  readonly isSample: boolean;
  readonly client: OpenAIAdmin;
  readonly catalog: Catalog;
  /** The clock, in milliseconds. Default: the steady clock for ages, the computer's for dates. */
  readonly now?: () => number;
  /** The clients of the projects whose keys are saved. The call sends no request. */
  readonly projectClients?: () => readonly ProjectKeyClient[];
  /** Identifies the organization, as far as the key allows. */
  readonly identity?: OrganizationIdentity | undefined;
  /** Stores which project owns which checkpoint. */
  readonly owners?: OwnersStorage | undefined;
  /** Stores which findings were accepted. */
  readonly accepted?: AcceptedStorage | undefined;
  /** Stores how access is reviewed. */
  readonly reviewSettings?: ReviewSettingsStorage | undefined;
  /** Stores the last check of the key. */
  readonly keyCheck?: KeyCheckStorage | undefined;
}

/**
 * An organization: its checkpoint list, what is loaded of its permissions, and the client for requests. All state
 * belongs to one organization, so the data of two is never mixed.
 */
export class Organization {
  /** Part of tree IDs and storage names. Unique among the organizations of one installation. */
  readonly id: string;
  /** The displayed name. A person can change it. */
  name: string;
  /** A sample organization: every surface that shows it says so. */
  readonly isSample: boolean;
  readonly catalog: Catalog;
  /** The clients of the projects whose keys are saved. The call sends no request. */
  readonly projectClients: () => readonly ProjectKeyClient[];
  /** Identifies the organization, as far as the key and the server allow. Only {@link learnName} changes it. */
  identity?: OrganizationIdentity;
  /** Lists and changes permissions. */
  readonly api: PermissionsAPI;
  /** The permissions loaded so far. */
  readonly permissions: PermissionStore;
  /** The projects, loaded when the first name is needed. */
  readonly projects: ProjectDirectory;
  /** Changes that are staged, not yet previewed. */
  readonly staged = new StagedChanges();
  /** The plan that its page shows. */
  readonly proposals = new Proposals();
  /** The projects that own checkpoints, as the API reported them. */
  readonly owners: Owners;
  /** The checkpoints that the key may not change, as the API reported them. */
  readonly missingScopes: MissingScopes;
  /** What is known of the admin API key. */
  readonly keyHealth: KeyHealth;
  /** What is loaded of the audit log. */
  readonly trail: AuditTrail;
  /** What is loaded of the usage data. */
  readonly usage: UsageCache;
  /** The findings that a person accepted. */
  readonly accepted: AcceptedFindings;
  /** How a person wants the access to be reviewed. */
  readonly reviewSettings: ReviewSettings;
  /** The audit log, the projects, and the usage data of the organization. */
  readonly organizationAPI: Pick<OpenAIAdmin['admin']['organization'], 'auditLogs' | 'projects' | 'usage'>;
  #gates: GateStores | undefined;
  readonly #identified = new Emitter<void>();
  readonly #steady: (() => number) | undefined;
  /** Distinguishes the organization from others in questions. Empty if only one is set up, and for a sample. */
  label = '';
  readonly #client: OpenAIAdmin;
  /** Milliseconds since 1970 by the computer's clock, for dates. Ages of what was loaded are by the steady clock. */
  readonly now: () => number;
  #closing = new AbortController();

  constructor({ id, name, isSample, client, catalog, now, ...more }: OrganizationParts) {
    this.id = id;
    this.name = name;
    this.isSample = isSample;
    this.catalog = catalog;
    this.projectClients = more.projectClients ?? (() => []);
    if (more.identity) this.identity = more.identity;
    this.#client = client;
    this.now = now ?? Date.now;
    this.#steady = now;
    this.api = client.fineTuning.checkpoints.permissions;
    this.permissions = new PermissionStore(this.api, now);
    this.organizationAPI = client.admin.organization;
    this.projects = new ProjectDirectory(client.admin.organization.projects, now);
    const { auditLogs, usage } = this.organizationAPI;
    // A new signal after each pause.
    this.trail = new AuditTrail(auditLogs, () => this.closed, now);
    this.usage = new UsageCache(usage, this.now, now);
    this.owners = new Owners(this.now, more.identity, more.owners);
    this.missingScopes = new MissingScopes(now);
    this.keyHealth = new KeyHealth(client, this.now, more.keyCheck);
    this.accepted = new AcceptedFindings(this.now, more.identity, more.accepted);
    this.reviewSettings = new ReviewSettings(more.reviewSettings);
  }

  /** Adds what the server calls the organization, where that was not known with the key. */
  learnName(organization: string): void {
    if (!this.identity || this.identity.organization !== undefined) return;
    this.identity = { ...this.identity, organization };
    this.#identified.emit();
  }

  /** Notifies when the server has said what it calls the organization. */
  onDidLearnName(listener: () => void): Unsubscribe {
    return this.#identified.on(listener);
  }

  /** The dependencies of `apply` for this organization. */
  get target(): Target {
    const { api, permissions: store, owners, missingScopes } = this;
    return { api, store, owners, missingScopes };
  }

  /** What is loaded, beside permissions, of what decides about access. Made when it is first asked for. */
  get gates(): GateStores {
    this.#gates ??= new GateStores({
      api: this.organizationAPI,
      projects: this.projects,
      permissions: this.permissions,
      closed: () => this.closed,
      now: this.now,
      steady: this.#steady,
    });
    return this.#gates;
  }

  /** How far the list of a checkpoint's permissions can be trusted. `now` in milliseconds since 1970. */
  standingOf(checkpoint: string, now = this.now()): Standing {
    return standingOf(this.permissions.snapshot(checkpoint), now);
  }

  /** How far the list of projects can be trusted now. */
  get projectsStanding(): ProjectsStanding {
    return projectsStandingOf(this.projects.snapshot);
  }

  /** The project that owns a checkpoint. Undefined while unknown: then no project can be said to have no access. */
  ownershipOf(checkpoint: string): Ownership | undefined {
    return ownershipOf(this, checkpoint);
  }

  /** The ID of the project that owns a checkpoint; undefined while it is unknown. */
  ownerOf(checkpoint: string): string | undefined {
    return ownershipOf(this, checkpoint)?.project;
  }

  /**
   * The shutdown date of the model of a checkpoint. Undefined while none is known, which is no proof that there is
   * none.
   */
  endOf(checkpoint: string): Shutdown | undefined {
    return endOf(this, checkpoint);
  }

  /** The base URL of all requests, without a slash at the end. */
  get baseURL(): string {
    return this.#client.baseURL;
  }

  /**
   * Aborted when the organization is no longer shown. A plan that is being applied then stops before its next
   * request.
   */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Aborts all requests while another organization is shown. Late responses are discarded and nothing is sent. Loaded
   * data stays, so that switching back costs no request.
   */
  pause(): void {
    this.#closing.abort();
    this.permissions.pause();
    this.projects.pause();
  }

  /**
   * Resumes after {@link pause}. Reloads the checkpoint list, the owners, the accepted findings, and the check of the
   * key, which another window may have changed.
   */
  resume(): void {
    if (this.#closing.signal.aborted) this.#closing = new AbortController();
    this.permissions.resume();
    this.projects.resume();
    this.catalog.reload();
    this.owners.reload();
    this.accepted.reload();
    this.keyHealth.reload();
  }

  /** Aborts all requests for good, and releases the loaded data and the connection. */
  dispose(): void {
    this.#closing.abort();
    this.proposals.closePage();
    this.permissions.dispose();
    this.projects.dispose();
    this.owners.dispose();
    this.#gates?.dispose();
    this.accepted.dispose();
    void this.#client.close();
  }
}

/** The only function that decides when the model of a checkpoint shuts down. */
export function endOf(
  { catalog }: { catalog: Pick<Catalog, 'entry'> },
  checkpoint: string,
): Shutdown | undefined {
  const parsed = parseCheckpointId(checkpoint);
  return parsed && shutdownOf(parsed.baseModel, catalog.entry(checkpoint)?.shutdownDate);
}
