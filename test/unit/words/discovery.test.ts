import assert from 'node:assert/strict';
import type { CatalogFinding } from '../../../src/access/catalog/catalogEntry';
import type { SourceEnd, SourceReport } from '../../../src/access/discovery/discover';
import type { Gap, Progress, SourcePlace } from '../../../src/access/discovery/source';
import {
  allOfModel,
  findingInWords,
  findingsInWords,
  foundQuestion,
  foundTitle,
  nothingNewInWords,
  resultsInWords,
  searchInWords,
  shortfallInWords,
  shortfallsInWords,
  sourceDetail,
  sourceInWords,
  whereFound,
} from '../../../src/words/discovery';
import { explain, explanationInWords, type KeyKind } from '../../../src/words/errors';

const day = Date.UTC(2026, 2, 4);
const at = Date.UTC(2026, 10, 21);

describe('words: where a checkpoint was found', () => {
  const cases: readonly (readonly [finding: Omit<CatalogFinding, 'at'>, where: string, what: string])[] = [
    [{ in: 'typed' }, 'added by you', ''],
    [{ in: 'openFile' }, 'added by you from an open file', ''],
    [{ in: 'auditLog', last: day }, 'found in the audit log', 'last granted on Mar 4, 2026 UTC'],
    [{ in: 'auditLog', last: day, count: 1 }, 'found in the audit log', 'granted on Mar 4, 2026 UTC'],
    [
      { in: 'auditLog', last: day, count: 1234 },
      'found in the audit log',
      'granted 1,234 times, last on Mar 4, 2026 UTC',
    ],
    [{ in: 'usage', last: day }, 'found in usage data', 'used on Mar 4, 2026 UTC or later'],
    [
      { in: 'usage', last: day, count: 1, days: 93 },
      'found in usage data',
      '1 request in 93 days, on Mar 4, 2026 UTC',
    ],
    [
      { in: 'usage', last: day, count: 20, days: 93 },
      'found in usage data',
      '20 requests in 93 days, last on Mar 4, 2026 UTC',
    ],
    [{ in: 'usage', last: Number.MAX_VALUE }, 'found in usage data', 'used on an unknown day or later'],
    [{ in: 'workspace', files: ['a.ts'] }, 'found in workspace files', 'a.ts'],
    [
      { in: 'workspace', files: ['a.ts', 'b.ts', 'c.ts'], moreFiles: 6 },
      'found in workspace files',
      'a.ts, b.ts, c.ts, and 6 more',
    ],
    [
      { in: 'jobs', job: 'ftjob-1', project: 'Berth planning' },
      'found in fine-tuning jobs',
      'job ftjob-1 of Berth planning',
    ],
    [{ in: 'models', project: 'Berth planning' }, "found in a project's models", 'usable by Berth planning'],
    [{ in: 'auditLog', detail: 'as of 0.1' }, 'found in the audit log', 'as of 0.1'],
    [{ in: 'of a later version' as 'typed' }, 'found in another place', ''],
  ];
  for (const [finding, where, what] of cases) {
    it(`${where}: ${what}`, () => {
      assert.equal(whereFound(finding), where);
      assert.equal(findingInWords({ ...finding, at }), what);
    });
  }

  it('has each place with what it has', () => {
    assert.equal(
      findingsInWords([
        { in: 'typed', at },
        { in: 'auditLog', at, last: day, count: 2 },
      ]),
      'added by you · found in the audit log (granted 2 times, last on Mar 4, 2026 UTC)',
    );
    assert.equal(findingsInWords([]), '');
  });
});

