import assert from 'node:assert/strict';
import type { Finding, NotReviewed, Reason } from '../../../src/access/evidence/review/finding';
import type { ProjectsStanding } from '../../../src/access/loading/projectsStanding';
import type { Doubt, Standing } from '../../../src/access/loading/standing';
import { explain, explainProjects, explanationInWords } from '../../../src/words/errors';
import { explainOfProject } from '../../../src/words/explain';
import {
  findingKindInWords,
  reasonInWords,
  stagedInWords,
  tooManyToStage,
} from '../../../src/words/findings';
import { notReviewedInWords } from '../../../src/words/review';

const minute = 60_000;
const now = Date.UTC(2026, 10, 21, 12);
const at = (month: number, day: number): number => Date.UTC(2026, month - 1, day);
const nameOf = (id: string): string => (id === 'proj_a' ? 'Berth planning' : id);
const error = new Error('no way');
const explained = explanationInWords(explain(error));

describe('words: what a review found', () => {
  const shutdown = (shutsDownOn: string) => ({ shutsDownOn, source: 'table' as const });
  const cases: readonly (readonly [Reason, string])[] = [
    [{ kind: 'shutDown', shutdown: shutdown('2026-10-23') }, 'Model shut down Oct 23, 2026'],
    [{ kind: 'shutsDownSoon', shutdown: shutdown('2027-01-14') }, 'Model shuts down Jan 14, 2027 (54 days)'],
    [{ kind: 'shutsDownSoon', shutdown: shutdown('2026-11-22') }, 'Model shuts down Nov 22, 2026 (1 day)'],
    [{ kind: 'shutsDownSoon', shutdown: shutdown('2026-11-21') }, 'Model shuts down today'],
    [{ kind: 'archived', archivedAt: at(8, 13) }, 'Project archived Aug 13, 2026 UTC'],
    [{ kind: 'archived' }, 'Project archived'],
    [
      { kind: 'unused', days: 90, grantedAt: at(1, 2), until: now },
      'Not used in the 90 days before Nov 21, 2026 UTC · granted Jan 2, 2026 UTC',
    ],
    [
      { kind: 'unused', days: 30, grantedAt: at(1, 2), until: now },
      'Not used in the 30 days before Nov 21, 2026 UTC · granted Jan 2, 2026 UTC',
    ],
    [
      { kind: 'unused', days: 30, grantedAt: at(1, 2), until: now, lastUsed: at(10, 1) },
      'Last used Oct 1, 2026 UTC · granted Jan 2, 2026 UTC',
    ],
    [{ kind: 'sharedWithAll', activeProjects: 5 }, 'Shared with all 5 active projects'],
    [
      { kind: 'sharedWithAll', activeProjects: 5, mayBeOwner: 'proj_a' },
      'Shared with 4 of 5 active projects · Berth planning may be the owner',
    ],
  ];
  for (const [reason, words] of cases) {
    it(words, () => {
      const finding: Finding = { ...reason, checkpoint: 'ft:x', access: [], loadedAt: now };
      assert.equal(reasonInWords(finding, nameOf, now), words);
    });
  }

  it('has a heading for each kind', () => {
    assert.deepEqual(findingKindInWords, {
      shutDown: 'Model has shut down',
      archived: 'Project is archived',
      unused: 'Access is unused',
      shutsDownSoon: 'Model shuts down within 60 days',
      sharedWithAll: 'Shared with all active projects',
      withoutEffect: 'Granted without effect',
    });
  });

  it('says what was staged', () => {
    assert.equal(stagedInWords(1, 0), 'Staged 1 change to revoke access. Nothing has been sent yet.');
    assert.equal(
      stagedInWords(2, 1),
      'Staged 2 changes to revoke access. 1 other change was staged before. Nothing has been sent yet.',
    );
    assert.equal(
      stagedInWords(2, 3),
      'Staged 2 changes to revoke access. 3 other changes were staged before. Nothing has been sent yet.',
    );
  });

  it('Truth 16: says why nothing was staged', () => {
    assert.equal(
      tooManyToStage(1),
      'Nothing more was staged: 10,000 changes are staged, which is the maximum. Review or discard them first.',
    );
    assert.equal(
      tooManyToStage(12_000),
      'Nothing was staged. The selected findings take 12,000 changes, and at most 10,000 changes can be staged. Select fewer findings, or review or discard staged changes first.',
    );
  });
});

