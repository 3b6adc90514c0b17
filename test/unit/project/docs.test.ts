import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { slug } from '../../package/readme';
import { filesUnder, tokensIn } from './phrases';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'SUPPORT.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

interface Pointer {
  readonly from: string;
  /** A path from the root of the project, with or without a heading: `docs/api.md#audit-log`. */
  readonly to: string;
}

/** Markdown without its blocks of code, in which nothing is a heading or a link. */
function proseOf(page: string): string {
  return readFileSync(page, 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '');
}

function headingsOf(page: string): string[] {
  return [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => slug(title));
}

function leadsNowhere({ to }: Pointer): boolean {
  const [file = '', heading] = to.split('#');
  return !existsSync(file) || (heading !== undefined && !headingsOf(file).includes(heading));
}

function isUnder(folder: string, other: string): boolean {
  return `${folder}/`.startsWith(`${other}/`);
}

const links = pages.flatMap((page) =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^\w+:/.test(target))
    .map((target) => ({
      from: page,
      to: target.startsWith('#') ? `${page}${target}` : normalize(join(page, '..', target)),
    })),
);
const paths = pages.flatMap((page) =>
  [...proseOf(page).matchAll(/`((?:src|test|docs|media)\/[\w/.-]*)`/g)].map(([, to = '']) => ({
    from: page,
    to,
  })),
);
/** The folders that the map of the sources explains: the first cell of its rows. */
const folders = [...proseOf('docs/architecture.md').matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([\w/]+[/.][\w/]*)`/g)].map(([, folder = '']) => folder),
);
const comments = [...filesUnder('src'), ...filesUnder('test')].flatMap((file) =>
  tokensIn(file)
    .filter(({ kind }) => kind === 'comment')
    .map(({ text, line }) => ({ from: `${file}:${line}`, text })),
);
const pointers = comments.flatMap(({ from, text }) =>
  [...text.matchAll(/docs\/[\w/-]+\.md(?:#[\w-]+)?/g)].map(([to]) => ({ from, to })),
);

describe('the pages of the project', () => {
  it('have links that lead to files and headings', () => {
    assert.ok(links.length > 50);
    assert.deepEqual(links.filter(leadsNowhere), []);
  });

  it('name files and folders that exist', () => {
    assert.ok(paths.length > 50);
    assert.deepEqual(paths.filter(leadsNowhere), []);
  });

  it('explain folders that exist, and every folder of the sources', () => {
    assert.deepEqual(
      folders.filter((folder) => !existsSync(join('src', folder)) && !existsSync(folder)),
      [],
    );
    const explained = folders.map((folder) => folder.replace(/\/$/, ''));
    const withFiles = [...new Set(filesUnder('src').map((file) => dirname(file).replace(/^src\/?/, '')))];
    const missing = withFiles.filter(
      (folder) => folder !== '' && !explained.some((each) => isUnder(folder, each)),
    );
    assert.deepEqual(missing, []);
  });

  it('have every heading once', () => {
    for (const page of pages) {
      const headings = headingsOf(page);
      assert.deepEqual(headings, [...new Set(headings)], page);
    }
  });
});

describe('comments', () => {
  it('point to pages and headings that exist', () => {
    assert.ok(pointers.length > 50);
    assert.deepEqual(pointers.filter(leadsNowhere), []);
  });

  it('cite no page that the project does not have', () => {
    const citing = comments.filter(({ text }) => /\bAPI reference\b|§/.test(text)).map(({ from }) => from);
    assert.deepEqual(citing, []);
  });
});
