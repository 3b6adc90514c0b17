/** A string of source text: quotes are gone, escapes are kept, and each `${…}` of a template is written as `{…}`. */
export interface StringToken {
  readonly kind: 'string';
  readonly text: string;
  readonly line: number;
}

export interface CommentToken {
  readonly kind: 'comment';
  readonly text: string;
  readonly line: number;
}

export type Token = StringToken | CommentToken;

/** A slash after one of these starts a regular expression. After anything else it divides. */
const regexMayFollow =
  /(?:^|[([{}=,;:!&|?+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else|void|delete|throw|await|yield))$/;

/**
 * The strings and comments of TypeScript source, in their order. TypeScript's own scanner has no programmable interface in
 * version 7. A slash after `)` is taken as a division, which is what this project's source has there.
 */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  /** The text before the next token, without white space and comments, to tell a regular expression from a division. */
  let before = '';

  const lineAt = (offset: number): number => source.slice(0, offset).split('\n').length;

  function endOf(offset: number, what: string): never {
    throw new Error(`line ${lineAt(offset)}: this ${what} has no end`);
  }

  function comment(end: string): void {
    const start = at;
    const found = source.indexOf(end, at + 2);
    at = found < 0 ? source.length : found + (end === '*/' ? 2 : 0);
    tokens.push({ kind: 'comment', text: source.slice(start, at), line: lineAt(start) });
  }

  function quoted(quote: string): void {
    const start = at;
    at += 1;
    while (source[at] !== quote) {
      if (at >= source.length || source[at] === '\n') endOf(start, 'string');
      at += source[at] === '\\' ? 2 : 1;
    }
    at += 1;
    tokens.push({ kind: 'string', text: source.slice(start + 1, at - 1), line: lineAt(start) });
    before = quote;
  }

  function template(): void {
    const start = at;
    const place = tokens.length;
    let text = '';
    at += 1;
    while (source[at] !== '`') {
      if (at >= source.length) endOf(start, 'template');
      if (source.startsWith('${', at)) {
        at += 2;
        before = '';
        code('}');
        text += '{…}';
      } else {
        const length = source[at] === '\\' ? 2 : 1;
        text += source.slice(at, at + length);
        at += length;
      }
    }
    at += 1;
    tokens.splice(place, 0, { kind: 'string', text, line: lineAt(start) });
    before = '`';
  }

  function regex(): void {
    const start = at;
    let inClass = false;
    at += 1;
    while (source[at] !== '/' || inClass) {
      if (at >= source.length || source[at] === '\n') endOf(start, 'regular expression');
      if (source[at] === '[') inClass = true;
      if (source[at] === ']') inClass = false;
      at += source[at] === '\\' ? 2 : 1;
    }
    at += 1;
    before = '/';
  }

  /** Code up to the end of the source, or to the brace that closes the `${` of a template. */
  function code(until: '' | '}'): void {
    let braces = 0;
    while (at < source.length) {
      const character = source[at] ?? '';
      if (character === '}' && until === '}' && braces === 0) {
        at += 1;
        return;
      }
      if (source.startsWith('//', at)) comment('\n');
      else if (source.startsWith('/*', at)) comment('*/');
      else if (character === "'" || character === '"') quoted(character);
      else if (character === '`') template();
      else if (character === '/' && regexMayFollow.test(before.trimEnd())) regex();
      else {
        if (character === '{') braces += 1;
        if (character === '}') braces -= 1;
        if (!/\s/.test(character)) before = (before + character).slice(-10);
        else if (/\w$/.test(before)) before += ' ';
        before = before.replace(/ (?=\W)/, '');
        at += 1;
      }
    }
    if (until === '}') endOf(at, 'template');
  }

  code('');
  return tokens;
}

/** The parts of a text that a person may see: of HTML, what stands between the tags and in the attributes that are read. */
function visibleParts(text: string): string[] {
  const attributes = /\b(?:aria-label|placeholder|title)="([^"]*)"/g;
  const tag = /<\/?[a-z!][^<>]*>/gi;
  const tags = text.match(tag) ?? [];
  return [
    ...text.split(tag),
    ...tags.flatMap((each) => [...each.matchAll(attributes)].map(([, value = '']) => value)),
  ];
}

/** The words of a text, without paths, identifiers, numbers, and placeholders. */
export function wordsIn(text: string): string[] {
  return text
    .replaceAll('{…}', ' {…} ')
    .replaceAll(/\\[nt]/g, ' ')
    .split(/[\s·—–]+/)
    .filter((each) => /^[("'“‘[*]*\p{L}+(?:['’\\/-]+\p{L}+)*[)"'”’\].,:;!?…*]*$/u.test(each));
}

/** Whether a string may be a sentence or a part of one: it shows two words or more. */
export function isPhrase(text: string): boolean {
  return visibleParts(text).some((part) => wordsIn(part).length >= 2);
}
