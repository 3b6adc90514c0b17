import { commands } from 'vscode';
import { absentContextValues, type ContextValues } from '../ids';

/** The last value of each key, with when VS Code has it. */
const told = new Map<keyof ContextValues, { readonly value: string; readonly done: Thenable<unknown> }>();

/**
 * Sets a context key for the `when` clauses of package.json. Accepts only the declared keys and values. Resolves when VS
 * Code has the value, and sends it only if it is another one.
 */
export async function setContext<K extends keyof ContextValues>(
  key: K,
  value: ContextValues[K],
): Promise<void> {
  const before = told.get(key);
  if (before?.value === value) {
    await before.done;
    return;
  }
  const isAbsent = absentContextValues[key] === value;
  const done = commands.executeCommand('setContext', key, isAbsent ? undefined : value);
  told.set(key, { value, done });
  await done;
}
