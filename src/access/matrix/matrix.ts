import { APIUserAbortError } from '../../openai';
import type { Shutdown } from '../catalog/shutdown';
import { parseCheckpointId, shortName } from '../ids/checkpointId';
import type { Listing } from '../loading/listing';
import { type Standing, standingOf } from '../loading/standing';
import { endOf, type Organization } from '../organization';
import { ownershipOf } from '../ownership';
import { type Cell, type CellPermission, cellOf, type RowKnowledge } from './cell';

/** The parts of an organization that the matrix shows. */
export type MatrixSource = Pick<Organization, 'catalog' | 'permissions' | 'projects' | 'staged'> & {
  readonly owners: Pick<Organization['owners'], 'get'>;
};

/** A checkpoint of the matrix. Texts are as the server or a person wrote them. */
export interface MatrixCheckpoint {
  readonly id: string;
  readonly name: string;
  readonly baseModel: string;
  /** When it was created, in unix seconds. */
  readonly createdAt?: number;
  /** The shutdown date of its model, where known. */
  readonly shutdown?: Shutdown;
}

/** A project of the matrix. */
export interface MatrixProject {
  readonly id: string;
  /** The name that the API returned. Absent while unknown. */
  readonly name?: string;
  readonly archived: boolean;
}

/** The loaded data of a row, with the error of a failure. */
export interface MatrixRow extends RowKnowledge<string> {
  readonly standing: Standing;
}

/**
 * The access of an organization as a table: checkpoints down, projects across. It reads the loaded permissions and
 * projects, sends no request, and stores only which projects it has seen.
 */
export class Matrix {
  /** Projects with access, now or earlier, that are not in the list of projects. In order of appearance. */
  readonly #seen = new Set<string>();
  /** The lists whose projects are among the seen ones: of permissions, and of staged changes. */
  readonly #looked = new WeakSet<object>();
  /** The seen projects that a list of projects lacks, and how many there were to look at. */
  #unlisted: { readonly in: unknown; readonly seen: number; readonly ids: readonly string[] } | undefined;
  readonly #accessOf = new WeakMap<Listing, ReadonlyMap<string, readonly CellPermission[]>>();

  constructor(
    private readonly source: MatrixSource,
    private readonly now: () => number = Date.now,
  ) {}

  get checkpoints(): MatrixCheckpoint[] {
    const { catalog } = this.source;
    return catalog.ids.map((id) => {
      const parsed = parseCheckpointId(id);
      const baseModel = parsed?.baseModel ?? '';
      const shutdown = endOf(this.source, id);
      const { createdAt } = catalog.entry(id) ?? {};
      return {
        id,
        name: parsed ? shortName(parsed) : id,
        baseModel,
        ...(createdAt && { createdAt }),
        ...(shutdown && { shutdown }),
      };
    });
  }

  /** All projects of the organization, including archived ones, then those that only permissions name. */
  get projects(): MatrixProject[] {
    const listed = this.source.projects.snapshot.projects.keys();
    return [...listed, ...this.#notListed()].map((id) => this.project(id));
  }

  /** The number of {@link projects}, without going through them. */
  get projectCount(): number {
    return this.source.projects.snapshot.projects.size + this.#notListed().length;
  }

  #notListed(): readonly string[] {
    for (const id of this.source.catalog.ids) {
      const { listing } = this.source.permissions.snapshot(id);
      if (!listing || this.#looked.has(listing)) continue;
      this.#looked.add(listing);
      for (const { project_id } of listing.permissions) this.#seen.add(project_id);
    }
    const { changes } = this.source.staged;
    if (!this.#looked.has(changes)) {
      this.#looked.add(changes);
      for (const { project } of changes) this.#seen.add(project);
    }
    const { projects } = this.source.projects.snapshot;
    const seen = this.#seen.size;
    if (this.#unlisted?.in !== projects || this.#unlisted.seen !== seen) {
      const ids = [...this.#seen].filter((id) => !projects.has(id));
      this.#unlisted = { in: projects, seen, ids };
    }
    return this.#unlisted.ids;
  }

  project(id: string): MatrixProject {
    const { projects } = this.source;
    const name = projects.nameOf(id);
    return { id, ...(name !== undefined && { name }), archived: projects.isArchived(id) };
  }

  row(checkpoint: string): MatrixRow {
    const snapshot = this.source.permissions.snapshot(checkpoint);
    const standing = standingOf(snapshot, this.now());
    const owner = ownershipOf(this.source, checkpoint)?.project;
    return {
      access: snapshot.listing ? this.#access(snapshot.listing) : new Map(),
      standing,
      ...(owner !== undefined && { owner }),
      ...(standing.failure && { failure: endOfLoading(standing.failure.error) }),
    };
  }

  cell(checkpoint: string, project: string): Cell {
    return cellOf(this.row(checkpoint), project);
  }

  #access(listing: Listing): ReadonlyMap<string, readonly CellPermission[]> {
    const known = this.#accessOf.get(listing);
    if (known) return known;
    const access = new Map<string, CellPermission[]>();
    for (const { id, project_id, created_at } of listing.permissions) {
      const permission = { id, createdAt: created_at };
      const permissions = access.get(project_id);
      if (permissions) permissions.push(permission);
      else access.set(project_id, [permission]);
    }
    this.#accessOf.set(listing, access);
    return access;
  }
}

/** A cancel is no failure: the list is just not loaded. */
function endOfLoading(error: unknown): 'failed' | 'stopped' {
  return error instanceof APIUserAbortError ? 'stopped' : 'failed';
}
