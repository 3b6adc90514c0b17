import { redacted, withoutKeys } from '../../../text/redact';
import type { Steps } from '../../slices';
import { toCSV } from './csv';
import { toAboutJSON, toJSON } from './json';
import { toMarkdown } from './markdown';
import type { ExportTable, Format, TableCell } from './table';

const writers: Readonly<Record<Format, (table: ExportTable) => Iterable<string>>> = {
  csv: (table) => toCSV(table, ','),
  csvSemicolons: (table) => toCSV(table, ';'),
  json: toJSON,
  markdown: toMarkdown,
};

/** A table as texts of files. */
export interface FormattedTable {
  /** In pieces of a row or little more. */
  readonly pieces: Iterable<string>;
  /**
   * The facts about the table, and what is missing, for a file beside it. Absent in formats that have them. `file`: the
   * name of the file with the rows.
   */
  readonly about?: (file: string) => string;
}

/**
 * Formats a table without the keys in use. If something was removed, here or from an error message before, the facts say
 * so. In steps, because all rows are looked at before any is written.
 */
export function* formatTable(
  { headings, rows, ...about }: ExportTable,
  format: Format,
): Steps<FormattedTable> {
  const { facts, ...others } = cleaned(about) as typeof about;
  let isRedacted = hasRedacted([facts, others]);
  let count = 0;
  for (const row of rows) {
    yield;
    count += 1;
    isRedacted ||= hasRedacted(row);
  }
  const table: ExportTable = {
    ...others,
    facts: isRedacted ? [...facts, headings.redacted] : facts,
    rows: cleanedRows(rows),
    headings,
  };
  const pieces = writers[format](table);
  if (!hasAboutFile(format)) return { pieces };
  return { pieces, about: (file) => toAboutJSON(table, withoutKeys(file), count) };
}

/** Whether the facts about a table are in a file beside it: a table of nothing but rows has no room for them. */
export function hasAboutFile(format: Format): boolean {
  return format === 'csv' || format === 'csvSemicolons';
}

function cleanedRows(rows: ExportTable['rows']): ExportTable['rows'] {
  return {
    *[Symbol.iterator]() {
      for (const row of rows) yield cleaned(row) as readonly TableCell[];
    },
  };
}

/** Without keys. Each text is cleaned separately, so that nothing can match across the syntax of the file. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return withoutKeys(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleaned(each)]));
}

function hasRedacted(value: unknown): boolean {
  if (typeof value === 'string') return withoutKeys(value).includes(redacted);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasRedacted);
}
