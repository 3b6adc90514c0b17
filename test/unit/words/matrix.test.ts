import assert from 'node:assert/strict';
import type { Cell, LoadingProgress, RowStanding } from '../../../src/access/matrix/cell';
import {
  type CellFacts,
  cellAlone,
  cellDetails,
  cellInWords,
  checkpointDetails,
  checkpointsWithAccess,
  cornerInWords,
  countInShort,
  emptyMatrix,
  hiddenBySearch,
  progressAloud,
  progressInWords,
  progressWithWait,
  projectDetails,
  projectsNote,
  projectsWithAccess,
  refusalsInWords,
  selectedInWords,
  stagedCount,
  stagedHiddenBySearch,
} from '../../../src/words/matrix';

const hour = 3_600_000;
const now = Date.UTC(2026, 2, 3, 12);
const createdAt = Date.UTC(2026, 2, 1) / 1000;
const loaded: RowStanding = {
  state: 'loaded',
  count: 100,
  isComplete: false,
  doubts: ['beforeYourChange', 'moreToLoad'],
  loadedAt: now - hour,
  isLoading: false,
};
const access = (...ids: readonly string[]): Cell => ({
  kind: 'access',
  permissions: ids.map((id) => ({ id, createdAt })),
});

describe('the words of the access matrix: a cell', () => {
  const cell = (facts: Partial<CellFacts>) =>
    cellInWords({
      checkpoint: 'bot',
      project: 'Desk',
      isArchived: false,
      cell: { kind: 'none' },
      standing: '',
      isLoaded: true,
      ...facts,
    });

  const sentences: readonly (readonly [Partial<CellFacts>, string])[] = [
    [{ cell: access('cp_1') }, 'bot, project Desk: has access, granted Mar 1, 2026 UTC'],
    [
      { cell: access('cp_1', 'cp_2') },
      'bot, project Desk: has access through 2 permissions, the newest granted Mar 1, 2026 UTC',
    ],
    [{}, 'bot, project Desk: no access'],
    [{ isArchived: true }, 'bot, project Desk (archived): no access'],
    [{ cell: { kind: 'notGranted' } }, 'bot, project Desk: not granted, but may own the model'],
    [
      { cell: { kind: 'notGranted' }, staged: 'grant' },
      'bot, project Desk: not granted, but may own the model · staged to grant · refused by the API if it is the owner',
    ],
    [
      { cell: { kind: 'notGranted' }, staged: 'revoke' },
      'bot, project Desk: not granted, but may own the model · staged to revoke · already in effect',
    ],
    [{ cell: { kind: 'owner' } }, 'bot, project Desk: owns the model, so it always has access'],
    [
      { cell: { kind: 'owner' }, standing: 'loaded before your last change' },
      'bot, project Desk: owns the model, so it always has access',
    ],
    [
      { standing: 'loaded before your last change' },
      'bot, project Desk: no access · loaded before your last change',
    ],
    [
      { cell: { kind: 'unknown', isStopped: false }, standing: 'not loaded', isLoaded: false },
      'bot, project Desk: access unknown · not loaded',
    ],
    [
      { cell: { kind: 'unknown', isStopped: false }, standing: 'only 100 permissions loaded' },
      'bot, project Desk: access unknown · only 100 permissions loaded',
    ],
    [
      { cell: { kind: 'unknown', isStopped: true }, standing: "couldn't be loaded", isLoaded: false },
      'bot, project Desk: access unknown · loading stopped',
    ],
    [
      { cell: { kind: 'unknown', isStopped: true }, standing: 'only 100 permissions loaded' },
      'bot, project Desk: access unknown · only 100 permissions loaded · loading stopped',
    ],
    [
      { cell: { kind: 'loading' }, standing: 'not loaded', isLoaded: false },
      'bot, project Desk: access unknown · loading',
    ],
    [
      { cell: { kind: 'loading' }, standing: 'only 100 permissions loaded' },
      'bot, project Desk: access unknown · only 100 permissions loaded · loading',
    ],
    [
      { cell: { kind: 'failed' }, standing: "couldn't be loaded", isLoaded: false },
      "bot, project Desk: access unknown · couldn't be loaded",
    ],
    [
      { cell: { kind: 'failed' }, standing: 'only 100 permissions loaded' },
      "bot, project Desk: access unknown · only 100 permissions loaded · the rest couldn't be loaded",
    ],
    [{ staged: 'grant' }, 'bot, project Desk: no access · staged to grant'],
    [
      { cell: access('cp_1'), staged: 'revoke' },
      'bot, project Desk: has access, granted Mar 1, 2026 UTC · staged to revoke',
    ],
    [{ staged: 'revoke' }, 'bot, project Desk: no access · staged to revoke · already in effect'],
    [
      { staged: 'grant', failure: 'Not allowed.' },
      'bot, project Desk: no access · staged to grant · the last attempt failed: Not allowed.',
    ],
  ];
  for (const [facts, sentence] of sentences) it(sentence, () => assert.equal(cell(facts), sentence));

  it('has every further doubt, the reasons and the age in lines of their own', () => {
    const standing: RowStanding = { ...loaded, brokenOff: 'emptyPage' };
    const lines = cellDetails(
      access('cp_1'),
      { standing, reason: 'The server failed (500). Try again.' },
      now,
    );
    assert.match(lines[0] ?? '', /^Permission cp_1, granted .*2026.*$/);
    assert.deepEqual(lines.slice(1), [
      'only 100 permissions loaded',
      'The server failed (500). Try again.',
      'The API reported more, but sent an empty page.',
      'loaded 1 hour ago',
    ]);
  });

  it('has no date for a moment that is none', () => {
    const cells: Cell = { kind: 'access', permissions: [{ id: 'cp', createdAt: 1e300 }] };
    assert.equal(cell({ cell: cells }), 'bot, project Desk: has access, granted an unknown day');
  });
});

