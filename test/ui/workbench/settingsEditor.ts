import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect } from './expect';
import { runCommand } from './palette';

/**
 * Replaces the user settings of an open window in the editor of `settings.json`, as a user does: a window in a browser
 * doesn't notice a change of the file on disk. Restores the clipboard.
 */
export async function replaceSettings(
  page: Page,
  file: string,
  settings: Record<string, unknown>,
): Promise<void> {
  await runCommand(page, 'Preferences: Open User Settings (JSON)');
  const editor = page.locator('.editor-instance .monaco-editor[data-uri$="/settings.json"]');
  await editor.locator('.view-lines').click();
  const clipboard = await page.evaluate<string>('navigator.clipboard.readText()');
  const text = JSON.stringify(settings, null, 2);
  await writeClipboard(page, text);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
  await page.keyboard.press('ControlOrMeta+S');
  await expect(
    () => readFile(file, 'utf8'),
    (saved) => saved === text,
    'the settings to be saved',
  );
  await writeClipboard(page, clipboard);
  await runCommand(page, 'View: Close Editor');
  await editor.waitFor({ state: 'detached' });
}

async function writeClipboard(page: Page, text: string): Promise<void> {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
}
