import MarkdownIt from 'markdown-it';
import MarkdownIt12 from 'markdown-it-12';
import { marked } from 'marked';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

const options = { html: true, linkify: true };
const oldest = new MarkdownIt12(options);
const newest = new MarkdownIt(options);
const remark = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeStringify, { allowDangerousHtml: true });

/**
 * Renderers of Markdown with everything on that makes something of a text: HTML, and links of bare addresses.
 * markdown-it 12 is that of the oldest VS Code that is supported.
 */
export const renderers: Readonly<Record<string, (markdown: string) => string>> = {
  'markdown-it 12': (markdown) => oldest.render(markdown),
  'markdown-it': (markdown) => newest.render(markdown),
  'remark-gfm': (markdown) => String(remark.processSync(markdown)),
  marked: (markdown) => marked.parse(markdown, { async: false, gfm: true }),
};

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The names of the elements of a page, and its text. */
export function contentOf(html: string): { readonly elements: ReadonlySet<string>; readonly text: string } {
  const elements = new Set<string>();
  const text = html
    .replace(/<(!--|\/?[a-z][a-z0-9]*)[^>]*>/gi, (_tag, name: string) => {
      elements.add(name.replace('/', '').toLowerCase());
      return '';
    })
    .replace(
      /&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi,
      (whole, hex?: string, decimal?: string, name?: string) => {
        if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
        return decimal ? String.fromCodePoint(Number(decimal)) : (entities[name ?? ''] ?? whole);
      },
    );
  return { elements, text };
}
