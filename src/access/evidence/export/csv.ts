import { visibleAndShort } from '../../../text/plainText';
import type { ExportTable } from './table';

/** What separates the cells of a row. */
export type Delimiter = ',' | ';';

/** Matches a cell that a spreadsheet reads as a formula, also after leading characters that it skips. */
const formula = /^[\s\p{Cc}\p{Cf}\p{Z}'"]{0,10000}[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u;

/**
 * Matches formulas after the other delimiter: a spreadsheet whose lists are separated by that one starts a new cell
 * after it, even inside quotes.
 */
const innerFormula: Readonly<Record<Delimiter, RegExp>> = {
  ',': /;(?=[\s\p{Cc}\p{Cf}\p{Z}'"]{0,10000}[=+\-@\uff1d\uff0b\uff0d\uff20])/gu,
  ';': /,(?=[\s\p{Cc}\p{Cf}\p{Z}'"]{0,10000}[=+\-@\uff1d\uff0b\uff0d\uff20])/gu,
};

/** Marks a file with semicolons as UTF-8, for Excel. Other tools would read it as a part of the first heading. */
const byteOrderMark = '\ufeff';

/** The maximum length of a cell, in characters. JSON has the whole text. */
const longest = 1000;

/**
 * Formats the columns and rows of a table as CSV, piece by piece. The headings are the first line, so that every tool
 * can read it. The facts about the table are not in it.
 */
export function* toCSV({ columns, rows }: ExportTable, delimiter: Delimiter): Generator<string> {
  const line = (record: readonly string[]): string =>
    csvOf([record.map((cell) => visibleAndShort(cell, longest))], delimiter);
  if (delimiter === ';') yield byteOrderMark;
  yield line(columns.map((column) => column.title));
  for (const row of rows) yield line(row.map(({ text }) => text));
}

/** Formats records by RFC 4180, with formulas escaped. */
export function csvOf(records: readonly (readonly string[])[], delimiter: Delimiter): string {
  return records
    .map((record) => {
      const cells = record.map((cell) => quoted(escapeFormulas(cell, delimiter)));
      return `${cells.join(delimiter)}\r\n`;
    })
    .join('');
}

/** Puts an apostrophe before text that a spreadsheet would read as a formula. */
export function escapeFormulas(cell: string, delimiter: Delimiter): string {
  const inside = cell.replace(innerFormula[delimiter], "$&'");
  return formula.test(cell) ? `'${inside}` : inside;
}

/** Quoted also around the other delimiter, so that no tool has to guess which one it is. */
function quoted(cell: string): string {
  return /[",;\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
