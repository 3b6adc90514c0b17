import { redact } from '../../../openai';
import { toCSV } from './csv';
import { toJSON } from './json';
import { toMarkdown } from './markdown';
import type { Format, Table } from './table';

const writers: Readonly<Record<Format, (table: Table) => string>> = {
  csv: toCSV,
  json: toJSON,
  markdown: toMarkdown,
};

/** Formats a table as the text of a file. Redacts what looks like a key in every text. */
export function formatTable(table: Table, format: Format): string {
  // Redacts each text separately, so that no pattern can match across the syntax of the file.
  return writers[format](redacted(table) as Table);
}

function redacted(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redacted(each)]));
}
