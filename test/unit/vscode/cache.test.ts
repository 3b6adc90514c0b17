import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cached } from '../../host/vscode/cache';

describe('the cache of fetched pieces', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'cache-test-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const write = (text: string) => (folder: string) => writeFile(join(folder, 'piece'), text);

  it('fills a folder once', async () => {
    const first = await cached('piece-1', 'recipe', write('first'), root);
    const second = await cached('piece-1', 'recipe', write('second'), root);
    assert.equal(second, first);
    assert.equal(await readFile(join(first, 'piece'), 'utf8'), 'first');
  });

  it('keeps what another recipe makes apart', async () => {
    const first = await cached('piece-1', 'recipe', write('first'), root);
    const second = await cached('piece-1', 'another recipe', write('second'), root);
    assert.notEqual(second, first);
  });

  it('leaves nothing of a piece that could not be had, and tries again the next time', async () => {
    const fail = async (folder: string) => {
      await writeFile(join(folder, 'half'), '');
      throw new Error('the disk is full');
    };
    await assert.rejects(cached('piece-1', 'recipe', fail, root), /the disk is full/);
    assert.deepEqual(await readdir(root), []);
    const folder = await cached('piece-1', 'recipe', write('whole'), root);
    assert.deepEqual((await readdir(folder)).sort(), ['.complete', 'piece']);
  });

  it('takes a folder without its stamp for no piece', async () => {
    const folder = await cached('piece-1', 'recipe', write('whole'), root);
    await rm(join(folder, '.complete'));
    await rm(join(folder, 'piece'));
    assert.equal(await cached('piece-1', 'recipe', write('whole again'), root), folder);
    assert.equal(await readFile(join(folder, 'piece'), 'utf8'), 'whole again');
  });

  it('gives two runs at the same time the same whole piece', async () => {
    let filling = 0;
    let bothFill = () => {};
    const both = new Promise<void>((resolve) => {
      bothFill = resolve;
    });
    const fill = async (folder: string) => {
      filling += 1;
      if (filling === 2) bothFill();
      await both;
      await writeFile(join(folder, 'piece'), 'whole');
    };
    const [one, other] = await Promise.all([
      cached('piece-1', 'recipe', fill, root),
      cached('piece-1', 'recipe', fill, root),
    ]);
    assert.equal(one, other);
    assert.deepEqual(await readdir(root), [one.slice(root.length + 1)]);
  });

  it('removes what a run that is gone was filling, and only that', async () => {
    const noProcess = 2 ** 22 + 1;
    await mkdir(join(root, `.unfinished-${noProcess}-abc`));
    await mkdir(join(root, `.unfinished-${process.pid}-def`));
    await cached('piece-1', 'recipe', write('whole'), root);
    assert.equal(existsSync(join(root, `.unfinished-${noProcess}-abc`)), false);
    assert.equal(existsSync(join(root, `.unfinished-${process.pid}-def`)), true);
  });
});
