import { visibleAndShort } from '../../../text/plainText';
import type { Table } from './table';

/** A table for reading: a heading, the facts, what is missing, and the rows. */
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

/**
 * Text as Markdown that shows just this text, on one line: no link (not even of a bare address), no HTML, no picture, no
 * table cell.
 */
export function escapeMarkdown(text: string, longest = 300): string {
  // With every mark escaped, addresses come in pieces that no renderer joins to a link.
  return visibleAndShort(text, longest).replace(/[!-/:-@[-`{-~]/g, (mark, at: number, whole: string) =>
    isPlain(mark, whole[at - 1], whole[at + 1]) ? mark : `\\${mark}`,
  );
}

/** Between letters or digits, or before a space, these are nothing but themselves and read better bare. */
function isPlain(mark: string, before = '', after = ''): boolean {
  if (mark === ',' || mark === '%') return true;
  if (mark === '-') return /\w/.test(before) && /\w/.test(after);
  if (mark === ':') return (/\d/.test(before) && /\d/.test(after)) || after === ' ';
  return (
    mark === '.' &&
    ((/\d/.test(before) && /\d/.test(after)) || (/[\p{L}]/u.test(before) && (after === '' || after === ' ')))
  );
}
