import assert from 'node:assert/strict';
import { Model } from '../../../src/pages/matrix/model';
import { orderedCheckpoints, orderedProjects, usual } from '../../../src/pages/matrix/order';
import { stateIn } from '../../../src/pages/matrix/state';
import {
  cellInWords,
  countInShort,
  progressInWords,
  refusedInWords,
  stagedCount,
} from '../../../src/pages/matrix/words';
import type { RowMessage } from '../../../src/protocol/matrix';

const checkpoints = [
  { key: 0, name: 'Support bot', id: 'ft:b:o:support:1', baseModel: 'b', endsOn: '2027-01-14', ends: 'ends' },
  { key: 1, name: 'Archivist', id: 'ft:b:o:archivist:2', baseModel: 'b' },
  { key: 2, name: 'Item 10', id: 'ft:b:o:ten:3', baseModel: 'b', endsOn: '2026-10-23', ends: 'ended' },
  { key: 3, name: 'Item 9', id: 'ft:b:o:nine:4', baseModel: 'b' },
];
const projects = [
  { key: 0, name: 'Berth planning', id: 'proj_berth', archived: false, note: '' },
  { key: 1, name: 'Ångström', id: 'proj_a', archived: false, note: '' },
  { key: 2, name: 'Anything', id: 'proj_old', archived: true, note: 'archived' },
];
const day = Date.UTC(2026, 2, 3, 12) / 1000;

function row(checkpoint: number, having: readonly number[], more: Partial<RowMessage> = {}): RowMessage {
  const permissions = having.map((project) => [project, `cp_${project}`, day] as const);
  return { checkpoint, permissions, read: 'all', reading: false, readAt: day * 1000, ...more };
}

