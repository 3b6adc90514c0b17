import type { Locator, Page } from 'playwright-core';
import { textOf } from './text';

/** A modal dialog. */
export class Dialog {
  readonly locator: Locator;

  constructor(private readonly page: Page) {
    this.locator = page.locator('.monaco-dialog-box[role=dialog]');
  }

  async waitFor(): Promise<this> {
    await this.locator.waitFor();
    return this;
  }

  /** The question. */
  async message(): Promise<string> {
    return textOf(this.locator.locator('.dialog-message-text'));
  }

  /** The detail text below the question. */
  async detail(): Promise<string> {
    return textOf(this.locator.locator('.dialog-message-detail'));
  }

  async buttons(): Promise<string[]> {
    return this.locator.locator('.dialog-buttons-row').getByRole('button').allInnerTexts();
  }

  /** Presses a button, and resolves when the dialog is gone. What was under it could show its tooltip otherwise. */
  async press(button: string): Promise<void> {
    await this.locator.getByRole('button', { name: button, exact: true }).click();
    await this.page.mouse.move(0, 0);
    await this.locator.waitFor({ state: 'detached' });
  }
}