describe('the words of the access matrix: headings', () => {
  it('count, with what may be missing', () => {
    const counts = [
      { number: 0, isWhole: true },
      { number: 1, isWhole: true },
      { number: 1200, isWhole: true },
      { number: 0, isWhole: false },
      { number: 1, isWhole: false },
      { number: 3, isWhole: false },
    ];
    assert.deepEqual(counts.map(countInShort), ['0', '1', '1,200', '?', '1+', '3+']);
    assert.deepEqual(counts.map(projectsWithAccess), [
      'not shared with any project',
      '1 project has access',
      '1,200 projects have access',
      'access unknown',
      '1 project has access, maybe more',
      '3 projects have access, maybe more',
    ]);
    assert.deepEqual(counts.map(checkpointsWithAccess), [
      'no permissions',
      'access to 1 checkpoint',
      'access to 1,200 checkpoints',
      'access unknown',
      'access to 1 checkpoint, maybe more',
      'access to 3 checkpoints, maybe more',
    ]);
  });

  it('tell all of a checkpoint', () => {
    const facts = {
      id: 'ft:b:o:s:i',
      baseModel: 'b',
      owner: undefined,
      shutdown: { shutsDownOn: '2026-03-05', source: 'table' } as const,
      count: { number: 100, isWhole: false },
      standing: loaded,
    };
    assert.deepEqual(checkpointDetails(facts, now), [
      'ft:b:o:s:i',
      'Base model b',
      'shuts down Mar 5, 2026 (2 days)',
      'Owner unknown',
      '100 projects have access, maybe more',
      'loaded before your last change',
      'only 100 permissions loaded',
      'loaded 1 hour ago',
    ]);
    const failed: RowStanding = {
      state: 'failed',
      count: 0,
      isComplete: false,
      doubts: [],
      isLoading: false,
    };
    const ofFailed = {
      id: 'x',
      baseModel: 'b',
      owner: 'Berth planning',
      count: { number: 0, isWhole: false },
      standing: failed,
    };
    assert.deepEqual(checkpointDetails({ ...ofFailed, reason: 'Broken.' }, now).slice(2), [
      'Owner Berth planning',
      'access unknown',
      "couldn't be loaded",
      'Broken.',
    ]);
    const again = { ...ofFailed, standing: { ...failed, isLoading: true } };
    assert.deepEqual(checkpointDetails(again, now).slice(4), ['loading']);
  });

  it('tell all of a project', () => {
    const count = { number: 1, isWhole: true };
    assert.deepEqual(projectDetails({ isArchived: true, note: 'archived', count }), [
      'archived, so access would have no effect',
      'access to 1 checkpoint',
    ]);
    assert.deepEqual(projectDetails({ isArchived: false, note: 'not in the project list', count }), [
      'not in the project list',
      'access to 1 checkpoint',
    ]);
  });

  it('say how large the grid is', () => {
    assert.deepEqual(cornerInWords(false, 9, 1), {
      text: 'Checkpoints by project',
      label: 'Checkpoints by project · 9 rows · 1 column',
    });
    assert.equal(cornerInWords(true, 1, 1200).label, 'Projects by checkpoint · 1 row · 1,200 columns');
  });
});

