import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { escapeMarkdown, toMarkdown } from '../../../src/access/evidence/export/markdown';
import { textCell } from '../../../src/access/evidence/export/table';
import { escapeForMessage, visibleAndShort } from '../../../src/text/plainText';
import { asCode, asMarkdown, table } from '../../../src/views/markdown/escape';
import { headings } from '../../../src/words/exports/parts';
import { contentOf, renderers } from '../support/renderers';
import { hostileNames } from './rendered';

/** White space is folded by every renderer. */
const folded = (text: string): string => text.replace(/\s+/gu, ' ').trim();

const addresses = [
  'www.evil.example',
  'https://evil.example/a?b=c#d',
  'HTTP://evil.example',
  'ftp://evil.example',
  '//evil.example',
  'mail@evil.example',
  'mailto:mail@evil.example',
  'xmpp:mail@evil.example/x',
  'evil.com',
  'evil.io/path',
  '(www.evil.example)',
  'x_www.evil.example_',
  '*https://evil.example*',
  'a|https://evil.example|b',
  '`https://evil.example`',
  'https://`evil.example',
  'https:/|/evil.example',
  'www|.evil.com',
  '\\www.evil.example\\',
  '\\`www.evil.example`\\',
  'вася@пример.рф пример.рф',
  'xn--e1afmkfd.xn--p1ai',
  '<https://evil.example>',
  '[x](https://evil.example)',
  'http://[::1]/x',
  'http://127.0.0.1',
  'a@b.c,www.d.com;evil.com:80',
  '!www.evil.example',
  '&www.evil.example&amp;evil.com',
  '-www.evil.example-',
  'ww\u0301w.evil.com',
  'www\u200b.evil.com',
];

interface Place {
  readonly document: string;
  /** The text that is to be seen. */
  readonly text: string;
  /** The elements that belong to the place. */
  readonly elements: readonly string[];
}

/** The places in which names are put: `markdown` for what is shown as `shown`. */
const places: Readonly<Record<string, (markdown: string, shown: string) => Place>> = {
  'a paragraph': (markdown, shown) => ({
    document: `x ${markdown}`,
    text: `x ${shown}`,
    elements: ['p'],
  }),
  'bold text': (markdown, shown) => ({
    document: `x **a ${markdown} z**`,
    text: `x a ${shown} z`,
    elements: ['p', 'strong'],
  }),
  'a list': (markdown, shown) => ({
    document: `- x: ${markdown}`,
    text: `x: ${shown}`,
    elements: ['ul', 'li'],
  }),
  'a quotation': (markdown, shown) => ({
    document: `> x ${markdown}`,
    text: `x ${shown}`,
    elements: ['blockquote', 'p'],
  }),
  'a heading': (markdown, shown) => ({ document: `# ${markdown}`, text: shown, elements: ['h1'] }),
  'the cell of a table': (markdown, shown) => ({
    document: table(['a', 'b'], [[markdown, 'y']]),
    text: `a b ${shown} y`,
    elements: ['table', 'thead', 'tbody', 'tr', 'th', 'td'],
  }),
};

function assertShows(name: string, toMarkdownOf: (text: string) => string, shown: string): void {
  const markdown = toMarkdownOf(name);
  for (const [place, put] of Object.entries(places)) {
    const { document, text, elements } = put(markdown, shown);
    for (const [renderer, render] of Object.entries(renderers)) {
      const content = contentOf(render(document));
      const where = `${JSON.stringify(name)} in ${place} by ${renderer}: ${JSON.stringify(document)}`;
      for (const element of content.elements)
        assert.ok(['code', ...elements].includes(element), `${element} of ${where}`);
      assert.equal(folded(content.text), folded(text), where);
    }
  }
  for (const [renderer, render] of Object.entries(renderers)) {
    // Alone at the start of a line, it may be nothing at all.
    const { elements, text } = contentOf(render(markdown));
    for (const element of elements) assert.ok(['code', 'p'].includes(element), `${element} of ${markdown}`);
    assert.equal(folded(text), folded(shown), `${markdown} by ${renderer}`);
  }
}

const ways: Readonly<
  Record<string, readonly [toMarkdownOf: (text: string) => string, shown: (text: string) => string]>
> = {
  'in views': [(text) => asMarkdown(text, 1000), (text) => escapeForMessage(text, 1000)],
  'as code in views': [(text) => asCode(text, 1000), (text) => escapeForMessage(text, 1000)],
  'in exports': [(text) => escapeMarkdown(text, 1000), (text) => visibleAndShort(text, 1000)],
};

describe('Truth 22: a name in Markdown, in four renderers with HTML and links of addresses on', () => {
  for (const [way, [toMarkdownOf, shown]] of Object.entries(ways)) {
    for (const name of [...addresses, ...hostileNames])
      it(`${way}, shows ${JSON.stringify(name)} and nothing else`, () =>
        assertShows(name, toMarkdownOf, shown(name)));

    it(`${way}, shows any name and nothing else`, function () {
      this.timeout(60_000);
      const mark = fc.constantFrom(...'\\`*_{}[]()#+-.!|~<>&$:/@=^"\',;?% ab1é'.split(''));
      const word = fc.constantFrom(
        'http://',
        'www.',
        'evil.com',
        'a@b.co',
        '&amp;',
        '](',
        '<b>',
        'a_b_c',
        '1.',
      );
      void fc.assert(
        fc.property(fc.array(fc.oneof(mark, word, fc.string()), { maxLength: 15 }), (some) => {
          const name = some.join('');
          assertShows(name, toMarkdownOf, shown(name));
        }),
        { numRuns: 300 },
      );
    });
  }

  it('is no link in an export', () => {
    const pieces = toMarkdown({
      title: addresses.join(' '),
      facts: addresses.map((each) => ({ name: each, label: each, text: each })),
      missing: addresses,
      columns: addresses.map((each) => ({ id: each, title: each })),
      rows: [addresses.map(textCell)],
      headings,
    });
    const text = [...pieces].join('');
    for (const [renderer, render] of Object.entries(renderers)) {
      const { elements } = contentOf(render(text));
      for (const element of ['a', 'img', 'em', 'strong', 'del', 'script'])
        assert.ok(!elements.has(element), `${element} by ${renderer}`);
      assert.ok(elements.has('table'));
    }
  });
});
