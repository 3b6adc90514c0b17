import { createScanner } from 'jsonc-parser';
import type { TextRange } from './accessFile';
import { eolOf, indentAt, indentation, lineStart, type TextEdit } from './jsonText';

/** Tokens of jsonc-parser, whose enumeration is not there at run time. */
const comma = 5;
const lineBreak = 14;
const endOfFile = 17;
const comments: ReadonlySet<number> = new Set([12, 13]);
const trivia: ReadonlySet<number> = new Set([...comments, lineBreak, 15]);

/** An array, or an object whose items are properties. */
export interface EditedList {
  /** With its brackets. */
  readonly list: TextRange;
  /** In the order of the text. */
  readonly items: readonly TextRange[];
}

/**
 * The edits that remove items of a list by their numbers, and append others. `write` makes an item for the indentation of
 * its line. Other items keep their order and their comments. The comment behind a removed item goes with it.
 */
export function listEdits(
  text: string,
  { list, items }: EditedList,
  removed: ReadonlySet<number>,
  appended: readonly ((indent: string, eol: string) => string)[],
): TextEdit[] {
  if (removed.size === 0 && appended.length === 0) return [];
  const commas = items.map((item) => commaAfter(text, item));
  const last = lastKept(items.length, removed);
  const inside = { offset: list.offset + 1, length: list.length - 2, content: '' };
  if (last < 0 && appended.length === 0 && hasNoComment(text, inside)) return [inside];
  const hadTrailingComma = commas.at(-1) !== undefined;
  const edits: TextEdit[] = [];
  for (const index of removed) {
    const item = items[index];
    if (item) edits.push(...removal(text, item, commas[index]));
  }
  const lastItem = items[last];
  const lastComma = commas[last];
  // The comma after the last item is one that nobody wrote.
  const isCommaLeft = last < items.length - 1 && lastComma !== undefined && !hadTrailingComma;
  if (isCommaLeft && appended.length === 0) edits.push({ offset: lastComma, length: 1, content: '' });
  if (appended.length === 0) return edits;

  const eol = eolOf(text);
  const outer = indentAt(text, list.offset);
  const listEnd = list.offset + list.length;
  const isOneLine = !/[\r\n]/.test(text.slice(list.offset, listEnd));
  if (!lastItem) {
    const inner = outer + indentation;
    const lines = appended.map((write) => `${eol}${inner}${write(inner, eol)}`);
    const closing = isOneLine ? `${eol}${outer}` : '';
    edits.push({ offset: list.offset + 1, length: 0, content: `${lines.join(',')}${closing}` });
    return edits;
  }
  const itemEnd = endOf(lastItem);
  const isOnOwnLine = text.slice(lineStart(text, lastItem.offset), lastItem.offset).trim() === '';
  const inner = isOnOwnLine ? indentAt(text, lastItem.offset) : outer + indentation;
  const trailing = hadTrailingComma ? ',' : '';
  const separator = isOneLine ? ' ' : `${eol}${inner}`;
  const lines = appended.map((write) => `${separator}${write(isOneLine ? outer : inner, eol)}`);
  const content = `${lines.join(',')}${trailing}`;
  if (lastComma === undefined) {
    const place = endOfLineComments(text, itemEnd, listEnd) ?? itemEnd;
    if (place === itemEnd) edits.push({ offset: itemEnd, length: 0, content: `,${content}` });
    else edits.push({ offset: itemEnd, length: 0, content: ',' }, { offset: place, length: 0, content });
  } else {
    const place = endOfLineComments(text, lastComma + 1, listEnd) ?? lastComma + 1;
    edits.push({ offset: place, length: 0, content });
  }
  return edits;
}

/** Whether a list has no comment between its brackets, also none of an item. */
function hasNoComment(text: string, { offset, length }: TextRange): boolean {
  const scanner = createScanner(text, false);
  scanner.setPosition(offset);
  for (;;) {
    const token: number = scanner.scan();
    if (scanner.getTokenOffset() >= offset + length || token === endOfFile) return true;
    if (comments.has(token)) return false;
  }
}

function lastKept(count: number, removed: ReadonlySet<number>): number {
  let last = count - 1;
  while (last >= 0 && removed.has(last)) last -= 1;
  return last;
}

function endOf({ offset, length }: TextRange): number {
  return offset + length;
}

/** Where the comma after an item is; undefined if there is none. */
function commaAfter(text: string, item: TextRange): number | undefined {
  const scanner = createScanner(text, false);
  scanner.setPosition(endOf(item));
  let token: number = scanner.scan();
  while (trivia.has(token)) token = scanner.scan();
  return token === comma ? scanner.getTokenOffset() : undefined;
}

/** The edits that remove an item with its comma: its lines, if there is nothing else on them but a comment behind it. */
function removal(text: string, item: TextRange, commaAt: number | undefined): TextEdit[] {
  // Comments that come before the comma stay.
  if (commaAt !== undefined && /\S|[\r\n]/.test(text.slice(endOf(item), commaAt))) {
    return [
      { ...item, content: '' },
      { offset: commaAt, length: 1, content: '' },
    ];
  }
  const end = commaAt === undefined ? endOf(item) : commaAt + 1;
  const start = lineStart(text, item.offset);
  const lineEnd = endOfLineComments(text, end, text.length);
  if (lineEnd !== undefined && text.slice(start, item.offset).trim() === '') {
    const eol = /^(?:\r\n|\n|\r)?/.exec(text.slice(lineEnd, lineEnd + 2))?.[0].length ?? 0;
    return [{ offset: start, length: lineEnd + eol - start, content: '' }];
  }
  const spaces = /^[ \t]*/.exec(text.slice(end, end + 100))?.[0].length ?? 0;
  return [{ offset: item.offset, length: end + spaces - item.offset, content: '' }];
}

/**
 * The end of the line of an offset, if nothing but comments follow on it, which end on it, too. Undefined if something
 * else follows, or the list ends.
 */
function endOfLineComments(text: string, offset: number, listEnd: number): number | undefined {
  const scanner = createScanner(text, false);
  scanner.setPosition(offset);
  for (;;) {
    const token: number = scanner.scan();
    const at = scanner.getTokenOffset();
    if (token === lineBreak) return at;
    if (!trivia.has(token) || at >= listEnd) return undefined;
    // A comment of several lines belongs to what follows.
    if (/[\r\n]/.test(scanner.getTokenValue())) return undefined;
  }
}
