import { Identifiers } from './identifiers';
import type { Key } from './keys';
import type { PermissionList, PermissionObject } from './permissionList';

/** A project as the API sends it (API reference §2). Times are in unix seconds. */
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
  readonly permissions: PermissionList;
}

/** An admin key as the API lists it (API reference §2). */
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

  /** Gives one more permission, also to a project that has one already: whether that is right is for the caller. */
  addPermission(checkpoint: Checkpoint, projectID: string, createdAt = this.seconds()): PermissionObject {
    const permission: PermissionObject = {
      id: this.identifiers.id('cp_'),
      object: 'checkpoint.permission',
      created_at: createdAt,
      project_id: projectID,
    };
    checkpoint.permissions.add(permission);
    return permission;
  }
}
