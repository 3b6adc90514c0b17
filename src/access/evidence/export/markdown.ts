import { escapeMarks } from '../../../text/markdown';
import { visibleAndShort } from '../../../text/plainText';
import type { ExportTable } from './table';

/** Formats a table as Markdown, piece by piece: a heading, the facts, what is missing, and the rows. */
export function* toMarkdown({
  title,
  facts,
  missing,
  columns,
  rows,
  headings,
}: ExportTable): Generator<string> {
  const about = facts.map(({ label, text }) => `- ${escapeMarkdown(label)}: ${escapeMarkdown(text)}`);
  const gaps = (missing.length > 0 ? missing : [headings.nothingMissing]).map(
    (each) => `- ${escapeMarkdown(each, 1000)}`,
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const before = [
    `# ${escapeMarkdown(title)}`,
    about.join('\n'),
    `## ${escapeMarkdown(headings.missing)}`,
    gaps.join('\n'),
    `## ${escapeMarkdown(headings.rows)}`,
  ];
  yield before.map((each) => `${each}\n\n`).join('');
  yield line(columns.map((column) => escapeMarkdown(column.title)));
  yield line(columns.map(() => '---'));
  for (const row of rows) yield line(row.map(({ text }) => escapeMarkdown(text)));
}

/** Escapes a text for Markdown, on one line: see {@link escapeMarks}. */
export function escapeMarkdown(text: string, longest = 300): string {
  // Spaces at the start would make it code.
  return escapeMarks(visibleAndShort(text, longest).trim());
}
