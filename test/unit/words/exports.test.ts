import assert from 'node:assert/strict';
import type { ExportAbout, ExportedList } from '../../../src/access/evidence/export/about';
import type { HistoryData } from '../../../src/access/evidence/export/historyData';
import type { MatrixData } from '../../../src/access/evidence/export/matrixData';
import type { ListState, PermissionsData } from '../../../src/access/evidence/export/permissionsData';
import type { ExportTable } from '../../../src/access/evidence/export/table';
import type { Finding } from '../../../src/access/evidence/review/finding';
import type { Effect } from '../../../src/access/explain/effect';
import type { ProjectsStanding } from '../../../src/access/loading/projectsStanding';
import type { Doubt, Standing } from '../../../src/access/loading/standing';
import { explain, explainProjects, explanationInWords } from '../../../src/words/errors';
import {
  aboutNotWrittenInWords,
  aboutSavedInWords,
  formatInWords,
  matrixSizeInWords,
  notOpenedInWords,
  notWrittenInWords,
  replaceAboutDetail,
  replaceAboutQuestion,
  savedInWords,
  writtenInWords,
} from '../../../src/words/exports/dialogs';
import { historyTable } from '../../../src/words/exports/historyTable';
import { matrixTable } from '../../../src/words/exports/matrixTable';
import {
  headings,
  missingOwners,
  missingPermissions,
  missingProjects,
} from '../../../src/words/exports/parts';
import { listStateInWords, permissionsTable } from '../../../src/words/exports/permissionsTable';
import { reviewTable } from '../../../src/words/exports/reviewTable';
import { emptyLog, missingFrom } from '../../../src/words/history';
import { notReviewedInWords } from '../../../src/words/review';

const minute = 60_000;
const now = Date.UTC(2026, 10, 21, 12);
const loadedAt = now - 20 * minute;
const error = new Error('no way');
const model = 'ft:gpt-4.1-2025-04-14:harbor-labs:bot:Aa1Bb2Cc';

const standing = (...doubts: Doubt[]): Standing => ({
  state: 'loaded',
  count: 1,
  isComplete: doubts.length === 0,
  doubts,
  loadedAt,
  isLoading: false,
});
const { loadedAt: _, ...nothing } = standing();
const notLoaded: Standing = { ...nothing, state: 'notLoaded', count: 0, isComplete: false };
const projects: ProjectsStanding = {
  state: 'loaded',
  count: 12,
  isComplete: true,
  doubts: [],
  loadedAt,
  isLoading: false,
};
const { loadedAt: __, ...noProjects } = projects;
const about: ExportAbout = { organization: 'Harbor Labs', isSample: false, exportedAt: now, projects };

/** As it reads, and what JSON has in place of it. */
const factsOf = ({ facts }: ExportTable) => facts.map(({ label, text, data }) => [label, text, data]);
const rowsOf = ({ rows }: ExportTable) => [...rows].map((row) => row.map(({ text }) => text));

