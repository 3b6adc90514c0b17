import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withCode } from '../../../src/access/journal/storage';
import { type Renaming, replaceFile } from '../../../src/access/replaceFile';

describe('a file that replaces another', () => {
  /** A system whose renames end with these codes in turn; undefined is a success. */
  function systemWith(isHeldByReaders: boolean, ...codes: (string | undefined)[]) {
    const waits: number[] = [];
    let tries = 0;
    const system: Renaming = {
      isHeldByReaders,
      rename: async () => {
        const code = codes[Math.min(tries, codes.length - 1)];
        tries += 1;
        if (code) throw withCode(code);
      },
      wait: async (milliseconds) => waits.push(milliseconds),
    };
    return { system, waits, tries: () => tries };
  }

  it('has its contents, and leaves nothing of the other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'replace-'));
    try {
      const [from, to] = [join(folder, 'new'), join(folder, 'old')];
      await writeFile(from, 'new');
      await writeFile(to, 'older and longer');
      await replaceFile(from, to);
      assert.equal(await readFile(to, 'utf8'), 'new');
      assert.deepEqual(await readdir(folder), ['old']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('waits where readers hold it, longer each time, until they let go', async () => {
    for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
      const { system, waits, tries } = systemWith(true, code, code, undefined);
      await replaceFile('a', 'b', system);
      assert.deepEqual([waits, tries()], [[20, 40], 3]);
    }
  });

  it('gives up after a good second, with what the file system said', async () => {
    const { system, waits, tries } = systemWith(true, 'EBUSY');
    await assert.rejects(replaceFile('a', 'b', system), { code: 'EBUSY' });
    const waited = waits.reduce((sum, each) => sum + each, 0);
    assert.ok(waited > 1000 && waited < 2000, String(waited));
    assert.equal(tries(), waits.length + 1);
  });

  it('does not wait for what no waiting helps', async () => {
    for (const [isHeldByReaders, code] of [
      [true, 'ENOSPC'],
      [true, 'ENOENT'],
      [false, 'EACCES'],
      [false, 'EPERM'],
    ] as const) {
      const { system, waits, tries } = systemWith(isHeldByReaders, code);
      await assert.rejects(replaceFile('a', 'b', system), { code });
      assert.deepEqual([waits, tries()], [[], 1]);
    }
  });
});
