import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  cellOfColumn,
  granterGap,
  recordsOf,
  tooltipOfColumn,
} from '../../../../src/pages/access/permissions/cells';
import {
  type Facet,
  facetText,
  grantedFacet,
  matcherOf,
  modelOfCheckpoint,
  withFacet,
} from '../../../../src/pages/access/permissions/facets';
import type { PermissionRow, PermissionRows } from '../../../../src/pages/access/permissions/rows';
import { sorted } from '../../../../src/pages/access/permissions/sort';
import { parsePermissionsState } from '../../../../src/pages/access/permissions/state';
import type { LogMessage, UsageMessage } from '../../../../src/protocol/permissions';
import type { PoliciesMessage } from '../../../../src/protocol/policies';
import { effectCell, effectTooltip } from '../../../../src/words/effect';
import {
  findingInShort,
  findingsCell,
  granterUnknown,
  lastUsedInWords,
  type PermissionColumn,
  permissionColumns,
  shutdownCell,
  unusedSince,
  usageUnknown,
} from '../../../../src/words/permissionsTab';
import { doubtInWords } from '../../../../src/words/standing';
import { complete, day, daysAgo, evidenceFor, ids, now, tableOf, tell } from './support';

const log: LogMessage = { state: 'complete', isLoading: false, isLoadingAll: false, loadedAt: now };
const usage: UsageMessage = {
  requests: 0,
  unattributed: false,
  canStop: false,
  loadedAt: now,
  from: now - 92.5 * day,
};
const policies: PoliciesMessage = { projects: 3, notLoaded: 0, old: 0, failed: 0, loadedAt: now };

/** Five permissions, with evidence of all kinds. */
function filled(): PermissionRows {
  const table = tableOf({
    0: [
      [0, 'cp_b', 10],
      [1, 'cp_a', 40],
    ],
    1: [[0, 'cp_d', 200]],
    2: [
      [2, 'cp_c', 5],
      [1, 'cp_e', 5],
    ],
  });
  tell(table, {
    log,
    usage,
    policies,
    evidence: [
      evidenceFor(table, 0, {
        granters: [['cp_a', 'zoe@example.com']],
        uses: [[1, now - 3.5 * day, [0, 0, 0, 4]]],
        findings: [[0, ['unused', 'sharedWithAll']]],
        effects: [
          [0, 'can', ['policy']],
          [1, 'cannot', ['policy']],
        ],
      }),
      evidenceFor(table, 1, {
        granters: [['cp_d', 'Ines@example.com']],
        uses: [[0, now - 30.5 * day, null]],
        findings: [[0, ['shutDown']]],
        effects: [[0, 'cannot', ['shutdown', 'policy']]],
      }),
      evidenceFor(table, 2, { isReviewed: false, effects: [[2, 'unknown', ['policy']]] }),
    ],
  });
  return table;
}

const rowOf = (table: PermissionRows, id: string): PermissionRow => {
  const row = table.all.find((each) => each.id === id);
  assert.ok(row);
  return row;
};

