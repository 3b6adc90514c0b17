import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const source = join(process.cwd(), 'src');

/** Which folders the files of a folder may import from, besides their own. Files at the top are folders of their own. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  openai: [],
  access: ['openai'],
  sample: ['openai'],
  credentials: [],
  ids: [],
  protocol: ['access'],
  pages: ['access', 'editor', 'protocol'],
  editor: ['openai', 'ids'],
  organizations: ['access', 'openai', 'sample', 'credentials', 'editor', 'ids'],
  views: ['access', 'openai', 'editor', 'organizations', 'protocol', 'ids'],
  commands: ['access', 'openai', 'credentials', 'editor', 'organizations', 'views', 'ids'],
  extension: ['commands', 'credentials', 'editor', 'organizations', 'views', 'ids'],
};
const withoutVSCode = ['openai', 'access', 'sample', 'ids', 'protocol', 'pages'];

/** What runs in a page, besides its own: neither Node nor the editor nor the client is there. */
const alsoInPages = new Set([
  'access/matrix/cell',
  'access/matrix/progress',
  'editor/time',
  'protocol/matrix',
]);

/** The log is there from activation on; the door of the client would bring the whole client with it. */
const pastTheDoor = new Set(['editor/log.ts → openai/redact', 'sample/transport.ts → openai/transport']);

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replaceAll(sep, '/'));

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, to = '']) => ({
    from: file,
    to: to.startsWith('.') ? relative(source, join(source, file, '..', to)).replaceAll(sep, '/') : to,
  }));
}

function withoutEnding(file: string): string {
  return file.replace(/\.ts$/, '');
}

function folderOf(path: string): string {
  return (path.split('/')[0] ?? '').replace(/\.ts$/, '');
}

const imports = files.flatMap(importsOf);
const own = imports.filter(({ to }) => Object.hasOwn(mayImport, folderOf(to)));

describe('the arrows between the folders', () => {
  it('are seen at all', () => assert.ok(own.length > 100));

  it('point one way', () => {
    const wrong = own.filter(({ from, to }) => {
      const [here, there] = [folderOf(from), folderOf(to)];
      return here !== there && !mayImport[here]?.includes(there);
    });
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

  it('bring nothing into a page that cannot run there', () => {
    const inPages = imports.filter(
      ({ from }) => from.startsWith('pages/') || alsoInPages.has(withoutEnding(from)),
    );
    const wrong = inPages.filter(({ to }) => !to.startsWith('pages/') && !alsoInPages.has(to));
    assert.ok(inPages.length > 20);
    assert.deepEqual(wrong, []);
  });

  it('lead to a question through one door, which knows whether one stands open', () => {
    const own = /\b(create|show)(QuickPick|InputBox)\b|\bshow\w+(Dialog|FolderPick)\b|\bmodal\b\s*[:,}]/;
    const wrong = files.filter((file) => own.test(readFileSync(join(source, file), 'utf8')));
    assert.deepEqual(wrong, ['editor/questions.ts']);
  });

  it('leave types of the browser to the pages', () => {
    // A project of its own, so that `document` is an error elsewhere.
    const checked = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'src/pages'], {
      encoding: 'utf8',
    });
    assert.equal(checked.stdout, '');
    assert.equal(checked.status, 0);
  });

  it('reach undici from the transport only', () => {
    const wrong = imports.filter(
      ({ from, to }) => /^undici\b/.test(to) && !from.startsWith('openai/undici/'),
    );
    assert.deepEqual(wrong, []);
  });
});
