import assert from 'node:assert/strict';
import type { AccessByProject, Uncertainty } from '../../../src/access/catalog/accessByProject';
import type { ProjectsStanding } from '../../../src/access/loading/projectsStanding';
import {
  extentFacts,
  extentRow,
  filterProjectsPrompt,
  grantRow,
  projectAccessFacts,
  projectFactsInWords,
  projectListInWords,
  projectNamesNote,
  projectNote,
  projectRangeRow,
  projectRow,
  projectSpoken,
  projectsMessage,
  quotedProject,
  unknownRow,
  withoutFacts,
  withoutRow,
} from '../../../src/words/projects';

const now = Date.parse('2026-11-21T15:00:00Z');
const loadedAt = now - 3 * 3600_000;
const whole: ProjectsStanding = {
  state: 'loaded',
  count: 5,
  isComplete: true,
  doubts: [],
  loadedAt,
  isLoading: false,
};

function named(name: string) {
  return { nameOf: () => name, snapshot: { projects: new Map(), reading: false } };
}

describe('projects in words', () => {
  it('says what else there is to know of one', () => {
    const facts = { id: 'proj_a', name: 'Berth planning', isArchived: false, isMissing: false };
    assert.equal(projectNote(facts), '');
    assert.equal(projectNote({ ...facts, isArchived: true }), 'archived');
    assert.equal(projectNote({ ...facts, isMissing: true }), 'not in the project list');
    assert.equal(
      projectSpoken('Berth planning', 'archived', 'proj_a'),
      'Berth planning, archived, project ID proj_a',
    );
    assert.equal(projectSpoken('proj_a', '', ''), 'proj_a');
    const archived = { ...facts, isArchived: true, archivedAt: 1_700_000_000 };
    const lines = projectFactsInWords(archived, whole, now);
    assert.deepEqual(lines.slice(0, 2), ['Project: Berth planning', 'Project ID: proj_a']);
    assert.match(lines[2] ?? '', /^Archived: November 14, 2023 .* \(3 years ago\)$/);
    assert.deepEqual(
      projectFactsInWords({ ...facts, name: undefined, isMissing: true }, whole, now).slice(0, 2),
      [
        'Project ID: proj_a',
        'Not in the project list: it may be new, deleted, or missing from an incomplete list',
      ],
    );
    assert.equal(quotedProject(named('Berth planning'), 'proj_a'), '“Berth planning”');
    assert.equal(quotedProject(named('\u200b'), 'proj_a'), 'proj_a');
  });

  it('says how the list of projects is known', () => {
    const nothing = { ...whole, state: 'notLoaded', count: 0 } as const;
    const { loadedAt: _, ...unloaded } = nothing;
    assert.equal(projectListInWords(unloaded, now), 'Project names: not loaded');
    assert.equal(
      projectListInWords({ ...unloaded, isLoading: true }, now),
      'Project names: not loaded · loading now',
    );
    assert.match(
      projectListInWords({ ...whole, doubts: ['refreshFailed', 'incomplete'] }, now),
      /^Project names: loaded .*2026.* \(3 hours ago\) · the last refresh failed \(loaded 3 hours ago\) · list incomplete: only 5 projects loaded$/,
    );
  });

  it('says in the view why names are missing or old', () => {
    assert.equal(projectNamesNote(whole, now), '');
    assert.equal(
      projectNamesNote({ ...whole, doubts: ['incomplete'], incomplete: 'emptyPage' }, now),
      'Some projects are shown by ID because not all names could be loaded. The API reported more, but sent an empty page. Refresh to try again.',
    );
    const failure = new Error('x');
    const { loadedAt: _, ...failed } = { ...whole, state: 'failed', failure } as const;
    assert.match(
      projectNamesNote(failed, now),
      /^Projects are shown by ID because their names couldn't be loaded\. [A-Z].*\.$/,
    );
    assert.match(
      projectNamesNote({ ...whole, doubts: ['refreshFailed'], failure }, now),
      /^Project names are from 3 hours ago because the last refresh failed\. [A-Z].*\.$/,
    );
  });
});