describe('words: what is missing in a file', () => {
  it('says so where nothing is', () => {
    const { redacted, ...others } = headings;
    assert.deepEqual(others, { missing: 'Missing data', nothingMissing: 'none', rows: 'Table' });
    assert.match(redacted.text, /replaced with \[redacted\]\.$/);
  });

  it('of permissions', () => {
    const why = explanationInWords(explain(error));
    const failure = { error, during: 'read' as const };
    const cases: readonly (readonly [Standing, readonly string[]])[] = [
      [standing(), []],
      [notLoaded, ['ft:x · not loaded.']],
      [{ ...notLoaded, state: 'failed', failure }, [`ft:x · couldn't be loaded. ${why}`]],
      [standing('beforeYourChange'), ['ft:x · loaded before your last change.']],
      [
        { ...standing('refreshFailed'), failure },
        [`ft:x · the last refresh failed (loaded 20 minutes ago). ${why}`],
      ],
      [standing('beforeYourRefresh'), ['ft:x · not refreshed (loaded 20 minutes ago).']],
      [
        { ...standing('brokenOff'), brokenOff: 'repeatedPage' },
        [
          'ft:x · list incomplete: only 1 permission loaded. The API reported more, but repeated what it had sent.',
        ],
      ],
      [standing('moreToLoad'), ['ft:x · only 1 permission loaded.']],
      [
        { ...standing('moreToLoad', 'old'), count: 1200, failure: { error, during: 'readMore' } },
        [`ft:x · only 1,200 permissions loaded · loaded 20 minutes ago. ${why}`],
      ],
      [standing('old'), ['ft:x · loaded 20 minutes ago.']],
    ];
    for (const [each, words] of cases)
      assert.deepEqual(missingPermissions({ checkpoint: 'ft:x', standing: each }, now), words);
  });

  it('of projects', () => {
    const why = explanationInWords(explainProjects(error));
    const nothingLoaded = 'Projects without access are missing, and the others have no name.';
    const cases: readonly (readonly [ProjectsStanding, readonly string[]])[] = [
      [projects, []],
      [{ ...noProjects, state: 'notLoaded' }, [`Project list · not loaded. ${nothingLoaded}`]],
      [
        { ...noProjects, state: 'failed', failure: error },
        [`Project list · couldn't be loaded. ${nothingLoaded} ${why}`],
      ],
      [
        { ...projects, doubts: ['refreshFailed'], failure: error },
        [
          `Project list · the last refresh failed (loaded 20 minutes ago). Projects may have been created, renamed, or archived since. ${why}`,
        ],
      ],
      [
        { ...projects, doubts: ['incomplete'], incomplete: 'shortPages' },
        [
          'Project list · list incomplete: only 12 projects loaded. Some projects are missing or have no name. The API sent smaller pages than it should.',
        ],
      ],
    ];
    for (const [each, words] of cases) assert.deepEqual(missingProjects(each, now), words);
  });
});

