import { APIError } from '../../openai';
import { Emitter, type Unsubscribe } from '../emitter';
import { parseCheckpointId } from '../ids/checkpointId';
import { compareIdentity, type OrganizationIdentity, parseIdentity } from '../organizationIdentity';

/** Where is kept between sessions which project owns which checkpoint. `write` resolves once it is kept. */
export interface OwnersStorage {
  read(): unknown;
  write(record: OwnersRecord): PromiseLike<void>;
}

/** What is kept, with a version so that a later one can read it, and of which organization it was told. */
export interface OwnersRecord {
  readonly version: 1;
  readonly whose: OrganizationIdentity;
  readonly owners: readonly (Owner & { readonly checkpoint: string })[];
}

/** The project that owns a checkpoint, and when the server last told so, in milliseconds since 1970. */
export interface Owner {
  readonly project: string;
  readonly at: number;
}

/** So many are kept, those that were told last. */
const maxStored = 1000;

/**
 * Which project owns which checkpoint, as far as the server has told: no endpoint names the owner, only the refusal of
 * a change for it does (docs/api.md#the-owning-project-cannot-be-granted). An owner does not change, so what was told
 * once stays true and is kept, with its age, for the organization that it was told of; where it cannot be told whether
 * that is the one in use, the server is left to tell anew.
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

  /** Hears the id of each checkpoint whose owner has become known. */
  onDidChange(listener: (checkpoint: string) => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** The project that owns a checkpoint; undefined while the server has not told. */
  projectOf(checkpoint: string): string | undefined {
    return this.get(checkpoint)?.project;
  }

  /** The same with when the server told. */
  get(checkpoint: string): Owner | undefined {
    return this.#owners.get(checkpoint);
  }

  /** Takes from the error of a change what it tells about the checkpoint's owner, if it does. */
  learn(checkpoint: string, error: unknown): void {
    const project = error instanceof APIError ? error.owningProject : undefined;
    if (project === undefined) return;
    this.#update(checkpoint, { project, at: this.now() });
    this.#lastWrite = this.#lastWrite.then(() => this.#save()).catch(() => undefined);
  }

  /** Takes over what another window has learnt. */
  reload(): void {
    this.#loadStored();
  }

  /** Resolves when what was learnt is kept, or could not be: then the server tells it once more another time. */
  async settled(): Promise<void> {
    await this.#lastWrite;
  }

  /** Keeps nothing any more: the organization may have been removed, or have another key. */
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

  /** What is kept may come from another version, from another organization, or be damaged. */
  #stored(): OwnersRecord['owners'] {
    const { version, whose, owners } = (this.storage?.read() ?? {}) as Record<keyof OwnersRecord, unknown>;
    if (version !== 1 || !Array.isArray(owners)) return [];
    return compareIdentity(parseIdentity(whose), this.whose) === 'same' ? owners.flatMap(parseOwner) : [];
  }

  /** With what another window has kept meanwhile. */
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
