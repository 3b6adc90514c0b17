import { type Disposable, workspace } from 'vscode';
import { settingIds } from '../ids';

export interface Settings {
  /** As the person wrote it; the client checks it. */
  readonly baseUrl: string;
  /** Milliseconds. */
  readonly requestTimeout: number;
  readonly legacyDeletePath: boolean;
  /** Revoking more than this at once is confirmed by typing the number. */
  readonly confirmRevokesAbove: number;
}

export function readSettings(): Settings {
  const baseUrl = userSetting<string>(settingIds.baseUrl);
  const seconds = userSetting<number>(settingIds.requestTimeout);
  const revokes = userSetting<number>(settingIds.confirmRevokesAbove);
  return {
    baseUrl: typeof baseUrl === 'string' ? baseUrl.trim() : '',
    requestTimeout: (typeof seconds === 'number' && seconds >= 1 ? Math.min(seconds, 600) : 60) * 1000,
    legacyDeletePath: userSetting<boolean>(settingIds.legacyDeletePath) === true,
    confirmRevokesAbove: typeof revokes === 'number' && revokes >= 0 ? revokes : 10,
  };
}

export function onDidChangeSettings(listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (Object.values(settingIds).some((id) => event.affectsConfiguration(id))) listener();
  });
}

/**
 * A setting as the person's own settings have it, or its default. A workspace's value never counts: what is read here
 * steers where the key goes and by which way, and VS Code's scopes alone would not keep that true for `http.*`.
 */
export function userSetting<T>(id: string): T | undefined {
  const found = workspace.getConfiguration().inspect<T>(id);
  return found?.globalValue ?? found?.defaultValue;
}
