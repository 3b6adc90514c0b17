import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { slowDownClock } from '../../host/vscode/slowClock';
import { stored, storedValues, watchStoring } from '../../host/vscode/stored';
import { AccessPage } from './accessPage';
import { Dialog } from './dialog';
import { expect } from './expect';
import { watchGestures } from './gestures';
import { Matrix } from './matrix';
import { Menu } from './menu';
import { runCommand } from './palette';
import { QuickInput } from './quickInput';
import { currentSession, type Session } from './session';
import { started, startLimit } from './started';
import { type Theme, themeSelector, themeSetting } from './themes';
import { Toasts } from './toasts';
import { Tree } from './tree';
import { View } from './view';

/** Options of a new window. */
export interface WindowOptions {
  theme?: Theme;
  /** The size of the window, in CSS pixels. */
  size?: { width: number; height: number };
  /** User settings, in addition to those of every run. */
  settings?: Record<string, unknown>;
  /** When the clocks of the extension host and its pages start. They go so slowly that no date changes in a test. */
  clock?: Date;
}

/** How often a key may be pressed to come somewhere. */
const mostPresses = 40;

/** Default timeout, in milliseconds. */
const patience = 15_000;

const usualSize = { width: 1280, height: 800 };

/**
 * Page object of a VS Code window. The window has its own browser profile, so it doesn't share stored data (an
 * extension's state, its secrets) with other windows.
 */
export class Workbench {
  private opened?: { context: BrowserContext; page: Page };
  /** The open folder, which no other window has. */
  private workspace = '';
  private theme: Theme = 'light';
  private settings: Record<string, unknown> = {};
  private readonly said: string[] = [];
  #matrix?: Matrix;

  constructor(private readonly options: WindowOptions = {}) {}

  /** The Playwright page, for actions without a helper. */
  get page(): Page {
    if (!this.opened) throw new Error('The window is not open yet: use it within a test or a hook.');
    return this.opened.page;
  }

  get input(): QuickInput {
    return new QuickInput(this.page);
  }

  get dialog(): Dialog {
    return new Dialog(this.page);
  }

  get toasts(): Toasts {
    return new Toasts(this.page);
  }

  /** The open menu. */
  get menu(): Menu {
    return new Menu(this.page);
  }

  /** The sidebar: its open view, title buttons, and welcome content. */
  get view(): View {
    return new View(this.page);
  }

  /** The matrix of the open Access page. */
  get matrix(): Matrix {
    this.#matrix ??= new Matrix(this.page);
    return this.#matrix;
  }

  /** The Access page of the active editor. */
  get access(): AccessPage {
    return new AccessPage(this.page);
  }

  /** What the page of details shows that was opened last. */
  get preview(): Locator {
    return this.page
      .locator('iframe.webview')
      .last()
      .contentFrame()
      .frameLocator('iframe#active-frame')
      .locator('body');
  }

  tree(name: string | RegExp): Tree {
    return new Tree(this.page, name);
  }

  /** Opens the window in a new browser profile. */
  async open(): Promise<void> {
    const session = currentSession();
    const origin = new URL(session.server().origin).origin;
    this.theme = this.options.theme ?? 'light';
    await this.changeSettings(this.options.settings ?? {});
    const { clock, size = usualSize } = this.options;
    await session.useClock(clock);
    const context = await session.browser.newContext({ viewport: size, ...(clock && { timezoneId: 'UTC' }) });
    if (clock) await slowDownPages(context, clock);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
    context.setDefaultTimeout(patience);
    await this.openIn(context);
  }

  /**
   * Opens another window in the same browser profile, with a folder of its own: both share stored data, as the windows of
   * one person do. It is closed with this one.
   */
  async openBeside(): Promise<Workbench> {
    if (!this.opened) throw new Error('The window is not open yet: use it within a test or a hook.');
    await stored(this.page);
    const other = new Workbench(this.options);
    other.theme = this.theme;
    other.settings = this.settings;
    await other.openIn(this.opened.context);
    return other;
  }

  /** The pages of the windows beside this one. */
  get beside(): Page[] {
    return this.page
      .context()
      .pages()
      .filter((page) => page !== this.page);
  }

  private async openIn(context: BrowserContext): Promise<void> {
    const session = currentSession();
    this.workspace = await session.newWorkspace();
    const page = await context.newPage();
    watchGestures(page);
    await watchStoring(page);
    page.on('console', (message) => this.said.push(`[${message.type()}] ${message.text()}`));
    page.on('pageerror', (error) => this.said.push(`[page error] ${error.stack}`));
    this.opened = { context, page };
    await this.load(session);
  }

  /** Closes the window and deletes its profile. */
  async close(): Promise<void> {
    const opened = this.opened;
    delete this.opened;
    // Leaving a page lets the server end the extension host of its window.
    for (const page of opened?.context.pages() ?? []) await page.goto('about:blank');
    await opened?.context.close();
  }

  /** Reloads the window, as *Developer: Reload Window* does: restarts the extension host, keeps stored state. */
  async reload(): Promise<void> {
    await stored(this.page);
    await this.page.reload();
    await this.ready();
  }

