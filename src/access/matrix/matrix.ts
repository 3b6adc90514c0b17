import { APIUserAbortError } from '../../openai';
import { type Retirement, retirementOf } from '../catalog/retirement';
import { explain, inWords } from '../explain';
import { parseCheckpointId, shortName } from '../ids/checkpointId';
import type { Listing } from '../loading/listing';
import type { Snapshot } from '../loading/snapshot';
import type { Organization } from '../organization';
import { type Age, ageOf, type Cell, type CellPermission, cellOf, type RowKnowledge } from './cell';

/** The parts of an organization that a matrix shows. */
export type MatrixSource = Pick<Organization, 'catalog' | 'permissions' | 'projects' | 'staged'> & {
  readonly owners: Pick<Organization['owners'], 'of'>;
};

/** A checkpoint of the matrix, with the words that name it. Texts are as the server or a person wrote them. */
export interface MatrixCheckpoint {
  readonly id: string;
  readonly name: string;
  readonly baseModel: string;
  /** When its model stops answering, where that is known. */
  readonly retirement?: Retirement;
}

/** A project of the matrix. */
export interface MatrixProject {
  readonly id: string;
  /** As the server has it; absent where it is not known. */
  readonly name?: string;
  readonly archived: boolean;
}

/** What is known of a checkpoint, and how old it is. */
export interface MatrixRow extends RowKnowledge<string> {
  /** When it was read, in milliseconds since 1970. */
  readonly readAt?: number;
  /** Why it may no longer be so. */
  readonly age?: Age;
}

/**
 * An organization's access as one table: the checkpoints of the list down, its projects across. It shows what the store
 * of permissions and the directory of projects know, asks nobody, and keeps nothing of its own but which projects there
 * are.
 */
export class Matrix {
  /** Projects that no directory names but that have or had access, in the order they were seen. */
  readonly #seen = new Set<string>();
  readonly #looked = new WeakSet<Listing>();
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
      const retirement = retirementOf(baseModel, catalog.entry(id)?.shutdownDate);
      return { id, name: parsed ? shortName(parsed) : id, baseModel, ...(retirement && { retirement }) };
    });
  }

  /** Those of the organization, archived ones too, then those that are known from permissions alone. */
  get projects(): MatrixProject[] {
    const { snapshot } = this.source.projects;
    for (const id of this.source.catalog.ids) {
      const { listing } = this.source.permissions.snapshot(id);
      if (!listing || this.#looked.has(listing)) continue;
      this.#looked.add(listing);
      for (const project of this.#access(listing).keys()) this.#seen.add(project);
    }
    for (const { project } of this.source.staged.changes) this.#seen.add(project);
    const others = [...this.#seen].filter((id) => !snapshot.projects.has(id));
    return [...snapshot.projects.keys(), ...others].map((id) => this.project(id));
  }

  project(id: string): MatrixProject {
    const { projects } = this.source;
    const name = projects.nameOf(id);
    return { id, ...(name !== undefined && { name }), archived: projects.isArchived(id) };
  }

  row(checkpoint: string): MatrixRow {
    const snapshot = this.source.permissions.snapshot(checkpoint);
    const { listing, reading } = snapshot;
    // What a refusal told is about this very checkpoint; a job tells of the model that it made.
    const owner = this.source.owners.of(checkpoint) ?? this.source.catalog.entry(checkpoint)?.owner;
    const age = listing && this.#age(snapshot, listing);
    return {
      access: listing ? this.#access(listing) : new Map(),
      read: listing === undefined ? 'nothing' : listing.ending.kind === 'complete' ? 'all' : 'part',
      reading,
      ...(owner !== undefined && { owner }),
      ...(listing && { readAt: listing.readAt }),
      ...(age && { age }),
      ...whyNotRead(snapshot),
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

  #age({ beforeChange, failure, outdated }: Snapshot, { readAt }: Listing): Age | undefined {
    if (beforeChange) return 'beforeChange';
    if (failure?.during === 'read') return 'couldNotBeReadAgain';
    // The person has asked for what is so now, so it is said however short the time.
    return outdated ? 'long' : ageOf({ readAt }, this.now());
  }
}

function whyNotRead({ listing, failure }: Snapshot): Pick<MatrixRow, 'failure' | 'cancelled'> {
  if (failure) {
    // To stop reading is no fault of anybody's: what was not read then is just not read.
    if (failure.error instanceof APIUserAbortError) return { cancelled: true };
    return { failure: inWords(explain(failure.error)) };
  }
  if (listing?.ending.kind !== 'incomplete') return {};
  return { failure: `The list is incomplete: ${listing.ending.reason}.` };
}