describe('words: tables of access', () => {
  const list: ExportedList = { checkpoint: model, standing: standing() };
  const log: PermissionsData['log'] = {
    events: [],
    ending: { kind: 'more' },
    readAt: loadedAt,
    reading: false,
  };
  const { readAt: ___, ...unread } = { ...log, ending: { kind: 'unread' } as const };
  const usage = { uses: new Map(), from: Date.UTC(2026, 7, 20) / 1000, loadedAt };
  const row = { checkpoint: model, state: 'complete', loadedAt } as const;
  const effect: Effect = {
    kind: 'cannot',
    closed: ['policy'],
    unknown: ['shutdown'],
    inferred: [],
    old: ['policy'],
  };
  const policies = {
    projects: ['proj_1', 'proj_2', 'proj_3'],
    notLoaded: ['proj_2'],
    old: ['proj_1'],
    failed: [],
    loadedAt,
  };
  const permission = (index: number) => ({
    id: `cp_${index}`,
    project: { id: `proj_${index}`, name: `Project ${index}` },
    grantedAt: loadedAt,
    grantedBy: { kind: 'user', id: 'ines@harbor.example', key: 'key_1' } as const,
    lastUsed: Date.UTC(2026, 9, 1),
    findings: ['archived', 'unused'] as const,
    isReviewWhole: true,
    effect,
  });
  const data = (more: Partial<PermissionsData> = {}): PermissionsData => ({
    about,
    lists: [{ ...list, ownership: { project: 'proj_o', source: 'refusal', reportedAt: loadedAt } }],
    log,
    oldestLoggedAt: loadedAt,
    usage,
    isUsageOld: false,
    unusedDays: 45,
    policies,
    notReviewed: [],
    rows: [{ ...row, shutdown: { shutsDownOn: '2027-01-14', source: 'table' }, permission: permission(1) }],
    ...more,
  });

  it('of permissions', () => {
    const table = permissionsTable(data());
    assert.equal(table.title, 'Permissions for fine-tuned model checkpoints');
    assert.deepEqual(factsOf(table), [
      ['Organization', 'Harbor Labs', undefined],
      ['Exported', '2026-11-21T12:00:00Z', undefined],
      ['Projects loaded', '2026-11-21T11:40:00Z', undefined],
      ['Checkpoints', '1', undefined],
      ['Permissions', '1', undefined],
      ['Audit log loaded', '2026-11-21T11:40:00Z', undefined],
      ['Audit log loaded back to', '2026-11-21T11:40:00Z', undefined],
      ['Usage data loaded', '2026-11-21T11:40:00Z', undefined],
      ['Usage data since', '2026-08-20T00:00:00Z', undefined],
      ['Access counts as unused after', '45 days without use', 45],
      [
        'Model policies loaded',
        '2 of 3 projects with a permission',
        { projects: 3, loaded: 2, old: 1, not_loaded: 1, failed: 0 },
      ],
      ['Oldest model policy loaded', '2026-11-21T11:40:00Z', undefined],
      [
        `Owning project: ${model}`,
        'proj_o (reported by the API 2026-11-21T11:40:00Z)',
        { project: 'proj_o', source: 'refusal', reported: '2026-11-21T11:40:00Z' },
      ],
    ]);
    assert.deepEqual(table.missing, []);
    assert.deepEqual(
      table.columns.map(({ id, title }) => [id, title]),
      [
        ['checkpoint', 'Checkpoint'],
        ['project_id', 'Project ID'],
        ['project_name', 'Project name'],
        ['permission_id', 'Permission ID'],
        ['granted_at', 'Granted at'],
        ['granted_by', 'Granted by'],
        ['last_used', 'Last used'],
        ['shuts_down', 'Shuts down'],
        ['effective', 'Effective'],
        ['findings', 'Findings'],
        ['list_state', 'List state'],
        ['list_loaded_at', 'List loaded at'],
      ],
    );
    assert.deepEqual(rowsOf(table), [
      [
        model,
        'proj_1',
        'Project 1',
        'cp_1',
        '2026-11-21T11:40:00Z',
        'ines@harbor.example',
        '2026-10-01',
        '2027-01-14',
        'no',
        'Project is archived · Unused for 45 days',
        'complete',
        '2026-11-21T11:40:00Z',
      ],
    ]);
    const [cells = []] = table.rows;
    assert.deepEqual(
      [5, 7, 8, 9, 10].map((column) => cells[column]?.data),
      [
        { kind: 'user', id: 'ines@harbor.example', key: 'key_1' },
        { shutdown_date: '2027-01-14', source: 'table' },
        {
          effective: 'no',
          closed: ['policy'],
          unknown: ['shutdown'],
          inferred: [],
          may_be_outdated: ['policy'],
        },
        ['archived', 'unused'],
        'complete',
      ],
    );
  });

  it('of permissions says what a list is, and has a row for one with nothing to list', () => {
    assert.deepEqual(listStateInWords, {
      complete: 'complete',
      partial: 'partial',
      beforeChange: 'before a change',
      old: 'old',
      notLoaded: 'not loaded',
      failed: 'failed',
    });
    for (const [state, words] of Object.entries(listStateInWords)) {
      const table = permissionsTable(data({ rows: [{ checkpoint: model, state: state as ListState }] }));
      assert.deepEqual(rowsOf(table), [[model, '', '', '', '', '', '', '', '', '', words, '']]);
      const [cells = []] = table.rows;
      assert.deepEqual(
        cells.map((cell) => cell.data),
        [undefined, null, null, null, null, null, null, null, null, null, state, null],
      );
    }
  });

  it('of permissions never takes what is unknown for “no”', () => {
    const cells = (more: object, all: Partial<PermissionsData> = {}) => {
      const { grantedBy, lastUsed, findings, ...bare } = permission(1);
      const table = permissionsTable(data({ ...all, rows: [{ ...row, permission: { ...bare, ...more } }] }));
      return rowsOf(table)[0]?.filter((_cell, index) => [5, 6, 9].includes(index));
    };
    assert.deepEqual(cells({}), ['', '', 'not checked']);
    assert.deepEqual(cells({ lastUsed: 'none', findings: [] }), ['', 'not since 2026-08-20', 'none']);
    assert.deepEqual(cells({ findings: [], isReviewWhole: false }), ['', '', 'none (not fully checked)']);
  });

  it('of permissions says why it is missing who granted them', () => {
    const why = explanationInWords(explain(error));
    const missing = (of: PermissionsData['log'], permissions = 1) => {
      const { grantedBy, ...bare } = permission(1);
      const rows = Array.from({ length: permissions }, () => ({ ...row, permission: bare }));
      return permissionsTable(data({ log: of, rows })).missing;
    };
    assert.deepEqual(missing(unread), ['Audit log · not loaded. Who granted access is missing.']);
    assert.deepEqual(missing({ ...unread, failure: { error, during: 'newest' } }), [
      `Audit log · couldn't be loaded. Who granted access is missing. ${why}`,
    ]);
    assert.deepEqual(missing(log), [
      "The loaded part of the audit log doesn't say who granted 1 permission.",
    ]);
    assert.deepEqual(missing({ ...log, failure: { error, during: 'older' } }, 1200), [
      `The loaded part of the audit log doesn't say who granted 1,200 permissions. ${why}`,
    ]);
    assert.deepEqual(missing({ ...log, ending: { kind: 'complete' } }, 2), [
      `The loaded part of the audit log doesn't say who granted 2 permissions. ${emptyLog}`,
    ]);
    assert.deepEqual(missing(log, 0), []);
  });

  it('of permissions says what usage data, projects, lists, and owners leave open', () => {
    const { usage: ____, ...withoutUsage } = data();
    assert.deepEqual(permissionsTable(withoutUsage).missing, [
      "Usage data · not loaded. When access was last used is missing, and unused access wasn't checked.",
    ]);
    assert.deepEqual(
      factsOf(permissionsTable(withoutUsage)).find(([label]) => label === 'Usage data loaded'),
      ['Usage data loaded', 'not loaded', 'notLoaded'],
    );
    assert.deepEqual(
      permissionsTable(data({ usage: { ...usage, unattributed: true }, isUsageOld: true })).missing,
      [
        "Usage data · the API reported usage without a project or model, or of another kind. Access may have been used later than shown, and unused access wasn't checked.",
        'Usage data · loaded 20 minutes ago. Access may have been used since.',
      ],
    );
    const projectsGap = {
      about: 'projects',
      requests: 1,
      standing: { ...noProjects, state: 'notLoaded' },
    } as const;
    const open = data({
      about: { ...about, isSample: true, projects: projectsGap.standing },
      lists: [{ checkpoint: model, standing: notLoaded }],
      notReviewed: [projectsGap, { about: 'usage', why: 'unattributed', requests: 0 }],
    });
    assert.deepEqual(permissionsTable(open).missing, [
      ...missingProjects(projectsGap.standing, now),
      notReviewedInWords(projectsGap, { checkpoint: String, project: String }, now),
      ...missingPermissions({ checkpoint: model, standing: notLoaded }, now),
      missingOwners(1),
    ]);
    assert.ok(factsOf(permissionsTable(open)).some(([label]) => label === 'Sample organization'));
    const job = data({ lists: [{ ...list, ownership: { project: 'proj_o', source: 'job' } }] });
    assert.equal(permissionsTable(job).facts.at(-1)?.text, 'proj_o (from its fine-tuning job)');
  });

  it('of permissions says that it is a part, and which', () => {
    const part = permissionsTable(data({ shown: { filter: 'Project = Tide tables', loaded: 310, gone: 0 } }));
    assert.deepEqual(factsOf(part).slice(3, 5), [
      [
        'Part',
        'only what was shown: 1 of 310 loaded permissions',
        { exported: 'shown', permissions: 1, loaded: 310 },
      ],
      ['Filter', 'Project = Tide tables', undefined],
    ]);
    const gone = (count: number) => permissionsTable(data({ shown: { loaded: 1, gone: count } }));
    assert.deepEqual(
      factsOf(gone(1))
        .slice(3, 5)
        .map(([, text]) => text),
      ['only what was shown: 1 of 1 loaded permission', 'none'],
    );
    assert.deepEqual(gone(0).missing, []);
    assert.deepEqual(gone(1).missing, [
      "1 permission that was shown isn't included because it's no longer in the loaded list.",
    ]);
    assert.deepEqual(gone(1200).missing, [
      "1,200 permissions that were shown aren't included because they're no longer in the loaded lists.",
    ]);
  });

  it('of the matrix', () => {
    const granted = '2026-03-04T12:00:00Z';
    const cells: MatrixData['rows'][number]['cells'] = [
      { access: 'granted', permissions: [{ id: 'cp_1', granted }] },
      {
        access: 'granted',
        doubts: ['beforeYourChange'],
        permissions: [
          { id: 'cp_1', granted },
          { id: 'cp_2', granted },
        ],
      },
      { access: 'none' },
      { access: 'notGranted' },
      { access: 'owner' },
      { access: 'failed' },
      { access: 'unknown' },
    ];
    const lists = cells.map((_cell, index) => ({ checkpoint: `ft:${index}`, standing: standing() }));
    const table = matrixTable({ about, lists, rows: [{ project: { id: 'proj_a' }, cells }] });
    assert.equal(table.title, 'Access to fine-tuned model checkpoints');
    assert.deepEqual(factsOf(table).slice(3, 6), [
      ['Checkpoints in your list', '7', undefined],
      ['Checkpoints with an unknown owner', '7', undefined],
      ['Loaded: ft:0', '2026-11-21T11:40:00Z', undefined],
    ]);
    assert.deepEqual(rowsOf(table), [
      [
        '',
        'proj_a',
        'unknown',
        'granted',
        'unknown',
        'not granted',
        'not granted',
        'owner',
        'unknown',
        'unknown',
      ],
    ]);
    assert.deepEqual(
      [...table.rows][0]?.slice(3).map(({ data }) => data),
      cells,
    );
  });
});

