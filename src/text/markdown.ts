// The one owner of escaping for Markdown, in VS Code and in files.

/** Parts of words: white space is folded, and neither `|` nor a backtick may stand in the code of a table cell. */
const parts = /[^\s|`]+/gu;

/** The end of a sentence is no part of an address. */
const endings = '.,;:!?)';

/**
 * What a renderer may turn into a link: a scheme, an e-mail address, or a host name. Escapes don't prevent that in all
 * renderers: some look for addresses in the text that is left when the escapes are gone. None looks into code.
 */
const address = /@|\/\/|www|\.[\p{L}\p{M}_-]/iu;

const marks = /[!-/:-@[-`{-~]/g;

/**
 * Escapes a text on one line: it renders as exactly this text, apart from white space that is folded, without links,
 * images, HTML, emphasis, or table cells. What could be an address becomes code.
 */
export function escapeMarks(line: string): string {
  let markdown = '';
  let end = 0;
  for (const { 0: part, index } of line.matchAll(parts)) {
    if (!address.test(part)) continue;
    let length = part.length;
    while (length > 1 && endings.includes(part.charAt(length - 1))) length -= 1;
    markdown += `${escaped(line, end, index)}\`${part.slice(0, length)}\``;
    end = index + length;
  }
  return markdown + escaped(line, end, line.length);
}

function escaped(line: string, start: number, end: number): string {
  return line
    .slice(start, end)
    .replace(marks, (mark, at: number) =>
      isHarmless(mark, line[start + at - 1], line[start + at + 1]) ? mark : `\\${mark}`,
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
