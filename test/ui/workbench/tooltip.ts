import type { Page } from 'playwright-core';

/** How long a tooltip that is left may stay, in milliseconds. */
const quickly = 3_000;

/**
 * Moves the mouse away from all that has a tooltip, and resolves when none covers what is to be clicked next. One that
 * opened only when the mouse had left stays until the mouse has been over it, which counts as a repeat.
 */
export async function leaveTooltip(page: Page): Promise<void> {
  const tooltip = page.locator('.workbench-hover:visible').first();
  await page.mouse.move(0, 0);
  try {
    await tooltip.waitFor({ state: 'hidden', timeout: quickly });
  } catch {
    await tooltip.hover({ timeout: quickly }).catch(() => undefined);
    await page.mouse.move(0, 0);
    await tooltip.waitFor({ state: 'hidden' });
  }
}
