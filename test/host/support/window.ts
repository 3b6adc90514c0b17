import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { settingIds } from '../../../src/ids';
import { forgetAll, services, setSetting } from './extension';
import { nothingStored, storeAgain } from './stored';

// Files of tests share one window, and run in any order. After each of them the window is made what it was at first:
// nothing open, nothing set, nothing stored. So no test has what another one left, nor needs it.

/**
 * Call it before the first test. The result makes the window what it was before, and throws where a test left what only
 * that test can take away.
 */
export async function windowAsFound(): Promise<() => Promise<void>> {
  const files = await workspaceFiles();
  return async () => {
    await closeEditors();
    for (const name of Object.keys(settingIds)) await setSetting(name as keyof typeof settingIds, undefined);
    const all = await services();
    await forgetAll(all);
    await storeAgain(all.stores, nothingStored);
    await rm(all.journals.folder, { recursive: true, force: true });
    assert.deepEqual(await left(files), []);
  };
}

/** Closes all editors without a question about what was not saved. */
async function closeEditors(): Promise<void> {
  while (vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ isDirty }) => isDirty)))
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** The names of the files and folders of the workspace. */
async function workspaceFiles(): Promise<string[]> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder ? (await vscode.workspace.fs.readDirectory(folder.uri)).map(([name]) => name) : [];
}

/** What is not as it was. */
async function left(files: readonly string[]): Promise<string[]> {
  const { profiles, keyIndex, current, journals } = await services();
  const settings = vscode.workspace.getConfiguration();
  const ofEditor = Object.keys(settings.get<object>('http', {})).map((name) => `http.${name}`);
  const set = [...Object.values(settingIds), ...ofEditor].filter((id) => {
    const { globalValue, workspaceValue } = settings.inspect(id) ?? {};
    return globalValue !== undefined || workspaceValue !== undefined;
  });
  return [
    ...vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => `editor ${label}`)),
    ...set.map((id) => `setting ${id}`),
    ...(await workspaceFiles()).filter((name) => !files.includes(name)).map((name) => `file ${name}`),
    ...profiles.all.filter(({ id }) => id !== 'default').map(({ id }) => `organization ${id}`),
    ...(await (await keyIndex()).list()).map(({ profile }) => `key of ${profile}`),
    ...(current.isSample ? ['the sample'] : []),
    ...(await readdir(journals.folder).catch(() => [])).map((name) => `journal ${name}`),
  ];
}
