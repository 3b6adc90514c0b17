import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { slug } from '../../package/readme';
import { filesUnder, tokensIn } from './phrases';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

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
  [...proseOf(page).matchAll(/`((?:src|test|docs|media|licenses|\.github)\/[\w/.-]*)`/g)].map(
    ([, to = '']) => ({
      from: page,
      to,
    }),
  ),
);
/** Files that are named as seen from the root or from the sources: `package.json`, `access/thresholds.ts`. */
const named = pages.flatMap((page) =>
  [...proseOf(page).matchAll(/`([\w./-]*\.(?:ts|mjs|json|md|css|svg|png|txt))`/g)].map(([, to = '']) => ({
    from: page,
    to,
  })),
);
/** Files that the build writes, that an export writes, or that a workspace of a person may have. */
const notOurs = new Set([
  'ThirdPartyNotices.txt',
  '.about.json',
  'permissions.about.json',
  '.vscode/settings.json',
]);
/** What can be typed: each `npm` command of the pages, in sentences and in blocks of code, with its options. */
const typed = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/\bnpm (run [\w:]+|test|ci)([^`\n|]*)/g)].map(
    ([, command = '', rest = '']) => ({ from: page, command, options: rest.match(/--[a-z-]+/g) ?? [] }),
  ),
);
/** What a person can choose, in italics or bold: titles end in an ellipsis, or have several words with capitals. */
const chosen = pages
  .filter((page) => page !== 'CHANGELOG.md')
  .flatMap((page) =>
    [...proseOf(page).matchAll(/(?<!\*)\*{1,2}([A-Z][^*\n]*…|[A-Z]\w*(?: [A-Z]\w*)+)\*{1,2}/g)].map(
      ([, title = '']) => ({
        from: page,
        title,
      }),
    ),
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

  it('name files of the root and of the sources that exist', () => {
    assert.ok(named.length > 50);
    const missing = named.filter(
      ({ to }) => !notOurs.has(to) && !existsSync(to) && !existsSync(join('src', to)),
    );
    assert.deepEqual(missing, []);
  });

  it('have commands that can be typed', () => {
    assert.ok(typed.length > 20);
    const known = new Set(['test', 'ci', ...Object.keys(manifest.scripts).map((name) => `run ${name}`)]);
    assert.deepEqual(
      typed.filter(({ command }) => !known.has(command)),
      [],
    );
    for (const { from, command, options } of typed.filter((each) => each.options.length > 0)) {
      // The script ends in the program that gets the options.
      const [, program = ''] = /out\/([\w/]+)\.js$/.exec(manifest.scripts[command.replace('run ', '')]) ?? [];
      const source = readFileSync(`${program}.ts`, 'utf8');
      for (const option of options.filter((each) => each !== '--')) assert.ok(source.includes(option), from);
    }
  });

  it('have commands that can be chosen, by their titles', () => {
    const titles: string[] = manifest.contributes.commands.map(({ title }: { title: string }) => title);
    const inWords = filesUnder('src/words')
      .flatMap(tokensIn)
      .filter(({ kind }) => kind === 'string')
      .map(({ text }) => text);
    // What a button does may cost requests, which it says behind its name.
    const known = new Set([...titles, ...inWords].map((text) => text.replace(/ \(.*\)$/, '')));
    const others = [manifest.displayName, 'Extensions: Install from VSIX…'];
    assert.ok(chosen.length > 30);
    assert.deepEqual(
      chosen.filter(({ title }) => !known.has(title) && !others.includes(title)),
      [],
    );
  });

  it('have each script that a person starts in the table of CONTRIBUTING.md', () => {
    const rows = readFileSync('CONTRIBUTING.md', 'utf8').match(/^\| `npm .*$/gm) ?? [];
    const started = Object.keys(manifest.scripts).filter((name) => !/^pre/.test(name));
    assert.deepEqual(
      started.filter((name) => !rows.some((row) => new RegExp(`npm (run )?${name}\``).test(row))),
      [],
    );
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
