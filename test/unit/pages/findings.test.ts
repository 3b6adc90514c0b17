import assert from 'node:assert/strict';
import {
  arrange,
  type Category,
  type FindingItem,
  type FindingsSort,
  type FindingsView,
} from '../../../src/pages/access/findings/arrange';
import { FindingsModel } from '../../../src/pages/access/findings/findingsModel';
import { parseFindingsState } from '../../../src/pages/access/findings/state';
import type { FindingEntry, FindingsSummary, GapEntry } from '../../../src/protocol/findings';
import {
  countSoFar,
  findingCount,
  findingCountSoFar,
  findingKindInWords,
  findingsTab,
  unusedHeading,
} from '../../../src/words/findings';

const checkpoints = [
  { key: 0, name: 'support-bot', id: 'ft:b:o:support:1', baseModel: 'gpt-4.1' },
  { key: 1, name: 'Archivist', id: 'ft:b:o:archivist:2', baseModel: 'o4-mini' },
];
const projects = [
  { key: 0, name: 'Zebra', id: 'proj_z', archived: false, note: '' },
  { key: 1, name: 'Café', id: 'proj_c', archived: true, note: 'archived' },
];
const summary: FindingsSummary = {
  open: 3,
  permissions: 9,
  accesses: 9,
  mayBeMore: false,
  unusedDays: 45,
  mostUnusedDays: 92,
  shutsDownSoon: { found: 0, isCounted: true },
  isChecked: {
    shutDown: true,
    archived: true,
    unused: true,
    shutsDownSoon: true,
    sharedWithAll: true,
    withoutEffect: false,
  },
  projects: 'whole',
};
const entry = (
  checkpoint: number,
  project: number,
  place: FindingEntry['place'],
  grantedAt = 1,
): FindingEntry => ({
  at: [checkpoint, project],
  place,
  reasons: [{ kind: 'archived' }],
  grantedAt,
  permissions: 1,
  permissionId: `cp_${checkpoint}_${project}`,
});
const gap = (key: string, checkpoint?: number): GapEntry => ({
  key,
  about: checkpoint === undefined ? 'usage' : 'checkpoint',
  text: 'Not loaded.',
  requests: 1,
  ...(checkpoint !== undefined && { checkpoint }),
});
const entries = [
  entry(0, 0, 'archived', 20),
  entry(1, 1, 'archived', 0),
  entry(0, 1, 'archived', 10),
  entry(1, 0, 'accepted'),
];

const usual: FindingsView = {
  checkpoints,
  projects,
  search: '',
  sort: undefined,
  expanded: new Set<Category>(['archived', 'accepted', 'notChecked']),
  reasonsOf: () => 'archived',
  noteOf: () => undefined,
};
const arranged = (
  some: Partial<FindingsView> = {},
  of: Partial<FindingsSummary> = {},
  gaps: GapEntry[] = [],
) => arrange({ entries, gaps, summary: { ...summary, ...of } }, { ...usual, ...some });
const named = (item: FindingItem): string =>
  item.kind === 'gap' ? item.subject : `${item.checkpoint.name}/${item.project.name}`;
const items = (some: Partial<FindingsView> = {}) => (arranged(some).byPlace.get('archived') ?? []).map(named);

