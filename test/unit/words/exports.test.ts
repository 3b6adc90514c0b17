import assert from 'node:assert/strict';
import type { ExportAbout, ExportedList } from '../../../src/access/evidence/export/about';
import type { CheckpointData } from '../../../src/access/evidence/export/checkpointData';
import type { HistoryData } from '../../../src/access/evidence/export/historyData';
import type { MatrixData } from '../../../src/access/evidence/export/matrixData';
import type { Table } from '../../../src/access/evidence/export/table';
import type { Finding } from '../../../src/access/evidence/review/finding';
import type { ProjectsStanding } from '../../../src/access/loading/projectsStanding';
import type { Doubt, Standing } from '../../../src/access/loading/standing';
import { explain, explainProjects, explanationInWords } from '../../../src/words/errors';
import { checkpointTable } from '../../../src/words/exports/checkpointTable';
import {
  formatInWords,
  matrixSizeInWords,
  notOpenedInWords,
  notWrittenInWords,
  savedInWords,
  writtenInWords,
} from '../../../src/words/exports/dialogs';
import { historyTable } from '../../../src/words/exports/historyTable';
import { matrixTable } from '../../../src/words/exports/matrixTable';
import { headings, missingPermissions, missingProjects } from '../../../src/words/exports/parts';
import { reviewTable } from '../../../src/words/exports/reviewTable';
import { missingFrom } from '../../../src/words/history';

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
const factsOf = ({ facts }: Table) => facts.map(({ label, text, data }) => [label, text, data]);
const rowsOf = ({ rows }: Table) => [...rows].map((row) => row.map(({ text }) => text));

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

  it('of one checkpoint', () => {
    const facts: CheckpointData = {
      about,
      list,
      shutdown: { shutsDownOn: '2027-01-14', source: 'table' },
      owner: { project: 'proj_o', source: 'refusal', reportedAt: loadedAt },
      permissions: [
        {
          project: { id: 'proj_a', name: 'Berth planning', status: 'active' },
          id: 'cp_1',
          createdAt: loadedAt,
        },
        { project: { id: 'proj_b' }, id: 'cp_2', createdAt: loadedAt },
      ],
    };
    const table = checkpointTable(facts);
    assert.equal(table.title, 'Permissions of a fine-tuned model checkpoint');
    assert.deepEqual(factsOf(table), [
      ['Organization', 'Harbor Labs', undefined],
      ['Exported', '2026-11-21T12:00:00Z', undefined],
      ['Projects loaded', '2026-11-21T11:40:00Z', undefined],
      ['Checkpoint', model, undefined],
      ['Permissions loaded', '2026-11-21T11:40:00Z', undefined],
      ['Model', 'shuts down 2027-01-14 (54 days)', { shutdown_date: '2027-01-14', source: 'table' }],
      [
        'Owning project',
        'proj_o (reported by the API 2026-11-21T11:40:00Z)',
        { project: 'proj_o', source: 'refusal', reported: '2026-11-21T11:40:00Z' },
      ],
    ]);
    assert.deepEqual(table.missing, []);
    assert.deepEqual(
      table.columns.map(({ id, title }) => [id, title]),
      [
        ['project', 'Project'],
        ['project_id', 'Project ID'],
        ['status', 'Status'],
        ['permission_id', 'Permission ID'],
        ['granted', 'Granted'],
      ],
    );
    assert.deepEqual(rowsOf(table), [
      ['Berth planning', 'proj_a', 'active', 'cp_1', '2026-11-21T11:40:00Z'],
      ['', 'proj_b', 'unknown', 'cp_2', '2026-11-21T11:40:00Z'],
    ]);
  });

  it('of one checkpoint of which nothing is known', () => {
    const table = checkpointTable({
      about: { ...about, isSample: true, projects: { ...noProjects, state: 'failed' } },
      list: { checkpoint: model, standing: notLoaded },
      permissions: [],
    });
    assert.deepEqual(factsOf(table), [
      ['Organization', 'Harbor Labs', undefined],
      ['Sample organization', 'yes, all data is made up', true],
      ['Exported', '2026-11-21T12:00:00Z', undefined],
      ['Projects loaded', "couldn't be loaded", 'failed'],
      ['Checkpoint', model, undefined],
      ['Permissions loaded', 'not loaded', 'notLoaded'],
      ['Model', 'no known shutdown date', null],
      ['Owning project', 'unknown', null],
    ]);
    const { facts } = checkpointTable({
      about,
      list,
      owner: { project: 'proj_o', source: 'job' },
      permissions: [],
    });
    assert.equal(facts.at(-1)?.text, 'proj_o (from its fine-tuning job)');
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
        `yes · cp_1 (${granted})`,
        `yes · loaded before your last change · cp_1 (${granted}) · cp_2 (${granted})`,
        'no',
        'not granted (owner unknown)',
        'owner',
        'failed',
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
    isLogWhole: false,
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
    const [row = []] = table.rows;
    assert.deepEqual(row[1]?.data, { actor: { kind: 'user', id: 'ines' }, this_computer: 'ines' });
    assert.equal(row[7]?.text, 'audit log · change history on this computer');
    assert.deepEqual(row[7]?.data, ['auditLog', 'thisComputer']);
    assert.deepEqual(row[8]?.data, []);
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
    assert.deepEqual(factsOf(historyTable(facts({ filter, filterProject }))).at(-2), [
      'Filter',
      `checkpoint ${model} · project Berth planning (proj_a) · by ines · from 2026-11-21T11:40:00Z · before 2026-11-21T12:00:00Z`,
      { ...filter, from: '2026-11-21T11:40:00Z', to: '2026-11-21T12:00:00Z' },
    ]);
    assert.deepEqual(factsOf(historyTable(facts({ isLogWhole: true })))[4], [
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
          accesses: 1,
          permissions: 5,
          at: now,
        },
        usage: { uses: new Map(), from: Date.UTC(2026, 7, 20) / 1000, loadedAt },
        rows: [{ finding, project: { id: 'proj_a' }, permissionIds: ['cp_1', 'cp_2'], acceptance }],
      },
      (id) => id,
    );
    assert.equal(table.title, 'Review of access to fine-tuned model checkpoints');
    assert.deepEqual(factsOf(table).slice(3), [
      ['Usage data loaded', '2026-11-21T11:40:00Z', undefined],
      ['Usage data since', '2026-08-20T00:00:00Z', undefined],
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
        'cp_1, cp_2',
        'Last used 2026-10-01 UTC · granted 2026-01-02 UTC',
        '2026-11-21T11:40:00Z',
        '2027-03-31',
        'Once a year',
      ],
    ]);
    assert.deepEqual(
      [0, 4, 5].map((column) => [...table.rows][0]?.[column]?.data),
      [
        'unused',
        ['cp_1', 'cp_2'],
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
        'CSV: For spreadsheets · cells that look like formulas are made harmless',
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
