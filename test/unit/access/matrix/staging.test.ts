import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stageCells, stageEach } from '../../../../src/access/matrix/staging';
import { atOnce } from '../../../../src/access/slices';
import { mostStaged } from '../../../../src/access/thresholds';
import { Known, one, other } from './support';

describe('staging cells', () => {
  let known: Known;

  beforeEach(() => {
    known = new Known();
    known.has('proj_a', 'A');
    known.has('proj_b', 'B');
    known.has('proj_c', 'C');
    known.has('proj_old', 'Old', 'archived');
    known.reads(one, ['proj_a']);
  });

  const stage = (projects: readonly string[], action: Parameters<typeof stageCells>[3], at = [one]) =>
    atOnce(stageCells(known.matrix, known, { checkpoints: at, projects }, action));
  const staged = () => known.staged.changes.map(({ project, action }) => `${action} ${project}`);

  it('toggles one cell there and back', () => {
    stage(['proj_b'], 'toggle');
    assert.deepEqual(staged(), ['grant proj_b']);
    stage(['proj_b'], 'toggle');
    assert.deepEqual(staged(), []);
    stage(['proj_a'], 'toggle');
    assert.deepEqual(staged(), ['revoke proj_a']);
    stage(['proj_a'], 'toggle');
    assert.deepEqual(staged(), []);
  });

  it('gives a rectangle access as a whole, then takes it away as a whole', () => {
    stage(['proj_a', 'proj_b', 'proj_c'], 'toggle');
    assert.deepEqual(staged(), ['grant proj_b', 'grant proj_c']);
    stage(['proj_a', 'proj_b', 'proj_c'], 'toggle');
    assert.deepEqual(staged(), ['revoke proj_a']);
    stage(['proj_a', 'proj_b', 'proj_c'], 'unstage');
    assert.deepEqual(staged(), []);
  });

  for (const [why, prepare, project] of [
    ['archived', () => undefined, 'proj_old'],
    ['owner', () => known.refusals.set(one, 'proj_b'), 'proj_b'],
    ['notLoaded', () => known.snapshots.delete(one), 'proj_b'],
    ['loading', () => known.snapshots.set(one, { reading: true }), 'proj_b'],
    ['failed', () => known.snapshots.set(one, failed), 'proj_b'],
  ] as const) {
    it(`is refused, with the reason, where a cell is “${why}”`, () => {
      prepare();
      assert.deepEqual(stage([project], 'toggle'), [{ why, count: 1, checkpoint: one, project }]);
      assert.deepEqual(stage([project], 'grant'), [{ why, count: 1, checkpoint: one, project }]);
      assert.deepEqual(staged(), []);
    });
  }

  it('Truth 16: stages up to a number of changes, and refuses more as a whole, at once and in sum', () => {
    const projects = Array.from({ length: mostStaged }, (_, index) => `proj_${index}`);
    const example = { checkpoint: one, project: 'proj_0' };
    assert.deepEqual(stage([...projects, 'proj_b'], 'grant'), [
      { why: 'tooMany', count: mostStaged + 1, ...example },
    ]);
    assert.deepEqual(staged(), []);
    assert.deepEqual(stage(projects, 'grant'), []);
    assert.equal(known.staged.size, mostStaged);
    assert.deepEqual(stage(['proj_b'], 'toggle'), [
      { why: 'tooMany', count: 1, checkpoint: one, project: 'proj_b' },
    ]);
    assert.equal(known.staged.size, mostStaged);
    // Unstaging has no limit, however many cells are selected.
    known.reads(other, []);
    assert.deepEqual(stage(['proj_b', ...projects], 'unstage', [one, other]), []);
    assert.equal(known.staged.size, 0);
  });

  it('Truth 16: tells at once that millions of cells are too many', () => {
    let looked = 0;
    const projects = Array.from({ length: 5000 }, (_, index) => `proj_${index}`);
    const checkpoints = Array.from({ length: 1000 }, (_, index) => `checkpoint ${index}`);
    const matrix = {
      row: () => {
        looked += 1;
        throw new Error('No cell needs to be looked at.');
      },
    } as unknown as typeof known.matrix;
    for (const action of ['grant', 'revoke', 'toggle'] as const)
      assert.equal(atOnce(stageCells(matrix, known, { checkpoints, projects }, action))[0]?.count, 5_000_000);
    assert.deepEqual(atOnce(stageCells(matrix, known, { checkpoints, projects }, 'unstage')), []);
    assert.equal(looked, 0);
  });

  it('can take from an archived project what it has', () => {
    known.reads(one, ['proj_old']);
    assert.deepEqual(stage(['proj_old'], 'toggle'), []);
    assert.deepEqual(staged(), ['revoke proj_old']);
  });

  it('stages what it can of a rectangle and says why not the rest, most of them first', () => {
    const refused = stage(['proj_a', 'proj_b', 'proj_old'], 'toggle', [one, other]);
    assert.deepEqual(staged(), ['grant proj_b']);
    assert.deepEqual(
      refused.map(({ why, count, checkpoint }) => [why, count, checkpoint]),
      [
        ['notLoaded', 3, other],
        ['archived', 1, one],
      ],
    );
  });

  it('stages cells that form no rectangle, and says why not the others', () => {
    known.reads(other, ['proj_b']);
    known.refusals.set(other, 'proj_c');
    const places = [
      { checkpoint: one, project: 'proj_a' },
      { checkpoint: other, project: 'proj_b' },
      { checkpoint: other, project: 'proj_c' },
    ];
    const refused = atOnce(stageEach(known.matrix, known, places, 'revoke'));
    assert.deepEqual(refused, [{ why: 'owner', count: 1, checkpoint: other, project: 'proj_c' }]);
    assert.deepEqual(staged(), ['revoke proj_a', 'revoke proj_b']);
    const many = Array.from({ length: mostStaged + 1 }, (_, index) => ({
      checkpoint: one,
      project: `proj_${index}`,
    }));
    assert.equal(atOnce(stageEach(known.matrix, known, many, 'revoke'))[0]?.why, 'tooMany');
    assert.equal(known.staged.size, 2);
  });

  it('takes back a staged change of a cell that is not known any more', () => {
    stage(['proj_b'], 'toggle');
    known.snapshots.delete(one);
    stage(['proj_b'], 'toggle');
    assert.deepEqual(staged(), []);
  });

  it('twice is as if nothing had been, for any cell that was not staged', () => {
    const projects = ['proj_a', 'proj_b', 'proj_c', 'proj_old'];
    fc.assert(
      fc.property(fc.subarray(projects), fc.constantFrom(...projects), (having, project) => {
        known.staged.clear();
        known.reads(one, having);
        stage([project], 'toggle');
        stage([project], 'toggle');
        assert.deepEqual(staged(), []);
      }),
    );
  });

  const failed = { failure: { error: new Error('broken'), during: 'read' }, reading: false } as const;
});
