import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { stored, watchStoring } from '../../host/vscode/stored';
import { Dialog } from './dialog';
import { Matrix } from './matrix';
import { Menu } from './menu';
import { runCommand } from './palette';
import { QuickInput } from './quickInput';
import { currentSession, type Session } from './session';
import { type Theme, themeSelector, themeSetting } from './themes';
import { Toasts } from './toasts';
import { Tree } from './tree';
import { View } from './view';

/** How a window is to be opened. */
export interface WindowOptions {
  theme?: Theme;
  /** Of the window, in CSS pixels. */
  size?: { width: number; height: number };
  /** Settings of the person, besides the quiet ones of every run. */
  settings?: Record<string, unknown>;
}

/** Milliseconds that anything a person waits for may take. */
const patience = 15_000;

const usualSize = { width: 1280, height: 800 };

/**
 * A window of VS Code and what a person does in it. It belongs to a browser profile of its own: what another window
 * stored (an extension's state, its secrets) is not there.
 */
export class Workbench {
  private opened?: { context: BrowserContext; page: Page };
  /** The folder that it has open: no other window has the same. */
  private workspace = '';
  private theme: Theme = 'light';
  private settings: Record<string, unknown> = {};
  private readonly said: string[] = [];

  constructor(private readonly options: WindowOptions = {}) {}

  /** For what these helpers have no word for. */
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

  /** The menu that is open. */
  get menu(): Menu {
    return new Menu(this.page);
  }

  /** The side bar: the view that is open in it, its title's buttons, its welcome. */
  get view(): View {
    return new View(this.page);
  }

  /** The access matrix that is open. */
  get matrix(): Matrix {
    return new Matrix(this.page);
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
    this.workspace = await session.newWorkspace();
    const context = await session.browser.newContext({ viewport: this.options.size ?? usualSize });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    await watchStoring(page);
    page.on('console', (message) => this.said.push(`[${message.type()}] ${message.text()}`));
    page.on('pageerror', (error) => this.said.push(`[page error] ${error.stack}`));
    this.opened = { context, page };
    await this.load(session);
  }

  /** Closes the window and forgets its profile. */
  async close(): Promise<void> {
    const opened = this.opened;
    delete this.opened;
    // Leaving the page is what tells the server that this window's extension host is not needed any more.
    await opened?.page.goto('about:blank');
    await opened?.context.close();
  }

  /** What a person does with *Developer: Reload Window*: the extension host starts anew, what was stored stays. */
  async reload(): Promise<void> {
    await stored(this.page);
    await this.page.reload();
    await this.ready();
  }

  /** Ends VS Code with all its processes and starts it again; the browser keeps what it stored. */
  async restart(): Promise<void> {
    const session = currentSession();
    await stored(this.page);
    await this.page.goto('about:blank');
    await session.restart();
    await this.load(session);
  }

  /** Opens a view container by its name in the activity bar, where it is not open yet. */
  async openView(name: string): Promise<View> {
    const tab = this.page.getByRole('tab', { name, exact: true }).first();
    const title = this.page
      .locator('.part.sidebar .composite.title')
      .filter({ hasText: new RegExp(name, 'i') });
    await tab.waitFor();
    // A click on the tab of a view that is open closes it, also while it is still being restored: then another opens it.
    for (const patience of [300, 2_000, 2_000, 2_000]) {
      const shown = await title.waitFor({ timeout: patience }).then(always(true), always(false));
      if (shown) return this.view;
      await tab.click();
    }
    await title.waitFor();
    return this.view;
  }

  /** Runs a command from the palette by its full title, category included. */
  async runCommand(title: string): Promise<void> {
    await runCommand(this.page, title);
  }

  /** Presses keys, wherever the keyboard is. */
  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  /** Resolves when the status bar shows a text. */
  async waitForStatus(text: string | RegExp): Promise<void> {
    await this.page.locator('.part.statusbar').getByText(text).first().waitFor();
  }

  /** What is on the clipboard. */
  async clipboard(): Promise<string> {
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** Replaces the person's settings (the quiet ones and the theme stay); takes effect at once. */
  async changeSettings(settings: Record<string, unknown>): Promise<void> {
    const session = currentSession();
    this.settings = settings;
    const all = { ...themeSetting(this.theme, session.lane), ...settings };
    await session.useSettings(all, this.opened?.page);
  }

  /** Changes the colour theme, and resolves when it shows. */
  async useTheme(theme: Theme): Promise<void> {
    this.theme = theme;
    await this.changeSettings(this.settings);
    await this.page.locator(themeSelector(theme)).waitFor();
  }

  /** Makes the window larger or smaller. */
  async resize(size: { width: number; height: number }): Promise<void> {
    await this.page.setViewportSize(size);
  }

  /** Takes a picture of the window, with no mouse over anything unless asked to keep it there. */
  async screenshot(file: string, { keepMouse = false } = {}): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    if (!keepMouse) await this.page.mouse.move(0, 0);
    await this.page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  }

  /** Everything the window wrote to its console so far. */
  log(): string {
    return this.said.join('\n');
  }

  private async load(session: Session): Promise<void> {
    const { origin, token } = session.server();
    await this.page.goto(`${origin}?${new URLSearchParams({ tkn: token, folder: this.workspace })}`);
    await this.ready();
  }

  private async ready(): Promise<void> {
    await this.page.locator(themeSelector(this.theme)).waitFor({ timeout: 60_000 });
    await this.page.locator('.part.activitybar').getByRole('tab').first().waitFor();
  }
}

function always<T>(value: T): () => T {
  return () => value;
}
