import { APIError } from '../../openai';
import { Emitter, type Unsubscribe } from '../emitter';
import { parseCheckpointId } from '../ids/checkpointId';
import { compareIdentity, type OrganizationIdentity, parseIdentity } from '../organizationIdentity';

/** Stores between sessions which project owns which checkpoint. `write` resolves once the value is stored. */
export interface OwnersStorage {
  read(): unknown;
  write(record: OwnersRecord): PromiseLike<void>;
}

/** The stored value, versioned for later changes, with the organization that it is of. */
export interface OwnersRecord {
  readonly version: 1;
  readonly whose: OrganizationIdentity;
  readonly owners: readonly (Owner & { readonly checkpoint: string })[];
}

/** The project that owns a checkpoint. `at`: when the API last reported it, in milliseconds since 1970. */
export interface Owner {
  readonly project: string;
  readonly at: number;
}

/** The number of stored owners, those reported last. */
const maxStored = 1000;

/**
 * The owners of checkpoints that the API reported. No endpoint returns the owner; only the refusal of a change names
 * it (docs/api.md#the-owning-project-cannot-be-granted). An owner never changes, so it is stored with the time of the
 * report and the organization. Stored owners are ignored unless they are certainly of the organization in use.
 */
export class Owners {
  readonly #owners = new Map<string, Owner>();
  readonly #changed = new Emitter<string>();
  #lastWrite: Promise<unknown> = Promise.resolve();
  #isDisposed = false;

  constructor(
    private readonly now: () => number = Date.now,
    private readonly whose?: OrganizationIdentity,
    private readonly storage?: OwnersStorage,
  ) {
    this.#loadStored();
  }

  /** Notifies with the ID of each checkpoint whose owner becomes known. */
  onDidChange(listener: (checkpoint: string) => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** The ID of the project that owns a checkpoint. Undefined while unknown. */
  projectOf(checkpoint: string): string | undefined {
    return this.get(checkpoint)?.project;
  }

  /** The owner with the time of the report. */
  get(checkpoint: string): Owner | undefined {
    return this.#owners.get(checkpoint);
  }

  /** Learns the owner from the error of a change, if that names one. */
  learn(checkpoint: string, error: unknown): void {
    const project = error instanceof APIError ? error.owningProject : undefined;
    if (project === undefined) return;
    this.#update(checkpoint, { project, at: this.now() });
    this.#lastWrite = this.#lastWrite.then(() => this.#save()).catch(() => undefined);
  }

  /** Reloads stored owners, which another window may have added. */
  reload(): void {
    this.#loadStored();
  }

  /**
   * Resolves when learned owners are stored. A failure to store is ignored, because the API reports the owner again.
   */
  async settled(): Promise<void> {
    await this.#lastWrite;
  }

  /** Stops storing: the organization may have been removed, or have another key. */
  dispose(): void {
    this.#isDisposed = true;
  }

  #update(checkpoint: string, owner: Owner): void {
    const before = this.#owners.get(checkpoint);
    if (before && before.at > owner.at) return;
    this.#owners.set(checkpoint, owner);
    if (before?.project !== owner.project) this.#changed.emit(checkpoint);
  }

  #loadStored(): void {
    for (const { checkpoint, ...owner } of this.#stored()) this.#update(checkpoint, owner);
  }

  /** Parses the stored owners, which may be from another version or organization, or damaged. */
  #stored(): OwnersRecord['owners'] {
    const { version, whose, owners } = (this.storage?.read() ?? {}) as Record<keyof OwnersRecord, unknown>;
    if (version !== 1 || !Array.isArray(owners)) return [];
    return compareIdentity(parseIdentity(whose), this.whose) === 'same' ? owners.flatMap(parseOwner) : [];
  }

  /** Stores the owners, merged with those that another window has stored. */
  async #save(): Promise<void> {
    const { storage, whose } = this;
    if (!storage || !whose || this.#isDisposed) return;
    this.#loadStored();
    const owners = [...this.#owners].map(([checkpoint, owner]) => ({ checkpoint, ...owner }));
    owners.sort((one, other) => other.at - one.at);
    await storage.write({ version: 1, whose, owners: owners.slice(0, maxStored) });
  }
}

function parseOwner(kept: unknown): OwnersRecord['owners'] {
  const { checkpoint, project, at } = (kept ?? {}) as Record<keyof OwnersRecord['owners'][number], unknown>;
  if (typeof checkpoint !== 'string' || !parseCheckpointId(checkpoint)) return [];
  if (typeof project !== 'string' || project === '' || project.length > 200) return [];
  return typeof at === 'number' && Number.isFinite(at) ? [{ checkpoint, project, at }] : [];
}
