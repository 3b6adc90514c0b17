import type { Page } from 'playwright-core';
import { expect } from './expect';

/** Marks that VS Code sets while a window starts. */
const marks = {
  /** The parts of the window are restored, and the views and commands of extensions are there. */
  usably: ['code/didStartWorkbench', 'code/didLoadExtensions'],
  /**
   * So is what VS Code does when it has nothing else to do. That draws the title of each view anew, which closes a menu
   * that is open there.
   */
  wholly: ['code/didCreateWorkbenchContributions/4'],
};

/** How long a window may take to start, in milliseconds. */
export const startLimit = 60_000;

/**
 * Resolves when a window is started. Before it can be used, a click on what is restored later would close that, and a
 * palette that is open would not list commands that come later.
 */
export async function started(page: Page, how: keyof typeof marks): Promise<void> {
  await expect(
    () => page.evaluate<string[]>('performance.getEntriesByType("mark").map(({ name }) => name)'),
    (set) => marks[how].every((mark) => set.includes(mark)),
    'VS Code to be started',
    startLimit,
  );
}