describe('the order of the permissions', () => {
  const order = (column: PermissionColumn, descending = false) => {
    const table = filled();
    return ids(sorted(table, table.all, { column, descending }))
      .map((id) => id.slice(3))
      .join('');
  };

  it('is by name for projects and checkpoints, steps by their number, the other direction reversed', () => {
    assert.equal(order('project'), 'eacdb', 'Å with A, then by checkpoint');
    assert.equal(order('project', true), 'dbcea');
    assert.equal(order('checkpoint'), 'ecdab');
    assert.equal(order('checkpoint', true), 'abdec');
  });

  it('is by time for grants and uses, where no use in the loaded data is the earliest', () => {
    assert.equal(order('granted'), 'dabec');
    assert.equal(order('granted', true), 'ecbad');
    assert.equal(order('lastUsed'), 'ecbda');
    assert.equal(order('lastUsed', true), 'adecb');
    assert.equal(order('shutsDown'), 'dabec');
  });

  it('has rows without a value last, in both directions', () => {
    assert.equal(order('by').slice(0, 2), 'da');
    assert.equal(order('by', true).slice(0, 2), 'ad');
    assert.equal(order('shutsDown', true), 'abdec');
    assert.equal(order('effective').slice(0, 3), 'adb', 'no, then yes, then unknown');
    assert.equal(order('effective', true).slice(0, 3), 'bad');
    assert.equal(order('findings').slice(0, 2), 'db');
    assert.equal(order('findings', true).slice(0, 2), 'bd');
    const table = filled();
    tell(table, { usage: { ...usage, unattributed: true } });
    for (const descending of [false, true]) {
      const last = ids(sorted(table, table.all, { column: 'lastUsed', descending })).slice(2);
      assert.deepEqual(last.toSorted(), ['cp_b', 'cp_c', 'cp_e'], 'whether they were used is unknown');
    }
  });

  it('is by doubt for the state, what is staged first, and by ID', () => {
    const table = tableOf(
      { 0: [[0, 'cp_b', 1]], 1: [[0, 'cp_a', 1]], 2: [[0, 'cp_c', 1]] },
      {
        0: { ...complete, doubts: ['moreToLoad'], isComplete: false },
        1: { ...complete, doubts: ['beforeYourChange'] },
      },
    );
    table.model.apply({ type: 'matrix', staged: [[2, 0, 'revoke']] });
    assert.deepEqual(ids(sorted(table, table.all, { column: 'state', descending: false })), [
      'cp_c',
      'cp_a',
      'cp_b',
    ]);
    assert.deepEqual(ids(sorted(table, table.all, { column: 'id', descending: true })), [
      'cp_c',
      'cp_b',
      'cp_a',
    ]);
  });

  it('keeps every row once, whatever the column', () => {
    const table = filled();
    for (const column of Object.keys(permissionColumns) as PermissionColumn[])
      for (const descending of [false, true])
        assert.deepEqual(ids(sorted(table, table.all, { column, descending })).toSorted(), [
          'cp_a',
          'cp_b',
          'cp_c',
          'cp_d',
          'cp_e',
        ]);
  });
});

