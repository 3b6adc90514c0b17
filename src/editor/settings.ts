import { type Disposable, workspace } from 'vscode';
import { settingIds } from '../ids';

export interface Settings {
  /** The value as set, without surrounding spaces. The client validates it. */
  readonly baseUrl: string;
  /** In milliseconds. */
  readonly requestTimeout: number;
  readonly legacyDeletePath: boolean;
  /** Revoking more permissions than this at once requires typing the number. */
  readonly confirmRevokesAbove: number;
  /** Whether what was loaded is kept in a file for the next session. */
  readonly keepAccess: boolean;
}

export function readSettings(): Settings {
  const baseUrl = userSetting<string>(settingIds.baseUrl);
  const seconds = userSetting<number>(settingIds.requestTimeout);
  const revokes = userSetting<number>(settingIds.confirmRevokesAbove);
  return {
    keepAccess: userSetting<boolean>(settingIds.keepAccess) !== false,
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
 * Reads a setting from the user settings, or its default. Ignores workspace values: these settings decide which host
 * gets the key, and through which proxy. VS Code's setting scopes alone don't ensure that for `http.*`.
 */
export function userSetting<T>(id: string): T | undefined {
  const setting = workspace.getConfiguration().inspect<T>(id);
  return setting?.globalValue ?? setting?.defaultValue;
}
