import type { Locator, Page } from 'playwright-core';
import { expect } from './expect';
import { textOf } from './text';

/** The input box or picker at the top of the window. */
export class QuickInput {
  readonly locator: Locator;
  private readonly field: Locator;

  constructor(private readonly page: Page) {
    this.locator = page.locator('.quick-input-widget');
    this.field = this.locator.locator('.quick-input-box input');
  }

  /**
   * Resolves when a box is open and focused whose title, prompt, placeholder or message matches. Earlier keys would be
   * lost.
   */
  async waitFor(text: string | RegExp, limit?: number): Promise<this> {
    const matches = (words: string) => (typeof text === 'string' ? words.includes(text) : text.test(words));
    await expect(() => this.words(), matches, `an input box that says ${text}`, limit);
    await expect(
      () => this.keyboard(),
      ([inside]) => inside,
      'the keyboard to be in the input box',
      limit,
    );
    return this;
  }

  /** Whether the field has the focus, and which element has it. */
  private async keyboard(): Promise<[inside: boolean, where: string]> {
    const inside = await this.field.and(this.page.locator(':focus')).isVisible();
    const where = 'document.hasFocus() + " " + document.activeElement?.cloneNode().outerHTML';
    return [inside, await this.page.evaluate<string>(where)];
  }

  /** All texts of the box: title, placeholder, prompt or validation message, one a line. */
  async words(): Promise<string> {
    if (!(await this.locator.isVisible())) return '';
    const parts = ['.quick-input-title', '.quick-input-description', '.quick-input-message'];
    const texts = await Promise.all(parts.map((part) => this.locator.locator(part).allInnerTexts()));
    return [...texts.flat(), (await this.field.getAttribute('placeholder')) ?? ''].filter(Boolean).join('\n');
  }

  /** The prompt, or the validation message for the typed text. */
  async message(): Promise<string> {
    return textOf(this.locator.locator('.quick-input-message'));
  }

  /** Whether the box hides the typed text. */
  async isPassword(): Promise<boolean> {
    return (await this.field.getAttribute('type')) === 'password';
  }

  /** The text in the field. */
  async value(): Promise<string> {
    return this.field.inputValue();
  }

  /** Replaces the text in the field. */
  async type(text: string, timeout?: number): Promise<this> {
    await this.field.fill(text, { ...(timeout !== undefined && { timeout }) });
    return this;
  }

  /** Presses Enter. */
  async accept(): Promise<void> {
    await this.field.press('Enter');
  }

  /** Presses Escape, and resolves when the box is closed. */
  async cancel(): Promise<void> {
    await this.field.press('Escape');
    await this.waitUntilGone();
  }

  async waitUntilGone(): Promise<void> {
    await this.locator.waitFor({ state: 'hidden' });
  }

  /** The texts of the items: label, description and detail. */
  async options(): Promise<string[]> {
    await this.option('').first().waitFor();
    return (await this.option('').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
  }

  /** Picks the item whose text contains this. */
  async choose(text: string | RegExp): Promise<void> {
    await this.option(text).first().click();
  }

  /** Selects the items whose texts contain these, and accepts. */
  async pick(...texts: (string | RegExp)[]): Promise<void> {
    for (const text of texts) await this.tick(text);
    await this.accept();
  }

  /** Selects the first item whose text contains this. */
  async tick(text: string | RegExp): Promise<void> {
    const row = this.option(text).first();
    await row.click();
    await expect(
      () => row.getAttribute('aria-checked'),
      (checked) => checked === 'true',
      `${text} ticked`,
    );
  }

  /** The number of selected items, as the box counts them. */
  async selected(): Promise<number> {
    return Number.parseInt(await textOf(this.locator.locator('.quick-input-count')), 10);
  }

  /** Toggles the checkbox for all items. */
  async tickAll(): Promise<void> {
    await this.locator.locator('.quick-input-header').getByRole('checkbox').first().click();
  }

  /** Presses a button in the title or of an item. */
  async press(button: string | RegExp): Promise<void> {
    await this.locator.getByRole('button', { name: button }).click();
  }

  private option(hasText: string | RegExp): Locator {
    // Not by role: with several to select, the items are checkboxes.
    return this.locator.locator('.quick-input-list .monaco-list-row').filter({ hasText });
  }
}
