import { escapeMarks } from '../../text/markdown';
import { escapeForMessage } from '../../text/plainText';

/**
 * Escapes text from a server or a person as Markdown that shows exactly this text on one line: without links (even of
 * bare addresses), icons, HTML, table cells, or layout. Without the keys in use.
 */
export function asMarkdown(text: string, maxLength = 500): string {
  return escapeMarks(escapeForMessage(text, maxLength));
}

/** Text as inline code, if it has only characters of IDs; else as {@link asMarkdown}. */
export function asCode(text: string, maxLength = 500): string {
  const shown = escapeForMessage(text, maxLength);
  return /^[\w.:-]+$/.test(shown) ? `\`${shown}\`` : asMarkdown(text, maxLength);
}

/** A table. Its cells are Markdown without line breaks. Empty without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
