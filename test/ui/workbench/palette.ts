import type { Page } from 'playwright-core';
import { QuickInput } from './quickInput';

/** How long an extension's commands may take to reach the palette of a window that just opened. */
const patience = 30_000;

/** Milliseconds that each thing in the palette may take before it is opened again. */
const patienceAtOnce = 3_000;

/**
 * Opens the palette and runs a command by its full title. A palette that is open does not learn of commands that arrive
 * later, and it closes when VS Code gives the keyboard to a tree that it has just filled: so it is opened again until the
 * command was chosen.
 *
 * @throws Error when it was not within half a minute
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = new QuickInput(page);
  const escaped = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const command = input.locator.getByRole('option', { name: new RegExp(`^${escaped}(,|$)`) });
  const choose = async (): Promise<void> => {
    await page.keyboard.press('F1');
    await input.waitForWords('Type the name of a command', patienceAtOnce);
    await input.type(`>${title}`, patienceAtOnce);
    await command.click({ timeout: patienceAtOnce });
  };
  for (const end = performance.now() + patience; ; ) {
    try {
      return await choose();
    } catch (error) {
      const seen = (await input.locator.isVisible()) ? await input.options().catch(() => []) : [];
      if (seen.length > 0) await input.cancel();
      if (performance.now() > end) {
        const offers = seen.join(' | ') || 'nothing';
        throw new Error(`"${title}" could not be chosen in the palette, which offers: ${offers}`, {
          cause: error,
        });
      }
    }
  }
}
