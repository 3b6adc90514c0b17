import type { Locator, Page } from 'playwright-core';
import { expect } from './expect';
import { Menu } from './menu';
import { type RowState, readRows } from './rowState';
import { leaveTooltip } from './tooltip';

/** A tree of a view. Only rows within the window's height exist: see `reveal`. */
export class Tree {
  readonly locator: Locator;
  private readonly all: Locator;

  constructor(
    private readonly page: Page,
    name: string | RegExp,
  ) {
    this.locator = page.getByRole('tree', { name });
    // Not by role: an extension can change the role of a row.
    this.all = this.locator.locator('.monaco-list-row');
  }

  /**
   * A row. It may not exist yet.
   *
   * @param name its exact label, or a pattern for its label for screen readers
   */
  row(name: string | RegExp): Row {
    const locator =
      typeof name === 'string'
        ? this.all.filter({ has: this.page.locator('.label-name').getByText(name, { exact: true }) })
        : this.all.and(this.page.getByLabel(name));
    return new Row(this.page, this, locator);
  }

  /** The rows within the window's height, top to bottom. */
  async rows(): Promise<RowState[]> {
    return this.all.evaluateAll(readRows);
  }

  /** Waits until the rows meet a condition, and returns them. */
  async rowsOnce(wanted: (rows: RowState[]) => boolean, what: string): Promise<RowState[]> {
    return expect(() => this.rows(), wanted, what);
  }

  /** Scrolls with the wheel, from the top, until the row is visible. */
  async reveal(name: string | RegExp): Promise<Row> {
    const row = this.row(name);
    while ((await this.rows())[0]?.index) await this.scroll(-100);
    while ((await row.locator.count()) === 0) {
      if ((await this.rows()).at(-1)?.last !== false)
        throw new Error(`The tree has no row ${name}. It ends with ${await this.ending()}`);
      await this.scroll(100);
    }
    await row.locator.scrollIntoViewIfNeeded();
    return row;
  }

  /** Resolves when the keyboard is in the tree. */
  async waitForKeyboard(): Promise<void> {
    await this.locator.and(this.page.locator(':focus')).waitFor();
  }

  /** Resolves when the keyboard is in the tree, in a row. */
  async waitForFocusedRow(): Promise<void> {
    await this.waitForKeyboard();
    await this.locator.locator('.monaco-list-row.focused').waitFor();
  }

  /** Focuses the tree. */
  async focus(): Promise<void> {
    await this.locator.focus();
  }

  /** Presses a key in the tree. */
  async press(key: string): Promise<void> {
    await this.locator.press(key);
  }

  /** Turns the wheel by one notch. Resolves when other rows are visible. */
  private async scroll(pixels: number): Promise<void> {
    const inSight = async () => JSON.stringify((await this.rows()).map(({ index }) => index));
    const before = await inSight();
    // A tooltip under the mouse would take the turn.
    await leaveTooltip(this.page);
    await this.locator.hover({ position: { x: 4, y: 4 } });
    await this.page.mouse.wheel(0, pixels);
    await expect(inSight, (now) => now !== before, 'the tree to scroll');
  }

  private async ending(): Promise<string> {
    return (await this.rows())
      .slice(-3)
      .map(({ label, description }) => `"${label} ${description}"`)
      .join(', ');
  }
}

/** One row of a tree. Each method waits until the row exists. */
export class Row {
  constructor(
    private readonly page: Page,
    private readonly tree: Tree,
    readonly locator: Locator,
  ) {}

  /** Resolves when the row is visible. */
  async waitFor(): Promise<this> {
    await this.locator.waitFor();
    return this;
  }

  /** Resolves when the row is gone. */
  async waitUntilGone(): Promise<void> {
    await this.locator.waitFor({ state: 'detached' });
  }

  async state(): Promise<RowState> {
    await this.waitFor();
    const [state] = await this.locator.evaluateAll(readRows);
    if (!state) throw new Error('The row went away while it was looked at.');
    return state;
  }

  /**
   * Clicks the label, which selects the row and, if it has children, expands or collapses it. `extend`: with Shift, which
   * selects all rows up to it.
   */
  async click({ extend = false } = {}): Promise<void> {
    await leaveTooltip(this.page);
    await this.label().click(extend ? { modifiers: ['Shift'] } : {});
  }

  /** Clicks with Ctrl or Cmd: adds the row to the selection or removes it. */
  async alsoSelect(): Promise<void> {
    await leaveTooltip(this.page);
    await this.label().click({ modifiers: ['ControlOrMeta'] });
  }

  /** Expands the row by its arrow, without selecting it. Resolves when it has children. */
  async expand(): Promise<this> {
    if (!(await this.state()).expanded) await this.pressArrow();
    await this.childrenOnce((children) => children.length > 0, 'rows below it');
    return this;
  }

  /** Collapses the row by its arrow. */
  async collapse(): Promise<this> {
    if ((await this.state()).expanded) await this.pressArrow();
    await expect(
      () => this.state(),
      ({ expanded }) => expanded === false,
      'a folded row',
    );
    return this;
  }

  /** The children of the row within the window's height. */
  async children(): Promise<RowState[]> {
    const { index, level } = await this.state();
    const after = (await this.tree.rows()).filter((row) => row.index > index);
    const end = after.findIndex((row) => row.level <= level);
    return (end < 0 ? after : after.slice(0, end)).filter((row) => row.level === level + 1);
  }

  /** Waits until the children meet a condition, and returns them. */
  async childrenOnce(wanted: (children: RowState[]) => boolean, what: string): Promise<RowState[]> {
    return expect(() => this.children(), wanted, what);
  }

  /** Presses a button that the row shows under the mouse. */
  async press(button: string | RegExp): Promise<void> {
    await leaveTooltip(this.page);
    await this.locator.hover();
    await this.locator.getByRole('button', { name: button }).click();
  }

  /** Opens the context menu with the right mouse button. */
  async contextMenu(): Promise<Menu> {
    await leaveTooltip(this.page);
    await this.label().click({ button: 'right' });
    return new Menu(this.page).waitFor();
  }

  /** Opens the context menu and chooses an entry. */
  async choose(entry: string): Promise<void> {
    await (await this.contextMenu()).choose(entry);
  }

  private async pressArrow(): Promise<void> {
    await leaveTooltip(this.page);
    await this.locator.locator('.monaco-tl-twistie').click();
  }

  private label(): Locator {
    return this.locator.locator('.label-name');
  }
}
