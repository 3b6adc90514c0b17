import { redact } from '../../openai';
import { escapeForMessage } from '../../text/plainText';

/**
 * Text from a server or a person as Markdown that shows just this text, on one line: it makes no link (not even of a bare
 * address), no icon, no HTML, no table cell and no layout. What looks like a key is taken out.
 */
export function asMarkdown(text: string, maxLength = 500): string {
  // With every mark escaped, addresses come in pieces that no renderer joins to a link.
  return redact(escapeForMessage(text, maxLength)).replace(
    /[!-/:-@[-`{-~]/g,
    (mark, at: number, whole: string) =>
      isHarmless(mark, whole[at - 1], whole[at + 1]) ? mark : `\\${mark}`,
  );
}

/** Where these stand between letters or digits, or before a space, they are nothing but themselves and read better bare. */
function isHarmless(mark: string, before = '', after = ''): boolean {
  const ends = after === '' || after === ' ';
  const inNumber = /\d/.test(before) && /\d/.test(after);
  if (mark === '-') return /\w/.test(before) && /\w/.test(after);
  if (mark === '.') return inNumber || (ends && /[\p{L})]/u.test(before));
  if (mark === ':') return inNumber || (ends && /[\p{L}\d]/u.test(before));
  return mark === ',' || mark === "'" || mark === '%';
}

/** The same in the type of code, where the text consists of what ids are made of. */
export function asCode(text: string, maxLength = 500): string {
  const shown = redact(escapeForMessage(text, maxLength));
  return /^[\w.:-]+$/.test(shown) ? `\`${shown}\`` : asMarkdown(text, maxLength);
}

/** A table of cells that are Markdown already and have no line break; empty without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
