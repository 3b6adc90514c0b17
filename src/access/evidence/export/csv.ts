import { visibleAndShort } from '../../../text/plainText';
import type { Table } from './table';

/** Matches a cell that a spreadsheet reads as a formula, also after leading characters that it skips. */
const formula = /^[\s\p{Cc}\p{Cf}\p{Z}'"]{0,10000}[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u;

/**
 * Matches formulas after a semicolon: where semicolons separate lists, a spreadsheet starts a new cell after one,
 * even inside quotes.
 */
const innerFormula = /;(?=[\s\p{Cc}\p{Cf}\p{Z}'"]{0,10000}[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

/** Marks the file as UTF-8 for Excel. */
const byteOrderMark = '\ufeff';

/** The maximum length of a cell, in characters. JSON has the whole text. */
const longest = 1000;

/**
 * Formats a table as CSV, piece by piece: the facts, an empty line, the columns, and the rows. Every record has as many fields as the
 * widest one, as RFC 4180 requires.
 */
export function* toCSV(table: Table): Generator<string> {
  const { title, facts, missing, columns, rows, headings } = table;
  const about = [
    [title],
    ...facts.map(({ label, text }) => [label, text]),
    ...(missing.length > 0 ? missing : [headings.nothingMissing]).map((each) => [headings.missing, each]),
    [],
  ];
  const width = Math.max(2, columns.length);
  const line = (record: readonly string[]): string =>
    csvOf([Array.from({ length: width }, (_, index) => visibleAndShort(record[index] ?? '', longest))]);
  yield byteOrderMark;
  for (const record of about) yield line(record);
  yield line(columns.map((column) => column.title));
  for (const row of rows) yield line(row.map(({ text }) => text));
}

/** Formats records by RFC 4180, with formulas escaped. */
export function csvOf(records: readonly (readonly string[])[]): string {
  return records
    .map((record) => `${record.map((cell) => quoted(escapeFormulas(cell))).join(',')}\r\n`)
    .join('');
}

/** Puts an apostrophe before text that a spreadsheet would read as a formula. */
export function escapeFormulas(cell: string): string {
  const inside = cell.replace(innerFormula, ";'");
  return formula.test(cell) ? `'${inside}` : inside;
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
