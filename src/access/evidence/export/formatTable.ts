import { redacted, withoutKeys } from '../../../text/redact';
import { toCSV } from './csv';
import { toJSON } from './json';
import { toMarkdown } from './markdown';
import type { Format, Table } from './table';

const writers: Readonly<Record<Format, (table: Table) => string>> = {
  csv: toCSV,
  json: toJSON,
  markdown: toMarkdown,
};

/**
 * Formats a table as the text of a file, without the keys in use. If something was removed, here or from an error
 * message before, the facts say so.
 */
export function formatTable({ headings, ...table }: Table, format: Format): string {
  // Each text is cleaned separately, so that nothing can match across the syntax of the file.
  const removed = { any: false };
  const clean = cleaned(table, removed) as typeof table;
  const facts = removed.any ? [...clean.facts, headings.redacted] : clean.facts;
  return writers[format]({ ...clean, facts, headings });
}

function cleaned(value: unknown, removed: { any: boolean }): unknown {
  if (typeof value === 'string') {
    const clean = withoutKeys(value);
    removed.any ||= clean.includes(redacted);
    return clean;
  }
  if (Array.isArray(value)) return value.map((each) => cleaned(each, removed));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleaned(each, removed)]));
}
