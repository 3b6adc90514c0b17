import type { SavedKeyNote } from './adminKeys';

/** A stored value of any form. */
interface StoredValue {
  read(): unknown;
  write(value: unknown): PromiseLike<void>;
}

/**
 * The stored check of a saved admin API key. It is part of the memory that the key was saved, so it is gone with it when
 * the key is replaced or removed. `id`: the random ID of the key; undefined for a key of an older version. A check of
 * another key is not read, and not overwritten.
 */
export function keyCheckNote(memory: StoredValue, id: string | undefined): StoredValue {
  const note = (): (SavedKeyNote & { readonly check?: unknown }) | undefined => {
    const stored = memory.read() as SavedKeyNote | null | undefined;
    return stored?.version === 1 && stored.id === id ? stored : undefined;
  };
  return {
    read: () => note()?.check,
    async write(check) {
      const kept = note();
      if (kept) await memory.write({ ...kept, check });
    },
  };
}
