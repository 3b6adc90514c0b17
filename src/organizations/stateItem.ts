import type { Memento } from 'vscode';

/** Where things are remembered that are no secret. */
export interface StateStores {
  readonly everywhere: Memento;
  readonly window: Memento;
}

/** One remembered value. What belongs to a profile has a name that ends with a dot and the profile's id. */
export function stateItem(memory: Memento, name: string) {
  return {
    read: () => memory.get<unknown>(name),
    write: (value: unknown) => memory.update(name, value),
  };
}

/** Whether anything of a profile is remembered. */
export function isAnythingKept({ everywhere }: StateStores, profile: string): boolean {
  return everywhere.keys().some((name) => name.endsWith(`.${profile}`));
}

/** Forgets whatever is remembered of a profile, in this window and everywhere. */
export async function forgetKept({ everywhere, window }: StateStores, profile: string): Promise<void> {
  for (const memory of [everywhere, window]) {
    for (const name of memory.keys()) {
      if (name.endsWith(`.${profile}`)) await memory.update(name, undefined);
    }
  }
}
