import type { Locator, Page } from 'playwright-core';

/** An open menu. */
export class Menu {
  private readonly items: Locator;

  constructor(private readonly page: Page) {
    this.items = page.getByRole('menu').getByRole('menuitem');
  }

  async waitFor(): Promise<this> {
    await this.items.first().waitFor();
    return this;
  }

  /** Whether it opens within so many milliseconds. */
  async isOpen(patience: number): Promise<boolean> {
    return this.items
      .first()
      .waitFor({ timeout: patience })
      .then(
        () => true,
        () => false,
      );
  }

  /** Its entries as they read, top to bottom. */
  async entries(): Promise<string[]> {
    return this.items.locator('.action-label').allInnerTexts();
  }

  /** Chooses an entry by its title; it has no effect on VS Code when the button is held for less than a moment. */
  async choose(entry: string): Promise<void> {
    await this.items.filter({ has: this.page.getByText(entry, { exact: true }) }).click({ delay: 150 });
    await this.items.first().waitFor({ state: 'detached' });
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.items.first().waitFor({ state: 'detached' });
  }
}
