import type { Page } from 'playwright-core';

/**
 * Resolves when the workbench in a page has written its state (extensions' `globalState` included) to the browser's
 * storage, so that the page may be closed or loaded anew. VS Code writes a tenth of a second after a change and neither
 * tells of it nor catches up when a page closes; a timer of the page itself comes after that one even on a busy machine.
 */
export async function stored(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => setTimeout(done, 1000))');
}
