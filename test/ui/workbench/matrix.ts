import type { Locator, Page } from 'playwright-core';
import { AccessPage } from './accessPage';
import { expect } from './expect';
import { textOf } from './text';

/** Page object of the matrix of an Access page. */
export class Matrix extends AccessPage {
  readonly grid: Locator;
  private readonly searched = { checkpoints: '', projects: '' };

  constructor(page: Page) {
    super(page);
    this.grid = this.frame.locator('#grid');
  }

  /** Resolves when the page shows a grid. */
  override async waitFor(): Promise<this> {
    await this.grid.waitFor();
    return this;
  }

  /** Resolves when the progress text matches. */
  async waitForProgress(text: string | RegExp): Promise<void> {
    await this.frame.locator('#progress').filter({ hasText: text }).waitFor();
  }

  /** The cell of a checkpoint and a project, by their names. Only visible cells exist. */
  cell(checkpoint: string, project: string): Locator {
    const name = new RegExp(`^${escaped(checkpoint)}, project ${escaped(project)}( \\(archived\\))?: `);
    return this.grid.getByRole('gridcell', { name });
  }

  /** The label of a cell for screen readers, without its names. */
  async said(checkpoint: string, project: string): Promise<string> {
    const label = (await this.cell(checkpoint, project).getAttribute('aria-label')) ?? '';
    return label.slice(label.indexOf(': ') + 2);
  }

  /** Resolves when the label of a cell matches. */
  async waitForCell(checkpoint: string, project: string, text: RegExp): Promise<void> {
    await expect(
      () => this.said(checkpoint, project),
      (said) => text.test(said),
      `${checkpoint}, ${project} to say ${text}`,
    );
  }

  /** The texts of the visible headings. */
  async headings(of: 'row' | 'column'): Promise<string[]> {
    const role = of === 'row' ? 'rowheader' : 'columnheader';
    const names = this.grid.getByRole(role).locator('.name');
    return (await names.allTextContents()).filter((name) => !/ by (project|checkpoint)$/.test(name));
  }

  /** Resolves when the visible headings meet a condition. */
  async waitForHeadings(of: 'row' | 'column', wanted: (names: readonly string[]) => boolean): Promise<void> {
    await expect(() => this.headings(of), wanted, `${of} headings as wanted`);
  }

  heading(name: string | RegExp): Locator {
    const text = typeof name === 'string' ? new RegExp(`^(Checkpoint|Project) ${escaped(name)},`) : name;
    return this.grid
      .getByRole('rowheader', { name: text })
      .or(this.grid.getByRole('columnheader', { name: text }));
  }

  /** The label of the focused element of the page. */
  async focused(): Promise<string> {
    return (await this.frame.locator(':focus').getAttribute('aria-label')) ?? '';
  }

  /** The number of visible selected cells. */
  async selected(): Promise<number> {
    return this.grid.locator('[aria-selected=true]').count();
  }

  async staged(): Promise<string> {
    return textOf(this.frame.locator('#staged'));
  }

  async waitForStaged(text: string): Promise<void> {
    await this.frame.locator('#staged').getByText(text, { exact: true }).waitFor();
  }

  /** Resolves when the message about cells that weren't staged matches. */
  async waitForRefusal(text: string | RegExp): Promise<void> {
    await this.frame.locator('#said-text').filter({ hasText: text }).waitFor();
  }

  /** Searches one axis. Keeps the search of the other one. */
  async searchAxis(what: 'checkpoints' | 'projects', text: string): Promise<void> {
    this.searched[what] = text;
    const { checkpoints, projects } = this.searched;
    const words = [
      ...checkpoints.split(' ').map((word) => (word ? `model:${word}` : '')),
      ...projects.split(' ').map((word) => (word ? `project:${word}` : '')),
    ];
    await this.searchFor(words.filter(Boolean).join(' '));
  }

  async sort(what: 'checkpoints' | 'projects', by: string): Promise<void> {
    await this.frame.getByRole('combobox', { name: `Sort ${what} by` }).selectOption(by);
  }

  async pressButton(name: string): Promise<void> {
    await this.frame.getByRole('button', { name, exact: true }).click();
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
