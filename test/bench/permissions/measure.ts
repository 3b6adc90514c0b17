import type { Browser, Page } from 'playwright-core';
import { progressInWords } from '../../../src/words/matrix';
import { permissionColumns, permissionsShown } from '../../../src/words/permissionsTab';
import type { MatrixFigure } from '../matrix/measure';
import { openMatrixPage } from '../matrix/page';
import { median } from '../median';
import { largeOrganization } from '../organization';

/** Size of the measured table: every checkpoint is shared with two in five projects. */
const size = { checkpoints: 50, projects: 501, permissions: 10_000 } as const;

const allLoaded = progressInWords({
  done: size.checkpoints,
  total: size.checkpoints,
  failed: 0,
  isLoading: false,
  isStopped: false,
});

const times = 120;
/** Milliseconds: more than two frames of the screen, which take 33.3. */
const long = 34;

/** Measures the Permissions tab with 10,000 rows, as built for shipping, in Chromium. */
export async function measurePermissions(browser: Browser): Promise<MatrixFigure[]> {
  const organization = largeOrganization(size);
  const { page, faults, close } = await openMatrixPage(browser, organization);
  try {
    await page.locator('#progress').getByText(allLoaded).waitFor({ timeout: 120_000 });
    // The history of who granted what, and usage, are part of the table.
    const { signal } = new AbortController();
    while (organization.trail.snapshot.ending.kind !== 'complete')
      await (organization.trail.snapshot.ending.kind === 'unread'
        ? organization.trail.read()
        : organization.trail.readOlder());
    await organization.usage.read(signal);
    const firstPaint = await page.evaluate<number>(`new Promise((resolve, reject) => {
      setTimeout(reject, 60_000, new Error('The tab has no rows.'));
      const began = performance.now();
      document.querySelectorAll('vscode-tab-header')[1].click();
      const look = () => {
        if (!document.querySelector('.permissions .row .cell')) requestAnimationFrame(look);
        else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
      };
      look();
    })`);
    await page
      .locator('.permissions .status')
      .getByText(permissionsShown(size.permissions, size.permissions, true))
      .waitFor();
    await page.locator('.permissions .use-line path[d^="M"]').first().waitFor();
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 1000))');
    const sorts: number[] = [];
    for (const title of Object.values(permissionColumns))
      for (let press = 0; press < 2; press += 1) sorts.push(await sortBy(page, title));
    const keys: number[] = [];
    for (const word of ['harbour', 'model-4', 'project 12'])
      for (let length = 1; length <= word.length; length += 1)
        keys.push(await search(page, word.slice(0, length)));
    keys.push(await search(page, ''));
    const scrolled = [
      ...(await scroll(page, 'scrolling down', 40)),
      ...(await scroll(page, 'scrolling down by screenfuls', 'screenful')),
    ];
    if (faults.length > 0) throw new Error(`The page had faults: ${faults.join(' ')}`);
    const ms = (title: string, value: number): MatrixFigure => ({ title, unit: 'ms', value });
    return [
      ms('first paint of 10,000 rows, tab selected to rows drawn', firstPaint),
      { ...ms('sort, heading clicked to rows drawn: median', median(sorts)), atMost: 50 },
      ms('sort, heading clicked to rows drawn: worst', Math.max(...sorts)),
      { ...ms('filter, key typed to rows drawn: median', median(keys)), atMost: 50 },
      ms('filter, key typed to rows drawn: worst', Math.max(...keys)),
      ...scrolled,
      { title: 'JavaScript heap of the page', unit: 'MB', value: await heap(page) },
    ];
  } finally {
    await close();
    organization.dispose();
  }
}

/** Clicks the heading of a column. Resolves to the time until the rows are painted. */
function sortBy(page: Page, title: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve, reject) => {
    setTimeout(reject, 10_000, new Error('Nothing was sorted.'));
    const head = [...document.querySelectorAll('.permissions .sort')]
      .find((each) => each.textContent.startsWith(${JSON.stringify(title)}));
    const began = performance.now();
    head.click();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
  })`);
}

/** Types into the search of the page. Resolves to the time until the number of shown rows has changed and is painted. */
function search(page: Page, text: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve, reject) => {
    setTimeout(reject, 10_000, new Error('Nothing was filtered.'));
    const field = document.getElementById('search');
    const table = document.querySelector('.permissions .table');
    const began = performance.now();
    new MutationObserver((_, observer) => {
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
    }).observe(table, { attributes: true, attributeFilter: ['aria-rowcount'] });
    field.value = ${JSON.stringify(text)};
    field.dispatchEvent(new Event('input', { bubbles: true }));
  })`);
}

/** Scrolls once each frame, to the end and back. Returns the durations of the frames. */
async function scroll(page: Page, title: string, step: number | 'screenful'): Promise<MatrixFigure[]> {
  const gaps = await page.evaluate<number[]>(`new Promise((resolve) => {
    const table = document.querySelector('.permissions .table');
    table.scrollTo(0, 0);
    const step = ${step === 'screenful' ? 'table.clientHeight - 26' : step};
    const gaps = [];
    let last, at = 0;
    const frame = (now) => {
      if (last !== undefined) gaps.push(now - last);
      last = now;
      at += step;
      table.scrollTop = at;
      if (gaps.length < ${times}) requestAnimationFrame(frame);
      else resolve(gaps);
    };
    setTimeout(() => requestAnimationFrame(frame), 300);
  })`);
  const late = gaps.filter((gap) => gap > long).length;
  return [
    { title: `${title}, from frame to frame: median`, unit: 'ms', value: median(gaps) },
    { title: `${title}, from frame to frame: longest`, unit: 'ms', value: Math.max(...gaps) },
    {
      title: `${title}, frames of ${gaps.length} over ${long} ms`,
      unit: '',
      value: late,
      atMost: times / 20,
    },
  ];
}

async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1_000_000;
}
