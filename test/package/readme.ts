import { lexer, parse, type Token, type Tokens, walkTokens } from 'marked';

/** An address that the page of an installed extension can open or show. Nothing else: it knows no folder. */
const isComplete = (address: string) => /^(https|mailto):/.test(address);

const isLocal = ({ href }: Tokens.Link | Tokens.Image) => !isComplete(href) && !href.startsWith('#');
const isLocalPicture = (token: Token) => token.type === 'image' && isLocal(token as Tokens.Image);

/**
 * The README as an installed extension shows it: VS Code resolves no relative address there and shows no picture but
 * from the web, so pictures of the repository are left out, and links into it become their text.
 */
export function readmeOfInstalled(readme: string): string {
  return lexer(readme)
    .filter((block) => !isMadeOfPictures(block))
    .map(withoutLocalLinks)
    .join('')
    .replace(/\n{3,}/g, '\n\n');
}

/** What an installed extension's page could not open or show: addresses of links and pictures. */
export function brokenLinks(markdown: string): string[] {
  const html = parse(markdown, { async: false });
  const headings = [...html.matchAll(/<h\d>(.*?)<\/h\d>/g)].map(([, title = '']) => `#${slug(title)}`);
  const addresses = [...html.matchAll(/<\w+ [^>]*?\b(?:href|src)="([^"]*)"/g)].map(
    ([, address = '']) => address,
  );
  return addresses.filter((address) => !isComplete(address) && !headings.includes(address));
}

/** The id of a heading, as VS Code and GitHub make it. */
function slug(title: string): string {
  const text = title.replace(/<[^>]*>/g, '').replace(/&\w+;/g, '');
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function isMadeOfPictures(block: Token): boolean {
  if (block.type === 'paragraph') return isRowOfPictures((block as Tokens.Paragraph).tokens);
  if (block.type !== 'table') return false;
  const { header, rows } = block as Tokens.Table;
  return isRowOfPictures([...header, ...rows.flat()].flatMap(({ tokens }) => tokens));
}

function isRowOfPictures(tokens: readonly Token[]): boolean {
  return (
    tokens.some(isLocalPicture) && tokens.every((token) => isLocalPicture(token) || token.raw.trim() === '')
  );
}

function withoutLocalLinks(block: Token): string {
  let text = block.raw;
  void walkTokens([block], (token) => {
    if (token.type !== 'link' && token.type !== 'image') return;
    const link = token as Tokens.Link | Tokens.Image;
    if (isLocal(link)) text = text.replace(link.raw, () => link.text);
  });
  return text;
}
