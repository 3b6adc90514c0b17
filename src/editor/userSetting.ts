import { workspace } from 'vscode';

/**
 * A setting as the person's own settings have it, or its default. A workspace's value never counts: what is read here
 * steers where the key goes and by which way, and VS Code's scopes alone would not keep that true for `http.*`.
 */
export function userSetting<T>(id: string): T | undefined {
  const found = workspace.getConfiguration().inspect<T>(id);
  return found?.globalValue ?? found?.defaultValue;
}
