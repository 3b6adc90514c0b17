import { Emitter, type Unsubscribe } from '../emitter';
import { modelOf, parseCheckpointId, shortName } from '../ids/checkpointId';
import { LookAlikes } from '../lookAlikes';
import { type CatalogEntry, mergeEntries, parseEntry } from './catalogEntry';

/** Stores the catalog between sessions. `write` resolves once the value is stored. */
export interface CatalogStorage {
  read(): unknown;
  write(value: CatalogRecord): PromiseLike<void>;
}

/** The stored value, versioned for later changes. Version 1 had IDs instead of entries. */
export interface CatalogRecord {
  readonly version: 2;
  readonly checkpoints: readonly CatalogEntry[];
}

type Entries = ReadonlyMap<string, CatalogEntry>;

/**
 * The checkpoint list of a person, in the order of adding, with where each checkpoint was found. It says nothing
 * about access: removing an entry changes nothing on the server.
 */
export class Catalog {
  #entries: Entries;
  #looks: { readonly of: Entries; readonly looks: LookAlikes } | undefined;
  readonly #changed = new Emitter<void>();
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(private readonly storage: CatalogStorage) {
    this.#entries = entriesIn(storage.read());
  }

  get ids(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Whether another model or checkpoint of the list has a short name that looks like the one of this ID. */
  isNameShared(id: string): boolean {
    if (this.#looks?.of !== this.#entries) {
      const named = this.ids.flatMap((each) => [each, finalModelOf(each)]).map(namedId);
      this.#looks = { of: this.#entries, looks: new LookAlikes(named) };
    }
    return this.#looks.looks.isShared(...namedId(id));
  }

  get size(): number {
    return this.#entries.size;
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /** The entry of a checkpoint. Undefined if it is not in the list. */
  entry(id: string): CatalogEntry | undefined {
    return this.#entries.get(id);
  }

  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** Reloads the list, which another window may have changed. */
  reload(): void {
    this.#take(entriesIn(this.storage.read()));
  }

  /**
   * Adds IDs or entries at the end. An entry that is already in the list keeps its position and is merged with the
   * new one. Resolves to the IDs that were new.
   */
  async add(added: readonly (string | CatalogEntry)[]): Promise<string[]> {
    const entries = added.map((each) => (typeof each === 'string' ? { id: each, findings: [] } : each));
    const before = await this.#change((known) => {
      const after = new Map(known);
      for (const entry of entries) {
        const old = after.get(entry.id);
        after.set(entry.id, old ? mergeEntries(old, entry) : entry);
      }
      return after;
    });
    return [...new Set(entries.map(({ id }) => id))].filter((id) => !before.has(id));
  }

  async remove(ids: readonly string[]): Promise<void> {
    const gone = new Set(ids);
    await this.#change((known) => new Map([...known].filter(([id]) => !gone.has(id))));
  }

  /** All entries in order, also as an argument for {@link restore}. */
  get entries(): readonly CatalogEntry[] {
    return [...this.#entries.values()];
  }

  /** Restores earlier entries in their order. Entries added since stay, behind them. */
  async restore(before: readonly CatalogEntry[]): Promise<void> {
    await this.#change((known) => {
      const after = new Map(before.map((entry) => [entry.id, known.get(entry.id) ?? entry]));
      for (const [id, entry] of known) if (!after.has(id)) after.set(id, entry);
      return after;
    });
  }

  /** Runs changes one after the other, so that none is lost. Resolves to the entries before the change. */
  #change(change: (entries: Entries) => Entries): Promise<Entries> {
    const result = this.#lastChange.then(async () => {
      // Another window may have changed the stored entries.
      const before = entriesIn(this.storage.read());
      const after = change(before);
      // Stored before it is shown, so that the view shows only what survives a restart.
      if (!isSame(before, after)) await this.storage.write({ version: 2, checkpoints: [...after.values()] });
      this.#take(after);
      return before;
    });
    this.#lastChange = result.catch(() => undefined);
    return result;
  }

  #take(entries: Entries): void {
    if (isSame(entries, this.#entries)) return;
    this.#entries = entries;
    this.#changed.emit();
  }
}

function isSame(one: Entries, other: Entries): boolean {
  return JSON.stringify([...one.values()]) === JSON.stringify([...other.values()]);
}

function entriesIn(kept: unknown): Entries {
  const checkpoints: unknown = (kept as Partial<CatalogRecord> | undefined | null)?.checkpoints;
  if (!Array.isArray(checkpoints)) return new Map();
  const entries = checkpoints.map(parseEntry).filter((entry) => entry !== undefined);
  const distinct = new Map<string, CatalogEntry>();
  for (const entry of entries) if (!distinct.has(entry.id)) distinct.set(entry.id, entry);
  return distinct;
}

function finalModelOf(id: string): string {
  const parsed = parseCheckpointId(id);
  return parsed ? modelOf(parsed) : id;
}

function namedId(id: string): readonly [id: string, name: string] {
  const parsed = parseCheckpointId(id);
  return [id, parsed ? shortName(parsed) : id];
}