describe('words: what was not reviewed', () => {
  const loaded = (...doubts: Doubt[]): Standing => ({
    state: 'loaded',
    count: 100,
    isComplete: true,
    doubts,
    loadedAt: now - 20 * minute,
    isLoading: false,
  });
  const failure = { error, during: 'read' as const };
  const cases: readonly (readonly [Standing, string])[] = [
    [{ ...loaded(), state: 'notLoaded' }, "bot wasn't checked · not loaded."],
    [{ ...loaded(), state: 'failed', failure }, `bot wasn't checked · couldn't be loaded. ${explained}`],
    [loaded('beforeYourChange'), "bot wasn't checked · loaded before your last change."],
    [
      { ...loaded('refreshFailed'), failure },
      `Later changes to bot weren't checked · the last refresh failed (loaded 20 minutes ago). ${explained}`,
    ],
    [
      loaded('beforeYourRefresh'),
      "Later changes to bot weren't checked · not refreshed (loaded 20 minutes ago).",
    ],
    [
      { ...loaded('brokenOff'), brokenOff: 'emptyPage' },
      'bot was only partly checked · list incomplete: only 100 permissions loaded. The API reported more, but sent an empty page.',
    ],
    [loaded('moreToLoad'), 'bot was only partly checked · only 100 permissions loaded.'],
    [loaded('old'), "Later changes to bot weren't checked · loaded 20 minutes ago."],
    [
      loaded('beforeYourChange', 'moreToLoad', 'old'),
      "bot wasn't checked · loaded before your last change · only 100 permissions loaded · loaded 20 minutes ago.",
    ],
  ];
  for (const [standing, words] of cases) {
    it(words, () => {
      const gap: NotReviewed = { about: 'checkpoint', checkpoint: 'ft:x', standing, requests: 1 };
      assert.equal(notReviewedInWords(gap, { checkpoint: () => 'bot', project: nameOf }, now), words);
    });
  }

  it('of projects', () => {
    const projects: ProjectsStanding = {
      state: 'loaded',
      count: 12,
      isComplete: true,
      doubts: [],
      loadedAt: now - 20 * minute,
      isLoading: false,
    };
    const all = 'Archived projects and sharing with all projects';
    const why = explanationInWords(explainProjects(error));
    const projectCases: readonly (readonly [ProjectsStanding, string])[] = [
      [{ ...projects, state: 'notLoaded' }, `${all} weren't checked · project list not loaded.`],
      [
        { ...projects, state: 'failed', failure: error },
        `${all} weren't checked · project list couldn't be loaded. ${why}`,
      ],
      [
        { ...projects, doubts: ['refreshFailed'], failure: error },
        `Later changes to projects weren't checked · the last refresh failed (loaded 20 minutes ago). ${why}`,
      ],
      [
        { ...projects, doubts: ['incomplete'], incomplete: 'canceled' },
        `${all} were only partly checked · list incomplete: only 12 projects loaded. Loading was canceled.`,
      ],
    ];
    for (const [standing, words] of projectCases) {
      const gap: NotReviewed = { about: 'projects', standing, requests: 1 };
      assert.equal(notReviewedInWords(gap, { checkpoint: nameOf, project: nameOf }, now), words);
    }
  });

  it('of usage', () => {
    const gaps: readonly (readonly [NotReviewed, string])[] = [
      [
        { about: 'usage', why: 'notLoaded', requests: 3 },
        "Unused access wasn't checked · usage data not loaded.",
      ],
      [
        { about: 'usage', why: 'failed', error, requests: 3 },
        `Unused access wasn't checked · usage data couldn't be loaded. ${explained}`,
      ],
      [
        { about: 'usage', why: 'unattributed', requests: 0 },
        "Unused access wasn't checked · the API reported usage without a project or model, or of another kind.",
      ],
      [
        { about: 'usage', why: 'old', loadedAt: now - 120 * minute, requests: 3 },
        "Later usage wasn't checked · usage data loaded 2 hours ago.",
      ],
    ];
    for (const [gap, words] of gaps)
      assert.equal(notReviewedInWords(gap, { checkpoint: nameOf, project: nameOf }, now), words);
  });

  it('of model policies', () => {
    const names = { checkpoint: nameOf, project: () => 'Berth planning' };
    const gaps: readonly (readonly [NotReviewed, string])[] = [
      [
        { about: 'policies', why: 'notLoaded', projects: 1, requests: 1 },
        "Whether access has an effect wasn't checked for 1 project · its model policy isn't loaded.",
      ],
      [
        { about: 'policies', why: 'notLoaded', projects: 12, requests: 12 },
        "Whether access has an effect wasn't checked for 12 projects · their model policies aren't loaded.",
      ],
      [
        { about: 'policies', why: 'old', projects: 1, loadedAt: now - 20 * minute, requests: 1 },
        "Later changes to the model policy of 1 project weren't checked · loaded 20 minutes ago.",
      ],
      [
        { about: 'policies', why: 'old', projects: 2, loadedAt: now - 20 * minute, requests: 2 },
        "Later changes to the model policies of 2 projects weren't checked · the oldest was loaded 20 minutes ago.",
      ],
      [
        { about: 'policies', why: 'failed', project: 'proj_a', error, requests: 1 },
        `Whether access of Berth planning has an effect wasn't checked · its model policy couldn't be loaded. ${explanationInWords(explainOfProject(error))}`,
      ],
    ];
    for (const [gap, words] of gaps) assert.equal(notReviewedInWords(gap, names, now), words);
  });
});
