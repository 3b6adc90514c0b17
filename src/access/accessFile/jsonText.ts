import { format } from 'jsonc-parser';
import type { TextRange } from './accessFile';

/** A change of a text: `length` units at `offset` are replaced. */
export interface TextEdit extends TextRange {
  readonly content: string;
}

/** One level of indentation. The editor's formatter finds the same in a file that is written so. */
export const indentation = '  ';

// Characters that can't be seen, or change how others are: controls, changes of writing direction, line separators.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFEFF]/gu;

/** A string of JSON, in which every invisible character is written out, so that a review shows what is there. */
export function jsonString(text: string): string {
  return JSON.stringify(text).replace(unseen, (character) =>
    Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** An object of texts in JSON, a line for each key, as the editor formats it. `indent`: of the line that it begins on. */
export function jsonObject(
  fields: Readonly<Record<string, string | undefined>>,
  indent: string,
  eol: string,
): string {
  const lines = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : [`${indent}${indentation}${jsonString(key)}: ${jsonString(value)}`],
  );
  return `{${eol}${lines.join(`,${eol}`)}${eol}${indent}}`;
}

/** The end of lines that a text has: that of its first line. */
export function eolOf(text: string): string {
  return /\r\n|\n/.exec(text)?.[0] ?? '\n';
}

/** The white space at the beginning of the line of an offset. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  // Not lastIndexOf: it would look for the other end of lines in all of the text.
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start -= 1;
  return start;
}

/** The text after some edits, which don't overlap. Edits at one place are made in their order. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const { offset, length, content } of inOrder(edits)) {
    parts.push(text.slice(end, offset), content);
    end = offset + length;
  }
  parts.push(text.slice(end));
  return parts.join('');
}

/** Edits by their places. What is inserted comes before what is replaced there. */
export function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return edits.toSorted(
    (one, other) => one.offset - other.offset || Math.sign(one.length) - Math.sign(other.length),
  );
}

/**
 * The edits that format a file as the editor's *Format Document* does, with two spaces a level. None if it is formatted.
 * Comments and order stay.
 */
export function formatEdits(text: string): readonly TextEdit[] {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const options = {
    tabSize: indentation.length,
    insertSpaces: true,
    eol: eolOf(text),
    insertFinalNewline: true,
    keepLines: false,
  };
  return format(text.slice(start), undefined, options)
    .map(({ offset, length, content }) => ({ offset: offset + start, length, content }))
    .filter(({ offset, length, content }) => text.slice(offset, offset + length) !== content);
}
