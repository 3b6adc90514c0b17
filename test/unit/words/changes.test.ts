import assert from 'node:assert/strict';
import type { ProjectsStanding } from '../../../src/access/loading/projectsStanding';
import type { Standing } from '../../../src/access/loading/standing';
import * as words from '../../../src/words/changes';
import { explain, explainProjects } from '../../../src/words/errors';
import { grantedAgo } from '../../../src/words/rows';
import { World } from '../access/plan/world';

const bot = 'ft:gpt-4.1-2025-04-14:harbor-labs:support-bot:Aa1Bb2Cc';
const step = `${bot}:ckpt-step-160`;
const now = Date.UTC(2026, 10, 21);
const hourAgo = now - 3_600_000;

describe('words for changes', () => {
  let world: World;
  let one = '';
  let two: string[] = [];
  before(async () => {
    world = new World(1, 2);
    await world.organization.projects.read();
    two = [...world.projects];
    one = two[0] ?? '';
  });
  after(() => world.organization.dispose());

  it('before a grant', () => {
    const { organization } = world;
    assert.equal(words.grantTitleFor([step]), 'Grant access to support-bot (step 160)');
    assert.equal(
      words.allHaveAccess(organization, [one], [bot]),
      'Project 0 already has access to support-bot. Nothing was sent.',
    );
    assert.equal(
      words.allHaveAccess(organization, two, [bot, step]),
      'Project 0 and Project 1 already have access to 2 checkpoints. Nothing was sent.',
    );
    assert.equal(
      words.skippedWithAccess(organization, [one]),
      'Skipped because it already has access: Project 0',
    );
    assert.equal(
      words.skippedWithAccess(organization, two),
      'Skipped because they already have access: Project 0 and Project 1',
    );
    assert.deepEqual(
      [words.accessAlready(0, 1), words.accessAlready(1, 1), words.accessAlready(1, 2)],
      ['', 'already has access', 'has access to 1 of 2 checkpoints'],
    );
    assert.equal(
      words.searchProjects(1, hourAgo, now),
      'Search 1 project by name or ID, or paste IDs · loaded 1 hour ago',
    );
    assert.equal(
      words.searchProjects(1200, now, now),
      'Search 1,200 projects by name or ID, or paste IDs · loaded just now',
    );
    assert.equal(words.projectsHeading(true), 'Projects');
    assert.equal(
      words.projectsHeading(false),
      "Projects (access not fully loaded, so it's checked before granting)",
    );
  });

  it('for pasted IDs', () => {
    assert.deepEqual(
      [words.usePastedIds(1), words.usePastedIds(2)],
      ['Press Enter to use 1 pasted ID', 'Press Enter to use 2 pasted IDs'],
    );
    assert.equal(
      words.pastedWithAccess(world.organization, [one]),
      'Project 0 already has access and will be skipped.',
    );
    assert.equal(
      words.pastedWithAccess(world.organization, two),
      'Project 0 and Project 1 already have access and will be skipped.',
    );
  });

  it('for projects that may be missing', () => {
    const base: ProjectsStanding = {
      state: 'loaded',
      count: 3,
      isComplete: true,
      doubts: [],
      loadedAt: hourAgo,
      isLoading: false,
    };
    const failure = new Error('broken');
    const { what, next } = explainProjects(failure);
    const why = `${what}. ${next}`;
    assert.equal(words.projectsMissing(base, now), undefined);
    assert.deepEqual(
      words.projectsMissing(
        { state: 'failed', count: 0, isComplete: false, doubts: [], isLoading: false, failure },
        now,
      ),
      { label: "Projects couldn't be loaded. Paste their IDs.", detail: why },
    );
    assert.deepEqual(words.projectsMissing({ ...base, doubts: ['refreshFailed'], failure }, now), {
      label: "Projects couldn't be refreshed. These are from 1 hour ago.",
      detail: why,
    });
    const incomplete = { ...base, isComplete: false, doubts: ['incomplete'] } as const;
    assert.deepEqual(words.projectsMissing({ ...incomplete, incomplete: 'canceled' }, now), {
      label: 'The list of projects is incomplete. Paste the IDs of missing projects.',
      detail: 'Loading was canceled. Refresh to load it again.',
    });
    assert.equal(words.selectProject(base), 'Select a project or paste its ID.');
    assert.equal(
      words.selectProject({ ...base, state: 'failed', failure }, 'Copy access to which project?'),
      "Project names couldn't be loaded. Copy access to which project? Select a project or paste its ID.",
    );
    assert.equal(
      words.selectProject({ ...base, failure }),
      "Project names couldn't be refreshed. Select a project or paste its ID.",
    );
    assert.equal(
      words.selectProject({ ...incomplete, incomplete: 'canceled' }),
      'Not all projects could be loaded. Select a project or paste its ID.',
    );
  });

  it('before a revoke', () => {
    assert.equal(
      words.keepsAccess(world.organization, one, 'cp_a'),
      'Project 0 keeps access through another permission, cp_a.',
    );
    assert.equal(grantedAgo(hourAgo, now), 'granted 1 hour ago');
  });

  it('for how far the permissions are known that are chosen from', () => {
    const base: Standing = {
      state: 'loaded',
      count: 12,
      isComplete: true,
      doubts: [],
      loadedAt: now,
      isLoading: false,
    };
    const projects: ProjectsStanding = {
      state: 'loaded',
      count: 3,
      isComplete: true,
      doubts: [],
      isLoading: false,
    };
    const error = new Error('broken');
    const { what } = explain(error);
    const table: [Partial<Standing>, string][] = [
      [{}, 'Select permissions · 12 permissions in total · loaded just now'],
      [{ count: 1 }, 'Select permissions · 1 permission in total · loaded just now'],
      [{ count: 0 }, 'No permissions · loaded just now'],
      [
        { isComplete: false, count: 100, doubts: ['moreToLoad'] },
        'Select permissions · only 100 permissions loaded · loaded just now',
      ],
      [
        { loadedAt: hourAgo, doubts: ['refreshFailed'], failure: { error, during: 'read' } },
        `Select permissions · 12 permissions in total · the last refresh failed (loaded 1 hour ago) · ${what}`,
      ],
    ];
    for (const [changed, expected] of table)
      assert.equal(words.selectPermissions({ ...base, ...changed }, projects, now), expected);
    assert.equal(
      words.selectPermissions(base, { ...projects, state: 'failed', failure: error }, now),
      "Select permissions · 12 permissions in total · loaded just now · project names couldn't be loaded",
    );
  });

  it('for staged changes that are no part of a plan', () => {
    const { organization } = world;
    assert.deepEqual(
      [words.notPartOfPlan(1), words.notPartOfPlan(2)],
      [
        "1 other change stays staged and isn't part of this plan.",
        "2 other changes stay staged and aren't part of this plan.",
      ],
    );
    const granted = { checkpoint: step, project: one, action: 'grant' } as const;
    const revoked = { checkpoint: bot, project: one, action: 'revoke' } as const;
    assert.equal(
      words.alreadyInEffect(organization, [granted]),
      '1 staged change is already in effect: grant Project 0 access to support-bot (step 160).',
    );
    assert.equal(
      words.alreadyInEffect(organization, [revoked, granted, granted]),
      '3 staged changes are already in effect: revoke access to support-bot for Project 0 and 2 more.',
    );
    assert.equal(
      words.skippedUndecided(organization, [revoked]),
      "Skipped 1 staged change because current access isn't fully loaded: revoke access to support-bot for Project 0.",
    );
    assert.equal(
      words.skippedUndecided(organization, [granted, revoked]),
      "Skipped 2 staged changes because current access isn't fully loaded: grant Project 0 access to support-bot (step 160) and 1 more.",
    );
  });

  it('for revoking all access of projects', () => {
    const { organization } = world;
    const { revokingAll } = words;
    assert.deepEqual(
      [[one], two].map((projects) => revokingAll.find(organization, projects)),
      ['Load what Project 0 can use?', 'Load what 2 projects can use?'],
    );
    assert.equal(
      revokingAll.owns(organization, one, bot),
      "Project 0 owns support-bot, so it keeps access to it. The access of an owner can't be revoked.",
    );
    assert.equal(
      revokingAll.mayOwn(organization, [one], [bot]),
      'Project 0 may own support-bot, whose owner is unknown, and an owner keeps access.',
    );
    assert.equal(
      revokingAll.mayOwn(organization, two, [bot, step]),
      'One of the projects may own some of 2 checkpoints whose owners are unknown, and an owner keeps access.',
    );
    assert.equal(
      revokingAll.nothing(organization, [one]),
      'Project 0 has no permission for a checkpoint in your list. Nothing was sent.',
    );
    assert.equal(
      revokingAll.nothing(organization, two),
      'Project 0 and Project 1 have no permission for a checkpoint in your list. Nothing was sent.',
    );
    assert.match(revokingAll.nothingFound(organization, [one]), /for the checkpoints that were loaded\./);
    assert.match(revokingAll.nothingFound(organization, two), /have no permission for the checkpoints/);
  });

  it('for copying access', () => {
    const { organization } = world;
    const [from = '', to = ''] = two;
    assert.deepEqual([0, 1, 9].map(words.planComesFirst), [
      "You'll see the plan first.",
      'Loads at least 1 permission list, then shows the plan. Allow up to about 1 minute.',
      'Loads at least 9 permission lists, then shows the plan. Allow up to about 2 minutes.',
    ]);
    assert.equal(
      words.checkpointsHaveAllAccess([step], bot),
      'support-bot (step 160) already has every permission of support-bot. Nothing was sent.',
    );
    assert.equal(
      words.projectHasAllAccess(organization, to, from),
      'Project 1 already has every permission that Project 0 has for checkpoints in your list. Nothing was sent.',
    );
    const error = new Error('broken');
    assert.equal(
      words.skippedNotLoaded(bot, error),
      `Skipped support-bot because its permissions couldn't be loaded: ${explain(error).what}.`,
    );
    assert.equal(words.progressOf(2, 3, 'support-bot'), '2 of 3: support-bot');
    assert.equal(words.copying.fromWhichCheckpoint('A'), 'Copy access to A from which checkpoint?');
    assert.equal(words.copying.titleFromTo('A', 'B'), 'Copy access from A to B');
  });
});