  /** Resolves when what a reload restores of the editors matches. */
  async waitForStored(text: RegExp): Promise<void> {
    await expect(
      () => storedValues(this.page),
      (values) => text.test(values),
      `${text} to be stored`,
    );
  }

  /** Restarts VS Code with all its processes. The browser keeps its storage. */
  async restart(): Promise<void> {
    const session = currentSession();
    await stored(this.page);
    await this.page.goto('about:blank');
    await session.restart();
    await this.load(session);
  }

  /** Opens a view container by its name in the activity bar, unless it is open. */
  async openView(name: string): Promise<View> {
    const tab = this.page.getByRole('tab', { name, exact: true }).first();
    const title = this.page
      .locator('.part.sidebar .composite.title')
      .filter({ hasText: new RegExp(name, 'i') });
    await tab.waitFor();
    // A click on the tab of an open view would close it.
    if (!(await title.isVisible())) await tab.click();
    await title.waitFor();
    return this.view;
  }

  /**
   * Resolves when the sample organization is open. Its command ends by giving the keyboard to the first row, which would
   * take it from what is opened before.
   */
  async waitForSample(): Promise<void> {
    await this.tree('Checkpoints').row('support-bot').waitFor();
    await this.tree('Checkpoints').waitForFocusedRow();
  }

  /** Writes a file of the open folder, as another program would. */
  async writeFile(path: string, content: string): Promise<void> {
    const file = join(this.workspace, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }

  /** The content of a file of the open folder. */
  async readFile(path: string): Promise<string> {
    return readFile(join(this.workspace, path), 'utf8');
  }

  /** Closes all editors without saving: what is not saved would come back in the window of the next suite. */
  async revertEditors(): Promise<void> {
    const tabs = this.page.locator('.part.editor .tab');
    for (let left = await tabs.count(); left > 0; left -= 1) {
      await this.runCommand('View: Revert and Close Editor');
      await expect(
        () => tabs.count(),
        (count) => count < left,
        'one editor less',
      );
    }
  }

  /** Runs a command from the palette by its full title, category included. */
  async runCommand(title: string): Promise<void> {
    await runCommand(this.page, title);
  }

  /** Presses keys in the focused element. */
  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  /**
   * Presses a key until what it moves is where it is wanted, as a person does with Tab and the arrow keys.
   *
   * @throws Error with the last place, after as many presses as nobody would need
   */
  async pressUntil(
    keys: string,
    look: () => Promise<string>,
    wanted: (place: string) => boolean,
    what: string,
  ): Promise<void> {
    let place = await look();
    for (let presses = 0; !wanted(place); presses += 1) {
      if (presses === mostPresses) throw new Error(`${keys} did not lead to ${what}. It ended at ${place}`);
      await this.press(keys);
      place = await look();
    }
  }

  /** Resolves when the status bar shows a text. */
  async waitForStatus(text: string | RegExp): Promise<void> {
    await this.page.locator('.part.statusbar').getByText(text).first().waitFor();
  }

  /** An item of the status bar, by its label for screen readers. */
  statusOf(label: string | RegExp): Locator {
    return this.page.locator('.part.statusbar').getByRole('button', { name: label });
  }

  /** The text on the clipboard. */
  async clipboard(): Promise<string> {
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** Replaces the user settings, which take effect at once. Those of every run and the theme stay. */
  async changeSettings(settings: Record<string, unknown>): Promise<void> {
    const session = currentSession();
    this.settings = settings;
    const all = { ...themeSetting(this.theme, session.lane), ...settings };
    await session.useSettings(all, this.opened?.page);
  }

  /** Changes the color theme, and resolves when it is active. */
  async useTheme(theme: Theme): Promise<void> {
    this.theme = theme;
    await this.changeSettings(this.settings);
    await this.page.locator(themeSelector(theme)).waitFor();
  }

  /** Resizes the window. */
  async resize(size: { width: number; height: number }): Promise<void> {
    await this.page.setViewportSize(size);
    // VS Code lays out its parts, and what is in them, in the next frame.
    await this.page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
    );
  }

  /** Takes a screenshot of the window. Moves the mouse away first, unless asked to keep it. */
  async screenshot(file: string, { keepMouse = false } = {}): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    if (!keepMouse) await this.page.mouse.move(0, 0);
    await this.page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  }

  /** The console output of the window so far. */
  log(): string {
    return this.said.join('\n');
  }

  private async load(session: Session): Promise<void> {
    const { origin, token } = session.server();
    await this.page.goto(`${origin}?${new URLSearchParams({ tkn: token, folder: this.workspace })}`);
    await this.ready();
  }

  private async ready(): Promise<void> {
    await this.page.locator(themeSelector(this.theme)).waitFor({ timeout: startLimit });
    await this.page.locator('.part.activitybar').getByRole('tab').first().waitFor();
    await started(this.page, 'usably');
  }
}

/** Slows the clocks of an extension's pages, which are frames. That of VS Code itself doesn't matter. */
async function slowDownPages(context: BrowserContext, start: Date): Promise<void> {
  await context.addInitScript({ content: `if (self !== top) (${slowDownClock})(${start.getTime()});` });
}
