import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const source = join(process.cwd(), 'src');

/**
 * Which folders the files of a folder may import from, besides their own and `text`, the ground floor, which is open to
 * all. Files at the top are folders of their own.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  text: [],
  ids: [],
  openai: [],
  access: ['openai'],
  words: ['access', 'openai', 'credentials'],
  sample: ['openai'],
  credentials: [],
  editor: ['access', 'openai', 'words', 'ids'],
  protocol: ['access'],
  pages: ['access', 'words', 'protocol'],
  cli: ['access', 'openai', 'words'],
  organizations: ['access', 'openai', 'words', 'sample', 'credentials', 'editor', 'ids'],
  views: ['access', 'openai', 'words', 'editor', 'organizations', 'protocol', 'ids'],
  commands: [
    'access',
    'openai',
    'words',
    'credentials',
    'editor',
    'organizations',
    'views',
    'protocol',
    'ids',
  ],
  extension: ['commands', 'credentials', 'editor', 'organizations', 'views', 'ids'],
};
const withoutVSCode = ['text', 'openai', 'access', 'words', 'sample', 'ids', 'protocol', 'pages', 'cli'];

/** Files that run in a page too, where there is neither Node.js nor VS Code nor the client. All of `text` does. */
const pageSafe = new Set([
  'access/catalog/arrange',
  'access/catalog/arrangement',
  'access/evidence/export/csv',
  'access/ids/checkpointId',
  'access/accessKind',
  'access/catalog/shutdown',
  'access/evidence/history/change',
  'access/evidence/history/filter',
  'access/evidence/review/finding',
  'access/loading/standing',
  'access/matrix/cell',
  'access/thresholds',
  'access/withoutEffect',
  'protocol/accessPage',
  'protocol/changes',
  'protocol/explain',
  'protocol/findings',
  'protocol/history',
  'protocol/matrix',
  'protocol/permissions',
  'protocol/policies',
  'protocol/rowMenu',
  'protocol/validators',
  'protocol/wait',
  'words/accessPage',
  'words/changesTab',
  'words/effect',
  'words/explainTab',
  'words/findings',
  'words/historyTab',
  'words/matrix',
  'words/permissionsTab',
  'words/shutdown',
  'words/standing',
  'words/tabs',
  'words/titles',
  'words/waiting',
]);

/** The log is there from activation on; the door of the client would bring the whole client with it. */
const pastTheDoor = new Set(['sample/transport.ts → openai/transport']);

