import type { Page } from 'playwright-core';
import { QuickInput } from './quickInput';

/**
 * Opens the palette and runs a command by its full title. A palette doesn't list commands that are registered, or offered
 * because of a changed state, while it is open: wait for what shows that state first.
 *
 * @throws Error with what the palette offers instead
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = new QuickInput(page);
  const escaped = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const command = input.locator.getByRole('option', { name: new RegExp(`^${escaped}(,|$)`) });
  await page.keyboard.press('F1');
  await input.waitFor('Type the name of a command');
  await input.type(`>${title}`);
  await command.click().catch(async (error) => {
    const seen = (await input.locator.isVisible())
      ? await input.locator.getByRole('option').allInnerTexts()
      : [];
    const offers = seen.map((text) => text.replaceAll(/\s+/g, ' ').trim()).join(' | ') || 'nothing';
    throw new Error(`"${title}" could not be chosen in the palette, which offers: ${offers}`, {
      cause: error,
    });
  });
}
