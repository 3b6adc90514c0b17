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

/** A table as the text of a file. What looks like a key is removed from every text in it. */
export function formatTable(table: Table, format: Format): string {
  // Each text on its own, so that no pattern can match across the syntax of the file.
  return writers[format](redacted(table) as Table);
}

function redacted(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redacted(each)]));
}
