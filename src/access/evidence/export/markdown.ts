import { visibleAndShort } from '../../../text/plainText';
import type { Table } from './table';

/** Formats a table as Markdown, piece by piece: a heading, the facts, what is missing, and the rows. */
export function* toMarkdown({ title, facts, missing, columns, rows, headings }: Table): Generator<string> {
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

/**
 * Escapes a text for Markdown, on one line: it renders as plain text, without links (not even of bare addresses),
 * HTML, images or table cells.
 */
export function escapeMarkdown(text: string, longest = 300): string {
  // Escaping every punctuation mark also keeps renderers from linking bare addresses.
  return visibleAndShort(text, longest).replace(/[!-/:-@[-`{-~]/g, (mark, at: number, whole: string) =>
    isPlain(mark, whole[at - 1], whole[at + 1]) ? mark : `\\${mark}`,
  );
}

/** Whether a punctuation mark has no meaning between these neighbors, so that it can stay unescaped for reading. */
function isPlain(mark: string, before = '', after = ''): boolean {
  if (mark === ',' || mark === '%') return true;
  if (mark === '-') return /\w/.test(before) && /\w/.test(after);
  if (mark === ':') return (/\d/.test(before) && /\d/.test(after)) || after === ' ';
  return (
    mark === '.' &&
    ((/\d/.test(before) && /\d/.test(after)) || (/[\p{L}]/u.test(before) && (after === '' || after === ' ')))
  );
}
