import { marked, type Token } from 'marked';

/** A Markdown document after VS Code's renderer of hovers. */
export interface Rendered {
  /** The visible text. */
  readonly text: string;
  /** The targets of links and images. */
  readonly targets: readonly string[];
  /** The kinds of elements, each once. */
  readonly kinds: ReadonlySet<string>;
}

export function rendered(markdown: string): Rendered {
  const targets: string[] = [];
  const kinds = new Set<string>();
  const read = (tokens: readonly Token[]): string =>
    tokens
      .map((token): string => {
        kinds.add(token.type);
        if (token.type === 'link' || token.type === 'image') targets.push(token.href);
        if (token.type === 'table') {
          return [token.header, ...token.rows]
            .map((row: { tokens: Token[] }[]) => row.map(({ tokens }) => read(tokens)).join(' | '))
            .join('\n');
        }
        const inner = 'tokens' in token ? token.tokens : token.type === 'list' ? token.items : undefined;
        if (inner) return read(inner);
        return token.type === 'br' || token.type === 'space' ? '\n' : 'text' in token ? token.text : '';
      })
      .join('');
  const text = read(marked.lexer(markdown));
  return { text, targets, kinds };
}

/** Project names of a hostile server. */
export const hostileNames = [
  '[Grant…](command:workbench.action.quit)',
  '<img src=x onerror=alert(1)><a href="command:x">y</a>',
  '![x](https://evil.invalid/x.png)',
  'https://evil.invalid/a www.evil.invalid me@evil.invalid evil.com',
  '$(trash) $(x~spin)',
  '| a | b |\n|---|---|',
  '# heading\n\n- list\n> quote\n```js\ncode',
  '`code` **bold** _em_ ~~gone~~ &amp; &lt;b&gt; \\',
  '\u202edesrever\u0007\u001b[31m\u200b',
  '1. one',
  '---',
  '===',
  '    indented',
  '[x]: https://evil.invalid',
  '<!-- comment',
  '$$x$$ :smile: ^[note]',
];
