import { parseCheckpointId } from './checkpointId';
import { Emitter, type Unsubscribe } from './emitter';

/** Where a catalog is kept between sessions. `write` resolves once it is kept. */
export interface CatalogStorage {
  read(): unknown;
  write(value: CatalogRecord): PromiseLike<void>;
}

/** What is kept, with a version so that a later one can read it. */
export interface CatalogRecord {
  readonly version: 1;
  readonly checkpoints: readonly string[];
}

/**
 * The list of checkpoints that a person keeps in view, in the order they were added. It says nothing about access:
 * removing an entry changes nothing on the server.
 */
export class Catalog {
  #ids: readonly string[];
  readonly #changed = new Emitter<void>();
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(private readonly storage: CatalogStorage) {
    this.#ids = idsIn(storage.read());
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** Takes over what another window has changed. */
  reload(): void {
    const ids = idsIn(this.storage.read());
    if (ids.join() === this.#ids.join()) return;
    this.#ids = ids;
    this.#changed.emit();
  }

  /** Adds ids at the end; those already in the list are left where they are. Resolves to the ids that were new. */
  async add(ids: readonly string[]): Promise<string[]> {
    const before = await this.#change((known) => [...new Set([...known, ...ids])]);
    return [...new Set(ids)].filter((id) => !before.includes(id));
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.#change((known) => known.filter((id) => !ids.includes(id)));
  }

  /** Puts back what a list had before, in its order; what was added since stays, after it. */
  async restore(before: readonly string[]): Promise<void> {
    await this.#change((known) => [...new Set([...before, ...known])]);
  }

  /** One change after the other, so that none is lost. Resolves to the list before the change. */
  #change(change: (ids: readonly string[]) => readonly string[]): Promise<readonly string[]> {
    const result = this.#lastChange.then(async () => {
      // What another window has added or removed meanwhile counts as well.
      const before = idsIn(this.storage.read());
      const ids = change(before);
      if (ids.join() === this.#ids.join()) return before;
      // Kept first, shown afterwards: what the view shows is what survives a restart.
      await this.storage.write({ version: 1, checkpoints: ids });
      this.#ids = ids;
      this.#changed.emit();
      return before;
    });
    this.#lastChange = result.catch(() => undefined);
    return result;
  }
}

/** What is kept may come from another version or be damaged; whatever in it is an id is used. */
function idsIn(kept: unknown): string[] {
  const checkpoints = (kept as Partial<CatalogRecord> | undefined)?.checkpoints;
  if (!Array.isArray(checkpoints)) return [];
  const ids = checkpoints.filter(
    (id): id is string => typeof id === 'string' && parseCheckpointId(id) !== undefined,
  );
  return [...new Set(ids)];
}
