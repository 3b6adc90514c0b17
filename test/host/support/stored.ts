import { isDeepStrictEqual } from 'node:util';
import type * as vscode from 'vscode';
import type { StateStores } from '../../../src/organizations/stateItem';

type Values = ReadonlyMap<string, unknown>;

/** What is stored of all windows and of this one. */
export interface Stored {
  readonly everywhere: Values;
  readonly window: Values;
}

export const nothingStored: Stored = { everywhere: new Map(), window: new Map() };

export function whatIsStored({ everywhere, window }: StateStores): Stored {
  return { everywhere: valuesOf(everywhere), window: valuesOf(window) };
}

/** Stores what was stored before. Each write asks VS Code, so what is the same is not written. */
export async function storeAgain({ everywhere, window }: StateStores, before: Stored): Promise<void> {
  await Promise.all([...changesTo(everywhere, before.everywhere), ...changesTo(window, before.window)]);
}

function valuesOf(memory: vscode.Memento): Values {
  return new Map(memory.keys().map((key) => [key, structuredClone(memory.get(key))]));
}

function changesTo(memory: vscode.Memento, before: Values): Thenable<void>[] {
  return [...new Set([...memory.keys(), ...before.keys()])]
    .filter((key) => !isDeepStrictEqual(memory.get(key), before.get(key)))
    .map((key) => memory.update(key, structuredClone(before.get(key))));
}
