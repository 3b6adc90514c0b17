import { type HistoryFilter, parseHistoryFilter } from '../../../access/evidence/history/filter';

/** The periods to choose from. */
export const periods = ['any', 'last7', 'last30', 'last90', 'custom'] as const;
export type Period = (typeof periods)[number];

/** The filter as its controls show it. `from` and `to` are for a custom period. */
export interface FilterState extends Omit<HistoryFilter, 'text'> {
  readonly period: Period;
}

/** What a reload of the page keeps of the tab. */
export interface HistoryTabState {
  readonly filter: FilterState;
  /** The keys of folded groups. */
  readonly folded: readonly string[];
  readonly scrollTop: number;
}

const dayMs = 24 * 60 * 60 * 1000;
const days: Readonly<Record<Period, number>> = { any: 0, last7: 7, last30: 30, last90: 90, custom: 0 };

export const noFilter: FilterState = { period: 'any' };

/** More folded groups than anyone folds. */
const mostFolded = 1000;

/** Parses a saved state. An invalid part gets its default value. */
export function parseHistoryState(saved: unknown): HistoryTabState {
  const { filter, folded, scrollTop } = (saved ?? {}) as Record<string, unknown>;
  return {
    filter: parseFilterState(filter),
    folded: Array.isArray(folded)
      ? folded.filter((key): key is string => typeof key === 'string').slice(0, mostFolded)
      : [],
    scrollTop: typeof scrollTop === 'number' && scrollTop > 0 ? scrollTop : 0,
  };
}

function parseFilterState(saved: unknown): FilterState {
  const { period, ...others } = (saved ?? {}) as Record<string, unknown>;
  const { text: _, from, to, ...parts } = parseHistoryFilter(others).filter;
  const chosen = periods.find((each) => each === period) ?? 'any';
  const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return { ...parts, period: chosen, ...(chosen === 'custom' && range) };
}

/** The controls for a filter that was set from outside. */
export function stateOfFilter({ text: _, ...filter }: HistoryFilter): FilterState {
  const isPeriod = filter.from !== undefined || filter.to !== undefined;
  return { ...filter, period: isPeriod ? 'custom' : 'any' };
}

/** The filter that the controls show. A period of days begins with a whole day in UTC. */
export function filterOf({ period, from, to, ...parts }: FilterState, now: number): HistoryFilter {
  if (period === 'any') return parts;
  if (period !== 'custom')
    return { ...parts, from: Math.floor((now - days[period] * dayMs) / dayMs) * dayMs };
  return { ...parts, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** The state with one part changed; undefined removes it. */
export function withPart<Part extends Exclude<keyof FilterState, 'period'>>(
  { period, ...parts }: FilterState,
  part: Part,
  value: FilterState[Part] | undefined,
): FilterState {
  const changed: Partial<FilterState> = { ...parts, [part]: value };
  if (value === undefined) delete changed[part];
  return { ...changed, period };
}

/** The state with another custom period. */
export function withPeriod(
  { from: _, to: __, ...others }: FilterState,
  start: number | undefined,
  end: number | undefined,
): FilterState {
  return { ...others, ...(start !== undefined && { from: start }), ...(end !== undefined && { to: end }) };
}

/** The start of a day in UTC from a date field; undefined if it is empty or invalid. */
export function startOfDay(date: string): number | undefined {
  const at = /^\d{4,6}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** The moment after a day in UTC from a date field: the day is included. */
export function endOfDay(date: string): number | undefined {
  const at = startOfDay(date);
  return at === undefined ? undefined : at + dayMs;
}

/** The text of a date field; empty for no date. */
export function dateOf(at: number | undefined): string {
  return at === undefined ? '' : new Date(at).toISOString().slice(0, 10);
}

/** The text of a date field for the last day of a period. */
export function lastDateOf(to: number | undefined): string {
  return to === undefined ? '' : dateOf(to - dayMs);
}
