import type { ProjectUse } from './evidence';

const dayLength = 24 * 60 * 60 * 1000;

/** The days of the line, today included. */
export const lineDays = 90;

/** Days that the line draws as one point, so that it has room. */
const daysPerPoint = 3;

/** Size of the drawing, in its own units. */
export const lineSize = { width: 60, height: 14 } as const;

/**
 * The requests of the last {@link lineDays} days, oldest first. `days` begin at `from`, and end with the last day with
 * usage. Moments in milliseconds since 1970.
 */
export function lastDays(days: readonly number[], from: number, loadedAt: number): number[] {
  const today = Math.floor((loadedAt - from) / dayLength);
  return Array.from({ length: lineDays }, (_, index) => days[today - lineDays + 1 + index] ?? 0);
}

/** Sums of 7 days each, oldest first. The first is of the days that are left. */
export function byWeek(days: readonly number[]): number[] {
  return sums(days, 7);
}

function sums(days: readonly number[], length: number): number[] {
  const found: number[] = [];
  for (let end = days.length; end > 0; end -= length)
    found.unshift(days.slice(Math.max(0, end - length), end).reduce((sum, each) => sum + each, 0));
  return found;
}

/** The path of the line: the data of an SVG path element. */
export function linePath(days: readonly number[]): string {
  const points = sums(days, daysPerPoint);
  const most = Math.max(1, ...points);
  const { width, height } = lineSize;
  const step = width / Math.max(1, points.length - 1);
  const at = (value: number, index: number): string =>
    `${round(index * step)} ${round(height - 1 - (value / most) * (height - 2))}`;
  return `M${points.map(at).join('L')}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What is drawn of a use, made once: rows are drawn again with each scroll. */
export interface DrawnUse {
  readonly path: string;
  readonly weeks: readonly number[];
}

const drawn = new WeakMap<ProjectUse, DrawnUse>();

/** The line of a use. Undefined if its days are not known. */
export function drawnUse(use: ProjectUse, from: number, loadedAt: number): DrawnUse | undefined {
  if (!use.days) return undefined;
  const known = drawn.get(use);
  if (known) return known;
  const days = lastDays(use.days, from, loadedAt);
  const made = { path: linePath(days), weeks: byWeek(days) };
  drawn.set(use, made);
  return made;
}
