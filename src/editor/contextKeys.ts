import { commands } from 'vscode';
import type { ContextValues } from '../ids';

/** Sets a context key that `when` clauses of package.json read; only the declared keys and values are possible. */
export async function setContext<K extends keyof ContextValues>(
  key: K,
  value: ContextValues[K],
): Promise<void> {
  await commands.executeCommand('setContext', key, value);
}
