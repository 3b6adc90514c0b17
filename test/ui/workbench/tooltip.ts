import type { Page } from 'playwright-core';

/** Moves the mouse away from all that has a tooltip, and resolves when none covers what is to be clicked next. */
export async function leaveTooltip(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.locator('.workbench-hover:visible').first().waitFor({ state: 'hidden' });
}
