import type * as vscode from 'vscode';

/** The stored state of a second window. */
export function memory(): vscode.Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) =>
      void kept.set(key, value === undefined ? value : JSON.parse(JSON.stringify(value))),
  } as vscode.Memento;
}