describe('the filters of the permissions', () => {
  const found = (facets: readonly Facet[], search = '') => {
    const table = filled();
    return ids(table.all.filter(matcherOf(facets, search, table)))
      .map((id) => id.slice(3))
      .toSorted()
      .join('');
  };

  it('find every word in names and IDs of projects, checkpoints and permissions, and in who granted', () => {
    assert.equal(found([], 'PORTAL step'), 'bd');
    assert.equal(found([], 'proj_oslo'), 'c');
    assert.equal(found([], 'ckpt-step-160 cp_a'), 'a');
    assert.equal(found([], 'INES'), 'd');
    assert.equal(found([], 'portal nowhere'), '');
    assert.equal(found([], '  '), 'abcde');
    assert.equal(found([], 'project:step'), '');
    assert.equal(found([], 'model:step project:portal'), 'bd');
    assert.equal(found([], 'project:"oslo staging"'), 'c');
    assert.equal(found([], '"step 16"'), 'abd', 'a part of a name');
  });

  it('show what matches any of one kind, and all of different kinds', () => {
    const portal: Facet = { by: 'project', id: 'proj_portal' };
    const oslo: Facet = { by: 'project', id: 'proj_oslo' };
    assert.equal(found([portal]), 'bd');
    assert.equal(found([portal, oslo]), 'bcd');
    assert.equal(found([portal, { by: 'model', id: 'ft:gpt-4.1:acme:support-bot:A1' }]), 'bd');
    assert.equal(found([oslo, { by: 'model', id: 'ft:gpt-4.1:acme:support-bot:A1' }]), '');
    assert.equal(found([{ by: 'checkpoint', id: 'ft:gpt-4.1:acme:support-bot:A1:ckpt-step-16' }]), 'd');
    assert.equal(found([portal], 'step 160'), 'b');
  });

  it('by finding never count what was not checked as without a finding', () => {
    assert.equal(found([{ by: 'finding', kind: 'any' }]), 'bd');
    assert.equal(found([{ by: 'finding', kind: 'none' }]), 'a');
    assert.equal(found([{ by: 'finding', kind: 'sharedWithAll' }]), 'b');
    assert.equal(
      found([
        { by: 'finding', kind: 'shutDown' },
        { by: 'finding', kind: 'none' },
      ]),
      'ad',
    );
  });

  it('by effect count what is still to come as unknown', () => {
    assert.equal(found([{ by: 'effective', kind: 'cannot' }]), 'ad');
    assert.equal(found([{ by: 'effective', kind: 'can' }]), 'b');
    assert.equal(found([{ by: 'effective', kind: 'unknown' }]), 'ce');
    assert.equal(
      found([
        { by: 'effective', kind: 'can' },
        { by: 'effective', kind: 'unknown' },
      ]),
      'bce',
    );
  });

  it('by day of the grant include both days, and leave out unknown times', () => {
    const dayBefore = (days: number) => new Date(now - days * day).toISOString().slice(0, 10);
    assert.equal(found(grantedFacet(dayBefore(40), dayBefore(10))), 'ab');
    assert.equal(found(grantedFacet(dayBefore(39), '')), 'bce');
    assert.equal(found(grantedFacet('', dayBefore(41))), 'd');
    assert.deepEqual(grantedFacet('', ''), []);
    assert.deepEqual(grantedFacet('2026-99-01', 'yesterday'), []);
    const table = tableOf({ 0: [[0, 'cp_x', 0]] });
    table.model.apply({
      type: 'matrix',
      rows: [{ checkpoint: 0, standing: complete, permissions: [[0, 'cp_x', 0]] }],
    });
    table.update();
    assert.equal(table.all.filter(matcherOf(grantedFacet('', dayBefore(0)), '', table)).length, 0);
  });

  it('are added once, and days replace days', () => {
    const project: Facet = { by: 'project', id: 'proj_a' };
    assert.deepEqual(withFacet([project], { by: 'project', id: 'proj_a' }), [project]);
    const days: Facet = { by: 'granted', from: '2026-01-01' };
    assert.deepEqual(withFacet([project, days], { by: 'granted', to: '2026-02-01' }), [
      project,
      { by: 'granted', to: '2026-02-01' },
    ]);
  });

  it('are named as they are chosen', () => {
    const nameOf = (_by: string, id: string) => (id === 'proj_portal' ? 'Partner portal' : undefined);
    assert.equal(facetText({ by: 'project', id: 'proj_portal' }, nameOf, 45), 'Project = Partner portal');
    assert.equal(facetText({ by: 'project', id: 'proj_gone' }, nameOf, 45), 'Project = proj_gone');
    assert.equal(
      facetText({ by: 'finding', kind: 'archived' }, nameOf, 45),
      `Finding = ${findingInShort('archived', 45)}`,
    );
    assert.equal(
      facetText({ by: 'model', id: 'ft:gpt-4.1:acme:support-bot:A1' }, nameOf, 45),
      'Model = support-bot',
    );
    assert.equal(facetText({ by: 'effective', kind: 'cannot' }, nameOf, 45), 'Effective = no');
    assert.equal(facetText({ by: 'finding', kind: 'unused' }, nameOf, 45), 'Finding = unused for 45 days');
    assert.equal(facetText({ by: 'granted', from: '2026-01-02' }, nameOf, 45), 'Granted since Jan 2, 2026');
  });

  it('by model take the name without the step, of any ID', () => {
    assert.deepEqual(modelOfCheckpoint('ft:gpt-4.1:acme:support-bot:A1:ckpt-step-160'), {
      id: 'ft:gpt-4.1:acme:support-bot:A1',
      name: 'support-bot',
    });
    assert.deepEqual(modelOfCheckpoint('no id'), { id: 'no id', name: 'no id' });
  });
});

