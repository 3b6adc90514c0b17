/** A cell: what is read, and for formats that can hold more than text the same as data. */
export interface Cell {
  readonly text: string;
  readonly data?: unknown;
}

/** A table with what makes it evidence: whose it is, when it was read, and what is missing. Texts are as they came. */
export interface Table {
  readonly title: string;
  /** What is said of the whole, such as the organization, in order. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** What is missing or old and why, a sentence each. Empty when the table says all there is. */
  readonly missing: readonly string[];
  readonly columns: readonly Column[];
  /** As many cells each as there are columns. */
  readonly rows: readonly (readonly Cell[])[];
}

export interface Column {
  /** The name of the field in JSON; unique in its table. */
  readonly id: string;
  readonly title: string;
}

/** The ways a table can be written. */
export type Format = 'csv' | 'json' | 'markdown';

export function textCell(text: string | undefined): Cell {
  return text === undefined ? { text: '', data: null } : { text };
}

/** A moment in milliseconds since 1970, as every format writes it: `2026-03-04T14:05:09Z`; empty when there is none. */
export function momentCell(moment: number | undefined): Cell {
  return textCell(moment === undefined ? undefined : isoMoment(moment));
}

export function isoMoment(moment: number): string {
  // What a server sends may be no date at all.
  return Math.abs(moment) < 8.64e15 ? new Date(moment).toISOString().replace('.000Z', 'Z') : String(moment);
}

/** What is missing, as a table says it where nothing is. */
export const nothingMissing = 'Nothing: everything that this table is about was read';
