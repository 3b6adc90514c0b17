import type { SampleAnswer, SampleRequest } from './answers/exchange';
import { answer } from './answers/router';
import { shutdownDateOf } from './data/shutdownDates';
import type { Records } from './endpoints/endpoint';
import { AuditRecord } from './state/auditRecord';
import { type Checkpoint, OrganizationState } from './state/organizationState';
import { PermissionIndex } from './state/permissionIndex';
import { UsageRecord } from './state/usageRecord';

/** Enough to have several; of a large organization nobody has them all. */
const maxProjectKeys = 10;

export interface SampleOrganizationOptions {
  readonly name: string;
  /** The part of a model id that names the organization. */
  readonly slug: string;
  readonly baseURL: string;
  readonly adminAPIKey: string;
  readonly projectAPIKey: string;
  /** Milliseconds since 1970, like `Date.now`. */
  readonly now: () => number;
  /** Makes the invented ids; the same seed gives the same ids. */
  readonly seed: number;
  /** Puts in what the organization has from the beginning. */
  readonly fill: (organization: SampleOrganization) => void;
}

export interface NewCheckpoint {
  /** A project id; a project of its own when left out. */
  readonly owner?: string;
  /** The projects that may use it, or how many: missing projects are made. None when left out. */
  readonly permissions?: readonly string[] | number;
  /** Unix seconds; 18 months ago when left out. The permissions are spread from then until now. */
  readonly createdAt?: number;
  readonly missingScopes?: readonly string[];
  /** False for one that a person has to find first. */
  readonly isListed?: boolean;
  /** False for one that appears in no usage. */
  readonly isUsed?: boolean;
}

/** A project's own key, and whose it is. */
export interface ProjectAPIKey {
  readonly key: string;
  /** The project's id; undefined in an organization without projects. */
  readonly project: string | undefined;
}

/** An OpenAI organization in memory. It answers requests as the API does and remembers what they changed. */
export class SampleOrganization {
  readonly name: string;
  readonly baseURL: string;
  readonly adminAPIKey: string;
  /** The key of the first project. */
  readonly projectAPIKey: string;
  readonly #options: SampleOrganizationOptions;
  #state: OrganizationState;
  #records: Records;
  #projectAPIKeys: readonly ProjectAPIKey[] = [];

  constructor(options: SampleOrganizationOptions) {
    this.#options = options;
    this.name = options.name;
    this.baseURL = options.baseURL;
    this.adminAPIKey = options.adminAPIKey;
    this.projectAPIKey = options.projectAPIKey;
    this.#state = this.#begin();
    this.#records = recordsOf(this.#state);
    options.fill(this);
    this.#giveKeys();
  }

  /** What the organization consists of, to look at and to change behind the API's back. */
  get state(): OrganizationState {
    return this.#state;
  }

  /** The ids of all checkpoints, in the order they were added. */
  get checkpoints(): readonly string[] {
    return [...this.#state.checkpoints.keys()];
  }

  /** Those that are in a person's list from the beginning; the others are there to be found. */
  get listed(): readonly string[] {
    return [...this.#state.checkpoints.values()].filter(({ isListed }) => isListed).map(({ id }) => id);
  }

  /** One for each of the first projects that own fine-tuned models, {@link projectAPIKey} first. */
  get projectAPIKeys(): readonly ProjectAPIKey[] {
    return this.#projectAPIKeys;
  }

  /** Answers one request as the API does (docs/api.md). */
  answer(request: SampleRequest): SampleAnswer {
    return answer(this.#state, this.#records, request);
  }

  /** Forgets everything that happened since the organization was made. */
  reset(): void {
    this.#state = this.#begin();
    this.#records = recordsOf(this.#state);
    this.#options.fill(this);
    this.#giveKeys();
  }

  addCheckpoint(id: string, made: NewCheckpoint = {}): Checkpoint {
    const state = this.#state;
    const now = state.seconds();
    const created = made.createdAt ?? now - 547 * 24 * 60 * 60;
    const checkpoint: Checkpoint = {
      id,
      owner: made.owner ?? state.addProject(`Owner of ${id}`, created).id,
      created,
      shutdownDate: shutdownDateOf(id.split(':')[1] ?? ''),
      missingScopes: made.missingScopes ?? [],
      isListed: made.isListed ?? true,
      isUsed: made.isUsed ?? true,
      permissions: new PermissionIndex(),
    };
    state.checkpoints.set(id, checkpoint);
    const projects =
      typeof made.permissions === 'number'
        ? this.#projectsToShareWith(made.permissions, checkpoint.owner)
        : (made.permissions ?? []);
    // Up to four in a row share a second, as the projects of one request do: their order must still be stable.
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

  #begin(): OrganizationState {
    return new OrganizationState(this.#options.slug, this.#options.seed, this.#options.now);
  }

  #giveKeys(): void {
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