interface Import {
  readonly from: string;
  readonly to: string;
  /** Nothing of it is left at run time. */
  readonly isTypeOnly: boolean;
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replaceAll(sep, '/'));

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8');
  const statements = /(?:\b(import|export) type [^';]*)?(?:from|import)\s*\(?\s*'([^']+)'/g;
  return [...text.matchAll(statements)].map(([, type, to = '']) => ({
    from: file,
    isTypeOnly: type !== undefined,
    to: to.startsWith('.') ? relative(source, join(source, file, '..', to)).replaceAll(sep, '/') : to,
  }));
}

function withoutEnding(file: string): string {
  return file.replace(/\.ts$/, '');
}

function folderOf(path: string): string {
  return (path.split('/')[0] ?? '').replace(/\.ts$/, '');
}

function isPageSafe(path: string): boolean {
  return ['pages', 'text'].includes(folderOf(path)) || pageSafe.has(withoutEnding(path));
}

/** The files of `src` that each file imports, as types or lazily too. */
function importGraph(): ReadonlyMap<string, readonly string[]> {
  const known = new Set(files);
  const graph = new Map<string, string[]>(files.map((file) => [file, []]));
  for (const { from, to } of imports) {
    const file = [`${to}.ts`, `${to}/index.ts`].find((name) => known.has(name));
    if (file !== undefined) graph.get(from)?.push(file);
  }
  return graph;
}

/** A depth-first search: an import of a file that the search is still below closes a circle. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const imported of graph.get(file) ?? []) visit(imported, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return circles;
}

const imports = files.flatMap(importsOf);
const own = imports.filter(({ to }) => Object.hasOwn(mayImport, folderOf(to)));

describe('the arrows between the folders', () => {
  it('are seen at all', () => {
    assert.ok(own.length > 100);
    assert.deepEqual(
      files.filter((file) => !Object.hasOwn(mayImport, folderOf(file))),
      [],
    );
  });

  it('point one way', () => {
    const wrong = own.filter(({ from, to }) => {
      const [here, there] = [folderOf(from), folderOf(to)];
      return there !== here && there !== 'text' && !mayImport[here]?.includes(there);
    });
    assert.deepEqual(wrong, []);
  });

  it('make no circle, not even of types', () => {
    const graph = importGraph();
    const arrows = [...graph.values()].flat().length;
    assert.ok(arrows > 500);
    assert.deepEqual(circlesIn(graph), []);
  });

  it('leave the ground floor by no way, not even to a package', () => {
    const wrong = imports.filter(({ from, to }) => folderOf(from) === 'text' && !to.startsWith('text/'));
    assert.deepEqual(wrong, []);
  });

  it('keep vscode out of the client and the domain', () => {
    const wrong = imports.filter(({ from, to }) => to === 'vscode' && withoutVSCode.includes(folderOf(from)));
    assert.deepEqual(wrong, []);
  });

  it('enter the client by its door', () => {
    const wrong = own
      .filter(({ from, to }) => folderOf(from) !== 'openai' && to.startsWith('openai/'))
      .map(({ from, to }) => `${from} → ${to}`)
      .filter((arrow) => !pastTheDoor.has(arrow));
    assert.deepEqual(wrong, []);
  });

  it('lead into the command-line tool from nowhere', () => {
    const wrong = own.filter(({ from, to }) => folderOf(to) === 'cli' && folderOf(from) !== 'cli');
    assert.ok(own.some(({ from }) => folderOf(from) === 'cli'));
    assert.deepEqual(wrong, []);
  });

  it('bring nothing into a page that cannot run there', () => {
    const inPages = imports.filter(({ from, isTypeOnly }) => isPageSafe(from) && !isTypeOnly);
    const wrong = inPages.filter(({ to }) => !isPageSafe(to) && !to.startsWith('@vscode-elements/'));
    assert.ok(inPages.length > 20);
    assert.deepEqual(wrong, []);
  });

  it('lead to a question through one door, which knows whether one stands open', () => {
    const own = /\b(create|show)(QuickPick|InputBox)\b|\bshow\w+(Dialog|FolderPick)\b|\bmodal\b\s*[:,}]/;
    const wrong = files.filter((file) => own.test(readFileSync(join(source, file), 'utf8')));
    assert.deepEqual(wrong, ['editor/questions.ts']);
  });

  it('reach undici from the transport only', () => {
    const wrong = imports.filter(
      ({ from, to }) => /^undici\b/.test(to) && !from.startsWith('openai/undici/'),
    );
    assert.deepEqual(wrong, []);
  });
});

describe('the names of types', () => {
  it('are declared once in the whole source, exported or not', () => {
    const declaration =
      /^[ \t]*(?:export )?(?:default )?(?:declare )?(?:abstract |const )?(?:type|interface|class|enum) ([A-Z]\w*)(?=\s*[<={]|\s+(?:extends|implements)\b)/gm;
    const declared = new Map<string, string[]>();
    for (const file of files) {
      const text = readFileSync(join(source, file), 'utf8');
      for (const [, name = ''] of text.matchAll(declaration))
        declared.set(name, [...(declared.get(name) ?? []), file]);
    }
    const doubles = [...declared]
      .filter(([, places]) => places.length > 1)
      .map(([name, places]) => `${name}: ${places.join(', ')}`);
    assert.ok(declared.size > 300);
    assert.deepEqual(doubles, []);
  });
});
