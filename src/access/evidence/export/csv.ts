import { nothingMissing, type Table } from './table';
import { visibleAndShort } from './visible';

/** Spreadsheets take a cell that begins like this for a formula, also after what they pass over at its beginning. */
const formula = /^[\s\p{Cc}\p{Cf}\p{Z}'"]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u;

/** Where lists are written with semicolons, a spreadsheet begins a new cell after one, whatever stands around it. */
const innerFormula = /;(?=[\s\p{Cc}\p{Cf}\p{Z}'"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

/** By it Excel knows that the file is UTF-8. */
const byteOrderMark = '\ufeff';

/** As much of a text as a spreadsheet shows without being in the way; JSON has it whole. */
const longest = 1000;

/**
 * A table for spreadsheets: what is said of the whole first, then an empty line, then the columns and rows. Every record
 * has as many fields as the widest, as RFC 4180 wants it.
 */
export function toCSV(table: Table): string {
  const { title, facts, missing, columns, rows } = table;
  const about = [
    [title],
    ...facts,
    ...(missing.length > 0 ? missing : [nothingMissing]).map((sentence) => ['Missing', sentence]),
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

/** Records as RFC 4180 writes them, with cells that no spreadsheet takes for formulas. */
export function csvOf(records: readonly (readonly string[])[]): string {
  return records.map((record) => `${record.map((cell) => quoted(harmless(cell))).join(',')}\r\n`).join('');
}

/** The cell, with an apostrophe before what a spreadsheet would take for a formula. */
export function harmless(cell: string): string {
  const inside = cell.replace(innerFormula, ";'");
  return formula.test(cell) ? `'${inside}` : inside;
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
