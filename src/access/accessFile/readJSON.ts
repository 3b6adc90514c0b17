import { createScanner } from 'jsonc-parser';
import { isPause, type Steps } from '../slices';
import type { TextRange } from './accessFile';
import type { JSONKind, SyntaxFault } from './problems';

/** A value of JSON, with its place. */
export interface JSONNode extends TextRange {
  readonly kind: JSONKind;
  /** Of a text, a number, or true and false. */
  readonly value?: string | number | boolean;
  /** Of an array. */
  readonly items?: readonly JSONNode[];
  /** Of an object, in the order of the text. A key may be there twice. */
  readonly members?: readonly JSONMember[];
}

export interface JSONMember {
  readonly key: JSONNode & { readonly value: string };
  readonly value: JSONNode;
}

/** A read text, or the first place where it is no JSON with comments, or too deep. */
export type JSONReading =
  | { readonly root: JSONNode }
  | { readonly fault: SyntaxFault | 'tooDeep'; readonly place: TextRange };

/** Tokens of jsonc-parser, whose enumeration is not there at run time. */
const tokens = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  unknown: 16,
  endOfFile: 17,
} as const;
const trivia: ReadonlySet<number> = new Set([12, 13, 14, 15]);

/** Errors of tokens, by the numbers of jsonc-parser. */
const tokenFaults: Readonly<Record<number, SyntaxFault>> = {
  1: 'unterminatedComment',
  2: 'unterminatedString',
  3: 'invalidNumber',
  4: 'invalidEscape',
  5: 'invalidEscape',
  6: 'invalidCharacter',
};

const missing = {
  value: 'valueExpected',
  valueOrEnd: 'valueExpected',
  keyOrEnd: 'propertyNameExpected',
  colon: 'colonExpected',
  commaOrEnd: 'commaExpected',
  end: 'endOfFileExpected',
} as const satisfies Record<string, SyntaxFault>;

type Building = { -readonly [K in keyof JSONNode]: JSONNode[K] } & {
  items?: JSONNode[];
  members?: JSONMember[];
};

/**
 * Reads JSON with comments, up to the first mistake. A comma after the last item is allowed. In steps, because a file may
 * have a hundred thousand lines. No key becomes a property of an object.
 */
export function* readJSON(text: string, deepest: number): Steps<JSONReading> {
  const scanner = createScanner(text, false);
  const open: Building[] = [];
  let root: JSONNode | undefined;
  let key: JSONMember['key'] | undefined;
  let expected: keyof typeof missing = 'value';
  for (let count = 0; ; count += 1) {
    if (isPause(count)) yield;
    const token: number = scanner.scan();
    const offset = scanner.getTokenOffset();
    // A comment without an end seems to be longer than the text.
    const place = { offset, length: Math.min(scanner.getTokenLength(), text.length - offset) };
    const tokenFault = tokenFaults[scanner.getTokenError()];
    if (tokenFault) return { fault: tokenFault, place };
    if (trivia.has(token)) continue;
    const top = open.at(-1);
    const add = (node: JSONNode): void => {
      if (top?.kind === 'array') top.items?.push(node);
      else if (top && key) top.members?.push({ key, value: node });
      else root = node;
      expected = top ? 'commaOrEnd' : 'end';
    };
    const isEnd = expected.endsWith('OrEnd');
    if (token === tokens.unknown) return { fault: 'invalidSymbol', place };
    if (token === tokens.endOfFile) {
      if (expected === 'end' && root) return { root };
      return { fault: faultAtEnd(top, isEnd, expected, text), place };
    }
    if (token === (top?.kind === 'array' ? tokens.closeBracket : tokens.closeBrace) && top && isEnd) {
      top.length = place.offset + 1 - top.offset;
      open.pop();
      expected = open.length > 0 ? 'commaOrEnd' : 'end';
    } else if (expected === 'commaOrEnd' && token === tokens.comma) {
      expected = top?.kind === 'array' ? 'valueOrEnd' : 'keyOrEnd';
    } else if (expected === 'colon' && token === tokens.colon) {
      expected = 'value';
    } else if (expected === 'keyOrEnd' && token === tokens.string) {
      key = { kind: 'string', value: scanner.getTokenValue(), ...place };
      expected = 'colon';
    } else if (expected === 'value' || expected === 'valueOrEnd') {
      const node = nodeOf(token, scanner.getTokenValue(), place);
      if (!node) return { fault: missing[expected], place };
      add(node);
      if (node.kind === 'object' || node.kind === 'array') {
        if (open.length >= deepest) return { fault: 'tooDeep', place };
        open.push(node);
        expected = node.kind === 'array' ? 'valueOrEnd' : 'keyOrEnd';
      }
    } else return { fault: missing[expected], place };
  }
}

function faultAtEnd(
  top: JSONNode | undefined,
  isEnd: boolean,
  expected: keyof typeof missing,
  text: string,
): SyntaxFault {
  if (top && isEnd) return top.kind === 'array' ? 'closeBracketExpected' : 'closeBraceExpected';
  return text.trim() === '' ? 'empty' : missing[expected];
}

/** The value that begins with a token; undefined if none does. */
function nodeOf(token: number, text: string, place: TextRange): Building | undefined {
  switch (token) {
    case tokens.openBrace:
      return { kind: 'object', members: [], ...place };
    case tokens.openBracket:
      return { kind: 'array', items: [], ...place };
    case tokens.string:
      return { kind: 'string', value: text, ...place };
    case tokens.number:
      return { kind: 'number', value: Number(text), ...place };
    case tokens.true:
    case tokens.false:
      return { kind: 'boolean', value: token === tokens.true, ...place };
    case tokens.null:
      return { kind: 'null', ...place };
    default:
      return undefined;
  }
}