describe('words: the table of the history', () => {
  const change = {
    id: 'a',
    at: loadedAt,
    action: 'granted',
    permission: 'cp_1',
    project: 'proj_a',
    checkpoint: model,
    origin: 'event',
    logged: { event: 'a', actor: { kind: 'user', id: 'ines' } },
    own: { plan: 'p', steps: [], by: 'ines', certainty: 'verified' },
  } as const;
  const facts = (more: Partial<HistoryData> = {}): HistoryData => ({
    about,
    history: {
      changes: [change],
      log: { events: [], ending: { kind: 'more' }, readAt: loadedAt, reading: false },
      oldestLoggedAt: loadedAt,
    },
    filter: {},
    undecided: 0,
    rows: [{ change, project: { id: 'proj_a', name: 'Berth planning' }, notes: [] }],
    ...more,
  });

  it('has facts, rows, and codes for JSON', () => {
    const table = historyTable(facts());
    assert.equal(table.title, 'History of access to fine-tuned model checkpoints');
    assert.deepEqual(factsOf(table).slice(3), [
      ['Audit log loaded', '2026-11-21T11:40:00Z', undefined],
      ['Audit log loaded back to', '2026-11-21T11:40:00Z', undefined],
      ['Filter', 'none', null],
      ['Changes', '1', undefined],
    ]);
    assert.deepEqual(
      table.columns.map(({ title }) => title),
      [
        'When',
        'Who',
        'API key',
        'What',
        'Project',
        'Project ID',
        'Checkpoint',
        'Permission ID',
        'In audit log',
        'Account on this computer',
        'Note',
      ],
    );
    const [row = []] = table.rows;
    assert.equal(row[1]?.data, change.logged.actor);
    assert.deepEqual([row[8]?.text, row[8]?.data], ['yes', true]);
    assert.deepEqual([row[9]?.text, row[9]?.data], ['ines', { kind: 'account', id: 'ines' }]);
    assert.deepEqual(row[10]?.data, []);
  });

  it('says who in one cell, and how it is known in others', () => {
    const { logged, own, ...bare } = change;
    const cells = (of: object) => {
      const table = historyTable(facts({ rows: [{ change: { ...bare, ...of }, notes: [] }] }));
      return rowsOf(table)[0]?.filter((_cell, index) => [1, 2, 8, 9].includes(index));
    };
    const actor = { kind: 'user', id: 'ines@harbor.example', key: 'key_1' } as const;
    assert.deepEqual(cells({ logged: { event: 'a', actor } }), ['ines@harbor.example', 'key_1', 'yes', '']);
    assert.deepEqual(cells({ logged: { event: 'a' }, own }), ['unknown', '', 'yes', 'ines']);
    assert.deepEqual(cells({ own }), ['ines', '', 'no', 'ines']);
    assert.deepEqual(cells({ own: { ...own, by: '' } }), ['unknown', '', 'no', 'unknown']);
  });

  it('says how it is filtered, and how far back it goes', () => {
    const filter = {
      checkpoint: model,
      project: 'proj_a',
      person: { kind: 'actor', id: 'ines' } as const,
      from: loadedAt,
      to: now,
    };
    const filterProject = { id: 'proj_a', name: 'Berth planning' };
    const wholeLog = { ...facts().history.log, ending: { kind: 'complete' } as const };
    assert.deepEqual(factsOf(historyTable(facts({ filter, filterProject }))).at(-2), [
      'Filter',
      `checkpoint ${model} · project Berth planning (proj_a) · by ines · from 2026-11-21T11:40:00Z · before 2026-11-21T12:00:00Z`,
      { ...filter, from: '2026-11-21T11:40:00Z', to: '2026-11-21T12:00:00Z' },
    ]);
    assert.deepEqual(factsOf(historyTable(facts({ history: { ...facts().history, log: wholeLog } })))[4], [
      'Audit log loaded back to',
      'the end of the log',
      'end',
    ]);
    const { history } = facts();
    const { readAt: ___, ...log } = history.log;
    const unread = historyTable(facts({ history: { changes: [], log } }));
    assert.deepEqual(factsOf(unread).slice(3, 5), [
      ['Audit log loaded', 'not loaded', 'notLoaded'],
      ['Audit log loaded back to', 'not loaded', 'notLoaded'],
    ]);
  });

  it('counts what may match the filter', () => {
    const rest = (undecided: number) => {
      const all = facts({ undecided });
      return historyTable(all).missing.slice(missingFrom(all.history).length);
    };
    assert.deepEqual(rest(0), []);
    assert.deepEqual(rest(1), [
      "1 change isn't included because it's unknown whether it matches the filter.",
    ]);
    assert.deepEqual(rest(1200), [
      "1,200 changes aren't included because it's unknown whether they match the filter.",
    ]);
  });
});

