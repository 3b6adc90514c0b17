import { isoMoment } from '../../../text/dates';

/** A cell: its text, and its value for formats that hold data. Without `data` the text is the value. */
export interface TableCell {
  readonly text: string;
  readonly data?: unknown;
}

/** One thing that is said of the whole. */
export interface TableFact extends TableCell {
  /** The name of the field in JSON. Unique in its table, and the same in whatever words the label is. */
  readonly name: string;
  readonly label: string;
}

/**
 * A table with what makes it evidence: of which organization it is, when it was loaded, and what is missing. Texts are as
 * a server or a person wrote them.
 */
export interface Table {
  readonly title: string;
  /** What is said of the whole, such as the organization, in order. */
  readonly facts: readonly TableFact[];
  /** What is missing or old and why, a text each. Empty when nothing is. */
  readonly missing: readonly string[];
  readonly columns: readonly Column[];
  /** As many cells each as there are columns. */
  readonly rows: readonly (readonly TableCell[])[];
  readonly headings: Headings;
}

/** The headings of the parts of a table. */
export interface Headings {
  readonly missing: string;
  /** Stands below it where nothing is missing. */
  readonly nothingMissing: string;
  readonly rows: string;
}

export interface Column {
  /** The name of the field in JSON. Unique in its table. */
  readonly id: string;
  readonly title: string;
}

/** The ways a table can be written. */
export type Format = 'csv' | 'json' | 'markdown';

export function textCell(text: string | undefined): TableCell {
  return text === undefined ? { text: '', data: null } : { text };
}

/** A moment in milliseconds since 1970, as every format writes it: `2026-03-04T14:05:09Z`. Empty when there is none. */
export function momentCell(moment: number | undefined): TableCell {
  return textCell(moment === undefined ? undefined : isoMoment(moment));
}
