import type { Page } from 'playwright-core';
import { QuickInput } from './quickInput';

/** How long an extension's commands may take to reach the palette of a new window, in milliseconds. */
const patience = 30_000;

/** How long each step in the palette may take before the palette is reopened, in milliseconds. */
const patienceAtOnce = 3_000;

/**
 * Opens the palette and runs a command by its full title. An open palette doesn't list commands that are registered
 * later, and closes when VS Code moves the focus to a tree that was just filled. So it is reopened until the command is
 * chosen.
 *
 * @throws Error when the command wasn't chosen within 30 seconds
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
