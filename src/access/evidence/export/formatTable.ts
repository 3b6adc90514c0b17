import { redacted, withoutKeys } from '../../../text/redact';
import { toCSV } from './csv';
import { toJSON } from './json';
import { toMarkdown } from './markdown';
import type { Format, Table, TableCell } from './table';

const writers: Readonly<Record<Format, (table: Table) => Iterable<string>>> = {
  csv: toCSV,
  json: toJSON,
  markdown: toMarkdown,
};

/**
 * Formats a table as the text of a file, in pieces of a row or little more, without the keys in use. If something was
 * removed, here or from an error message before, the facts say so.
 */
export function* formatTable({ headings, rows, ...about }: Table, format: Format): Generator<string> {
  const { facts, ...others } = cleaned(about) as typeof about;
  let isRedacted = hasRedacted([facts, others]);
  if (!isRedacted) {
    // The facts come first, so that all rows are looked at before any is written.
    for (const row of rows) {
      isRedacted = hasRedacted(row);
      if (isRedacted) break;
      yield '';
    }
  }
  yield* writers[format]({
    ...others,
    facts: isRedacted ? [...facts, headings.redacted] : facts,
    rows: cleanedRows(rows),
    headings,
  });
}

function* cleanedRows(rows: Table['rows']): Generator<readonly TableCell[]> {
  for (const row of rows) yield cleaned(row) as typeof row;
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