describe('the rows of the findings tab', () => {
  it('are below categories with counts, empty ones too', () => {
    const { rows } = arranged({}, {}, [gap('checkpoint 1', 1), gap('usage')]);
    const groups = rows.flatMap((row) =>
      row.kind === 'group' ? [[row.text, row.count, row.isExpanded]] : [],
    );
    assert.deepEqual(groups, [
      [findingKindInWords.shutDown, '0', false],
      [findingKindInWords.archived, '3', true],
      [unusedHeading(45), '0', false],
      [findingKindInWords.shutsDownSoon, '0', false],
      [findingKindInWords.sharedWithAll, '0', false],
      [findingKindInWords.withoutEffect, '', false],
      [findingsTab.accepted, '1', true],
      [findingsTab.notChecked, '2', true],
    ]);
    assert.deepEqual(
      rows.slice(-2).map((row) => (row.kind === 'item' ? [named(row.row), row.isDisabled] : [])),
      [
        [findingsTab.subjects.usage, true],
        ['Archivist', true],
      ],
    );
    assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
  });

  it('never show a number for what was not looked at, nor one that looks complete', () => {
    const countOf = (place: Category, of: Partial<FindingsSummary>, gaps: GapEntry[] = []) =>
      arranged({}, of, gaps).rows.flatMap((row) =>
        row.kind === 'group' && row.key === place ? [row.count] : [],
      )[0];
    assert.equal(countOf('archived', { mayBeMore: true }), countSoFar(3));
    assert.equal(countOf('archived', { isChecked: { ...summary.isChecked, archived: false } }), '');
    assert.equal(countOf('shutsDownSoon', { shutsDownSoon: { found: 300, isCounted: false } }), '');
    assert.equal(countOf('withoutEffect', {}), '');
    const looked = { isChecked: { ...summary.isChecked, withoutEffect: true } };
    assert.equal(countOf('withoutEffect', looked), '0');
    const policies: GapEntry = { key: 'policies', about: 'policies', text: 'Not loaded.', requests: 3 };
    assert.equal(countOf('withoutEffect', looked, [policies]), countSoFar(0));
  });

  it('say to screen readers what is counted', () => {
    const spokenCountOf = (place: Category, of: Partial<FindingsSummary>) =>
      arranged({}, of).rows.flatMap((row) =>
        row.kind === 'group' && row.key === place ? [row.spokenCount] : [],
      )[0];
    assert.equal(spokenCountOf('archived', {}), findingCount(3));
    assert.equal(spokenCountOf('archived', { mayBeMore: true }), findingCountSoFar(3));
    assert.equal(spokenCountOf('withoutEffect', {}), undefined);
  });

  it('are in the order of the checkpoint list, or sorted, and unknown dates are last', () => {
    assert.deepEqual(items(), ['support-bot/Café', 'support-bot/Zebra', 'Archivist/Café']);
    const sorted = (column: FindingsSort['column'], descending = false) =>
      items({ sort: { column, descending } });
    assert.deepEqual(sorted('project'), ['support-bot/Café', 'Archivist/Café', 'support-bot/Zebra']);
    assert.deepEqual(sorted('project', true), ['support-bot/Zebra', 'support-bot/Café', 'Archivist/Café']);
    assert.deepEqual(sorted('checkpoint'), ['Archivist/Café', 'support-bot/Café', 'support-bot/Zebra']);
    assert.deepEqual(sorted('granted'), ['support-bot/Café', 'support-bot/Zebra', 'Archivist/Café']);
    assert.deepEqual(sorted('granted', true), ['support-bot/Zebra', 'support-bot/Café', 'Archivist/Café']);
  });

  it('are searched by every word, in any spelling, and the number of hidden ones is said', () => {
    for (const [search, found] of [
      ['zebra', 1],
      ['CAFE\u0301 support', 1],
      ['archived', 3],
      ['proj_c', 2],
      ['o4-mini', 1],
      ['model:archivist', 1],
      ['project:archivist', 0],
      ['cp_0_1', 1],
      ['nothing', 0],
    ] as const) {
      const { byPlace, hidden } = arranged({ search });
      assert.equal(byPlace.get('archived')?.length, found, search);
      const shown = [...byPlace.values()].flat().filter(({ kind }) => kind === 'finding').length;
      assert.equal(hidden, entries.length - shown);
    }
  });

  it('leave out checkpoints that were removed from the list', () => {
    assert.deepEqual(items({ checkpoints: checkpoints.slice(0, 1) }), [
      'support-bot/Café',
      'support-bot/Zebra',
    ]);
  });
});

describe('the model of the findings tab', () => {
  it('shows a review once all of its parts are there', () => {
    const model = new FindingsModel(() => 0);
    const sizes = () => [model.shown?.entries.length, model.shown?.gaps.length];
    assert.equal(model.apply({ type: 'findings', isFirst: true }), false);
    assert.equal(model.apply({ type: 'findings', rows: entries.slice(0, 2) }), false);
    assert.deepEqual(sizes(), [undefined, undefined]);
    assert.equal(model.apply({ type: 'findings', gaps: [gap('usage')], summary }), true);
    assert.deepEqual(sizes(), [2, 1]);
    model.apply({ type: 'findings', rows: entries.slice(2), gone: [[0, 0]], goneGaps: ['usage'] });
    assert.deepEqual(sizes(), [2, 1], 'as before');
    model.apply({ type: 'findings', summary });
    assert.deepEqual(sizes(), [3, 0]);
  });

  it('never takes the number of a hidden tab for a review without findings', () => {
    const model = new FindingsModel(() => 0);
    model.apply({ type: 'findings', isFirst: true });
    const size = () => model.shown?.entries.length;
    const counted = { type: 'findings', summary, isCountOnly: true } as const;
    assert.equal(model.apply(counted), false);
    assert.equal(size(), undefined, 'it is still being checked');
    model.apply({ type: 'findings', rows: entries, summary });
    model.apply({ ...counted, isFirst: true });
    assert.equal(size(), entries.length, 'as it was last seen');
  });

  it('has times by the clock of the page', () => {
    const model = new FindingsModel(() => 5000);
    const usage = {
      state: 'loaded',
      loadedAt: 900,
      requests: 3,
      isLoading: true,
      canCancel: true,
      wait: { reason: 'rate-limit', left: 700 },
    } as const;
    model.apply({ type: 'findings', now: 1000, usage });
    assert.equal(model.usage?.loadedAt, 4900);
    assert.deepEqual(model.usage?.wait, { reason: 'rate-limit', until: 5700 });
  });
});

describe('the kept state of the findings tab', () => {
  it('is checked: an invalid part gets its default value', () => {
    const usual = { expanded: [], scrollTop: 0 };
    for (const kept of [undefined, null, 7, 'x', [], { expanded: 'all', sort: 'x', scrollTop: 'far' }])
      assert.deepEqual(parseFindingsState(kept), usual);
    assert.deepEqual(
      parseFindingsState({ sort: { column: '__proto__', descending: true }, scrollTop: -1 }),
      usual,
    );
    const kept = { expanded: ['archived'], sort: { column: 'project', descending: true }, scrollTop: 12 };
    assert.deepEqual(parseFindingsState(JSON.parse(JSON.stringify(kept))), kept);
  });
});
