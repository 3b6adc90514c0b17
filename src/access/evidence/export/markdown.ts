import { nothingMissing, type Table } from './table';
import { visibleAndShort } from './visible';

/** A table for reading: a heading, what is said of the whole, what is missing, and the rows. */
export function toMarkdown({ title, facts, missing, columns, rows }: Table): string {
  const about = facts.map(([label, value]) => `- ${asText(label)}: ${asText(value)}`);
  const gaps = (missing.length > 0 ? missing : [`${nothingMissing}.`]).map(
    (sentence) => `- ${asText(sentence, 1000)}`,
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [
    line(columns.map((column) => asText(column.title))),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(row.map(({ text }) => asText(text)))),
  ];
  return [
    `# ${asText(title)}`,
    about.join('\n'),
    '## Missing',
    gaps.join('\n'),
    '## Table',
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
export function asText(text: string, longest = 300): string {
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
