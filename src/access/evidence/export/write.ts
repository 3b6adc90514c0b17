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

/** A table as the text of a file; what looks like a key is taken out of every text in it. */
export function written(table: Table, format: Format): string {
  // Each text for itself: what a whole file looks like after it is not for a pattern to decide.
  return writers[format](redacted(table) as Table);
}

function redacted(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redacted(each)]));
}
