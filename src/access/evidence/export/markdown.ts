import { escapeMarks } from '../../../text/markdown';
import { visibleAndShort } from '../../../text/plainText';
import type { Table } from './table';

/** Formats a table as Markdown: a heading, the facts, what is missing, and the rows. */
export function toMarkdown({ title, facts, missing, columns, rows, headings }: Table): string {
  const about = facts.map(({ label, text }) => `- ${escapeMarkdown(label)}: ${escapeMarkdown(text)}`);
  const gaps = (missing.length > 0 ? missing : [headings.nothingMissing]).map(
    (each) => `- ${escapeMarkdown(each, 1000)}`,
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [
    line(columns.map((column) => escapeMarkdown(column.title))),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(row.map(({ text }) => escapeMarkdown(text)))),
  ];
  return [
    `# ${escapeMarkdown(title)}`,
    about.join('\n'),
    `## ${escapeMarkdown(headings.missing)}`,
    gaps.join('\n'),
    `## ${escapeMarkdown(headings.rows)}`,
    table.join('\n'),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

/** Escapes a text for Markdown, on one line: see {@link escapeMarks}. */
export function escapeMarkdown(text: string, longest = 300): string {
  // Spaces at the start would make it code.
  return escapeMarks(visibleAndShort(text, longest).trim());
}
