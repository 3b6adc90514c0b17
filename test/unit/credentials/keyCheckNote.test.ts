import assert from 'node:assert/strict';
import { keyCheckNote } from '../../../src/credentials/keyCheckNote';

function memory(kept?: unknown) {
  return {
    kept,
    read() {
      return this.kept;
    },
    async write(value: unknown) {
      this.kept = value;
    },
  };
}

describe('the stored check of a key', () => {
  it('is part of the memory that the key was saved', async () => {
    const saved = memory({ version: 1, id: 'one' });
    await keyCheckNote(saved, 'one').write({ at: 1 });
    assert.deepEqual(saved.kept, { version: 1, id: 'one', check: { at: 1 } });
    assert.deepEqual(keyCheckNote(saved, 'one').read(), { at: 1 });
  });

  it('of another key is neither read nor overwritten', async () => {
    const saved = memory({ version: 1, id: 'one', check: { at: 1 } });
    for (const id of ['two', undefined]) {
      assert.equal(keyCheckNote(saved, id).read(), undefined);
      await keyCheckNote(saved, id).write({ at: 2 });
    }
    assert.deepEqual(saved.kept, { version: 1, id: 'one', check: { at: 1 } });
  });

  it('works for a key of an older version, which has no ID', async () => {
    const saved = memory({ version: 1 });
    await keyCheckNote(saved, undefined).write({ at: 1 });
    assert.deepEqual(keyCheckNote(saved, undefined).read(), { at: 1 });
  });

  it('is nowhere without a saved key', async () => {
    for (const kept of [undefined, null, 'damaged', { version: 2 }]) {
      const saved = memory(kept);
      await keyCheckNote(saved, undefined).write({ at: 1 });
      assert.equal(saved.kept, kept);
      assert.equal(keyCheckNote(saved, undefined).read(), undefined);
    }
  });
});
