// The rows of a table and how selection and focus move among them, without elements.

/** A heading above rows. */
export interface GroupRow {
  readonly kind: 'group';
  readonly key: string;
  readonly text: string;
  /** A number beside the text. */
  readonly count?: string;
  /** The number for screen readers, with what is counted. Default: `count`. */
  readonly spokenCount?: string;
  /** A note behind them. */
  readonly note?: string;
  readonly isExpanded: boolean;
  /** 1 for the outermost. Default 1. */
  readonly level?: number;
}

export interface ItemRow<Row> {
  readonly kind: 'item';
  /** Unique in the table, also across updates. */
  readonly key: string;
  readonly row: Row;
  /** It can't be selected. */
  readonly isDisabled?: boolean;
  /** Default 1, or 2 below a group. */
  readonly level?: number;
}

export type TableRow<Row> = GroupRow | ItemRow<Row>;

/** The keys of the rows that can be selected, from one index to another, both included. */
export function keysBetween<Row>(rows: readonly TableRow<Row>[], from: number, to: number): string[] {
  const [start, end] = from < to ? [from, to] : [to, from];
  return rows
    .slice(Math.max(0, start), end + 1)
    .flatMap((row) => (row.kind === 'item' && !row.isDisabled ? [row.key] : []));
}

/** The selection without rows that are not shown: what a person can't see must not be acted on. */
export function shownOf<Row>(selected: ReadonlySet<string>, rows: readonly TableRow<Row>[]): Set<string> {
  return new Set(keysBetween(rows, 0, rows.length - 1).filter((key) => selected.has(key)));
}

/** The same for check marks: one that can't be changed stays. */
export function shownMarks<Row>(marked: ReadonlySet<string>, rows: readonly TableRow<Row>[]): Set<string> {
  return new Set(rows.flatMap(({ kind, key }) => (kind === 'item' && marked.has(key) ? [key] : [])));
}

/** Where the focus goes after a key; undefined for other keys. `page`: the rows that are a page away. */
export function focusAfterKey(
  key: string,
  index: number,
  count: number,
  page: { readonly down: number; readonly up: number },
): number | undefined {
  const to = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    Home: 0,
    End: count - 1,
    PageDown: page.down,
    PageUp: page.up,
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}
