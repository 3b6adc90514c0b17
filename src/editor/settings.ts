import { type Disposable, workspace } from 'vscode';
import { settingIds } from '../ids';
import { userSetting } from './userSetting';

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
