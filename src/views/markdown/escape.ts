import { escapeForMessage } from '../../text/plainText';

/**
 * Escapes text from a server or a person as Markdown that shows exactly this text on one line: without links (even of
 * bare addresses), icons, HTML, table cells, or layout. Without the keys in use.
 */
export function asMarkdown(text: string, maxLength = 500): string {
  // With every mark escaped, a renderer can't join the pieces of an address to a link.
  return escapeForMessage(text, maxLength).replace(/[!-/:-@[-`{-~]/g, (mark, at: number, whole: string) =>
    isHarmless(mark, whole[at - 1], whole[at + 1]) ? mark : `\\${mark}`,
  );
}

/** Whether a mark has no meaning in Markdown between these characters, so that it can stay unescaped and readable. */
function isHarmless(mark: string, before = '', after = ''): boolean {
  const ends = after === '' || after === ' ';
  const inNumber = /\d/.test(before) && /\d/.test(after);
  if (mark === '-') return /\w/.test(before) && /\w/.test(after);
  if (mark === '.') return inNumber || (ends && /[\p{L})]/u.test(before));
  if (mark === ':') return inNumber || (ends && /[\p{L}\d]/u.test(before));
  return mark === ',' || mark === "'" || mark === '%';
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
