import { redact } from '../../../openai';
import { toCSV } from './csv';
import { toJSON } from './json';
import { toMarkdown } from './markdown';
import type { Format, Table, TableCell } from './table';

type Row = readonly TableCell[];

const writers: Readonly<Record<Format, (table: Table) => Iterable<string>>> = {
  csv: toCSV,
  json: toJSON,
  markdown: toMarkdown,
};

/**
 * Formats a table as the text of a file, in pieces of a row or little more. Redacts what looks like a key in every text.
 */
export function formatTable({ rows, ...about }: Table, format: Format): Iterable<string> {
  // Redacts each text separately, so that no pattern can match across the syntax of the file.
  return writers[format]({ ...(redacted(about) as typeof about), rows: redactedRows(rows) });
}

function* redactedRows(rows: Table['rows']): Generator<Row> {
  for (const row of rows) yield redacted(row) as Row;
}

function redacted(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redacted(each)]));
}
