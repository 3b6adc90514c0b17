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

  /** The texts of the entries, top to bottom. */
  async entries(): Promise<string[]> {
    return this.items.locator('.action-label').allInnerTexts();
  }

  /** Opens a submenu with the mouse, and resolves when its entries are there. */
  async open(submenu: string): Promise<this> {
    const item = this.item(submenu);
    await item.hover();
    await this.page.getByRole('menu').locator('.monaco-submenu').getByRole('menuitem').first().waitFor();
    return this;
  }

  /** The texts of the entries of the open submenu, top to bottom. */
  async submenuEntries(): Promise<string[]> {
    return this.page
      .locator('.monaco-submenu')
      .getByRole('menuitem')
      .locator('.action-label')
      .allInnerTexts();
  }

  /** The text of the entry with the keyboard. */
  async focused(): Promise<string> {
    return (
      (
        await this.page
          .locator('.monaco-menu .action-item.focused > .action-menu-item > .action-label')
          .allInnerTexts()
      ).at(-1) ?? ''
    );
  }

  /**
   * Chooses an entry by its title, `from` a submenu or the menu itself. VS Code ignores a click whose button is held
   * too briefly.
   */
  async choose(entry: string, from?: string): Promise<void> {
    if (from !== undefined) await this.open(from);
    await this.item(entry).click({ delay: 150 });
    await this.items.first().waitFor({ state: 'detached' });
  }

  private item(entry: string): Locator {
    return this.items.filter({ has: this.page.getByText(entry, { exact: true }) });
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.items.first().waitFor({ state: 'detached' });
  }
}
