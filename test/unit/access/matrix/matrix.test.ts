import assert from 'node:assert/strict';
import fc from 'fast-check';
import { oldAfter } from '../../../../src/access/thresholds';
import { Known, one, other, permission } from './support';

describe('the matrix', () => {
  it('says “not granted” of a list that was read to its end, and never else', () => {
    const known = new Known();
    const kind = () => known.matrix.cell(one, 'proj_b').kind;
    assert.equal(kind(), 'unknown');
    known.snapshots.set(one, { reading: true });
    assert.equal(kind(), 'loading');
    known.fails(one, new Error('broken'));
    assert.equal(kind(), 'failed');
    known.fails(one);
    assert.deepEqual(known.matrix.cell(one, 'proj_b'), { kind: 'unknown', isStopped: true });
    known.reads(one, ['proj_a'], { kind: 'more', after: 'cp_1' });
    assert.equal(kind(), 'unknown');
    known.reads(one, ['proj_a'], { kind: 'incomplete', reason: 'emptyPage' });
    assert.equal(kind(), 'failed');
    assert.equal(known.matrix.row(one).standing.brokenOff, 'emptyPage');
    known.reads(one, ['proj_a']);
    assert.equal(kind(), 'notGranted');
    known.snapshots.set(one, { ...known.snapshotOf(one), beforeChange: true });
    assert.equal(kind(), 'unknown', 'the change may have granted it');
  });

  it('Truth 2: never says “no access” unless the list is complete and the owner is known to be another', () => {
    const ending = fc.constantFrom(
      { kind: 'complete' } as const,
      { kind: 'more', after: 'cp' } as const,
      { kind: 'incomplete', reason: 'stuckCursor' } as const,
    );
    const project = fc.constantFrom('proj_a', 'proj_b', 'proj_c', 'proj_d');
    const state = fc.record({
      listed: fc.option(fc.record({ projects: fc.array(project), ending }), { nil: undefined }),
      owner: fc.option(project, { nil: undefined }),
      failed: fc.boolean(),
      reading: fc.boolean(),
    });
    fc.assert(
      fc.property(state, project, ({ listed, owner, failed, reading }, asked) => {
        const known = new Known();
        if (listed) known.reads(one, listed.projects, listed.ending);
        if (owner !== undefined) known.found.set(one, owner);
        if (failed) known.fails(one, new Error('broken'));
        known.snapshots.set(one, { ...known.snapshotOf(one), reading });
        const { kind } = known.matrix.cell(one, asked);
        const isListed = listed?.projects.includes(asked) ?? false;
        assert.equal(kind === 'access', isListed);
        const isProven = !isListed && owner !== asked && listed?.ending.kind === 'complete';
        assert.equal(kind === 'owner', !isListed && owner === asked);
        assert.equal(kind === 'none', isProven && owner !== undefined);
        assert.equal(kind === 'notGranted', isProven && owner === undefined);
      }),
    );
  });

  it('shows each permission of a project that has two', () => {
    const known = new Known();
    known.reads(one, [permission('proj_a', 'cp_2', 20), permission('proj_a', 'cp_1', 10)]);
    assert.deepEqual(known.matrix.cell(one, 'proj_a'), {
      kind: 'access',
      permissions: [
        { id: 'cp_2', createdAt: 20 },
        { id: 'cp_1', createdAt: 10 },
      ],
    });
  });

  it('knows the owner where it was told, also before anything was read', () => {
    const known = new Known();
    known.refusals.set(one, 'proj_a');
    assert.equal(known.matrix.cell(one, 'proj_a').kind, 'owner');
    assert.equal(known.matrix.cell(one, 'proj_b').kind, 'unknown');
    assert.equal(known.matrix.cell(other, 'proj_a').kind, 'unknown');
    known.found.set(other, 'proj_a');
    assert.equal(known.matrix.cell(other, 'proj_a').kind, 'owner');
  });

  it('says why what it shows may be old', () => {
    const known = new Known();
    known.reads(one, ['proj_a']);
    const doubts = () => known.matrix.row(one).standing.doubts;
    assert.deepEqual(doubts(), []);
    const { listing } = known.snapshotOf(one);
    assert.ok(listing);
    known.snapshots.set(one, { listing, outdated: true, reading: false });
    assert.deepEqual(doubts(), ['beforeYourRefresh'], 'the person has asked for something newer');
    known.snapshots.set(one, { listing, reading: false });
    known.now = oldAfter;
    assert.deepEqual(doubts(), ['old']);
    known.fails(one, new Error('broken'));
    assert.deepEqual(doubts(), ['refreshFailed', 'old']);
    assert.equal(known.matrix.cell(one, 'proj_b').kind, 'notGranted', 'what was read stays');
    known.snapshots.set(one, { ...known.snapshotOf(one), beforeChange: true });
    assert.deepEqual(doubts(), ['beforeYourChange', 'refreshFailed', 'old']);
  });

  it('has the projects of the organization, archived ones marked, and those known from permissions alone', () => {
    const known = new Known();
    known.has('proj_a', 'Support');
    known.has('proj_b', 'Gone', 'archived');
    known.reads(one, ['proj_a', 'proj_x']);
    known.staged.stage([{ checkpoint: other, project: 'proj_y', action: 'grant' }]);
    assert.deepEqual(known.matrix.projects, [
      { id: 'proj_a', name: 'Support', archived: false },
      { id: 'proj_b', name: 'Gone', archived: true },
      { id: 'proj_x', archived: false },
      { id: 'proj_y', archived: false },
    ]);
    known.reads(one, []);
    assert.equal(known.matrix.projects.length, 4, 'a column stays when its last permission is gone');
  });

  it('names checkpoints and says when they end', () => {
    const [first, second] = new Known().matrix.checkpoints;
    assert.equal(first?.name, 'one');
    assert.equal(second?.name, 'other · step 8');
    assert.equal(second?.shutdown?.shutsDownOn, '2027-01-14');
  });
});
