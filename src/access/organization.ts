import type { OpenAIAdmin } from '../openai';
import type { PermissionsAPI } from './api';
import type { Catalog } from './catalog/catalog';
import { type Retirement, retirementOf } from './catalog/retirement';
import type { ProjectKeyClient } from './discovery/jobs';
import { parseCheckpointId } from './ids/checkpointId';
import { Owners, type OwnersStorage } from './loading/owners';
import { PermissionStore } from './loading/permissionStore';
import { ProjectDirectory } from './loading/projectDirectory';
import { type ProjectsStanding, projectsStandingOf } from './loading/projectsStanding';
import { type Standing, standingOf } from './loading/standing';
import type { OrganizationIdentity } from './organizationIdentity';
import type { Target } from './plan/apply';
import { MissingScopes } from './plan/missingScopes';
import { StagedChanges } from './plan/staged';

/** What an organization is made of. */
export interface OrganizationParts {
  /** Part of tree IDs and storage names; unique among the organizations of one installation. */
  readonly id: string;
  /** What people are shown. */
  readonly name: string;
  /** Invented, for trying out; said wherever it is shown. */
  readonly isSample: boolean;
  readonly client: OpenAIAdmin;
  readonly catalog: Catalog;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** The clients of projects whose keys were added. Sends no request. */
  readonly projectClients?: () => readonly ProjectKeyClient[];
  /** Which organization it is, as far as the key tells. */
  readonly identity?: OrganizationIdentity | undefined;
  /** Keeps which project owns which checkpoint. */
  readonly owners?: OwnersStorage | undefined;
}

/** The project that owns a checkpoint, and how that is known. `toldAt` in milliseconds since 1970. */
export type Ownership =
  | { readonly project: string; readonly source: 'refusal'; readonly reportedAt: number }
  /** By a fine-tuning job that was read with a key of the project. */
  | { readonly project: string; readonly source: 'job' };

/**
 * An organization as the interface works with it: where its checkpoints are listed, what is known of their permissions,
 * and the client that asks and changes. Everything that is remembered belongs to one, so nothing of two is ever mixed.
 */
export class Organization {
  /** Part of tree IDs and storage names; unique among the organizations of one installation. */
  readonly id: string;
  /** What people are shown; a person can give it another. */
  name: string;
  /** Invented, for trying out; said wherever it is shown. */
  readonly isSample: boolean;
  readonly catalog: Catalog;
  /** The clients of projects whose keys were added. Sends no request. */
  readonly projectClients: () => readonly ProjectKeyClient[];
  /** Which organization it is, as far as the key tells. */
  readonly identity?: OrganizationIdentity;
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
  readonly #client: OpenAIAdmin;
  readonly #now: () => number;
  #closing = new AbortController();

  constructor({ id, name, isSample, client, catalog, now = Date.now, ...more }: OrganizationParts) {
    this.id = id;
    this.name = name;
    this.isSample = isSample;
    this.catalog = catalog;
    this.projectClients = more.projectClients ?? (() => []);
    if (more.identity) this.identity = more.identity;
    this.#client = client;
    this.#now = now;
    this.api = client.fineTuning.checkpoints.permissions;
    this.permissions = new PermissionStore(this.api, now);
    this.organizationAPI = client.admin.organization;
    this.projects = new ProjectDirectory(client.admin.organization.projects, now);
    this.owners = new Owners(now, more.identity, more.owners);
    this.missingScopes = new MissingScopes(now);
  }

  /** Where `apply` makes the changes of a plan. */
  get target(): Target {
    const { api, permissions: store, owners, missingScopes } = this;
    return { api, store, owners, missingScopes };
  }

  /** How far the list of a checkpoint's permissions can be trusted now. */
  standingOf(checkpoint: string): Standing {
    return standingOf(this.permissions.snapshot(checkpoint), this.#now());
  }

  /** How far the list of projects can be trusted now. */
  get projectsStanding(): ProjectsStanding {
    return projectsStandingOf(this.projects.snapshot);
  }

  /** The project that owns a checkpoint. Undefined while it is unknown: then no project is known to have no access. */
  ownershipOf(checkpoint: string): Ownership | undefined {
    return ownershipOf(this, checkpoint);
  }

  /** The ID of the project that owns a checkpoint; undefined while it is unknown. */
  ownerOf(checkpoint: string): string | undefined {
    return ownershipOf(this, checkpoint)?.project;
  }

  /** When the model of a checkpoint shuts down. Undefined when no date is known, which does not mean that there is none. */
  endOf(checkpoint: string): Retirement | undefined {
    return endOf(this, checkpoint);
  }

  /** Where its requests go, without a slash at the end. */
  get baseURL(): string {
    return this.#client.baseURL;
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
    void this.#client.close();
  }
}

/**
 * What was told of the owner of this very checkpoint, else what a job told of its model. The only place that decides who
 * owns a model.
 */
export function ownershipOf(
  { owners, catalog }: { owners: Pick<Owners, 'get'>; catalog: Pick<Catalog, 'entry'> },
  checkpoint: string,
): Ownership | undefined {
  const owner = owners.get(checkpoint);
  if (owner) return { project: owner.project, source: 'refusal', reportedAt: owner.at };
  const project = catalog.entry(checkpoint)?.owner;
  return project === undefined ? undefined : { project, source: 'job' };
}

/** The only place that decides when the model of a checkpoint shuts down. */
export function endOf(
  { catalog }: { catalog: Pick<Catalog, 'entry'> },
  checkpoint: string,
): Retirement | undefined {
  const parsed = parseCheckpointId(checkpoint);
  return parsed && retirementOf(parsed.baseModel, catalog.entry(checkpoint)?.shutdownDate);
}
