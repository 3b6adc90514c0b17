declare module 'markdown-it' {
  /** What the tests use of it. The package has no types of its own. */
  export default class MarkdownIt {
    constructor(options: { html: boolean; linkify: boolean });
    render(markdown: string): string;
  }
}

declare module 'markdown-it-12' {
  export { default } from 'markdown-it';
}
