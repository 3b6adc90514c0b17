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
    const bar = await this.titleBar();
    const text = await textOf(bar.and(this.page.locator('.pane-header')).or(bar.locator('.title-label')));
    return text.replaceAll(/\s+/g, ' ').trim();
  }

  /** Unfolds one of several views that stand below each other, by its name. */
  async unfold(name: string): Promise<void> {
    await this.turn(name, true);
  }

  /** Folds one of several views, so that the others have its room. */
  async fold(name: string): Promise<void> {
    await this.turn(name, false);
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

  /** Presses a button of the title, of a view by its name where there are several. */
  async pressTitle(button: string | RegExp, view?: string): Promise<void> {
    const bar = await this.hoveredTitle(view);
    await bar.getByRole('button', { name: button }).first().click();
  }

  /** Opens the title's menu (…), of a view by its name where there are several. */
  async moreActions(view?: string): Promise<Menu> {
    const menu = new Menu(this.page, () => this.moreActions(view));
    // A title that is drawn again in that moment closes its menu, so it may take a second click.
    for (let tries = 4; tries > 0; tries -= 1) {
      const bar = await this.hoveredTitle(view);
      // In VS Code 1.100 it has a name, but not the role of a button.
      await bar.locator('.codicon-toolbar-more').first().click();
      if (await menu.isOpen(3_000)) return menu;
    }
    return menu.waitFor();
  }

  private async turn(name: string, open: boolean): Promise<void> {
    const header = this.pane(name).locator('.pane-header');
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) !== String(open)) await header.locator('.title').click();
    await header.and(this.page.locator(`[aria-expanded=${open}]`)).waitFor();
  }

  /** The buttons of one view among several show while the mouse is over it. */
  private async hoveredTitle(view?: string): Promise<Locator> {
    const bar = await this.titleBar(view);
    await bar.hover({ position: { x: 60, y: 10 } });
    return bar;
  }

  /** A view that is alone has the side bar's title for its own. */
  private async titleBar(view = 'Checkpoints'): Promise<Locator> {
    const own = this.pane(view).locator('.pane-header');
    return (await own.isVisible()) ? own : this.locator.locator('.composite.title');
  }

  private pane(name: string): Locator {
    // A title may name the organization as well.
    const title = this.page.locator('.pane-header .title').getByText(new RegExp(`^${name}( · |$)`));
    return this.locator.locator('.pane').filter({ has: title });
  }

  private messageLine(): Locator {
    return this.locator.locator('.tree-explorer-viewlet-tree-view .message');
  }
}