describe('the saved state of the permissions', () => {
  it('comes back as it was', () => {
    const state = {
      order: { column: 'granted', descending: true },
      hidden: ['findings', 'id'],
      facets: [
        { by: 'finding', kind: 'any' },
        { by: 'effective', kind: 'cannot' },
      ],
      scrollTop: 120,
    };
    assert.deepEqual(parsePermissionsState(JSON.parse(JSON.stringify(state))), state);
  });

  it('is the default where it is invalid, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (facets, order) => {
        const state = parsePermissionsState({ facets, order, hidden: facets, scrollTop: order });
        assert.ok(state.order.column in permissionColumns);
        assert.deepEqual(parsePermissionsState(state), state);
      }),
    );
    assert.deepEqual(parsePermissionsState(undefined).facets, []);
    assert.deepEqual(parsePermissionsState({ hidden: ['project'] }).hidden, [], 'the first column stays');
    assert.deepEqual(parsePermissionsState({ facets: [{ by: 'finding', kind: 'x' }, null, 7] }).facets, []);
  });
});

describe('the cells of a permission', () => {
  const text = (table: PermissionRows, id: string, column: PermissionColumn) =>
    cellOfColumn(table, rowOf(table, id), column, now);

  it('say that a fact is not loaded, and never that there is none', () => {
    const table = tableOf({ 0: [[0, 'cp_a', 10]] });
    tell(table, { evidence: [evidenceFor(table, 0, { isReviewed: false })] });
    assert.equal(text(table, 'cp_a', 'by'), granterUnknown.unread);
    assert.equal(text(table, 'cp_a', 'lastUsed'), usageUnknown.notLoaded);
    assert.equal(text(table, 'cp_a', 'findings'), findingsCell(undefined, false, 90));
    tell(table, { log: { ...log, state: 'unread', isLoading: true } });
    assert.equal(text(table, 'cp_a', 'by'), granterUnknown.loading);
    tell(table, {
      usage: { requests: 3, unattributed: false, canStop: true, progress: { done: 0, total: 3 } },
    });
    assert.equal(text(table, 'cp_a', 'lastUsed'), usageUnknown.loading);
  });

  it('tell what the loaded part of the log cannot know from what it should have', () => {
    const table = tableOf({
      0: [
        [0, 'cp_old', 100],
        [1, 'cp_between', 10],
        [2, 'cp_new', 0],
      ],
    });
    const gap = (id: string) => granterGap(table, rowOf(table, id));
    tell(table, {
      evidence: [evidenceFor(table, 0)],
      log: { ...log, state: 'more', backTo: now - 50 * day },
    });
    assert.deepEqual(['cp_old', 'cp_between', 'cp_new'].map(gap), ['older', 'notLogged', 'newer']);
    tell(table, { log: { ...log, backTo: now - 50 * day } });
    assert.deepEqual(['cp_old', 'cp_between', 'cp_new'].map(gap), ['notLogged', 'notLogged', 'newer']);
    tell(table, { log: { ...log, state: 'incomplete', backTo: now - 50 * day } });
    assert.equal(gap('cp_old'), 'older', 'the rest of the log is not known');
  });

  it('say that they are loading until there is evidence of what the log and usage say now', () => {
    const table = tableOf({ 0: [[0, 'cp_a', 10]] });
    const cells = () =>
      (['by', 'lastUsed', 'findings'] as const).map((column) => text(table, 'cp_a', column));
    const known = [granterUnknown.notLogged, unusedSince(usage.from ?? 0), 'none'];
    const loading = [granterUnknown.loading, usageUnknown.loading, usageUnknown.loading];
    tell(table, { log, usage, policies });
    assert.deepEqual(cells(), loading, 'nothing has come about this list');
    tell(table, { evidence: [evidenceFor(table, 0)] });
    assert.deepEqual(cells(), known);
    tell(table, { log, isCatchingUp: true });
    assert.deepEqual(cells(), loading, 'the log has changed');
    tell(table, { evidence: [evidenceFor(table, 0)], isCatchingUp: false });
    assert.deepEqual(cells(), known);
    table.model.apply({
      type: 'matrix',
      rows: [
        {
          checkpoint: 0,
          standing: { ...complete, count: 2 },
          permissions: [
            [0, 'cp_a', daysAgo(10)],
            [1, 'cp_b', daysAgo(1)],
          ],
        },
      ],
    });
    table.update();
    assert.deepEqual(cells(), loading, 'the list has another permission now');
  });

  it('call access unused only since the data begins, and not where usage has no project', () => {
    const table = filled();
    assert.equal(text(table, 'cp_a', 'lastUsed'), lastUsedInWords(now - 3.5 * day, now));
    assert.equal(text(table, 'cp_b', 'lastUsed'), unusedSince(usage.from ?? 0));
    tell(table, { usage: { ...usage, unattributed: true } });
    assert.equal(text(table, 'cp_b', 'lastUsed'), usageUnknown.unattributed);
    assert.equal(text(table, 'cp_a', 'lastUsed'), lastUsedInWords(now - 3.5 * day, now));
  });

  it('call a permission without findings so only when everything was checked', () => {
    const table = filled();
    assert.equal(text(table, 'cp_a', 'findings'), 'none');
    assert.equal(text(table, 'cp_d', 'findings'), findingInShort('shutDown', 90));
    assert.equal(text(table, 'cp_c', 'findings'), 'not checked');
    table.model.apply({ type: 'matrix', projectsNote: 'Projects may be missing.' });
    assert.equal(text(table, 'cp_a', 'findings'), 'none known');
    table.model.apply({ type: 'matrix', projectsNote: '' });
    tell(table, { policies: { ...policies, notLoaded: 1 } });
    assert.equal(text(table, 'cp_a', 'findings'), 'none known');
    tell(table, { policies });
    assert.equal(text(table, 'cp_a', 'findings'), 'none');
    tell(table, { usage: { requests: 3, unattributed: false, canStop: false } });
    assert.equal(text(table, 'cp_a', 'findings'), 'none known');
  });

  it('say whether access is effective, by how many days it counts as unused, and whose policies are loaded', () => {
    const table = filled();
    assert.equal(text(table, 'cp_b', 'effective'), 'yes');
    assert.equal(text(table, 'cp_a', 'effective'), effectCell({ kind: 'cannot', gates: ['policy'] }));
    assert.equal(text(table, 'cp_e', 'effective'), usageUnknown.loading);
    assert.equal(
      tooltipOfColumn(table, rowOf(table, 'cp_c'), 'effective', now),
      effectTooltip({ kind: 'unknown', gates: ['policy'] }),
    );
    assert.match(text(table, 'cp_b', 'findings'), /unused for 90 days/);
    tell(table, { unusedDays: 30 });
    assert.match(text(table, 'cp_b', 'findings'), /unused for 30 days/);
    assert.deepEqual([table.evidence.arePoliciesLoaded, table.evidence.areAllPoliciesLoaded], [true, true]);
    const { loadedAt: _, ...none } = policies;
    tell(table, { policies: { ...none, notLoaded: 3 } });
    assert.deepEqual([table.evidence.arePoliciesLoaded, table.evidence.areAllPoliciesLoaded], [false, false]);
    tell(table, { policies: { ...none, projects: 0 } });
    assert.deepEqual([table.evidence.arePoliciesLoaded, table.evidence.areAllPoliciesLoaded], [true, true]);
  });

  it('mark a list in doubt and what is staged', () => {
    const doubtful = { ...complete, count: 1, isComplete: false, doubts: ['moreToLoad'] as const };
    const table = tableOf({ 0: [[0, 'cp_a', 10]], 2: [[0, 'cp_b', 10]] }, { 0: doubtful });
    const doubt = doubtInWords.moreToLoad(doubtful, now);
    assert.equal(text(table, 'cp_a', 'state'), doubt);
    assert.equal(text(table, 'cp_b', 'state'), '');
    table.model.apply({ type: 'matrix', staged: [[0, 0, 'revoke']] });
    assert.equal(text(table, 'cp_a', 'state'), `staged to revoke · ${doubt}`);
    table.model.apply({ type: 'matrix', failures: [[0, 0, 'It broke.']] });
    assert.match(tooltipOfColumn(table, rowOf(table, 'cp_a'), 'state', now), /It broke\./);
  });

  it('have what a tooltip has room for', () => {
    const table = filled();
    const tooltip = (id: string, column: PermissionColumn) =>
      tooltipOfColumn(table, rowOf(table, id), column, now).split('\n');
    assert.deepEqual(tooltip('cp_c', 'project'), ['Oslo staging', 'proj_oslo', 'archived']);
    assert.equal(tooltip('cp_a', 'checkpoint')[1], 'ft:gpt-4.1:acme:support-bot:A1:ckpt-step-160');
    assert.match(tooltip('cp_a', 'lastUsed')[1] ?? '', /^4 requests in 13 weeks/);
    assert.equal(tooltip('cp_d', 'lastUsed').length, 1, 'no day is known');
    assert.equal(
      tooltip('cp_d', 'shutsDown')[0],
      shutdownCell({ shutsDownOn: '2026-10-23', source: 'table' }, now),
    );
  });

  it('are copied with the titles of the shown columns, in the order of the rows', () => {
    const table = filled();
    const records = recordsOf(
      table,
      [rowOf(table, 'cp_d'), rowOf(table, 'cp_a')],
      ['project', 'by', 'id'],
      now,
    );
    assert.deepEqual(records, [
      [permissionColumns.project, permissionColumns.by, permissionColumns.id],
      ['Partner portal', 'Ines@example.com', 'cp_d'],
      ['Ångström', 'zoe@example.com', 'cp_a'],
    ]);
  });
});

