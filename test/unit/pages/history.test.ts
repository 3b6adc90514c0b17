import assert from 'node:assert/strict';
import { personChoices, placeChoices } from '../../../src/pages/access/history/choices';
import {
  dateOf,
  endOfDay,
  filterOf,
  lastDateOf,
  noFilter,
  parseHistoryState,
  startOfDay,
  stateOfFilter,
  withPart,
} from '../../../src/pages/access/history/filterState';
import { recordsOf } from '../../../src/pages/access/history/records';
import { HistoryRows, isSameFilter, tableRows } from '../../../src/pages/access/history/rows';
import { type HistoryRow, type HistoryState, parseHistoryRequest } from '../../../src/protocol/history';
import { dayOf } from '../../../src/text/dates';
import { copiedColumns, historyChoices, olderHeading } from '../../../src/words/historyTab';

const day = 24 * 60 * 60 * 1000;
const noon = Date.UTC(2026, 2, 4, 12);
const ines = { kind: 'actor', id: 'ines@harbor.example' } as const;

function row(key: number, at: number, more: Partial<HistoryRow> = {}): HistoryRow {
  return {
    key,
    at,
    action: 'granted',
    who: ines.id,
    persons: [ines],
    isActorUnknown: false,
    project: 'proj_a',
    projectName: 'Berth planning',
    checkpoint: 'ft:a:b::11111111',
    checkpointName: 'support-bot',
    permission: `cp_${key}`,
    source: 'log',
    notes: [],
    ...more,
  };
}

function state(more: Partial<HistoryState> = {}): HistoryState {
  return {
    now: noon,
    filter: {},
    isSending: false,
    loadedAt: noon,
    isWhole: false,
    isEmpty: false,
    requests: 1,
    isOver: false,
    notes: [],
    problems: [],
    activity: 'none',
    ...more,
  };
}

const own = { source: 'computer', persons: [{ kind: 'account', id: 'ines' }], isActorUnknown: true } as const;

/** The headings and keys of a table, each below its level. */
function drawn(rows: readonly HistoryRow[], of: HistoryState | undefined, folded: readonly string[] = []) {
  return tableRows(rows, of, new Set(folded)).map((each) =>
    each.kind === 'group' ? `${each.level} ${each.text} (${each.count})` : `${each.level} ${each.key}`,
  );
}

describe('the rows of the History tab', () => {
  const rows = [row(1, noon), row(2, noon - 60_000), row(3, noon - day), row(4, noon - 3 * day, own)];

  it('are grouped by day, newest first', () =>
    assert.deepEqual(drawn(rows, state({ isWhole: true })), [
      `1 ${dayOf(noon)} (2)`,
      '2 1',
      '2 2',
      `1 ${dayOf(noon - day)} (1)`,
      '2 3',
      `1 ${dayOf(noon - 3 * day)} (1)`,
      '2 4',
    ]));

  it('fold', () => {
    const whole = state({ isWhole: true });
    const [first] = tableRows(rows, whole, new Set());
    assert.deepEqual(drawn(rows, whole, [first?.key ?? '']).slice(0, 2), [
      `1 ${dayOf(noon)} (2)`,
      `1 ${dayOf(noon - day)} (1)`,
    ]);
  });

  it('Truth 1: have a heading where the log is loaded no further, and before it is loaded at all', () => {
    const oldestAt = noon - day;
    assert.deepEqual(drawn(rows, state({ oldestAt })).slice(-3), [
      `1 ${olderHeading(oldestAt, undefined)} (1)`,
      `2 ${dayOf(noon - 3 * day)} (1)`,
      '3 4',
    ]);
    const { loadedAt: _, ...unread } = state();
    assert.equal(drawn(rows.slice(3), unread)[0], `1 ${olderHeading(undefined, undefined)} (1)`);
    assert.deepEqual(drawn(rows, state({ oldestAt }), ['computer']).slice(-1), [
      `1 ${olderHeading(oldestAt, undefined)} (1)`,
    ]);
  });

  it('Truth 1: have another heading above what only the filter was asked for', () => {
    const asked = { to: noon - day };
    const found = [...rows.slice(0, 2), row(5, noon - 2 * day), row(4, noon - 3 * day, own)];
    const part = state({ oldestAt: noon - 60_000, backTo: noon - 2 * day, asked });
    assert.deepEqual(drawn(found, part).slice(3), [
      `1 ${olderHeading(noon - 60_000, asked)} (1)`,
      `2 ${dayOf(noon - 2 * day)} (1)`,
      '3 5',
      `1 ${olderHeading(noon - 2 * day, undefined)} (1)`,
      `2 ${dayOf(noon - 3 * day)} (1)`,
      '3 4',
    ]);
    assert.equal(drawn(found, { ...part, isOver: true }).filter((text) => text.startsWith('1 ')).length, 2);
  });

  it('Truth 1: are shown only for the filter that they were asked for', () => {
    const all = new HistoryRows();
    all.apply([...rows, row(5, noon - 2 * day)], []);
    const filter = { project: 'proj_a', to: noon };
    const part = state({ oldestAt: noon - day, asked: { to: noon }, filter });
    const shown = (wanted: Parameters<typeof all.filtered>[0]) =>
      all.filtered(wanted, part).shown.map(({ key }) => key);
    assert.deepEqual(shown(filter), [2, 3, 5, 4]);
    assert.deepEqual(shown({ ...filter, text: 'cp_5' }), [5], 'a search in the page asks nothing');
    assert.deepEqual(shown({}), [1, 2, 3, 4]);
    assert.equal(isSameFilter({ text: 'a' }, {}), true);
    assert.equal(isSameFilter({ action: 'granted' }, {}), false);
  });

  it('are found by every text of theirs, and those that cannot be decided are counted', () => {
    const all = new HistoryRows();
    all.apply(rows, []);
    const { project: _, projectName: __, ...unknown } = row(6, noon - 5 * day);
    all.apply([{ ...unknown, notes: ['originNotLoaded'] }], [1]);
    const of = (filter: Parameters<typeof all.filtered>[0]) => {
      const { shown, undecided, all: number } = all.filtered(filter, state());
      return [shown.map(({ key }) => key).join(), undecided, number];
    };
    assert.deepEqual(of({}), ['2,3,4,6', 0, 4]);
    assert.deepEqual(of({ text: 'BERTH cp_3' }), ['3', 0, 4]);
    assert.deepEqual(of({ text: 'older events' }), ['6', 0, 4]);
    assert.deepEqual(of({ project: 'proj_a' }), ['2,3,4', 1, 4]);
    assert.deepEqual(of({ person: ines }), ['2,3,6', 1, 4]);
    all.clear();
    assert.deepEqual(of({}), ['', 0, 0]);
  });

  it('are copied with one fact a cell', () => {
    const [titles, record] = recordsOf([row(1, noon, { notes: ['notConfirmed'] })]);
    assert.deepEqual(titles, Object.values(copiedColumns));
    assert.deepEqual(record?.slice(0, 7), [
      '2026-03-04T12:00:00Z',
      ines.id,
      'Granted',
      'Berth planning',
      'proj_a',
      'ft:a:b::11111111',
      'cp_1',
    ]);
    assert.equal(recordsOf([row(1, 0)])[1]?.[0], '', 'an unknown time');
  });
});

