import type { Browser, Page } from 'playwright-core';
import { progressInWords } from '../../../src/words/matrix';
import { median } from '../median';
import { largeOrganization } from '../organization';

import { openMatrixPage } from './page';
import { scroll, ways } from './scrolling';

/** One figure about the page of the access matrix. */
export interface MatrixFigure {
  readonly title: string;
  readonly unit: 'ms' | 'MB' | '';
  readonly value: number;
  /** The goal. Absent if there is none. */
  readonly atMost?: number;
}

/** Size of the measured matrix. */
const size = { checkpoints: 200, projects: 500 } as const;

const allLoaded = progressInWords({
  done: size.checkpoints,
  total: size.checkpoints,
  failed: 0,
  isLoading: false,
  isStopped: false,
});

/** Measures the page of a matrix of 200 × 500, as built for shipping, in Chromium. */
export async function measureMatrix(browser: Browser): Promise<MatrixFigure[]> {
  const organization = largeOrganization(size);
  const opened = performance.now();
  const { page, faults, close } = await openMatrixPage(browser, organization);
  try {
    await page.getByRole('gridcell').first().waitFor();
    await painted(page);
    const firstPaint = performance.now() - opened;
    await page.locator('#progress').getByText(allLoaded).waitFor({ timeout: 120_000 });
    const filled = performance.now() - opened;
    const scrolled: MatrixFigure[] = [];
    for (const way of ways) scrolled.push(...(await scroll(page, way)));
    const toggles = await toggle(page, 30);
    if (faults.length > 0) throw new Error(`The page had faults: ${faults.join(' ')}`);
    const ms = (title: string, value: number): MatrixFigure => ({ title, unit: 'ms', value });
    return [
      ms('first paint of the grid, window opened to cells drawn', firstPaint),
      ms(`all ${size.checkpoints} lists read and shown`, filled),
      ...scrolled,
      ms('toggle, key pressed to change drawn: median', median(toggles)),
      ms('toggle, key pressed to change drawn: worst', Math.max(...toggles)),
      { title: 'JavaScript heap of the page', unit: 'MB', value: await heap(page) },
    ];
  } finally {
    await close();
    organization.dispose();
  }
}

/** Presses Space on a cell repeatedly. The session on the extension's side responds. */
async function toggle(page: Page, times: number): Promise<number[]> {
  await page.evaluate('document.getElementById("grid").scrollTo(0, 0)');
  await painted(page);
  await page.getByRole('gridcell').first().focus();
  const taken: number[] = [];
  for (let press = 0; press < times; press += 1) {
    taken.push(
      await page.evaluate<number>(`new Promise((resolve, reject) => {
        setTimeout(reject, 10_000, new Error('Nothing came of it.'));
        const cell = document.activeElement;
        const began = performance.now();
        new MutationObserver((_, observer) => {
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
        }).observe(cell, { attributes: true, attributeFilter: ['class'] });
        cell.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }));
      })`),
    );
  }
  return taken;
}

/** Resolves when the change is painted. */
async function painted(page: Page): Promise<void> {
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))');
}

async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1_000_000;
}
