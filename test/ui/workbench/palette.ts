import type { Page } from 'playwright-core';
import { expect } from './expect';
import { noteInVain } from './gestures';
import { QuickInput } from './quickInput';

/** How long the palette has before it counts as lost, in milliseconds. */
const quickly = 5_000;

/**
 * Opens the palette and runs a command by its full title. A palette doesn't list commands that are registered, or offered
 * because of a changed state, while it is open: wait for what shows that state first.
 *
 * An editor that is still being drawn takes the keyboard from the palette, which closes. That is waited for where it can
 * be seen. Otherwise the palette is opened once more, as a person would, which counts as a repeat.
 *
 * @throws Error with what the palette offers instead
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  await keyboardRests(page);
  try {
    await choose(page, title, quickly);
  } catch {
    noteInVain(`the palette for "${title}"`);
    if (await new QuickInput(page).locator.isVisible()) await page.keyboard.press('Escape');
    await choose(page, title);
  }
}

async function choose(page: Page, title: string, timeout?: number): Promise<void> {
  const input = new QuickInput(page);
  const escaped = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const command = input.locator.getByRole('option', { name: new RegExp(`^${escaped}(,|$)`) });
  await page.keyboard.press('F1');
  await input.waitFor('Type the name of a command', timeout);
  await input.type(`>${title}`, timeout);
  await command.click({ ...(timeout !== undefined && { timeout }) }).catch(async (error) => {
    const seen = (await input.locator.isVisible())
      ? await input.locator.getByRole('option').allInnerTexts()
      : [];
    const offers = seen.map((text) => text.replaceAll(/\s+/g, ' ').trim()).join(' | ') || 'nothing';
    throw new Error(`"${title}" could not be chosen in the palette, which offers: ${offers}`, {
      cause: error,
    });
  });
}

/** Resolves when all pages in sight are loaded, and the keyboard is where it was a moment before. */
async function keyboardRests(page: Page): Promise<void> {
  const loading = page.locator('iframe.webview:not(.ready)').filter({ visible: true });
  let before: string | undefined;
  await expect(
    async () => {
      const at = await page.evaluate<string>('document.activeElement?.cloneNode().outerHTML ?? ""');
      const rests = at === before && (await loading.count()) === 0;
      before = at;
      return rests;
    },
    (rests) => rests,
    'the keyboard to rest',
  );
}