describe('the model of the page', () => {
  let model: Model;

  beforeEach(() => {
    model = new Model();
    model.take({ type: 'matrix', checkpoints, projects });
  });
  const tell = (...rows: RowMessage[]) => model.take({ type: 'matrix', rows });
  const words = (checkpoint = 0, project = 0) => {
    const [one, other] = [checkpoints[checkpoint], projects[project]];
    assert.ok(one && other);
    return cellInWords(model, one, other, day * 1000 + 3_600_000);
  };

  it('counts with a plus while anything is missing that would count', () => {
    tell(row(0, [0, 1]), row(1, [0], { read: 'part' }));
    assert.equal(countInShort(model.countOfCheckpoint(0)), '2');
    assert.equal(countInShort(model.countOfCheckpoint(1)), '1+');
    assert.equal(countInShort(model.countOfCheckpoint(2)), '0+');
    assert.equal(countInShort(model.countOfProject(0)), '2+');
    tell(row(1, [0]), row(2, []), row(3, [1]));
    assert.equal(countInShort(model.countOfProject(0)), '2');
    assert.equal(countInShort(model.countOfProject(1)), '2');
    tell(row(0, []));
    assert.equal(countInShort(model.countOfProject(0)), '1');
    model.take({ type: 'matrix', checkpoints: checkpoints.slice(0, 1) });
    assert.equal(countInShort(model.countOfProject(0)), '0');
  });

  it('says each cell in words', () => {
    tell(
      row(0, [0], { owner: 1, readAt: day * 1000 + 3_600_000 }),
      row(1, [], { read: 'nothing', failure: 'Broken.' }),
      row(3, [], { read: 'nothing', reading: true }),
    );
    assert.equal(words(), 'Support bot, project Berth planning: has access, granted 3 March 2026');
    assert.equal(words(0, 1), 'Support bot, project Ångström: owns the model, so it always has access');
    assert.equal(words(0, 2), 'Support bot, project Anything (archived): no access');
    assert.equal(words(1), 'Archivist, project Berth planning: not known, it could not be read');
    assert.equal(words(2), 'Item 10, project Berth planning: not known, not read yet');
    assert.equal(words(3), 'Item 9, project Berth planning: not known yet, it is being read');
    tell(row(3, [], { read: 'nothing', cancelled: true }));
    assert.equal(words(3), 'Item 9, project Berth planning: not known, reading was stopped');
  });

  it('says how old a cell is, and what is staged for it', () => {
    const [one, other] = [checkpoints[0], projects[0]];
    assert.ok(one && other);
    tell(row(0, [0]));
    const later = day * 1000 + 15 * 60_000;
    assert.match(cellInWords(model, one, other, later), /as read 15 minutes ago$/, 'nobody told of it since');
    assert.doesNotMatch(cellInWords(model, one, other, later - 1), /as read/);
    tell(row(0, [0], { age: 'long' }));
    const known = 'Support bot, project Berth planning: has access, granted 3 March 2026, as read 1 hour ago';
    assert.equal(words(), known);
    model.take({ type: 'matrix', staged: [[0, 0, 'revoke']], failures: [] });
    assert.equal(words(), `${known}; staged to revoke`);
    model.take({ type: 'matrix', failures: [[0, 0, 'Not allowed.']] });
    assert.equal(words(), `${known}; staged to revoke, which failed: Not allowed.`);
    model.take({ type: 'matrix', staged: [[0, 0, 'grant']], failures: [] });
    assert.equal(words(), `${known}; staged to grant, but that is so already`);
    tell(row(0, [0], { age: 'couldNotBeReadAgain' }));
    assert.match(words(), /as read 1 hour ago, it could not be read again/);
    tell(row(0, [0], { age: 'beforeChange' }));
    assert.match(words(), /as it was before your last change/);
  });

  it('sums up what is staged, and what was refused', () => {
    assert.equal(stagedCount(model), 'Nothing is staged');
    model.take({
      type: 'matrix',
      staged: [
        [0, 0, 'grant'],
        [0, 1, 'grant'],
        [1, 0, 'revoke'],
      ],
    });
    assert.equal(stagedCount(model), 'Staged: 2 grants, 1 revoke');
    const refused = [
      { why: 'notRead', count: 12, checkpoint: 0, project: 0 },
      { why: 'owner', count: 1, checkpoint: 1, project: 1 },
    ] as const;
    assert.match(
      refusedInWords(refused, ({ project }) => `p${project}`),
      /^Not staged: 12 cells, such as p0: it is not known yet .*\. Not staged: p1: it owns the model.*\.$/,
    );
  });

  it('sums up how far reading has come', () => {
    const progress = { done: 1, total: 3, failed: 0, isReading: true, isStopped: false };
    assert.equal(progressInWords(progress), '1 of 3 checkpoints read');
    assert.equal(progressInWords({ ...progress, isStopped: true }), 'Stopped: 1 of 3 checkpoints read');
    assert.equal(
      progressInWords({ ...progress, done: 3, failed: 2, isReading: false }),
      '1 of 3 checkpoints read, 2 failed',
    );
  });

  it('orders by name as people do, by count, by end, archived projects last', () => {
    const names = (sortCheckpoints: typeof usual.sortCheckpoints) =>
      orderedCheckpoints(model, { ...usual, sortCheckpoints }).map(({ name }) => name);
    tell(row(2, [0, 1]), row(0, [1]));
    assert.deepEqual(names('list'), ['Support bot', 'Archivist', 'Item 10', 'Item 9']);
    assert.deepEqual(names('name'), ['Archivist', 'Item 9', 'Item 10', 'Support bot']);
    assert.deepEqual(names('count'), ['Item 10', 'Support bot', 'Archivist', 'Item 9']);
    assert.deepEqual(names('end'), ['Item 10', 'Support bot', 'Archivist', 'Item 9']);
    const across = (sortProjects: typeof usual.sortProjects) =>
      orderedProjects(model, { ...usual, sortProjects }).map(({ key }) => key);
    assert.deepEqual(across('name'), [1, 0, 2]);
    assert.deepEqual(across('count'), [1, 0, 2]);
  });

  it('finds by each word of name or id', () => {
    const found = (searchCheckpoints: string) =>
      orderedCheckpoints(model, { ...usual, searchCheckpoints }).map(({ key }) => key);
    assert.deepEqual(found('  ITEM '), [2, 3]);
    assert.deepEqual(found('item nine'), [3]);
    assert.deepEqual(found('nothing'), []);
  });

  it('takes of a state that was kept whatever can be used', () => {
    for (const damaged of [undefined, null, 7, 'x', {}, { wanted: 7, scrolled: [] }]) {
      assert.deepEqual(stateIn(damaged), { wanted: usual, scrolled: { top: 0, left: 0 } });
    }
    const state = {
      wanted: { ...usual, searchProjects: 'a', sortCheckpoints: 'end', transposed: true },
      scrolled: { top: 3, left: 4 },
      project: 7,
    };
    assert.deepEqual(stateIn(JSON.parse(JSON.stringify(state))), state);
    assert.equal(stateIn({ wanted: { ...usual, sortCheckpoints: 'evil' } }).wanted.sortCheckpoints, 'list');
  });
});
