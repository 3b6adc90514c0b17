import assert from 'node:assert/strict';
import { standingAt } from '../../../src/access/loading/standing';
import type { RowStanding } from '../../../src/access/matrix/cell';
import {
  cellLabel,
  cellLines,
  checkpointLabel,
  checkpointLines,
  projectLabel,
} from '../../../src/pages/access/matrix/labels';
import { MatrixModel } from '../../../src/pages/access/matrix/model';
import {
  defaultViewOptions,
  orderedCheckpoints,
  orderedProjects,
  type ViewOptions,
} from '../../../src/pages/access/matrix/order';
import { parseState } from '../../../src/pages/access/matrix/state';
import type { RowMessage } from '../../../src/protocol/matrix';
import { cellInWords, countInShort } from '../../../src/words/matrix';
import { doubtInWords } from '../../../src/words/standing';

function end(shutsDownOn: string) {
  return { shutsDownOn, source: 'table' } as const;
}

const checkpoints = [
  { key: 0, name: 'Support bot', id: 'ft:b:o:support:1', baseModel: 'b', shutdown: end('2027-01-14') },
  { key: 1, name: 'Archivist', id: 'ft:b:o:archivist:2', baseModel: 'b' },
  { key: 2, name: 'Item 10', id: 'ft:b:o:ten:3', baseModel: 'b', shutdown: end('2026-10-23') },
  { key: 3, name: 'Item 9', id: 'ft:b:o:nine:4', baseModel: 'b' },
];
const projects = [
  { key: 0, name: 'Berth planning', id: 'proj_berth', archived: false, note: '' },
  { key: 1, name: 'Ångström', id: 'proj_a', archived: false, note: '' },
  { key: 2, name: 'Anything', id: 'proj_old', archived: true, note: 'archived' },
];
const day = Date.UTC(2026, 2, 3, 12) / 1000;

const loaded: RowStanding = {
  state: 'loaded',
  count: 1,
  isComplete: true,
  doubts: [],
  loadedAt: day * 1000,
  isLoading: false,
};
const partly: RowStanding = { ...loaded, isComplete: false, doubts: ['moreToLoad'] };
const nothing: RowStanding = {
  state: 'notLoaded',
  count: 0,
  isComplete: false,
  doubts: [],
  isLoading: false,
};

function row(
  checkpoint: number,
  having: readonly number[],
  standing = loaded,
  more: Partial<RowMessage> = {},
): RowMessage {
  const permissions = having.map((project) => [project, `cp_${project}`, day] as const);
  return { checkpoint, permissions, standing, ...more };
}

