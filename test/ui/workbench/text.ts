import type { Locator } from 'playwright-core';

/** What an element shows, as it is laid out, once it is there. */
export async function textOf(locator: Locator): Promise<string> {
  await locator.waitFor();
  const [text = ''] = await locator.allInnerTexts();
  return text.trim();
}
