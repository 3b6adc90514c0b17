import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { keepStaged } from '../../../../src/access/plan/keptStaged';
import { StagedChanges } from '../../../../src/access/plan/staged';

const checkpoints = ['ft:gpt-4.1-2025-04-14:org:one:Aa1Bb2Cc', 'ft:gpt-4.1-2025-04-14:org:two:Dd3Ee4Ff'];
const identity = { origin: 'https://api.openai.com', organization: 'org-one', key: 'saved-once' };

/** A window's storage, which survives what it keeps as JSON. */
function storage(value?: unknown) {
  let kept = value === undefined ? undefined : JSON.stringify(value);
  return {
    read: (): unknown => (kept === undefined ? undefined : JSON.parse(kept)),
    write: async (next: unknown) => {
      kept = next === undefined ? undefined : JSON.stringify(next);
    },
  };
}

describe('staged changes of a window', () => {
  it('are there again for the same organization, in every case', () => {
    const change = fc.record({
      checkpoint: fc.constantFrom(...checkpoints),
      project: fc.constantFrom('proj_a', 'proj_b', 'proj_c'),
      action: fc.constantFrom('grant' as const, 'revoke' as const),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const kept = storage();
        const before = new StagedChanges();
        assert.equal(keepStaged({ staged: before, identity }, kept), 0);
        before.stage(changes);
        const after = new StagedChanges();
        assert.equal(keepStaged({ staged: after, identity }, kept), 0);
        assert.equal(after.size, before.size);
        for (const { checkpoint, project, action } of before.changes)
          assert.equal(after.get(checkpoint, project)?.action, action);
      }),
    );
  });

  it('are kept at once, and no longer when nothing is staged', () => {
    const kept = storage();
    const staged = new StagedChanges();
    keepStaged({ staged, identity }, kept);
    staged.stage([{ checkpoint: checkpoints[0] ?? '', project: 'proj_a', action: 'grant' }]);
    assert.notEqual(kept.read(), undefined);
    staged.clear();
    assert.equal(kept.read(), undefined);
  });

  it('of an organization that may be another one are discarded, and counted', () => {
    const kept = storage();
    const before = new StagedChanges();
    keepStaged({ staged: before, identity }, kept);
    before.stage([{ checkpoint: checkpoints[0] ?? '', project: 'proj_a', action: 'revoke' }]);
    for (const other of [
      { ...identity, organization: 'org-two', key: 'another' },
      { origin: 'https://gateway.example', organization: 'org-one', key: 'another' },
      { origin: identity.origin, key: 'another' },
      undefined,
    ]) {
      const copy = storage(kept.read());
      const after = new StagedChanges();
      const who = other ? { staged: after, identity: other } : { staged: after };
      assert.equal(keepStaged(who, copy), 1);
      assert.equal(after.size, 0);
      assert.equal(copy.read(), undefined, 'they do not come back with the next key');
    }
  });

  it('that are damaged are skipped', () => {
    for (const damaged of [
      null,
      [],
      'x',
      { changes: [] },
      { identity, changes: { [checkpoints[0] ?? '']: 'x', nothing: { grant: ['proj_a'] } } },
      { identity, changes: { [checkpoints[0] ?? '']: { grant: [1, null, 'org-x'], revoke: 'proj_a' } } },
    ]) {
      const staged = new StagedChanges();
      assert.equal(keepStaged({ staged, identity }, storage(damaged)), 0, JSON.stringify(damaged));
      assert.equal(staged.size, 0);
    }
  });
});