describe('words: the search for checkpoints', () => {
  const auditLog: SourcePlace = { kind: 'auditLog' };
  const usage: SourcePlace = { kind: 'usage', days: 93 };
  const jobs: SourcePlace = { kind: 'jobs', label: 'Berth $(bug)' };
  const workspace: SourcePlace = { kind: 'workspace' };
  const complete: SourceEnd = { kind: 'complete' };
  const failed: SourceEnd = { kind: 'failed', error: new Error('no') };
  const partly = (...gaps: Gap[]): SourceEnd => ({ kind: 'incomplete', gaps });
  const why = (_error: unknown, key: KeyKind): string => `Set the ${key}.`;
  const report = (place: SourcePlace, end: SourceEnd, found = 0): SourceReport => ({
    source: { id: place.kind, place, find: async () => [] },
    end,
    found,
  });

  it('names places, what is searched there, and what that costs', () => {
    assert.deepEqual(
      [auditLog, usage, workspace, jobs].map((place) => [sourceInWords(place), sourceDetail(place)]),
      [
        ['Audit log', 'Checkpoints in its permission events · 1 request for each 100 events'],
        ['Usage of the last 93 days', 'Fine-tuned models that were used · about 3 requests'],
        ['Open workspace', 'IDs in workspace files (respects .gitignore and .ignore) · no requests'],
        [
          'Fine-tuning jobs of Berth $\u200b(bug)',
          'Models with their checkpoints and metrics · 2 requests and 1 for each job',
        ],
      ],
    );
    assert.equal(
      sourceDetail(jobs, true),
      "Not among this organization's projects · Models with their checkpoints and metrics · 2 requests and 1 for each job",
    );
  });

  it('says how far each place is', () => {
    const told = (progress?: Progress) =>
      searchInWords([{ source: report(auditLog, complete).source, found: 3, ...(progress && { progress }) }]);
    assert.equal(told(), 'Audit log (searching)');
    for (const [progress, words] of [
      [{ of: 'events', done: 1 }, '1 event'],
      [{ of: 'events', done: 1200 }, '1,200 events'],
      [{ of: 'files', done: 1 }, '1 file'],
      [{ of: 'files', done: 300 }, '300 files'],
      [{ of: 'jobs', done: 0 }, '0 jobs'],
      [{ of: 'jobs', done: 1 }, '1 job'],
      [{ of: 'days', done: 31, total: 93 }, '31 of 93 days'],
      [{ of: 'jobCheckpoints', done: 0, total: 1 }, 'checkpoints loaded for 0 of 1 job'],
      [{ of: 'jobCheckpoints', done: 1, total: 4 }, 'checkpoints loaded for 1 of 4 jobs'],
    ] as const)
      assert.equal(told(progress), `Audit log (${words})`);
    const ended = [report(auditLog, complete, 2), report(usage, failed), report(jobs, partly(), 1)];
    assert.equal(
      searchInWords(ended.map((each) => ({ ...each, report: each }))),
      'Audit log (2 found) · Usage of the last 93 days (failed) · Fine-tuning jobs of Berth $\u200b(bug) (1 found)',
    );
    assert.equal(
      resultsInWords(ended),
      'Audit log (2) · Usage of the last 93 days (0, failed) · Fine-tuning jobs of Berth $\u200b(bug) (1, incomplete)',
    );
  });

  it('counts many places in place of naming each', () => {
    const many = (...ends: readonly SourceEnd[]) => ends.map((end) => report(auditLog, end, 2));
    assert.equal(resultsInWords(many(complete, complete, complete, complete)), 'All 4 places searched');
    assert.equal(
      resultsInWords(many(complete, complete, partly(), failed)),
      '2 of 4 places searched completely · 1 incomplete · 1 failed',
    );
    assert.equal(
      resultsInWords(many(failed, failed, failed, failed)),
      '0 of 4 places searched completely · 4 failed',
    );
    const ended = many(complete, failed).map((each) => ({ ...each, report: each }));
    const searching = [jobs, usage].map((place) => ({ source: report(place, complete).source, found: 0 }));
    assert.equal(
      searchInWords([...ended, ...searching]),
      '2 of 4 places searched · Fine-tuning jobs of Berth $\u200b(bug) (searching)',
    );
    assert.equal(searchInWords([...ended, ...ended]), '4 of 4 places searched');
  });

  it('says in one sentence that several places may have more, and why of a single one', () => {
    const all = [report(auditLog, failed), report(usage, partly()), report(jobs, failed)];
    assert.equal(
      shortfallsInWords(
        [report(auditLog, failed), report(workspace, complete), report(usage, partly())],
        why,
      ),
      "Audit log and Usage of the last 93 days weren't searched completely, so there may be more checkpoints.",
    );
    assert.equal(
      shortfallsInWords([...all, ...all], why),
      "Audit log, Usage of the last 93 days, and 4 more weren't searched completely, so there may be more checkpoints.",
    );
    assert.equal(
      shortfallsInWords([report(auditLog, failed), report(workspace, complete)], why),
      "Audit log couldn't be searched. Set the admin API key.",
    );
    assert.equal(shortfallsInWords([report(auditLog, complete)], why), '');
  });

  it('says when nothing is new, with what may be missing, and never takes a failure for that', () => {
    const reason = "Audit log couldn't be searched. Set the admin API key.";
    const several = "Audit log and Audit log weren't searched completely, so there may be more checkpoints.";
    const cases: readonly (readonly [reports: readonly SourceEnd[], known: number, words: string])[] = [
      [[failed], 0, reason],
      [[failed, failed], 0, 'Search failed in every place. See the log for details.'],
      [[complete, complete], 0, 'No checkpoint was found.'],
      [[complete], 1, 'Found 1 checkpoint, which is already in your list.'],
      [[complete], 2, 'Found 2 checkpoints, all already in your list.'],
      [[complete, failed], 0, `No checkpoint was found. ${reason}`],
      [[complete, failed, partly()], 2, `Found 2 checkpoints, all already in your list. ${several}`],
    ];
    for (const [ends, known, words] of cases) {
      const reports = ends.map((end): SourceReport => report(auditLog, end));
      assert.equal(nothingNewInWords(reports, known, why), words);
    }
  });

  it('says why a place may have more, a whole sentence for each reason', () => {
    const whyShort = (end: SourceEnd, place: SourcePlace = auditLog): string =>
      shortfallInWords(report(place, end), why);
    const error = new Error('no');
    const explained = explanationInWords(explain(error, 'project API key'));
    assert.equal(whyShort(complete), '');
    assert.equal(whyShort(failed), "Audit log couldn't be searched. Set the admin API key.");
    assert.equal(
      whyShort(failed, jobs),
      "Fine-tuning jobs of Berth $\u200b(bug) couldn't be searched. Set the project API key.",
    );
    for (const [gap, words] of [
      [{ kind: 'stopped' }, 'The search was stopped.'],
      [{ kind: 'brokenOff', reason: 'emptyPage' }, 'The API reported more, but sent an empty page.'],
      [
        { kind: 'jobCheckpoints', job: 'ftjob-1', error },
        `The checkpoints of job ftjob-1 couldn't be loaded. ${explained}`,
      ],
      [{ kind: 'models', error }, `The models of the project couldn't be loaded. ${explained}`],
      [{ kind: 'tooManyFiles', searched: 1 }, 'Only the first file was searched.'],
      [{ kind: 'tooManyFiles', searched: 20_000 }, 'Only the first 20,000 files were searched.'],
      [{ kind: 'largeFiles', count: 1, largest: 1024 }, '1 file larger than 1 KB was skipped.'],
      [{ kind: 'largeFiles', count: 2, largest: 1024 }, '2 files larger than 1 KB were skipped.'],
      [{ kind: 'tooManyFound', most: 5000 }, 'Found more than 5,000 checkpoints, so the search ended early.'],
      [
        { kind: 'ignoreRules', count: 1 },
        "1 ignore rule wasn't applied because it is too complex or one of too many, so ignored files may have been searched.",
      ],
      [
        { kind: 'ignoreRules', count: 2 },
        "2 ignore rules weren't applied because they are too complex or too many, so ignored files may have been searched.",
      ],
      [
        { kind: 'ignoreFiles', count: 1 },
        "1 ignore file wasn't applied because it is too large, so ignored files may have been searched.",
      ],
      [
        { kind: 'ignoreFiles', count: 2 },
        "2 ignore files weren't applied because they are too large, so ignored files may have been searched.",
      ],
      [
        { kind: 'longPaths', count: 1 },
        '1 path is too long for ignore rules, so ignored files may have been searched.',
      ],
      [
        { kind: 'longPaths', count: 2 },
        '2 paths are too long for ignore rules, so ignored files may have been searched.',
      ],
      [{ kind: 'unreadable', count: 1 }, "1 file or folder couldn't be read."],
      [{ kind: 'unreadable', count: 2 }, "2 files or folders couldn't be read."],
    ] as const)
      assert.equal(whyShort(partly(gap)), `Audit log may have more checkpoints. ${words}`);
    assert.equal(
      whyShort(partly({ kind: 'unreadable', count: 1 }, { kind: 'stopped' })),
      "Audit log may have more checkpoints. 1 file or folder couldn't be read. The search was stopped.",
    );
  });

  it('asks what to add', () => {
    assert.equal(foundTitle(1, 0), 'Find Checkpoints · 1 new checkpoint');
    assert.equal(foundTitle(30, 0, 12), 'Find Checkpoints · 30 new checkpoints (12 selected)');
    assert.equal(foundTitle(3, 1), 'Find Checkpoints · 3 new checkpoints · 1 more already in your list');
    assert.equal(foundTitle(3, 2), 'Find Checkpoints · 3 new checkpoints · 2 more already in your list');
    assert.equal(foundQuestion('Audit log (2)'), 'Select checkpoints to add to your list. Audit log (2)');
    assert.equal(allOfModel(12), 'its 12 new checkpoints');
  });
});
