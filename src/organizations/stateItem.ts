import type { Memento } from 'vscode';

/** State that is no secret: shared by all windows, and of this window's workspace. */
export interface StateStores {
  readonly everywhere: Memento;
  readonly window: Memento;
}

/** One stored value. State of a profile has a name that ends with a dot and the profile's ID. */
export function stateItem(memory: Memento, name: string) {
  return {
    read: () => memory.get<unknown>(name),
    write: (value: unknown) => memory.update(name, value),
  };
}

/** Whether state of a profile is shared by all windows. */
export function hasStoredState({ everywhere }: StateStores, profile: string): boolean {
  return everywhere.keys().some((name) => name.endsWith(`.${profile}`));
}

/** Deletes all state of a profile, of this window and of all. */
export async function deleteStoredState({ everywhere, window }: StateStores, profile: string): Promise<void> {
  for (const memory of [everywhere, window]) {
    for (const name of memory.keys()) {
      if (name.endsWith(`.${profile}`)) await memory.update(name, undefined);
    }
  }
}
