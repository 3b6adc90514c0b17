import type { Locator, Page } from 'playwright-core';
import { Menu } from './menu';
import { textOf } from './text';

/** The side bar with the view container that is open in it. */
export class View {
  readonly locator: Locator;

  constructor(private readonly page: Page) {
    this.locator = page.locator('.part.sidebar');
  }

  /** What is said instead of rows, line by line: the view's welcome. */
  async welcome(): Promise<string> {
    const welcome = this.locator.locator('.welcome-view-content');
    await welcome.waitFor();
    return textOf(welcome);
  }

  /** Presses a button or follows a link of the welcome. */
  async pressWelcome(name: string): Promise<void> {
    const welcome = this.locator.locator('.welcome-view-content');
    const button = welcome.getByRole('button', { name, exact: true });
    await button.or(welcome.getByRole('link', { name, exact: true })).click();
  }

  /** Waits until the line above the rows, the view's message, contains a text, and returns the whole of it. */
  async waitForMessage(text: string | RegExp): Promise<string> {
    return textOf(this.messageLine().filter({ hasText: text }));
  }

  /** The line above the rows; empty when there is none. */
  async message(): Promise<string> {
    return (await this.messageLine().allInnerTexts()).join('\n').trim();
  }

  /** What the title says besides the name: the view's description. */
  async title(): Promise<string> {
    const text = await textOf(this.locator.locator('.composite.title .title-label'));
    return text.replaceAll(/\s+/g, ' ').trim();
  }

  /** Drags the side bar's edge until it is as wide as wanted, in CSS pixels. */
  async widen(width: number): Promise<void> {
    const box = await this.locator.boundingBox();
    if (!box) throw new Error('The side bar is not shown.');
    const edge = { x: box.x + box.width, y: box.y + box.height / 2 };
    await this.page.mouse.move(edge.x, edge.y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, edge.y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Presses a button of the title. */
  async pressTitle(button: string | RegExp): Promise<void> {
    await this.locator.hover({ position: { x: 60, y: 60 } });
    await this.locator.locator('.composite.title').getByRole('button', { name: button }).click();
  }

  /** Opens the title's menu (…). */
  async moreActions(): Promise<Menu> {
    await this.pressTitle(/^Views and More Actions/);
    return new Menu(this.page).waitFor();
  }

  private messageLine(): Locator {
    return this.locator.locator('.tree-explorer-viewlet-tree-view .message');
  }
}