describe('the Projects view in words', () => {
  const extent: AccessByProject = {
    projects: [],
    listed: 9,
    whole: 9,
    ownersUnknown: 0,
    uncertainties: [],
    without: { projects: [], known: 'none', areAllProjectsKnown: true },
    oldest: loadedAt,
  };

  it('says how much of the list it is based on', () => {
    assert.deepEqual(extentRow(extent, now), {
      label: 'Based on all 9 checkpoints',
      description: 'oldest loaded 3 hours ago',
      spoken: 'Based on all 9 checkpoints, oldest loaded 3 hours ago',
    });
    assert.equal(extentRow({ ...extent, listed: 1, whole: 1 }, now).label, 'Based on 1 checkpoint');
    const { oldest: _, ...none } = { ...extent, listed: 1, whole: 0 };
    assert.deepEqual(extentRow({ ...none, uncertainties: [['notLoaded', 1]] }, now), {
      label: 'Based on 0 of 1 checkpoint',
      description: '1 not loaded',
      spoken: 'Based on 0 of 1 checkpoint, 1 not loaded, press Enter to load all permissions',
    });
    assert.equal(
      extentRow({ ...extent, ownersUnknown: 2 }, now).description,
      'owner unknown for 2 · oldest loaded 3 hours ago',
    );
    assert.equal(
      extentRow({ ...extent, whole: 3, uncertainties: [['beforeYourRefresh', 6]] }, now).description,
      '6 not refreshed · oldest loaded 3 hours ago',
    );
  });

  /** The row and the tooltip of projects without a permission, for nine checkpoints. */
  function without(
    known: AccessByProject['without']['known'],
    projects: number,
    { areAllProjectsKnown = true, ...others }: Partial<AccessByProject & AccessByProject['without']> = {},
  ) {
    const ids = Array.from({ length: projects }, (_, index) => `proj_${index}`);
    const facts = { ...extent, ...others, without: { projects: ids, known, areAllProjectsKnown } };
    return { row: withoutRow(facts, ['Anchors', 'Beacons'].slice(0, projects)), facts };
  }

  it('says how many projects have nothing, and no more than is proven', () => {
    assert.deepEqual(without('none', 12).row, {
      label: '12 without access',
      description: 'Anchors, Beacons, and 10 more',
      spoken: '12 projects have no access, Anchors, Beacons, and 10 more',
    });
    assert.equal(without('none', 1).row?.label, '1 without access');
    assert.deepEqual(without('notGranted', 2, { ownersUnknown: 3 }).row, {
      label: '2 without permission',
      description: 'owner unknown for 3 · Anchors and Beacons',
      spoken: '2 projects have no permission, owner unknown for 3, Anchors and Beacons',
    });
    const partly = without('unknown', 12, { whole: 7, ownersUnknown: 3 }).row;
    assert.equal(partly?.label, '12 without known access');
    assert.equal(
      partly?.description,
      'unknown for 2 checkpoints · owner unknown for 3 · Anchors, Beacons, and 10 more',
    );
    for (const known of ['none', 'notGranted'] as const) {
      for (const count of [1, 12]) {
        const { row } = without(known, count, { areAllProjectsKnown: false });
        assert.match(row?.label ?? '', /^At least 1/);
        assert.match(row?.spoken ?? '', /^At least 1/);
        assert.match(row?.description ?? '', /the project list isn't complete and up to date/);
      }
    }
    const unknown = without('none', 0, { areAllProjectsKnown: false });
    assert.equal(unknown.row?.label, 'Without access: unknown');
    assert.equal(withoutFacts(unknown.facts, [])[0], 'Projects without access: unknown');
    assert.equal(without('none', 0).row, undefined);
    const { oldest: _, ...nothing } = without('none', 12).facts;
    assert.equal(withoutRow(nothing, []), undefined, 'nothing is loaded, which the first row says');
  });

  it('says in tooltips what the rows have no room for', () => {
    assert.equal(withoutFacts(without('none', 1).facts, ['Anchors'])[0], '1 project has no access');
    const tooltip = (known: AccessByProject['without']['known']) =>
      withoutFacts(without(known, 2).facts, ['Anchors', 'Beacons']).at(-1);
    assert.equal(tooltip('none'), 'They have no access to any of the 9 checkpoints in your list.');
    assert.match(tooltip('notGranted') ?? '', /may own models whose owner is unknown\.$/);
    assert.match(tooltip('unknown') ?? '', /^They may have access that isn't loaded\./);
    assert.deepEqual(extentFacts(extent, now), ['Based on all 9 checkpoints', 'oldest loaded 3 hours ago']);
    const [, , others, owners] = extentFacts({ ...extent, whole: 3, ownersUnknown: 2 }, now);
    assert.match(others ?? '', /Other projects may have access/);
    assert.match(owners ?? '', /the owners of 2 checkpoints are unknown\.$/);
    assert.deepEqual(
      projectAccessFacts(['Project ID: proj_a'], { canUse: 2, owns: 1, unknown: 3, mayOwn: 1 }),
      [
        'Project ID: proj_a',
        'Can use 2 checkpoints in your list by permission',
        'Owns 1 checkpoint, with access without a permission',
        'Access unknown for 3 checkpoints',
        'May own 1 more checkpoint, whose owner is unknown',
      ],
    );
    assert.equal(projectAccessFacts([], { canUse: 1, owns: 0, unknown: 0, mayOwn: 0 }).length, 1);
  });

  it('says what a filter shows, and what it may hide wrongly', () => {
    const projects = [{ project: 'proj_a', grants: [], notKnown: 0 }];
    const message = (mayMatch: number) =>
      projectsMessage('berth', { ...extent, projects, filtered: { all: 40, mayMatch } });
    assert.equal(message(0), 'Filtered by “berth”: 1 of 40 shown.');
    assert.equal(
      message(1),
      "Filtered by “berth”: 1 of 40 shown. 1 hidden project isn't fully loaded and may also match.",
    );
    assert.equal(
      message(2),
      "Filtered by “berth”: 1 of 40 shown. 2 hidden projects aren't fully loaded and may also match.",
    );
    assert.equal(
      projectsMessage('x', { ...extent, filtered: { all: 40, mayMatch: 0 } }),
      'Filtered by “x”: 0 of 40 shown. To show all, use Clear Projects Filter.',
    );
    assert.equal(projectsMessage('', extent), '');
    assert.match(filterProjectsPrompt(2, 1250), /^2 of 1,250 shown\. Checkpoints are found only where/);
  });

  const uncertain: Readonly<Record<Uncertainty, string>> = {
    notLoaded: '2 not loaded',
    failed: "2 couldn't be loaded",
    beforeYourChange: '2 loaded before your last change',
    refreshFailed: "2 couldn't be refreshed",
    beforeYourRefresh: '2 not refreshed',
    brokenOff: '2 incomplete',
    moreToLoad: '2 partly loaded',
  };
  for (const [why, words] of Object.entries(uncertain)) {
    it(`says ${why}`, () => {
      const { oldest: _, ...none } = { ...extent, whole: 7 };
      const row = extentRow({ ...none, uncertainties: [[why as Uncertainty, 2]] }, now);
      assert.deepEqual([row.label, row.description], ['Based on 7 of 9 checkpoints', words]);
    });
  }

  it('has a row for a project, its checkpoints and what is unknown of it', () => {
    const project = {
      label: 'Berth planning',
      note: 'archived',
      id: 'proj_a',
      isAmbiguous: false,
      spoken: 'Berth planning, archived',
    };
    assert.deepEqual(projectRow(project, { canUse: 1, unknown: 3 }), {
      label: 'Berth planning',
      description: '1 checkpoint · unknown for 3 · archived',
      spoken: 'Project Berth planning, archived, can use 1 checkpoint, unknown for 3 more, project ID proj_a',
    });
    const ambiguous = {
      ...project,
      isAmbiguous: true,
      spoken: 'Berth planning, archived, project ID proj_a',
    };
    assert.deepEqual(projectRow(ambiguous, { canUse: 2, unknown: 0 }), {
      label: 'Berth planning',
      description: 'proj_a · 2 checkpoints · archived',
      spoken: 'Project Berth planning, archived, project ID proj_a, can use 2 checkpoints',
    });
    const names = {
      checkpoint: 'support-bot',
      checkpointId: 'ft:a:b:c:d',
      permission: 'cp_1',
      project: 'Berth planning',
    };
    const facts = {
      standing: 'loaded before your last change',
      grantedAt: loadedAt,
      shutdown: { shutsDownOn: '2026-10-23', source: 'table' } as const,
    };
    assert.deepEqual(grantRow(names, facts, now), {
      label: 'support-bot',
      description: 'loaded before your last change · granted 3 hr. ago · shut down Oct 23, 2026',
      spoken:
        'Project Berth planning can use checkpoint support-bot, granted 3 hours ago, loaded before your last change, shut down Oct 23, 2026, permission cp_1',
    });
    assert.ok(grantRow({ ...names, isShared: true }, facts, now).description.endsWith(' · ft:a:b:c:d'));
    assert.deepEqual(
      [1, 1250].map((count) => unknownRow(count).label),
      ['Unknown for 1 checkpoint', 'Unknown for 1,250 checkpoints'],
    );
    assert.equal(
      unknownRow(1).spoken,
      "Access to 1 checkpoint is unknown because its permissions aren't complete and up to date. Press Enter to load them.",
    );
    assert.equal(
      unknownRow(2).spoken,
      "Access to 2 checkpoints is unknown because their permissions aren't complete and up to date. Press Enter to load them.",
    );
    assert.deepEqual(projectRangeRow({ from: 1000, count: 500, all: 2500, first: 'Berth', last: 'Crane' }), {
      label: 'Projects 1,001 to 1,500',
      description: 'Berth to Crane',
      spoken: 'Projects 1,001 to 1,500 of 2,500, Berth to Crane',
    });
  });
});
