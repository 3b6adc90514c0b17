import type { Memento } from 'vscode';

/** Storage of state that isn't secret: `everywhere` is shared by all windows, `window` belongs to the workspace. */
export interface StateStores {
  readonly everywhere: Memento;
  readonly window: Memento;
}

/** One stored value. `write` resolves once it is stored. */
export interface StateItem {
  read(): unknown;
  write(value: unknown): Thenable<void>;
}

/** One stored value. The name of a profile's state ends with a dot and the profile's ID. */
export function stateItem(memory: Memento, name: string): StateItem {
  return {
    read: () => memory.get<unknown>(name),
    write: (value: unknown) => memory.update(name, value),
  };
}

/** Whether a profile has state in the storage of all windows. */
export function hasStoredState({ everywhere }: StateStores, profile: string): boolean {
  return everywhere.keys().some((name) => name.endsWith(`.${profile}`));
}

/** Deletes all state of a profile. */
export async function deleteStoredState({ everywhere, window }: StateStores, profile: string): Promise<void> {
  for (const memory of [everywhere, window]) {
    for (const name of memory.keys()) {
      if (name.endsWith(`.${profile}`)) await memory.update(name, undefined);
    }
  }
}
