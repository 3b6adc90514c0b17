import type { Key } from './actors';
import { type Actor, keyActor, type Person } from './actors';
import { Identifiers } from './identifiers';
import type { PermissionList, PermissionObject } from './permissionList';

/** A project as the API sends it (docs/api.md#projects). Times are in unix seconds. */
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
  /** The project whose fine-tuning job made it. The API never names it, except when refusing a grant to it. */
  readonly owner: string;
  readonly created: number;
  /** `YYYY-MM-DD`, or null when no end was announced. */
  readonly shutdownDate: string | null;
  /** What no key may do with this checkpoint, whatever its own scopes. */
  readonly missingScopes: readonly string[];
  /** Whether it is among those that a person who opens the sample has in their list from the beginning. */
  readonly isListed: boolean;
  /** Whether any project uses it; if so, which and when follows from who may. */
  readonly isUsed: boolean;
  readonly permissions: PermissionList;
}

/** A permission that is no more. */
export interface Revoked {
  readonly permission: PermissionObject;
  readonly checkpoint: string;
  /** Unix seconds. */
  readonly at: number;
  /** Null when the API does not tell; somebody of the organization when left out. */
  readonly actor?: Actor | null | undefined;
}

/** A job that left no model. */
export interface UnsuccessfulJob {
  readonly owner: string;
  readonly model: string;
  readonly created: number;
  readonly status: 'failed' | 'running';
  readonly error?: { readonly code: string; readonly message: string; readonly param: string | null };
}

/** An admin key as the API lists it (docs/api.md#admin-api-keys). */
export interface AdminAPIKeyObject {
  readonly id: string;
  readonly object: 'organization.admin_api_key';
  readonly name: string;
  readonly redacted_value: string;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly last_used_at: number | null;
  readonly owner: Readonly<Record<string, string | number>>;
}

/** Everything an organization is made of, and the few ways to change it. Knows nothing of requests. */
export class OrganizationState {
  readonly keys = new Map<string, Key>();
  /** In the order they were made. */
  readonly projects = new Map<string, ProjectObject>();
  readonly checkpoints = new Map<string, Checkpoint>();
  readonly adminAPIKeys: AdminAPIKeyObject[] = [];
  readonly people: Person[] = [];
  readonly revoked: Revoked[] = [];
  readonly unsuccessfulJobs: UnsuccessfulJob[] = [];
  /** Who gave a permission, by its id, where that is known. */
  readonly granters = new Map<string, Actor>();
  readonly identifiers: Identifiers;
  #requests = 0;

  /** @param now milliseconds since 1970, like `Date.now` */
  constructor(
    readonly slug: string,
    seed: number,
    readonly now: () => number,
  ) {
    this.identifiers = new Identifiers(seed);
  }

  /** The organization's time in unix seconds, as its answers give it. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** Another text whenever something was added or taken away, for whoever keeps what follows from it. */
  get changes(): string {
    let permissions = 0;
    for (const checkpoint of this.checkpoints.values()) permissions += checkpoint.permissions.changes;
    const { adminAPIKeys, checkpoints, projects } = this;
    return [permissions, checkpoints.size, projects.size, adminAPIKeys.length].join();
  }

  /** Who a key stands for in the audit log. */
  actorOf(key: Key): Actor {
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
   * Gives one more permission, also to a project that has one already: whether that is right is for the caller.
   *
   * @param actor who did it, for the audit log; somebody when left out.
   */
  addPermission(
    checkpoint: Checkpoint,
    projectID: string,
    createdAt = this.seconds(),
    actor?: Actor,
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

  /** Takes a permission away and remembers that. False when the checkpoint has no such permission. */
  removePermission(checkpoint: Checkpoint, id: string, actor?: Actor | null, at = this.seconds()): boolean {
    const permission = checkpoint.permissions.get(id);
    if (!permission) return false;
    checkpoint.permissions.remove(id);
    this.revoked.push({ permission, checkpoint: checkpoint.id, at, actor });
    return true;
  }
}
