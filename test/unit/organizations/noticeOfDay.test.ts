import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetNotices, isFirstOfDay } from '../../../src/organizations/noticeOfDay';

describe('a notice a day', () => {
  let parent: string;
  let folder: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'notices-'));
    folder = join(parent, 'notices');
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('is for the first of many windows that ask at the same time', async () => {
    const asked = await Promise.all(
      Array.from({ length: 20 }, () => isFirstOfDay(folder, 'default', '2026-11-28')),
    );
    assert.equal(asked.filter((isFirst) => isFirst).length, 1);
  });

  it('is one for each organization and day', async () => {
    assert.equal(await isFirstOfDay(folder, 'default', '2026-11-28'), true);
    assert.equal(await isFirstOfDay(folder, 'other', '2026-11-28'), true);
    assert.equal(await isFirstOfDay(folder, 'default', '2026-11-28'), false);
    assert.equal(await isFirstOfDay(folder, 'default', '2026-11-29'), true);
    assert.equal(await isFirstOfDay(folder, 'default', '2026-11-29'), false);
    assert.deepEqual(await readdir(folder), ['2026-11-29.default'], 'of other days nothing is left');
  });

  it('is forgotten with its organization', async () => {
    await isFirstOfDay(folder, 'default', '2026-11-28');
    await isFirstOfDay(folder, 'other', '2026-11-28');
    await forgetNotices(folder, 'other');
    assert.deepEqual(await readdir(folder), ['2026-11-28.default']);
    await forgetNotices(join(parent, 'nothing'), 'other');
  });

  it('is shown if nothing can be written', async () => {
    await writeFile(folder, '');
    assert.equal(await isFirstOfDay(folder, 'default', '2026-11-28'), true);
  });
});
