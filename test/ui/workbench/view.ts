import type { Locator, Page } from 'playwright-core';
import { Menu } from './menu';
import { started } from './started';
import { textOf } from './text';
import { leaveTooltip } from './tooltip';

/** The sidebar with its open view container. */
export class View {
  readonly locator: Locator;

  constructor(private readonly page: Page) {
    this.locator = page.locator('.part.sidebar');
  }

  /** The lines of the view's welcome content. */
  async welcome(): Promise<string> {
    const welcome = this.locator.locator('.welcome-view-content');
    await welcome.waitFor();
    return textOf(welcome);
  }

  /** Presses a button or link of the welcome content. */
  async pressWelcome(name: string): Promise<void> {
    // The one of the activity bar may cover it.
    await leaveTooltip(this.page);
    const welcome = this.locator.locator('.welcome-view-content');
    const button = welcome.getByRole('button', { name, exact: true });
    await button.or(welcome.getByRole('link', { name, exact: true })).click();
  }

  /** Waits until the view's message contains a text, and returns the message. */
  async waitForMessage(text: string | RegExp): Promise<string> {
    return textOf(this.messageLine().filter({ hasText: text }));
  }

  /** The view's message above the rows; empty when there is none. */
  async message(): Promise<string> {
    return (await this.messageLine().allInnerTexts()).join('\n').trim();
  }

  /** The view's description in the title. */
  async title(): Promise<string> {
    const bar = await this.titleBar();
    const text = await textOf(bar.and(this.page.locator('.pane-header')).or(bar.locator('.title-label')));
    return text.replaceAll(/\s+/g, ' ').trim();
  }

  /** Expands one of several views of the container, by its name. */
  async unfold(name: string): Promise<void> {
    await this.turn(name, true);
  }

  /** Collapses one of several views, to give the others more space. */
  async fold(name: string): Promise<void> {
    await this.turn(name, false);
  }

  /** Drags the sidebar's edge to a width in CSS pixels. */
  async widen(width: number): Promise<void> {
    const box = await this.locator.boundingBox();
    if (!box) throw new Error('The side bar is not shown.');
    const edge = { x: box.x + box.width, y: box.y + box.height / 2 };
    await this.page.mouse.move(edge.x, edge.y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, edge.y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Presses a button of the title; with several views, of the view with the given name. */
  async pressTitle(button: string | RegExp, view?: string): Promise<void> {
    const bar = await this.hoveredTitle(view);
    await bar.getByRole('button', { name: button }).first().click();
  }

  /** The names of the buttons that a title shows under the mouse, without that of its menu; of the given view. */
  async titleButtons(view?: string): Promise<string[]> {
    const bar = await this.hoveredTitle(view);
    const labels = bar.locator('.actions-container .action-label:not(.codicon-toolbar-more)');
    return labels.evaluateAll((all) =>
      all
        .filter((each) => (each as unknown as { offsetWidth: number }).offsetWidth > 0)
        .map((each) => each.getAttribute('aria-label') ?? ''),
    );
  }

  /** Waits until a title shows a button under the mouse. */
  async waitForTitleButton(name: string, view?: string): Promise<void> {
    const bar = await this.hoveredTitle(view);
    await bar
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .first()
      .waitFor();
  }

  /** The names of the views, as their titles say them, expanded or not. */
  async titles(): Promise<string[]> {
    return this.locator.locator('.pane-header .title').allInnerTexts();
  }

  /** The width of the title of a view that is not cut off, in CSS pixels. */
  async titleWidth(view?: string): Promise<number> {
    const bar = await this.hoveredTitle(view);
    return (await bar.locator('h3.title').first().boundingBox())?.width ?? 0;
  }

  /** Opens the title's menu (…); with several views, of the view with the given name. */
  async moreActions(view?: string): Promise<Menu> {
    await started(this.page, 'wholly');
    const bar = await this.hoveredTitle(view);
    // In VS Code 1.100 it has a name, but no button role.
    await bar.locator('.codicon-toolbar-more').first().click();
    return new Menu(this.page).waitFor();
  }

  private async turn(name: string, open: boolean): Promise<void> {
    const header = this.pane(name).locator('.pane-header');
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) !== String(open)) await header.locator('.title').click();
    await header.and(this.page.locator(`[aria-expanded=${open}]`)).waitFor();
  }

  /** With several views, a view shows its buttons only under the mouse. */
  private async hoveredTitle(view?: string): Promise<Locator> {
    const bar = await this.titleBar(view);
    await bar.hover({ position: { x: 60, y: 10 } });
    return bar;
  }

  /** The only view of a container uses the sidebar's title. */
  private async titleBar(view = 'Checkpoints'): Promise<Locator> {
    const own = this.pane(view).locator('.pane-header');
    return (await own.isVisible()) ? own : this.locator.locator('.composite.title');
  }

  private pane(name: string): Locator {
    // The title may also name the organization.
    const title = this.page.locator('.pane-header .title').getByText(new RegExp(`^${name}( · |$)`));
    return this.locator.locator('.pane').filter({ has: title });
  }

  private messageLine(): Locator {
    return this.locator.locator('.tree-explorer-viewlet-tree-view .message');
  }
}
