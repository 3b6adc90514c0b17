import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mostFound } from '../../../../src/access/discovery/discover';
import {
  largestIgnoreFile,
  mostRules,
  parseRules,
  roomBeside,
} from '../../../../src/access/discovery/ignoreRules';
import { type OpenFolder, workspaceSource } from '../../../../src/access/discovery/workspace';
import { findingIn, search } from './search';

const id = (number: number) => `ft:gpt-4.1-2025-04-14:harbor-labs:bot:${String(number).padStart(8, '0')}`;
const idsIn = (text: string) => text.match(/ft:[a-z0-9:.-]+/g) ?? [];

function folderAt(root: string, name = 'root'): OpenFolder {
  return {
    name,
    async list(folder) {
      const entries = await readdir(join(root, folder), { withFileTypes: true });
      return entries.map((entry) => ({
        name: entry.name,
        kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other',
      }));
    },
    size: async (file) => (await stat(join(root, file))).size,
    read: (file) => readFile(join(root, file)),
  };
}

describe('the search of the workspace', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'workspace-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
  }

  it('finds ids in files at any depth, and says where', async () => {
    await write({ 'a.ts': `x = "${id(1)}"`, 'deep/er/b.yaml': `${id(1)}\n${id(2)}`, 'c.txt': 'nothing' });
    const { entries, ends } = await search([workspaceSource([folderAt(root)], idsIn)]);
    assert.deepEqual(ends.workspace, { kind: 'complete' });
    const byID = new Map(entries.map((entry) => [entry.id, findingIn(entry, 'workspace')?.files]));
    assert.deepEqual(byID.get(id(1))?.toSorted(), ['a.ts', 'deep/er/b.yaml']);
    assert.deepEqual(byID.get(id(2)), ['deep/er/b.yaml']);
  });

  it('takes names as the file system does: by case, or not', async () => {
    await write({
      '.gitignore': 'Build/\r\n*.LOG\r\n',
      'Build/a': id(1),
      'build-notes/b': id(2),
      'sub/build/c': id(3),
      'x.log': id(4),
      'Node_Modules/d': id(5),
    });
    const foundIn = async (ignoresCase: boolean) => {
      const { ids } = await search([workspaceSource([{ ...folderAt(root), ignoresCase }], idsIn)]);
      return ids.toSorted();
    };
    assert.deepEqual(await foundIn(false), [2, 3, 4, 5].map(id));
    assert.deepEqual(await foundIn(true), [id(2)]);
  });

  it('names three places and counts the rest', async () => {
    await write(Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`f${at}`, id(1)])));
    const { entries } = await search([workspaceSource([folderAt(root)], idsIn)]);
    const finding = findingIn(entries[0], 'workspace');
    assert.equal(finding?.files?.length, 3);
    assert.equal(finding.moreFiles, 6);
  });

  it('leaves out what ignore files name, each for its own folder, the innermost deciding', async () => {
    await write({
      '.gitignore': 'secret/\n*.log\n',
      'secret/a': id(1),
      'b.log': id(2),
      'sub/.gitignore': '!kept.log\n/only-here\n',
      'sub/kept.log': id(3),
      'sub/only-here': id(4),
      'sub/deeper/only-here': id(5),
      '.ignore': 'generated\n',
      'generated/x': id(6),
      'node_modules/x/y': id(7),
      '.git/config': id(8),
    });
    const { ids } = await search([workspaceSource([folderAt(root)], idsIn)]);
    assert.deepEqual(ids, [id(3), id(5)]);
  });

  it('says what it did not search: large files, too many files, unreadable ones', async () => {
    await write({ large: `${id(1)}${'x'.repeat(2000)}`, small: id(2) });
    const limits = { largestFile: 1024, mostFiles: 10 };
    const large = await search([workspaceSource([folderAt(root)], idsIn, limits)]);
    assert.deepEqual(large.ids, [id(2)]);
    assert.deepEqual(large.ends.workspace, {
      kind: 'incomplete',
      gaps: [{ kind: 'largeFiles', count: 1, largest: 1024 }],
    });

    const few = await search([workspaceSource([folderAt(root)], idsIn, { ...limits, mostFiles: 1 })]);
    assert.ok(few.ends.workspace?.kind === 'incomplete');
    assert.deepEqual(few.ends.workspace.gaps[0], { kind: 'tooManyFiles', searched: 1 });

    const broken: OpenFolder = { ...folderAt(root), read: () => Promise.reject(new Error('no')) };
    const unreadable = await search([workspaceSource([broken], idsIn)]);
    assert.deepEqual(unreadable.ends.workspace, {
      kind: 'incomplete',
      gaps: [{ kind: 'unreadable', count: 2 }],
    });
  });

  it('does not follow links, and passes over files without text', async () => {
    await write({ 'real/a': id(1), binary: new Uint8Array([...Buffer.from(id(2)), 0, 1]) });
    await symlink(root, join(root, 'real', 'circle'));
    const { ids, ends } = await search([workspaceSource([folderAt(root)], idsIn)]);
    assert.deepEqual(ids, [id(1)]);
    assert.deepEqual(ends.workspace, { kind: 'complete' });
  });

  it('Truth 14: does not read ignore files that are links, and says which ones are too large', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    await writeFile(join(outside, 'rules'), '*');
    await write({ a: id(1), 'sub/b': id(2), 'sub/.gitignore': `b\n${'#'.repeat(largestIgnoreFile)}` });
    await symlink(join(outside, 'rules'), join(root, '.ignore'));
    await symlink(outside, join(root, 'sub', 'folder'));
    const read: string[] = [];
    const folder = folderAt(root);
    const noting: OpenFolder = {
      ...folder,
      read: (path) => {
        read.push(path);
        return folder.read(path);
      },
    };
    const { ids, ends } = await search([workspaceSource([noting], idsIn)]);
    assert.deepEqual(ids, [id(1), id(2)]);
    assert.deepEqual(read.toSorted(), ['a', 'sub/.gitignore', 'sub/b']);
    assert.deepEqual(ends.workspace, { kind: 'incomplete', gaps: [{ kind: 'ignoreFiles', count: 1 }] });
    await rm(outside, { recursive: true });
  });

  it('Truth 14: applies no rule that could take very long, nor a rule to a long path, and says so', async () => {
    const hostile = ['**/a/'.repeat(9), `${'*a'.repeat(9)}b`, `x${'y'.repeat(500)}`];
    await write({
      '.gitignore': [...hostile, 'ignored', '*.log'].join('\n'),
      ignored: id(1),
      'x.log': id(2),
      [`${'a/'.repeat(45)}ignored`]: id(3),
    });
    const { ids, ends } = await search([workspaceSource([folderAt(root)], idsIn)]);
    assert.deepEqual(ids, [id(3)]);
    assert.deepEqual(ends.workspace, {
      kind: 'incomplete',
      gaps: [
        { kind: 'ignoreRules', count: hostile.length },
        { kind: 'longPaths', count: 6 },
      ],
    });
  });

  it('Truth 14: applies a bounded number of rules', () => {
    const text = `${'*a*\n'.repeat(mostRules.complex + 3)}${'x\n'.repeat(mostRules.all)}`;
    const { patterns, skipped } = parseRules(text, mostRules);
    assert.equal(patterns.length, mostRules.all);
    assert.equal(patterns.filter((pattern) => pattern === '*a*').length, mostRules.complex);
    assert.equal(skipped, mostRules.complex + 3);
    assert.deepEqual(roomBeside(patterns, mostRules), { all: 0, complex: 0 });
  });

  it('Truth 14: ends at a number of checkpoints, entries, and bytes', async () => {
    const many = Array.from({ length: mostFound + 10 }, (_, number) => id(number)).join('\n');
    await write({ many, 'more/b': id(99_999), 'more/c': 'x'.repeat(100) });
    const found = await search([workspaceSource([folderAt(root)], idsIn)]);
    assert.equal(found.ids.length, mostFound);
    assert.deepEqual(found.ends.workspace, {
      kind: 'incomplete',
      gaps: [{ kind: 'tooManyFound', most: mostFound }],
    });
    await rm(join(root, 'many'));
    await write(Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`f${at}`, id(at)])));
    for (const limits of [{ mostEntries: 9 }, { mostBytes: 200 }]) {
      const { ids, ends } = await search([workspaceSource([folderAt(root)], idsIn, limits)]);
      assert.ok(ids.length > 0 && ids.length < 30, `${ids.length}`);
      assert.ok(ends.workspace?.kind === 'incomplete');
      assert.equal(ends.workspace.gaps[0]?.kind, 'tooManyFiles');
    }
  });

  it('Truth 14: hears a cancel among a great many ignored files', async () => {
    const abort = new AbortController();
    let looked = 0;
    const endless: OpenFolder = {
      name: 'endless',
      list: async () => [
        { name: '.gitignore', kind: 'file' },
        ...Array.from({ length: 150_000 }, (_, index) => ({ name: `${index}.log`, kind: 'file' as const })),
      ],
      size: async () => 5,
      read: async () => {
        looked += 1;
        // The person cancels in the next turn of the event loop.
        setImmediate(() => abort.abort());
        return Buffer.from('*.log');
      },
    };
    const { ends } = await search([workspaceSource([endless], idsIn)], abort.signal);
    assert.deepEqual(ends.workspace, { kind: 'incomplete', gaps: [{ kind: 'stopped' }] });
    assert.equal(looked, 1);
  });

  it('names the folder where several are open', async () => {
    await write({ 'one/a': id(1), 'two/a': id(2) });
    const folders = ['one', 'two'].map((name) => folderAt(join(root, name), name));
    const { entries } = await search([workspaceSource(folders, idsIn)]);
    const files = entries.flatMap((entry) => findingIn(entry, 'workspace')?.files ?? []);
    assert.deepEqual(files.toSorted(), ['one/a', 'two/a']);
  });

  it('stops when the person does, and keeps what it has found', async () => {
    await write(Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`f${at}`, id(at)])));
    const abort = new AbortController();
    const folder = folderAt(root);
    let read = 0;
    const slow: OpenFolder = {
      ...folder,
      read: (file) => {
        read += 1;
        if (read === 10) abort.abort();
        return folder.read(file);
      },
    };
    const { ids, ends } = await search([workspaceSource([slow], idsIn)], abort.signal);
    assert.deepEqual(ends.workspace, { kind: 'incomplete', gaps: [{ kind: 'stopped' }] });
    assert.ok(ids.length > 0 && ids.length < 50, `${ids.length}`);
  });
});
