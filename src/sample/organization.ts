import type { SampleAnswer, SampleRequest } from './answers/exchange';
import { answer } from './answers/router';
import { shutdownDateOf } from './data/shutdownDates';
import type { Records } from './endpoints/endpoint';
import { AuditRecord } from './state/auditRecord';
import { type Checkpoint, OrganizationState } from './state/organizationState';
import { PermissionIndex } from './state/permissionIndex';
import { UsageRecord } from './state/usageRecord';

/** Project keys that a sample organization comes with. In a large organization, a user has only some. */
const maxProjectKeys = 10;

export interface SampleOrganizationOptions {
  readonly name: string;
  /** The organization's part of a model ID. */
  readonly slug: string;
  readonly baseURL: string;
  readonly adminAPIKey: string;
  readonly projectAPIKey: string;
  /** Milliseconds since 1970, like `Date.now`. */
  readonly now: () => number;
  /** Seed of the generated IDs. The same seed gives the same IDs. */
  readonly seed: number;
  /** Adds the initial data. */
  readonly fill: (organization: SampleOrganization) => void;
}

export interface NewCheckpoint {
  /** A project ID. Default: a new project. */
  readonly owner?: string;
  /** Projects that may use it, or their number; missing projects are created. Default: none. */
  readonly permissions?: readonly string[] | number;
  /** Unix seconds. Default: 18 months ago. The permissions are spread from then until now. */
  readonly createdAt?: number;
  readonly missingScopes?: readonly string[];
  /** False for a checkpoint that only the search finds. */
  readonly isListed?: boolean;
  /** False for a checkpoint without usage. */
  readonly isUsed?: boolean;
}

/** An API key of a project. */
export interface SampleProjectKey {
  readonly key: string;
  /** The project's ID; undefined in an organization without projects. */
  readonly project: string | undefined;
}

/** An OpenAI organization in memory. Responds as the API does, and keeps the changes. */
export class SampleOrganization {
  readonly name: string;
  readonly baseURL: string;
  readonly adminAPIKey: string;
  /** The key of the first project. */
  readonly projectAPIKey: string;
  readonly #options: SampleOrganizationOptions;
  #state: OrganizationState;
  #records: Records;
  #projectAPIKeys: readonly SampleProjectKey[] = [];

  constructor(options: SampleOrganizationOptions) {
    this.#options = options;
    this.name = options.name;
    this.baseURL = options.baseURL;
    this.adminAPIKey = options.adminAPIKey;
    this.projectAPIKey = options.projectAPIKey;
    this.#state = this.#newState();
    this.#records = recordsOf(this.#state);
    options.fill(this);
    this.#addKeys();
  }

  /** The data, which tests read and change without the API. */
  get state(): OrganizationState {
    return this.#state;
  }

  /** IDs of all checkpoints, in the order they were added. */
  get checkpoints(): readonly string[] {
    return [...this.#state.checkpoints.keys()];
  }

  /** IDs of the checkpoints that are in the initial checkpoint list. The search finds the others. */
  get listed(): readonly string[] {
    return [...this.#state.checkpoints.values()].filter(({ isListed }) => isListed).map(({ id }) => id);
  }

  /** Keys of the first projects that own fine-tuned models. {@link projectAPIKey} comes first. */
  get projectAPIKeys(): readonly SampleProjectKey[] {
    return this.#projectAPIKeys;
  }

  /** Responds to one request as the API does (docs/api.md). */
  answer(request: SampleRequest): SampleAnswer {
    return answer(this.#state, this.#records, request);
  }

  /** Restores the initial data. */
  reset(): void {
    this.#state = this.#newState();
    this.#records = recordsOf(this.#state);
    this.#options.fill(this);
    this.#addKeys();
  }

  addCheckpoint(id: string, options: NewCheckpoint = {}): Checkpoint {
    const state = this.#state;
    const now = state.seconds();
    const created = options.createdAt ?? now - 547 * 24 * 60 * 60;
    const checkpoint: Checkpoint = {
      id,
      owner: options.owner ?? state.addProject(`Owner of ${id}`, created).id,
      created,
      shutdownDate: shutdownDateOf(id.split(':')[1] ?? ''),
      missingScopes: options.missingScopes ?? [],
      isListed: options.isListed ?? true,
      isUsed: options.isUsed ?? true,
      permissions: new PermissionIndex(),
    };
    state.checkpoints.set(id, checkpoint);
    const projects =
      typeof options.permissions === 'number'
        ? this.#projectsToShareWith(options.permissions, checkpoint.owner)
        : (options.permissions ?? []);
    // Up to four in a row share a second, as the projects of one request do. Their order must still be stable.
    for (const [index, project] of projects.entries()) {
      const batch = index - (index % 4);
      const part = (batch + 1) / (projects.length + 1);
      state.addPermission(checkpoint, project, created + Math.floor((now - created) * part));
    }
    return checkpoint;
  }

  #projectsToShareWith(count: number, owner: string): string[] {
    const state = this.#state;
    const others = [...state.projects.keys()].filter((id) => id !== owner);
    while (others.length < count) others.push(state.addProject(`Project ${state.projects.size + 1}`).id);
    return others.slice(0, count);
  }

  #newState(): OrganizationState {
    return new OrganizationState(this.#options.slug, this.#options.seed, this.#options.now);
  }

  #addKeys(): void {
    const { adminAPIKeys, checkpoints, keys, projects } = this.#state;
    const [first] = projects.keys();
    const [admin] = adminAPIKeys;
    keys.set(this.adminAPIKey, { kind: 'admin', missingScopes: [], ...(admin && { id: admin.id }) });
    const owners = [...checkpoints.values()].map(({ owner }) => owner);
    this.#projectAPIKeys = [...new Set([first, ...owners])]
      .slice(0, maxProjectKeys)
      .map((project, index) => ({
        key: index === 0 ? this.projectAPIKey : `${this.projectAPIKey}-${index + 1}`,
        project,
      }));
    for (const { key, project } of this.#projectAPIKeys)
      keys.set(key, { kind: 'project', missingScopes: [], ...(project && { project }) });
  }
}

function recordsOf(state: OrganizationState): Records {
  return { audit: new AuditRecord(state), usage: new UsageRecord(state) };
}
