import { isDate, isoMoment } from '../../../text/dates';

/** A cell: its text, and its value for data formats. Without `data` the text is the value. */
export interface TableCell {
  readonly text: string;
  readonly data?: unknown;
}

/** A fact about the whole table. */
export interface TableFact extends TableCell {
  /** The name of the field in JSON. Unique in its table, whatever the language of the label. */
  readonly name: string;
  readonly label: string;
}

/**
 * A table with the facts that make it evidence: its organization, when it was loaded, and what is missing. Texts are
 * as a server or a person wrote them.
 */
export interface ExportTable {
  readonly title: string;
  /** The facts about the whole table, in order. */
  readonly facts: readonly TableFact[];
  /** What is missing or old and why, one text each. Empty if nothing is. */
  readonly missing: readonly string[];
  readonly columns: readonly ExportColumn[];
  /** Each row has one cell per column. Rows are made when they are read, because a large table needs much memory. */
  readonly rows: Iterable<readonly TableCell[]>;
  readonly headings: Headings;
}

/** The headings of the parts of a table. */
export interface Headings {
  readonly missing: string;
  /** The text under the heading if nothing is missing. */
  readonly nothingMissing: string;
  /** The fact that something was replaced with `[redacted]`. */
  readonly redacted: TableFact;
  readonly rows: string;
}

export interface ExportColumn {
  /** The name of the field in JSON. Unique in its table. */
  readonly id: string;
  readonly title: string;
}

/** The file formats of a table. CSV with commas, or with semicolons. */
export type Format = 'csv' | 'csvSemicolons' | 'json' | 'markdown';

/** The rows of a table, each made when it is read. */
export function rowsOf<T>(
  items: readonly T[],
  rowOf: (item: T) => readonly TableCell[],
): Iterable<readonly TableCell[]> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield rowOf(item);
    },
  };
}

export function textCell(text: string | undefined): TableCell {
  return text === undefined ? { text: '', data: null } : { text };
}

/**
 * A cell with a time in milliseconds since 1970, written as `2026-03-04T14:05:09Z` in every format. Empty without a
 * known time.
 */
export function momentCell(moment: number | undefined): TableCell {
  return textCell(moment === undefined || !isDate(moment) ? undefined : isoMoment(moment));
}
