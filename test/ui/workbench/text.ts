import type { Locator } from 'playwright-core';

/** The visible text of an element, once it exists. */
export async function textOf(locator: Locator): Promise<string> {
  await locator.waitFor();
  const [text = ''] = await locator.allInnerTexts();
  return text.trim();
}