describe('the model of the page', () => {
  let model: MatrixModel;

  beforeEach(() => {
    model = new MatrixModel();
    model.apply({ type: 'matrix', checkpoints, projects });
  });
  const tell = (...rows: RowMessage[]) => model.apply({ type: 'matrix', rows });
  const soon = day * 1000 + 60_000;
  const cell = (checkpoint = 0, project = 0, now = soon) => {
    const [one, other] = [checkpoints[checkpoint], projects[project]];
    assert.ok(one && other);
    return cellLabel(model, one, other, now);
  };

  it('counts with a plus while a list is incomplete', () => {
    tell(row(0, [0, 1]), row(1, [0], partly));
    assert.equal(countInShort(model.countOfCheckpoint(0)), '2');
    assert.equal(countInShort(model.countOfCheckpoint(1)), '1+');
    assert.equal(countInShort(model.countOfCheckpoint(2)), '?');
    assert.equal(countInShort(model.countOfProject(0)), '2+');
    tell(row(1, [0]), row(2, []), row(3, [1]));
    assert.equal(countInShort(model.countOfProject(0)), '2');
    assert.equal(countInShort(model.countOfProject(1)), '2');
    tell(row(0, []));
    assert.equal(countInShort(model.countOfProject(0)), '1');
    model.apply({ type: 'matrix', checkpoints: checkpoints.slice(0, 1) });
    assert.equal(countInShort(model.countOfProject(0)), '0');
  });

  it('Truth 15: ages a list by the clock of the page, whatever that of the extension says', () => {
    let page = day * 1000;
    model = new MatrixModel(() => page);
    // The computer's clock was set back by a day between the two processes' looks at it.
    const sent = page + 86_400_000;
    const standing = { ...loaded, loadedAt: sent - 10 * 60_000 };
    model.apply({ type: 'matrix', now: sent, checkpoints, projects, rows: [row(0, [0], standing)] });
    assert.equal(page - (model.row(0).standing.loadedAt ?? 0), 10 * 60_000);
    page += 10 * 60_000;
    assert.deepEqual(standingAt(model.row(0).standing, page).doubts, ['old']);
  });

  it('labels each cell by its names, its state and its standing', () => {
    tell(
      row(0, [0], loaded, { owner: 1 }),
      row(1, [], { ...nothing, state: 'failed' }, { failure: 'failed', reason: 'Broken.' }),
      row(3, [], { ...nothing, isLoading: true }),
    );
    const facts = { checkpoint: 'Support bot', project: 'Berth planning', isArchived: false };
    const known = { ...facts, standing: '', isLoaded: true };
    const permissions = [{ id: 'cp_0', createdAt: day }];
    assert.equal(cell(), cellInWords({ ...known, cell: { kind: 'access', permissions } }));
    const owner = { ...known, project: 'Ångström', cell: { kind: 'owner' } as const };
    assert.equal(cell(0, 1), cellInWords(owner));
    const archived = { ...known, project: 'Anything', isArchived: true, cell: { kind: 'none' } as const };
    assert.equal(cell(0, 2), cellInWords(archived));
    assert.match(cell(1), /^Archivist, project Berth planning: .* · couldn't be loaded$/);
    assert.match(cell(2), /^Item 10, project Berth planning: .* · not loaded$/);
    assert.match(cell(3), / · loading$/);
    tell(row(3, [], nothing, { failure: 'stopped' }));
    assert.match(cell(3), / · loading stopped$/);
    const [, one] = checkpoints;
    const [project] = projects;
    assert.ok(one && project);
    assert.deepEqual(cellLines(model, one, project, soon).slice(1), ['Broken.']);
    assert.match(checkpointLabel(model, one, soon), /^Checkpoint Archivist, .*couldn't be loaded, Broken\.$/);
  });

  it('Truth 2: says “no access” only beside a known owner, and counts the unknown ones', () => {
    tell(row(0, [0], loaded, { owner: 1 }), row(1, [0]));
    assert.deepEqual(
      [0, 1, 2].map((project) => model.cell(0, project).kind),
      ['access', 'owner', 'none'],
    );
    assert.deepEqual(
      [0, 1].map((project) => model.cell(1, project).kind),
      ['access', 'notGranted'],
    );
    assert.equal(model.ownersUnknown, 3);
    const staged = [
      [0, 2, 'grant'],
      [1, 1, 'grant'],
      [1, 0, 'revoke'],
    ] as const;
    model.apply({ type: 'matrix', staged, failures: [] });
    assert.equal(model.grantsWithUnknownOwner, 1);
    tell(row(1, [0], loaded, { owner: 2 }));
    assert.equal(model.grantsWithUnknownOwner, 0);
    assert.equal(model.ownersUnknown, 2);
    assert.equal(model.ownerName(1), 'Anything');
  });

  it('marks a list as old after 15 minutes without a message', () => {
    tell(row(0, [0]));
    const later = day * 1000 + 15 * 60_000;
    const old = doubtInWords.old({ ...loaded, doubts: ['old'] }, later);
    assert.ok(cell(0, 0, later).endsWith(` · ${old}`));
    assert.ok(!cell(0, 0, later - 1).includes('loaded'));
    const [one] = checkpoints;
    assert.ok(one);
    assert.ok(checkpointLabel(model, one, later).includes(old));
  });

  it('labels a cell with its staged change, whether it failed, and that it is already in effect', () => {
    tell(row(0, [0]));
    const before = cell();
    model.apply({ type: 'matrix', staged: [[0, 0, 'revoke']], failures: [] });
    assert.notEqual(cell(), before);
    assert.ok(cell().startsWith(`${before} · `));
    model.apply({ type: 'matrix', failures: [[0, 0, 'Not allowed.']] });
    assert.match(cell(), /Not allowed\.$/);
    model.apply({ type: 'matrix', staged: [[0, 0, 'grant']], failures: [] });
    assert.match(cell(), /already in effect$/);
    assert.deepEqual([model.grants, model.revokes], [1, 0]);
  });

  it('labels headings with the number of accesses and the shutdown date', () => {
    tell(row(0, [0, 1]), row(1, [0], partly));
    const [one, another] = checkpoints;
    const [project] = projects;
    assert.ok(one && another && project);
    assert.equal(
      checkpointLabel(model, one, soon),
      'Checkpoint Support bot, 2 projects have access, loaded 1 minute ago, shuts down Jan 14, 2027',
    );
    assert.equal(projectLabel(model, project), 'Project Berth planning, access to 2 checkpoints, maybe more');
    assert.deepEqual(checkpointLines(model, one, soon).slice(0, 3), ['Support bot', one.id, 'Base model b']);
    assert.match(checkpointLines(model, one, soon)[3] ?? '', /^shuts down Jan 14, 2027/);
    assert.match(checkpointLabel(model, another, soon), /only 1 permission loaded/);
  });

  it('sorts as the list of checkpoints does: what has shut down last, and unknown values after others', () => {
    model = new MatrixModel(() => Date.UTC(2026, 10, 21));
    const created = checkpoints.map((each) => (each.key === 1 ? { ...each, createdAt: day + 7 } : each));
    model.apply({ type: 'matrix', checkpoints: created, projects });
    const sorted = (sortCheckpoints: ViewOptions['sortCheckpoints']) =>
      orderedCheckpoints(model, model.checkpoints, { ...defaultViewOptions, sortCheckpoints }).map(
        ({ name }) => name,
      );
    tell(row(3, [0, 1], { ...loaded, count: 2 }), row(0, [1]));
    // “Item 10” has shut down.
    assert.deepEqual(sorted('added'), ['Support bot', 'Archivist', 'Item 9', 'Item 10']);
    assert.deepEqual(sorted('name'), ['Archivist', 'Item 9', 'Support bot', 'Item 10']);
    assert.deepEqual(sorted('permissions'), ['Item 9', 'Support bot', 'Archivist', 'Item 10']);
    assert.deepEqual(sorted('date'), ['Archivist', 'Support bot', 'Item 9', 'Item 10']);
    assert.deepEqual(sorted('shutdown'), ['Support bot', 'Archivist', 'Item 9', 'Item 10']);
  });

  it('sorts projects by name with archived ones last, and by the checkpoints that they can use', () => {
    tell(row(2, [0, 2]), row(0, [2]));
    const sorted = (sortProjects: ViewOptions['sortProjects']) =>
      orderedProjects(model, model.projects, { ...defaultViewOptions, sortProjects }).map(({ key }) => key);
    assert.deepEqual(sorted('name'), [1, 0, 2]);
    assert.deepEqual(sorted('access'), [2, 0, 1]);
  });

  it('restores the valid parts of a saved state', () => {
    const initial = { options: defaultViewOptions, scroll: { top: 0, left: 0 }, headings: {} };
    for (const damaged of [undefined, null, 7, 'x', {}, { options: 7, scroll: [], headings: { width: '7' } }])
      assert.deepEqual(parseState(damaged), initial);
    const state = {
      options: {
        search: 'a',
        showsStaged: true,
        sortCheckpoints: 'shutdown',
        sortProjects: 'access',
        isTransposed: true,
      },
      scroll: { top: 3, left: 4 },
      headings: { width: 200 },
      project: 'proj_a',
    };
    assert.deepEqual(parseState(JSON.parse(JSON.stringify(state))), state);
    assert.equal(
      parseState({ options: { ...defaultViewOptions, sortCheckpoints: 'evil' } }).options.sortCheckpoints,
      'added',
    );
  });
});
