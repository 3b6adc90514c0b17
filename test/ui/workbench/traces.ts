import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { currentSession } from './session';
import type { Workbench } from './workbench';

const browserStorage = `(async () => {
  const found = [['localStorage', JSON.stringify({ ...localStorage })], ['sessionStorage', JSON.stringify({ ...sessionStorage })]];
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const values = await done(database.transaction(store).objectStore(store).getAll());
      const texts = values.map((value) => value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value));
      found.push([name + '/' + store, texts.join('\\n')]);
    }
    database.close();
  }
  return found;
})()`;

/**
 * Searches for a text in all data and output of VS Code: every file of the server's data (logs, settings, extensions'
 * storage), the browser's storage (`globalState`, and secrets as encrypted), the window's console, the server's output,
 * and the whole page with the values of its fields (a hidden field keeps its value: VS Code reuses one for all input
 * boxes).
 *
 * @returns the names of the places that contain the text; empty when none
 */
export async function tracesOf(text: string, workbench: Workbench): Promise<string[]> {
  const server = currentSession().server();
  const places = new Map<string, string>([
    ["the window's console", workbench.log()],
    ["the server's output", server.output()],
    ['the page', await workbench.page.content()],
    [
      'a field of the page',
      await workbench.page.evaluate<string>(
        '[...document.querySelectorAll("input, textarea")].filter((field) => field.checkVisibility()).map((field) => field.value).join("\\n")',
      ),
    ],
  ]);
  for (const [place, content] of await workbench.page.evaluate<[string, string][]>(browserStorage))
    places.set(place, content);
  for (const entry of await readdir(server.dataFolder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const file = join(entry.parentPath, entry.name);
      places.set(file, await readFile(file, 'latin1'));
    }
  return [...places].filter(([, content]) => content.includes(text)).map(([place]) => place);
}
