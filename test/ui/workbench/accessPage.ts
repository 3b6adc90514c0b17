import { readFileSync } from 'node:fs';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import type { TabId } from '../../../src/protocol/accessPage';
import { accessPage as words } from '../../../src/words/accessPage';
import { expect } from './expect';
import { Menu } from './menu';

/** A violation of an accessibility rule, with its elements. */
export interface Violation {
  readonly rule: string;
  readonly help: string;
  readonly elements: readonly string[];
}

/** Page object of an Access page in its editor tab. */
export class AccessPage {
  readonly frame: FrameLocator;

  constructor(readonly page: Page) {
    this.frame = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  }

  /** The tabs of the editor that show an Access page. */
  editorTabs(name: RegExp = /Access · /): Locator {
    return this.page.getByRole('tab', { name });
  }

  /** Resolves when the page shows its tabs. */
  async waitFor(): Promise<this> {
    await this.frame.locator('#title').filter({ hasText: /./ }).waitFor();
    return this;
  }

  /** Resolves when the keyboard is in the page. It comes there some time after its editor tab was clicked. */
  async waitForKeyboard(): Promise<void> {
    await expect(() => this.evaluate<boolean>('document.hasFocus()'), Boolean, 'the keyboard in the page');
  }

  tab(id: TabId): Locator {
    return this.frame.locator(`[data-tab="${id}"]`);
  }

  panel(id: TabId): Locator {
    return this.frame.locator(`#panel-${id}`);
  }

  /** Selects a tab by mouse. On a narrow page, a list has them. */
  async select(id: TabId): Promise<void> {
    const list = this.frame.locator('#tab-select');
    if (await list.isVisible()) await list.selectOption(id);
    else await this.tab(id).click();
    await this.waitForTab(id);
  }

  async waitForTab(id: TabId): Promise<void> {
    await expect(
      () => this.tab(id).getAttribute('aria-selected'),
      (selected) => selected === 'true',
      `the tab ${id} to be selected`,
    );
    await this.panel(id).waitFor();
  }

  /** The number beside the name of a tab. */
  async count(id: TabId): Promise<string> {
    const badge = this.frame.locator(`#count-${id}`);
    return (await badge.isVisible()) ? (await badge.innerText()).trim() : '';
  }

  get search(): Locator {
    return this.frame.getByRole('searchbox', { name: words.search });
  }

  /** Types a search. On a narrow page, its field is behind an icon. */
  async searchFor(text: string): Promise<void> {
    const icon = this.frame.locator('#search-button');
    if (await icon.isVisible()) await icon.click();
    await this.search.fill(text);
  }

  async organization(): Promise<string> {
    return (await this.frame.locator('#title').innerText()).trim();
  }

  /** The rows of a tab's table that are rendered. */
  rows(id: TabId): Locator {
    return this.panel(id).locator('.table-canvas [role=row]');
  }

  /** A rendered row of a tab's table by a text in it. */
  row(id: TabId, text: string | RegExp): Locator {
    return this.rows(id).filter({ hasText: text });
  }

  /** Opens the context menu of an element with the right mouse button. */
  async contextMenuOf(element: Locator): Promise<Menu> {
    await element.click({ button: 'right' });
    return new Menu(this.page).waitFor();
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** Makes the window so wide that the page has a width, in CSS pixels. */
  async makeWide(width: number, height: number): Promise<void> {
    const inner = () => this.evaluate<number>('innerWidth');
    // What is beside the page keeps its width.
    const beside = (this.page.viewportSize()?.width ?? 0) - (await inner());
    await this.page.setViewportSize({ width: width + beside, height });
    await expect(inner, (own) => own === width, `a page of ${width} pixels`);
  }

  /** The rendered texts of a tab's table that should wrap, and are cut. */
  cutTexts(id: TabId): Promise<string[]> {
    return this.evaluate<string[]>(`[...document.querySelectorAll('#panel-${id} .wraps')]
      .filter((cell) => cell.scrollHeight > cell.clientHeight + 1 || cell.scrollWidth > cell.clientWidth)
      .map((cell) => cell.innerText)`);
  }

  /** Finds violations of accessibility rules with axe-core. */
  async violations(): Promise<Violation[]> {
    const frame = await this.contentFrame();
    if (!(await frame.evaluate('typeof axe === "object"')))
      await frame.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
    return frame.evaluate<Violation[]>(
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, help, nodes }) =>
        ({ rule: id, help, elements: nodes.slice(0, 5).map(({ html, failureSummary }) => html + ' ' + failureSummary) })))`,
    );
  }

  /** Runs a script in the page, for state that no locator can read. */
  async evaluate<T>(script: string): Promise<T> {
    return (await this.contentFrame()).evaluate<T>(script);
  }

  /** Resolves when the page has drawn what it knows now. */
  async framesDrawn(): Promise<void> {
    await this.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
    );
  }

  private async contentFrame(): Promise<Frame> {
    const handle = await this.frame.owner().elementHandle();
    const frame = await handle?.contentFrame();
    if (!frame) throw new Error('The editor tab has no page.');
    return frame;
  }
}
