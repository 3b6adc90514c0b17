import { type Disposable, workspace } from 'vscode';
import { settingIds } from '../ids';

export interface Settings {
  /** As the person wrote it; the client checks it. */
  readonly baseUrl: string;
  /** Milliseconds. */
  readonly requestTimeout: number;
}

/**
 * The settings, from the person's own settings only. They have application scope, so VS Code itself ignores a
 * workspace's values; reading them by their level keeps that true whatever VS Code does, because they steer the key.
 */
export function readSettings(): Settings {
  const baseUrl = own<string>(settingIds.baseUrl);
  const seconds = own<number>(settingIds.requestTimeout);
  return {
    baseUrl: typeof baseUrl === 'string' ? baseUrl.trim() : '',
    requestTimeout: (typeof seconds === 'number' && seconds >= 1 ? Math.min(seconds, 600) : 60) * 1000,
  };
}

export function onDidChangeSettings(listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (Object.values(settingIds).some((id) => event.affectsConfiguration(id))) listener();
  });
}

function own<T>(id: string): T | undefined {
  const found = workspace.getConfiguration().inspect<T>(id);
  return found?.globalValue ?? found?.defaultValue;
}