describe('words: the table of a review', () => {
  it('has facts, rows, and codes for JSON', () => {
    const finding: Finding = {
      kind: 'unused',
      days: 30,
      grantedAt: Date.UTC(2026, 0, 2),
      until: now,
      lastUsed: Date.UTC(2026, 9, 1),
      checkpoint: model,
      access: [],
      loadedAt,
    };
    const acceptance = {
      finding: 'unused',
      checkpoint: model,
      project: 'proj_a',
      reason: 'Once a year',
      until: '2027-03-31',
    } as const;
    const table = reviewTable(
      {
        about,
        review: {
          findings: [finding],
          notReviewed: [{ about: 'usage', why: 'unattributed', requests: 0 }],
          policies: { projects: [], notLoaded: [], old: [], failed: [] },
          unusedDays: 30,
          accesses: 1,
          permissions: 5,
          at: now,
        },
        usage: { uses: new Map(), from: Date.UTC(2026, 7, 20) / 1000, loadedAt },
        rows: [{ finding, project: { id: 'proj_a' }, permissionId: 'cp_1', acceptance }],
      },
      (id) => id,
    );
    assert.equal(table.title, 'Review of access to fine-tuned model checkpoints');
    assert.deepEqual(factsOf(table).slice(3), [
      ['Usage data loaded', '2026-11-21T11:40:00Z', undefined],
      ['Usage data since', '2026-08-20T00:00:00Z', undefined],
      ['Access counts as unused after', '30 days without use', 30],
      [
        'Model policies loaded',
        '0 of 0 projects with a permission',
        { projects: 0, loaded: 0, old: 0, not_loaded: 0, failed: 0 },
      ],
      ['Permissions checked', '5', undefined],
      ['Findings', '1', undefined],
    ]);
    assert.deepEqual(table.missing, [
      "Unused access wasn't checked · the API reported usage without a project or model, or of another kind.",
    ]);
    assert.deepEqual(rowsOf(table), [
      [
        'Unused for 30 days',
        model,
        '',
        'proj_a',
        'cp_1',
        'Last used 2026-10-01 UTC · granted 2026-01-02 UTC',
        '2026-11-21T11:40:00Z',
        '2027-03-31',
        'Once a year',
      ],
    ]);
    assert.deepEqual(
      [0, 5].map((column) => [...table.rows][0]?.[column]?.data),
      [
        'unused',
        { days: 30, granted: '2026-01-02T00:00:00Z', last_used: '2026-10-01', until: '2026-11-21T12:00:00Z' },
      ],
    );
  });
});