describe('the words of the access matrix: its bars', () => {
  it('sum up how far loading has come', () => {
    const progress: LoadingProgress = { done: 1, total: 3, failed: 0, isLoading: true, isStopped: false };
    assert.equal(progressInWords({ ...progress, total: 0 }), '');
    assert.equal(progressInWords(progress), '1 of 3 checkpoints loaded');
    assert.equal(progressInWords({ ...progress, done: 0, total: 1 }), '0 of 1 checkpoint loaded');
    assert.equal(progressInWords({ ...progress, isStopped: true }), 'Stopped · 1 of 3 checkpoints loaded');
    const over = { ...progress, done: 3, isLoading: false };
    assert.equal(progressInWords(over), 'All 3 checkpoints are loaded');
    assert.equal(progressInWords({ ...over, done: 1, total: 1 }), 'The checkpoint is loaded');
    assert.equal(progressInWords({ ...over, failed: 2 }), '1 of 3 checkpoints loaded · 2 failed');
    const wait = { reason: 'rate-limit', until: now + 45_000 } as const;
    assert.equal(
      progressWithWait(progress, wait, now),
      '1 of 3 checkpoints loaded · Waiting for the rate limit (about 45 seconds left)',
    );
    assert.equal(progressWithWait(progress, wait, now + 45_000), '1 of 3 checkpoints loaded');
    assert.equal(progressAloud(progress), 'Loading who has access');
    assert.equal(progressAloud(over), 'All 3 checkpoints are loaded');
  });

  it('count what is staged and what is selected', () => {
    assert.equal(stagedCount({ grants: 0, revokes: 0 }), 'Nothing staged');
    assert.equal(stagedCount({ grants: 1, revokes: 0 }), 'Staged: 1 to grant');
    assert.equal(stagedCount({ grants: 0, revokes: 1200 }), 'Staged: 1,200 to revoke');
    assert.equal(stagedCount({ grants: 2, revokes: 1 }), 'Staged: 2 to grant, 1 to revoke');
    assert.deepEqual([0, 1, 2, 1200].map(selectedInWords), [
      '',
      '',
      '2 cells selected',
      '1,200 cells selected',
    ]);
  });

  it('say why cells cannot be staged, a sentence for each reason', () => {
    const namesOf = () => ({ checkpoint: 'support-bot', project: 'Berth planning' });
    const refusal = (why: Parameters<typeof refusalsInWords>[0][number]['why'], count: number) =>
      refusalsInWords([{ why, count }], namesOf);
    assert.equal(
      refusal('notLoaded', 1),
      "Can't stage Berth planning for support-bot: access isn't loaded yet.",
    );
    assert.equal(
      refusal('loading', 1),
      "Can't stage Berth planning for support-bot: access is still loading.",
    );
    assert.equal(
      refusal('failed', 1),
      "Can't stage Berth planning for support-bot: access couldn't be loaded.",
    );
    assert.equal(
      refusal('owner', 1),
      "Can't stage Berth planning for support-bot: the project owns the model, so it always has access.",
    );
    assert.equal(
      refusal('archived', 1),
      "Can't stage Berth planning for support-bot: the project is archived, so access would have no effect.",
    );
    assert.equal(
      refusalsInWords(
        [
          { why: 'notLoaded', count: 1200 },
          { why: 'archived', count: 2 },
        ],
        namesOf,
      ),
      "Can't stage 1,200 cells, such as Berth planning for support-bot: access isn't loaded yet. Can't stage 2 cells, such as Berth planning for support-bot: the projects are archived, so access would have no effect.",
    );
    assert.equal(
      refusal('tooMany', 1),
      "Can't stage Berth planning for support-bot: 10,000 changes are staged, which is the maximum. Review or discard them first.",
    );
    assert.equal(
      refusal('tooMany', 5_000_000),
      "Can't stage 5,000,000 cells: at most 10,000 changes can be staged. Select fewer cells, or review or discard staged changes first.",
    );
    assert.match(refusal('loading', 2), /^Can't stage 2 cells, such as .*: access is still loading\.$/);
    assert.match(refusal('failed', 2), /^Can't stage 2 cells, such as .*: access couldn't be loaded\.$/);
    assert.match(refusal('owner', 2), /: the projects own the models, so they always have access\.$/);
  });

  it('say what is wrong with the projects', () => {
    const standing = { state: 'loaded', count: 3, isComplete: true, doubts: [], isLoading: false } as const;
    assert.equal(projectsNote(standing, '', false), '');
    assert.equal(projectsNote({ ...standing, doubts: ['refreshFailed'] }, 'Old.', false), 'Old.');
    assert.equal(
      projectsNote({ ...standing, doubts: ['incomplete'] }, 'Incomplete.', false),
      'Incomplete. Projects without access may be missing.',
    );
    assert.equal(projectsNote({ ...standing, state: 'notLoaded' }, '', false), '');
    assert.equal(
      projectsNote({ ...standing, state: 'notLoaded', isLoading: true }, '', false),
      'Project names are loading.',
    );
    assert.equal(
      projectsNote({ ...standing, state: 'failed' }, 'Failed.', false),
      "Failed. Projects without access aren't listed.",
    );
    assert.equal(
      projectsNote({ ...standing, state: 'failed' }, 'Failed.', true),
      "Project names weren't loaded because you stopped loading. Projects without access aren't listed.",
    );
  });
});

describe('the words of the access matrix: a copied cell', () => {
  const cell = (facts: Partial<CellFacts>) =>
    cellAlone({
      checkpoint: 'bot',
      project: 'Desk',
      isArchived: false,
      cell: { kind: 'none' },
      standing: '',
      isLoaded: true,
      ...facts,
    });

  const sentences: readonly (readonly [Partial<CellFacts>, string])[] = [
    [{ cell: access('cp_1') }, 'has access'],
    [{}, 'no access'],
    [{ cell: { kind: 'unknown', isStopped: false }, standing: 'not loaded', isLoaded: false }, 'not loaded'],
    [{ cell: { kind: 'failed' }, standing: "couldn't be loaded", isLoaded: false }, "couldn't be loaded"],
    [{ cell: { kind: 'loading' }, standing: 'not loaded', isLoaded: false }, 'loading'],
    [
      { cell: { kind: 'unknown', isStopped: true }, standing: 'only 100 permissions loaded' },
      'access unknown · only 100 permissions loaded · loading stopped',
    ],
    [{ cell: access('cp_1'), staged: 'revoke' }, 'has access · staged to revoke'],
  ];
  for (const [facts, words] of sentences) it(`says “${words}”`, () => assert.equal(cell(facts), words));
});

describe('the words of the access matrix: a search', () => {
  it('say what it hides', () => {
    assert.equal(hiddenBySearch({ checkpoints: 0, projects: 0 }), '');
    assert.equal(hiddenBySearch({ checkpoints: 1, projects: 0 }), 'The search hides 1 checkpoint.');
    assert.equal(
      hiddenBySearch({ checkpoints: 6, projects: 240 }),
      'The search hides 6 checkpoints and 240 projects.',
    );
    assert.equal(stagedHiddenBySearch(0), '');
    assert.equal(stagedHiddenBySearch(1), '1 staged change is hidden by the search.');
    assert.equal(stagedHiddenBySearch(3), '3 staged changes are hidden by the search.');
  });

  it('say what it did not find', () => {
    assert.equal(emptyMatrix.noMatch(['a']), 'Nothing matches “a”.');
    assert.equal(emptyMatrix.noMatch(['a', 'b']), 'Nothing matches “a” and “b”.');
  });
});
