import { type HistoryFilter, type Judge, judgeOf } from '../../../access/evidence/history/filter';
import type { HistoryRow, HistoryState } from '../../../protocol/history';
import { isDate } from '../../../text/dates';
import { number } from '../../../text/numbers';
import { foldedOnce, type SearchedText } from '../../../text/searchTerms';
import { dayHeading, olderHeading, searchedText } from '../../../words/historyTab';
import { changesInWords } from '../../../words/tabs';
import type { TableRow } from '../table/rows';

/** The changes that the page has, newest first. */
export class HistoryRows {
  readonly #rows = new Map<number, HistoryRow>();
  readonly #texts = new WeakMap<HistoryRow, SearchedText>();
  #sorted: readonly HistoryRow[] | undefined;

  get(key: number): HistoryRow | undefined {
    return this.#rows.get(key);
  }

  get sorted(): readonly HistoryRow[] {
    this.#sorted ??= [...this.#rows.values()].sort((one, other) => other.at - one.at);
    return this.#sorted;
  }

  /** Adds rows, in place of those with the same key, and removes others. */
  apply(rows: readonly HistoryRow[], gone: readonly number[]): void {
    if (rows.length + gone.length === 0) return;
    for (const row of rows) this.#rows.set(row.key, row);
    for (const key of gone) this.#rows.delete(key);
    this.#sorted = undefined;
  }

  clear(): void {
    this.#rows.clear();
    this.#sorted = undefined;
  }

  /** The rows that a filter shows, and the number of those that it cannot decide about. */
  filtered(
    filter: HistoryFilter,
    state: HistoryState | undefined,
  ): { readonly shown: readonly HistoryRow[]; readonly undecided: number; readonly all: number } {
    const judge = judgeOf(filter);
    const shown: HistoryRow[] = [];
    let undecided = 0;
    let all = 0;
    for (const row of this.sorted) {
      if (!isOfFilter(row, filter, state)) continue;
      all += 1;
      const isShown = this.#judged(judge, row);
      if (isShown) shown.push(row);
      else if (isShown === undefined) undecided += 1;
    }
    return { shown, undecided, all };
  }

  #judged(judge: Judge, row: HistoryRow): boolean | undefined {
    return judge({ ...row, text: () => this.#textOf(row) });
  }

  #textOf(row: HistoryRow): SearchedText {
    let text = this.#texts.get(row);
    if (text === undefined) {
      text = foldedOnce((only) => searchedText(row, only));
      this.#texts.set(row, text);
    }
    return text;
  }
}

/**
 * Whether a row belongs to a filter: events that the API was asked for because of one filter are a part of what another
 * would show, and are not shown for it.
 */
function isOfFilter(row: HistoryRow, filter: HistoryFilter, state: HistoryState | undefined): boolean {
  if (!state?.asked || state.oldestAt === undefined || row.source === 'computer') return true;
  return row.at >= state.oldestAt || isSameFilter(filter, state.filter);
}

/** Whether two filters ask the API for the same. Their texts are sought here. */
export function isSameFilter(one: HistoryFilter, other: HistoryFilter): boolean {
  return nameOf(one) === nameOf(other);
}

function nameOf({ checkpoint, project, person, action, from, to }: HistoryFilter): string {
  return JSON.stringify([checkpoint, project, person?.kind, person?.id, action, from, to]);
}

/** A part of the history: its heading, and the rows in it, newest first. */
interface RowsPart {
  readonly key: string;
  /** Absent for what is of the whole log. */
  readonly heading?: string;
  readonly rows: readonly HistoryRow[];
}

/**
 * The rows of the table: by day, with a heading above those that are not of the whole log, so that a part is never taken
 * for the whole.
 */
export function tableRows(
  shown: readonly HistoryRow[],
  state: HistoryState | undefined,
  folded: ReadonlySet<string>,
): TableRow<HistoryRow>[] {
  const rows: TableRow<HistoryRow>[] = [];
  for (const part of partsOf(shown, state)) {
    if (part.rows.length === 0) continue;
    const level = part.heading === undefined ? 1 : 2;
    if (part.heading !== undefined) {
      const isExpanded = !folded.has(part.key);
      const count = number(part.rows.length);
      const spokenCount = changesInWords(part.rows.length);
      rows.push({
        kind: 'group',
        key: part.key,
        text: part.heading,
        count,
        spokenCount,
        isExpanded,
        level: 1,
      });
      if (!isExpanded) continue;
    }
    for (const day of daysOf(part)) {
      const isExpanded = !folded.has(day.key);
      const [first] = day.rows;
      const text = dayHeading(first?.at ?? 0);
      const count = number(day.rows.length);
      const spokenCount = changesInWords(day.rows.length);
      rows.push({ kind: 'group', key: day.key, text, count, spokenCount, isExpanded, level });
      if (!isExpanded) continue;
      for (const row of day.rows) rows.push({ kind: 'item', key: `${row.key}`, row, level: level + 1 });
    }
  }
  return rows;
}

function partsOf(shown: readonly HistoryRow[], state: HistoryState | undefined): RowsPart[] {
  if (!state || state.isWhole) return [{ key: 'log', rows: shown }];
  const { oldestAt, asked, backTo, isOver, loadedAt } = state;
  if (loadedAt === undefined)
    return [{ key: 'computer', heading: olderHeading(undefined, undefined), rows: shown }];
  const [log, older] = splitAt(shown, oldestAt ?? Number.POSITIVE_INFINITY);
  const parts: RowsPart[] = [{ key: 'log', rows: log }];
  if (asked === undefined)
    return [...parts, { key: 'computer', heading: olderHeading(oldestAt, undefined), rows: older }];
  const [found, rest] = splitAt(
    older,
    isOver ? Number.NEGATIVE_INFINITY : (backTo ?? oldestAt ?? Number.POSITIVE_INFINITY),
  );
  return [
    ...parts,
    { key: 'asked', heading: olderHeading(oldestAt, asked), rows: found },
    { key: 'computer', heading: olderHeading(backTo ?? oldestAt, undefined), rows: rest },
  ];
}

/** The rows since a moment, and those before it. */
function splitAt(rows: readonly HistoryRow[], moment: number): [HistoryRow[], HistoryRow[]] {
  const end = rows.findIndex(({ at }) => at < moment);
  return end < 0 ? [[...rows], []] : [rows.slice(0, end), rows.slice(end)];
}

const dayMs = 24 * 60 * 60 * 1000;

function daysOf({ key, rows }: RowsPart): { readonly key: string; readonly rows: readonly HistoryRow[] }[] {
  const days: { key: string; rows: HistoryRow[] }[] = [];
  let last: number | undefined;
  for (const row of rows) {
    const day = isDate(row.at) ? Math.floor(row.at / dayMs) : -1;
    if (day !== last) days.push({ key: `${key}/${day}`, rows: [] });
    last = day;
    days.at(-1)?.rows.push(row);
  }
  return days;
}