describe('words: the questions of an export', () => {
  it('say how much there is', () => {
    assert.equal(matrixSizeInWords(0, 0), '0 checkpoints');
    assert.equal(matrixSizeInWords(1, 1), '1 checkpoint · 1 to load or refresh');
    assert.equal(matrixSizeInWords(9, 3), '9 checkpoints · 3 to load or refresh');
  });

  it('say what each format is for', () => {
    assert.deepEqual(
      Object.values(formatInWords).map(({ label, detail }) => `${label}: ${detail}`),
      [
        'CSV: Separated by commas, for most tools · cells that look like formulas are made harmless',
        'CSV with Semicolons: For Excel in most of Europe · cells that look like formulas are made harmless',
        'JSON: For programs · full texts, with IDs and dates as data',
        'Markdown: For reading',
      ],
    );
  });

  it('say that a file could not be written, and what to do', () => {
    assert.equal(
      notWrittenInWords('/a/$(bug).csv', 'EACCES: permission denied'),
      "The export couldn't be written to /a/$\u200b(bug).csv. Select another location and export again. (EACCES: permission denied)",
    );
    assert.ok(notWrittenInWords('x'.repeat(1000), 'no').length <= 600);
  });

  it('say what the file beside it is for, before another one is replaced and when it is written', () => {
    assert.equal(
      aboutSavedInWords('a.about.json'),
      'a.about.json next to it says when the data was loaded and what is missing.',
    );
    assert.equal(
      replaceAboutQuestion('$(bug).about.json'),
      '$\u200b(bug).about.json already exists. Replace it?',
    );
    assert.match(replaceAboutDetail, /If you cancel, nothing is exported/);
    assert.equal(
      aboutNotWrittenInWords('/b/a.csv', 'a.about.json', 'EACCES'),
      "The export was saved to /b/a.csv, but a.about.json couldn't be written next to it. To keep when the data was loaded and what is missing, export again to another location. (EACCES)",
    );
  });

  it('Truth 16: say that a file was saved, whether it was opened or not', () => {
    assert.equal(
      savedInWords('/a/$(bug).csv', 63_400_000),
      "The export was saved to /a/$\u200b(bug).csv. It wasn't opened because it is large (63 MB).",
    );
    assert.equal(
      notOpenedInWords('/a/b.csv', 'no'),
      "The export was saved to /a/b.csv, but it couldn't be opened. (no)",
    );
    assert.equal(writtenInWords(10), '1 MB written');
    assert.equal(writtenInWords(1_234_000_000), '1,234 MB written');
  });
});
