import type { Page } from 'playwright-core';
import { QuickInput } from './quickInput';

/** How long an extension's commands may take to reach the palette of a window that just opened. */
const patience = 30_000;

/**
 * Opens the palette and runs a command by its full title. A palette that is open does not learn of commands that arrive
 * later, so it is opened again until the command is there.
 *
 * @throws Error when it is not there within half a minute
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = new QuickInput(page);
  const escaped = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const command = input.locator.getByRole('option', { name: new RegExp(`^${escaped}(,|$)`) });
  for (const end = performance.now() + patience; ; ) {
    await page.keyboard.press('F1');
    await input.waitFor('Type the name of a command');
    await input.type(`>${title}`);
    const found = await command.waitFor({ timeout: 2_000 }).then(
      () => true,
      () => false,
    );
    if (found) return command.click();
    const seen = await input.options().catch(() => []);
    await input.cancel();
    if (performance.now() > end)
      throw new Error(
        `The palette has no command "${title}". For this it offers: ${seen.join(' | ') || 'nothing'}`,
      );
  }
}
