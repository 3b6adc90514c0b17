import { type EventActor, keyActor, type OrganizationUser, type SampleKey } from './actors';
import { Identifiers } from './identifiers';
import type { PermissionIndex, PermissionObject } from './permissionIndex';

/** A project in its wire format (docs/api.md#projects). Times are Unix seconds. */
export interface ProjectObject {
  readonly id: string;
  readonly object: 'organization.project';
  readonly name: string;
  readonly status: 'active' | 'archived';
  readonly created_at: number;
  readonly archived_at: number | null;
}

/** A checkpoint that can be shared: a final fine-tuned model or one training step of it. */
export interface Checkpoint {
  readonly id: string;
  /** Project whose fine-tuning job created it. The API names it only when it refuses a grant to it. */
  readonly owner: string;
  readonly created: number;
  /** `YYYY-MM-DD`, or null when no shutdown was announced. */
  readonly shutdownDate: string | null;
  /** Scopes that this checkpoint refuses to every key. */
  readonly missingScopes: readonly string[];
  /** Whether the initial checkpoint list has it. */
  readonly isListed: boolean;
  /** Whether projects use it. Its usage is derived from its permissions. */
  readonly isUsed: boolean;
  readonly permissions: PermissionIndex;
}

/** A revoked permission. */
export interface RevokedPermission {
  readonly permission: PermissionObject;
  readonly checkpoint: string;
  /** Unix seconds. */
  readonly at: number;
  /** Null when the audit log names no actor. Default: an invented one. */
  readonly actor?: EventActor | null | undefined;
}

/** A job without a model. */
export interface UnsuccessfulJob {
  readonly owner: string;
  readonly model: string;
  readonly created: number;
  readonly status: 'failed' | 'running';
  readonly error?: { readonly code: string; readonly message: string; readonly param: string | null };
}

/** An admin key in its wire format (docs/api.md#admin-api-keys). */
export interface AdminAPIKeyObject {
  readonly id: string;
  readonly object: 'organization.admin_api_key';
  readonly name: string;
  redacted_value: string;
  readonly created_at: number;
  expires_at: number | null;
  readonly last_used_at: number | null;
  readonly owner: Readonly<Record<string, string | number>>;
}

/** An API key of a project in its wire format (docs/api.md#keys-of-a-project). Times are Unix seconds. */
export interface ProjectAPIKeyObject {
  readonly id: string;
  readonly object: 'organization.project.api_key';
  readonly name: string;
  readonly redacted_value: string;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly expires_at: number | null;
  readonly owner_project_access: 'active' | 'inactive';
  readonly owner: {
    readonly type: 'user' | 'service_account';
    readonly user?: object;
    readonly service_account?: object;
  };
}

/** The model policy of a project in its wire format (docs/api.md#model-permissions-of-a-project). */
export interface ModelPolicyObject {
  readonly object: 'project.model_permissions';
  readonly mode: 'allow_list' | 'deny_list';
  readonly model_ids: readonly string[];
}

/** A use of a model that is not derived from permissions. `at` in Unix seconds. */
export interface ExtraUse {
  readonly model: string;
  readonly project: string;
  readonly at: number;
}

/** Requests about one project, by the name of their endpoint, that are answered with an error. */
export type Troubles = Readonly<Partial<Record<string, 'missingScope' | 'serverError'>>>;

/** The data of an organization, and its changes. Independent of requests. */
export class OrganizationState {
  readonly keys = new Map<string, SampleKey>();
  /** In order of creation. */
  readonly projects = new Map<string, ProjectObject>();
  readonly checkpoints = new Map<string, Checkpoint>();
  readonly adminAPIKeys: AdminAPIKeyObject[] = [];
  readonly people: OrganizationUser[] = [];
  readonly revoked: RevokedPermission[] = [];
  readonly unsuccessfulJobs: UnsuccessfulJob[] = [];
  /** By project. Most projects have none. */
  readonly modelPolicies = new Map<string, ModelPolicyObject>();
  /** The API keys of projects whose keys are not derived from their ID. */
  readonly projectAPIKeys = new Map<string, readonly ProjectAPIKeyObject[]>();
  readonly extraUses: ExtraUse[] = [];
  /** By project. */
  readonly troubles = new Map<string, Troubles>();
  /** Actors that granted permissions, where recorded, by the permission's ID. */
  readonly granters = new Map<string, EventActor>();
  readonly identifiers: Identifiers;
  #requests = 0;

  /** @param now Milliseconds since 1970, like `Date.now`. */
  constructor(
    readonly slug: string,
    seed: number,
    readonly now: () => number,
  ) {
    this.identifiers = new Identifiers(seed);
  }

  /** The current time in Unix seconds, as in responses. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** Changes with every addition and removal. Invalidates cached records. */
  get version(): string {
    let permissions = 0;
    for (const checkpoint of this.checkpoints.values()) permissions += checkpoint.permissions.version;
    const { adminAPIKeys, checkpoints, projects } = this;
    return [permissions, checkpoints.size, projects.size, adminAPIKeys.length].join();
  }

  /** The actor of a key in the audit log. */
  actorOf(key: SampleKey): EventActor {
    const [user = { id: 'user-owner', email: `owner@${this.slug}.example` }] = this.people;
    return keyActor(key, user);
  }

  nextRequestID(): string {
    this.#requests += 1;
    return `req_${this.#requests.toString(16).padStart(32, '0')}`;
  }

  addProject(name: string, createdAt = this.seconds(), archivedAt: number | null = null): ProjectObject {
    const project: ProjectObject = {
      id: this.identifiers.id('proj_'),
      object: 'organization.project',
      name,
      status: archivedAt === null ? 'active' : 'archived',
      created_at: createdAt,
      archived_at: archivedAt,
    };
    this.projects.set(project.id, project);
    return project;
  }

  /**
   * Adds a permission, even for a project that has one. The caller decides whether that is right.
   *
   * @param actor For the audit log. Default: an invented one.
   */
  addPermission(
    checkpoint: Checkpoint,
    projectID: string,
    createdAt = this.seconds(),
    actor?: EventActor,
  ): PermissionObject {
    const permission: PermissionObject = {
      id: this.identifiers.id('cp_'),
      object: 'checkpoint.permission',
      created_at: createdAt,
      project_id: projectID,
    };
    if (actor) this.granters.set(permission.id, actor);
    checkpoint.permissions.add(permission);
    return permission;
  }

  /** Revokes a permission and records it. False when the checkpoint has no such permission. */
  removePermission(
    checkpoint: Checkpoint,
    id: string,
    actor?: EventActor | null,
    at = this.seconds(),
  ): boolean {
    const permission = checkpoint.permissions.get(id);
    if (!permission) return false;
    checkpoint.permissions.remove(id);
    this.revoked.push({ permission, checkpoint: checkpoint.id, at, actor });
    return true;
  }
}
