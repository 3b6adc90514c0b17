import assert from 'node:assert/strict';
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
  editor: ['openai', 'ids'],
  organizations: ['access', 'openai', 'sample', 'credentials', 'editor', 'ids'],
  views: ['access', 'openai', 'editor', 'organizations', 'ids'],
  commands: ['access', 'openai', 'credentials', 'editor', 'organizations', 'views', 'ids'],
  extension: ['commands', 'credentials', 'editor', 'organizations', 'views', 'ids'],
};
const withoutVSCode = ['openai', 'access', 'sample', 'ids'];

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

  it('reach undici from the transport only', () => {
    const wrong = imports.filter(
      ({ from, to }) => /^undici\b/.test(to) && !from.startsWith('openai/undici/'),
    );
    assert.deepEqual(wrong, []);
  });
});