describe('the rows of the permissions', () => {
  it('are kept as they are where nothing changed, and replaced where a list did', () => {
    const table = filled();
    const before = table.all;
    assert.equal(table.update(), false);
    assert.equal(table.all, before);
    table.model.apply({
      type: 'matrix',
      rows: [{ checkpoint: 1, standing: complete, permissions: [[1, 'cp_n', daysAgo(1)]] }],
    });
    assert.equal(table.update(), true);
    assert.deepEqual(ids(table.all), ['cp_b', 'cp_a', 'cp_n', 'cp_c', 'cp_e']);
    assert.equal(table.all[0], before[0]);
    table.model.apply({ type: 'matrix', checkpoints: table.model.checkpoints.slice(2) });
    table.update();
    assert.deepEqual(ids(table.all), ['cp_c', 'cp_e']);
  });

  it('count each list in doubt once, by what matters most, and are whole only without a missing one', () => {
    const standing = (some: Partial<typeof complete>) => ({ ...complete, ...some });
    const table = tableOf(
      { 0: [], 1: [], 2: [] },
      {
        0: standing({ doubts: ['beforeYourChange'] }),
        1: standing({ isComplete: false, doubts: ['brokenOff', 'old'] }),
      },
    );
    assert.deepEqual(table.doubts(now), {
      all: 3,
      notLoaded: 0,
      failed: 0,
      partial: 1,
      beforeChange: 1,
      old: 0,
    });
    assert.equal(table.isWhole, false);
    assert.equal(table.doubts(now + 60 * 60_000).old, 1, 'the last one is old by then');
    assert.equal(tableOf({ 0: [], 1: [], 2: [] }).isWhole, true);
    assert.equal(tableOf({ 0: [] }).doubts(now).notLoaded, 2);
    const failed = tableOf({ 0: [], 1: [], 2: [] }, { 2: standing({ state: 'failed', isComplete: false }) });
    assert.equal(failed.doubts(now).failed, 1);
  });
});
