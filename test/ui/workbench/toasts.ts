import type { Locator, Page } from 'playwright-core';
import { expect } from './expect';
import { textOf } from './text';

/** The notifications at the lower right. */
export class Toasts {
  private readonly toasts: Locator;

  constructor(private readonly page: Page) {
    this.toasts = page.locator('.notification-toast');
  }

  /** Waits for a notification whose message contains the text, until it no longer moves: a click could miss it before. */
  async waitFor(text: string | RegExp): Promise<Toast> {
    const locator = this.toasts.filter({ hasText: text }).first();
    await locator.and(this.page.locator('.notification-fade-in-done')).waitFor();
    return new Toast(this.page, locator);
  }

  /** Resolves when none is shown. */
  async waitUntilGone(): Promise<void> {
    await expect(
      () => this.messages(),
      (messages) => messages.length === 0,
      'no notification',
    );
  }

  /** The messages shown now. */
  async messages(): Promise<string[]> {
    return this.toasts.locator('.notification-list-item-message').allInnerTexts();
  }
}

/** One notification. */
export class Toast {
  constructor(
    private readonly page: Page,
    readonly locator: Locator,
  ) {}

  async message(): Promise<string> {
    return textOf(this.locator.locator('.notification-list-item-message'));
  }

  async buttons(): Promise<string[]> {
    return this.locator
      .locator('.notification-list-item-buttons-container')
      .getByRole('button')
      .allInnerTexts();
  }

  async press(button: string): Promise<void> {
    await this.locator.getByRole('button', { name: button, exact: true }).click();
  }

  /** Closes the notification. Its button exists only under the mouse. */
  async close(): Promise<void> {
    await this.locator.hover();
    await this.locator.getByRole('button', { name: /^Clear Notification/ }).click();
    await this.locator.waitFor({ state: 'detached' });
    await this.page.mouse.move(0, 0);
  }
}