describe('the filters of the History tab', () => {
  it('offer what the changes and the lists have, with IDs where names are the same', () => {
    const rows = [row(1, noon), row(2, noon, { project: 'proj_b' })];
    const listed = [{ id: 'proj_c', name: 'Crew' }];
    assert.deepEqual(placeChoices(rows, 'project', listed, 'proj_x'), [
      { value: 'proj_a', label: 'Berth planning (proj_a)' },
      { value: 'proj_b', label: 'Berth planning (proj_b)' },
      { value: 'proj_c', label: 'Crew' },
      { value: 'proj_x', label: 'proj_x' },
    ]);
    assert.deepEqual(
      personChoices([row(1, noon), row(2, noon, own)], undefined).map(({ label }) => label),
      ['ines on this computer', 'ines@harbor.example'],
    );
    assert.equal(personChoices([], ines).length, 1, 'the chosen one stays');
    assert.equal(Object.keys(historyChoices.period).length, 5);
  });

  it('begin a period with a whole day and end it after one, in UTC', () => {
    const today = Date.UTC(2026, 2, 4);
    assert.deepEqual(filterOf({ period: 'last7' }, noon), { from: today - 7 * day });
    assert.equal(startOfDay('2026-03-04'), today);
    assert.equal(endOfDay('2026-03-04'), today + day);
    for (const wrong of ['', '2026-02-31x', 'yesterday']) assert.equal(startOfDay(wrong), undefined);
    assert.deepEqual(
      [dateOf(today), lastDateOf(today + day), dateOf(undefined)],
      ['2026-03-04', '2026-03-04', ''],
    );
  });

  it('are what was set from outside, and change by one part', () => {
    const filter = { project: 'proj_a', from: 5, to: 7 };
    assert.deepEqual(filterOf(stateOfFilter(filter), noon), filter);
    assert.deepEqual(stateOfFilter({ checkpoint: 'ft:a' }), { checkpoint: 'ft:a', period: 'any' });
    const one = withPart(noFilter, 'action', 'revoked');
    assert.deepEqual(one, { period: 'any', action: 'revoked' });
    assert.deepEqual(withPart(one, 'action', undefined), noFilter);
  });

  it('come back after a reload, as far as they are valid', () => {
    const kept = {
      filter: { period: 'custom', from: 5, to: 7, person: ines, action: 'granted' },
      folded: ['log/5'],
      scrollTop: 40,
    };
    assert.deepEqual(parseHistoryState(kept), kept);
    for (const wrong of [undefined, null, 7, { filter: 'x', folded: 'y', scrollTop: -1 }])
      assert.deepEqual(parseHistoryState(wrong), { filter: noFilter, folded: [], scrollTop: 0 });
    const damaged = { filter: { period: 'ever', project: 'proj_a', person: 7, text: 'x' }, folded: [1, 'a'] };
    assert.deepEqual(parseHistoryState(damaged), {
      filter: { period: 'any', project: 'proj_a' },
      folded: ['a'],
      scrollTop: 0,
    });
  });

  it('reach the extension only when they are whole', () => {
    const filter = filterOf({ period: 'custom', from: 5, person: ines }, noon);
    assert.deepEqual(parseHistoryRequest({ type: 'search', filter }), { type: 'search', filter });
    assert.equal(parseHistoryRequest({ type: 'search', filter: { ...filter, period: 'any' } }), undefined);
  });
});
