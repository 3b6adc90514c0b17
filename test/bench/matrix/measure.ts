import type { Browser, Page } from 'playwright-core';
import { median } from '../median';
import { largeOrganization, size } from './organization';
import { openMatrixPage } from './page';

/** One figure about the page of the access matrix. */
export interface MatrixFigure {
  readonly title: string;
  readonly unit: 'ms' | 'MB' | '';
  readonly value: number;
}

/** Measures the page of a matrix of 200 × 500, as built for shipping, in Chromium. */
export async function measureMatrix(browser: Browser): Promise<MatrixFigure[]> {
  const organization = largeOrganization();
  const opened = performance.now();
  const { page, faults, close } = await openMatrixPage(browser, organization);
  try {
    await page.getByRole('gridcell').first().waitFor();
    await painted(page);
    const firstPaint = performance.now() - opened;
    await page
      .locator('#progress')
      .getByText(`All ${size.checkpoints} checkpoints are read`)
      .waitFor({ timeout: 120_000 });
    const filled = performance.now() - opened;
    const down = await scroll(page, 'top', 40);
    const across = await scroll(page, 'left', 40);
    const jumps = await scroll(page, 'top', 1300);
    const toggles = await toggle(page, 30);
    if (faults.length > 0) throw new Error(`The page had faults: ${faults.join(' ')}`);
    const ms = (title: string, value: number): MatrixFigure => ({ title, unit: 'ms', value });
    return [
      ms('first paint of the grid, window opened to cells drawn', firstPaint),
      ms(`all ${size.checkpoints} lists read and shown`, filled),
      ...frames('scrolling down', down),
      ...frames('scrolling across', across),
      ...frames('scrolling down by screenfuls', jumps),
      ms('toggle, key pressed to change drawn: median', median(toggles)),
      ms('toggle, key pressed to change drawn: worst', Math.max(...toggles)),
      { title: 'JavaScript heap of the page', unit: 'MB', value: await heap(page) },
      {
        title: 'elements in the page',
        unit: '',
        value: await page.evaluate<number>('document.querySelectorAll("*").length'),
      },
    ];
  } finally {
    await close();
    organization.dispose();
  }
}

/** Milliseconds from frame to frame, and of script, style and layout in each, while the grid is scrolled to its end. */
interface Frames {
  readonly gaps: readonly number[];
  readonly work: readonly number[];
}

function frames(what: string, { gaps, work }: Frames): MatrixFigure[] {
  const sorted = [...work].sort((one, other) => one - other);
  const share = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return [
    { title: `${what}, work in a frame: median`, unit: 'ms', value: share(0.5) },
    { title: `${what}, work in a frame: 95 %`, unit: 'ms', value: share(0.95) },
    { title: `${what}, from frame to frame: median`, unit: 'ms', value: median(gaps) },
  ];
}

/** Scrolls by so many pixels a frame; the page's own work follows in the same frame, and a message comes after it. */
async function scroll(page: Page, side: 'top' | 'left', step: number): Promise<Frames> {
  return page.evaluate<Frames>(`new Promise((resolve) => {
    const grid = document.getElementById('grid');
    const property = '${side}' === 'top' ? 'scrollTop' : 'scrollLeft';
    const gaps = [], work = [];
    const { port1, port2 } = new MessageChannel();
    let began, at = -${step};
    port1.onmessage = () => work.push(performance.now() - began);
    const frame = (now) => {
      if (began !== undefined) gaps.push(now - last);
      last = now;
      began = performance.now();
      port2.postMessage(undefined);
      at += ${step};
      grid[property] = at;
      if (grid[property] < at || gaps.length > 400) setTimeout(() => resolve({ gaps, work }), 100);
      else requestAnimationFrame(frame);
    };
    let last;
    requestAnimationFrame(frame);
  })`);
}

/** Presses Space on a cell so many times; the answer comes from the session on the other side. */
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

/** Resolves when what was changed is on the screen. */
async function painted(page: Page): Promise<void> {
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))');
}

async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1_000_000;
}
