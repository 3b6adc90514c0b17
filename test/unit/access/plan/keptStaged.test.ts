import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { keepStaged } from '../../../../src/access/plan/keptStaged';
import { StagedChanges } from '../../../../src/access/plan/staged';
import { mostStaged } from '../../../../src/access/thresholds';
import { longestTurn } from '../../../growth/blocks';

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

/** Whatever was to be done in this turn is done once this was awaited. */
const endOfTurn = Promise.resolve();

describe('staged changes of a window', () => {
  it('are there again for the same organization, in every case', async () => {
    const change = fc.record({
      checkpoint: fc.constantFrom(...checkpoints),
      project: fc.constantFrom('proj_a', 'proj_b', 'proj_c'),
      action: fc.constantFrom('grant' as const, 'revoke' as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 30 }), async (changes) => {
        const kept = storage();
        const before = new StagedChanges();
        assert.equal(keepStaged({ staged: before, identity }, kept), 0);
        before.stage(changes);
        await endOfTurn;
        const after = new StagedChanges();
        assert.equal(keepStaged({ staged: after, identity }, kept), 0);
        assert.equal(after.size, before.size);
        for (const { checkpoint, project, action } of before.changes)
          assert.equal(after.get(checkpoint, project)?.action, action);
      }),
    );
  });

  it('are kept at the end of the turn, and no longer when nothing is staged', async () => {
    const kept = storage();
    const staged = new StagedChanges();
    keepStaged({ staged, identity }, kept);
    staged.stage([{ checkpoint: checkpoints[0] ?? '', project: 'proj_a', action: 'grant' }]);
    await endOfTurn;
    assert.notEqual(kept.read(), undefined);
    staged.clear();
    await endOfTurn;
    assert.equal(kept.read(), undefined);
  });

  it('of an organization that may be another one are discarded, and counted', async () => {
    const kept = storage();
    const before = new StagedChanges();
    keepStaged({ staged: before, identity }, kept);
    before.stage([{ checkpoint: checkpoints[0] ?? '', project: 'proj_a', action: 'revoke' }]);
    await endOfTurn;
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

  it('Truth 5: are written once for all changes of a turn, 10,000 of them without a long turn', async () => {
    let writes = 0;
    const staged = new StagedChanges();
    let kept = '';
    const write = async (value: unknown): Promise<void> => {
      writes += 1;
      // As VS Code does.
      kept = JSON.stringify(value);
    };
    keepStaged({ staged, identity }, { read: () => undefined, write });
    const changes = Array.from({ length: mostStaged }, (_, index) => ({
      checkpoint: checkpoints[index % 2] ?? '',
      project: `proj_${index}`,
      action: 'grant' as const,
    }));
    for (const change of changes.slice(1000)) staged.stage([change]);
    await endOfTurn;
    assert.equal(writes, 1);
    const writing = await longestTurn(async () => {
      staged.clear();
      staged.stage(changes);
    });
    const restored = new StagedChanges();
    const restoring = await longestTurn(async () => {
      keepStaged({ staged: restored, identity }, { read: () => JSON.parse(kept), write });
    });
    assert.equal(restored.size, mostStaged);
    assert.ok(writing < 50 && restoring < 50, JSON.stringify({ writing, restoring }));
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
