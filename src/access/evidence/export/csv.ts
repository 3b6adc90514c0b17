import { visibleAndShort } from '../../../text/plainText';
import type { Table } from './table';

/** Spreadsheets read a cell that begins like this as a formula, also after characters that they skip at its beginning. */
const formula = /^[\s\p{Cc}\p{Cf}\p{Z}'"]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u;

/** Where semicolons separate lists, a spreadsheet begins a new cell after one, even inside quotation marks. */
const innerFormula = /;(?=[\s\p{Cc}\p{Cf}\p{Z}'"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

/** Tells Excel that the file is UTF-8. */
const byteOrderMark = '\ufeff';

/** Characters of a text that a spreadsheet shows conveniently. JSON has the whole text. */
const longest = 1000;

/**
 * A table for spreadsheets: the facts first, then an empty line, then the columns and rows. Every record has as many
 * fields as the widest, as RFC 4180 requires.
 */
export function toCSV(table: Table): string {
  const { title, facts, missing, columns, rows, headings } = table;
  const about = [
    [title],
    ...facts.map(({ label, text }) => [label, text]),
    ...(missing.length > 0 ? missing : [headings.nothingMissing]).map((each) => [headings.missing, each]),
    [],
  ];
  const records = [
    ...about,
    columns.map((column) => column.title),
    ...rows.map((row) => row.map(({ text }) => text)),
  ];
  const width = Math.max(2, columns.length);
  const padded = records.map((record) =>
    Array.from({ length: width }, (_, index) => visibleAndShort(record[index] ?? '', longest)),
  );
  return byteOrderMark + csvOf(padded);
}

/** Records by RFC 4180, with cells that no spreadsheet reads as formulas. */
export function csvOf(records: readonly (readonly string[])[]): string {
  return records
    .map((record) => `${record.map((cell) => quoted(escapeFormulas(cell))).join(',')}\r\n`)
    .join('');
}

/** The cell, with an apostrophe before what a spreadsheet would read as a formula. */
export function escapeFormulas(cell: string): string {
  const inside = cell.replace(innerFormula, ";'");
  return formula.test(cell) ? `'${inside}` : inside;
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
