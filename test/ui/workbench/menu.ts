import type { Locator, Page } from 'playwright-core';

/** An open menu. */
export class Menu {
  private readonly items: Locator;

  /** `reopen` opens the menu again: VS Code closes a title's menu when it redraws the title. */
  constructor(
    private readonly page: Page,
    private readonly reopen?: () => Promise<unknown>,
  ) {
    this.items = page.getByRole('menu').getByRole('menuitem');
  }

  async waitFor(): Promise<this> {
    await this.items.first().waitFor();
    return this;
  }

  /** Whether the menu opens within `patience` milliseconds. */
  async isOpen(patience: number): Promise<boolean> {
    return this.items
      .first()
      .waitFor({ timeout: patience })
      .then(
        () => true,
        () => false,
      );
  }

  /** The texts of the entries, top to bottom. */
  async entries(): Promise<string[]> {
    return this.items.locator('.action-label').allInnerTexts();
  }

  /** Chooses an entry by its title. VS Code ignores a click whose button is held too briefly. */
  async choose(entry: string): Promise<void> {
    const item = this.items.filter({ has: this.page.getByText(entry, { exact: true }) });
    for (let tries = this.reopen ? 3 : 0; ; tries -= 1) {
      try {
        await item.click({ delay: 150, timeout: tries > 0 ? 3_000 : 15_000 });
        break;
      } catch (error) {
        if (tries === 0) throw error;
        await this.reopen?.();
      }
    }
    await this.items.first().waitFor({ state: 'detached' });
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.items.first().waitFor({ state: 'detached' });
  }
}
