import type { Page } from 'playwright-core';
import { median } from '../median';
import type { MatrixFigure } from './measure';

/** One way of scrolling the grid: along which side, and how far from one frame to the next. */
interface Way {
  readonly title: string;
  readonly side: 'top' | 'left';
  /** In CSS pixels, or a page. */
  readonly step: number | 'screenful';
}

/** Scrolling by a wheel, and by a dragged scrollbar or a held page key. */
export const ways: readonly Way[] = [
  { title: 'scrolling down', side: 'top', step: 40 },
  { title: 'scrolling across', side: 'left', step: 40 },
  { title: 'scrolling down by screenfuls', side: 'top', step: 'screenful' },
  { title: 'scrolling across by screenfuls', side: 'left', step: 'screenful' },
];

const times = 120;
/** Milliseconds: more than two frames of the screen, which take 33.3. */
const long = 34;

/** Scrolls once each frame, to the end and back. Returns the durations of the frames and of the work in them. */
export async function scroll(page: Page, { title, side, step }: Way): Promise<MatrixFigure[]> {
  await page.evaluate('document.getElementById("grid").scrollTo(0, 0)');
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 300))');
  const { gaps, work } = await page.evaluate<{ gaps: number[]; work: number[] }>(`new Promise((resolve) => {
    const grid = document.getElementById('grid');
    const [property, head, seen, all] = '${side}' === 'top'
      ? ['scrollTop', 168, grid.clientHeight, grid.scrollHeight]
      : ['scrollLeft', 320, grid.clientWidth, grid.scrollWidth];
    const step = ${step === 'screenful' ? 'seen - head' : step};
    const gaps = [], work = [];
    const { port1, port2 } = new MessageChannel();
    let began, last, at = 0, direction = 1;
    port1.onmessage = () => work.push(performance.now() - began);
    const frame = (now) => {
      if (last !== undefined) gaps.push(now - last);
      last = now;
      began = performance.now();
      // Runs after the browser's work for this frame.
      port2.postMessage(undefined);
      const next = at + direction * step;
      if (next < 0 || next > all - seen) direction = -direction;
      at += direction * step;
      grid[property] = at;
      if (gaps.length < ${times}) requestAnimationFrame(frame);
      else setTimeout(() => resolve({ gaps, work }), 100);
    };
    requestAnimationFrame(frame);
  })`);
  const figure = (what: string, value: number, unit: MatrixFigure['unit'] = 'ms'): MatrixFigure => ({
    title: `${title}, ${what}`,
    unit,
    value,
  });
  return [
    figure('from frame to frame: median', median(gaps)),
    figure('from frame to frame: 95 %', percentile(gaps, 0.95)),
    figure('from frame to frame: longest', Math.max(...gaps)),
    figure(`frames of ${gaps.length} over ${long} ms`, gaps.filter((gap) => gap > long).length, ''),
    figure('work in a frame: median', median(work)),
    figure('work in a frame: 95 %', percentile(work, 0.95)),
  ];
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
}
