import { commands } from 'vscode';
import type { ContextValues } from '../ids';

/** Sets a context key for the `when` clauses of package.json. Accepts only the declared keys and values. */
export async function setContext<K extends keyof ContextValues>(
  key: K,
  value: ContextValues[K],
): Promise<void> {
  await commands.executeCommand('setContext', key, value);
}
