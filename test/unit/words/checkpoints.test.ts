import assert from 'node:assert/strict';
import type { Doubt, Standing } from '../../../src/access/loading/standing';
import {
  accessUnknown,
  checkpointFacts,
  checkpointRow,
  checkpointsMessage,
  type Extent,
  filteredInWords,
  listBrokenOff,
  modelRow,
  moreFailed,
  moreRow,
  noPermissionsRow,
  notLoaded,
  notLoadedSinceChange,
  olderRowsBelow,
  permissionFacts,
  permissionRangeRow,
  permissionRow,
} from '../../../src/words/checkpoints';

const now = Date.parse('2026-11-21T15:00:00Z');
const loadedAt = now - 3 * 3600_000;
const day = 24 * 3600_000;
const id = 'ft:gpt-4.1:org:support-bot:11111111';
const shutdown = { shutsDownOn: '2027-01-14', source: 'models' } as const;
const nothing: Standing = { state: 'notLoaded', count: 0, isComplete: false, doubts: [], isLoading: false };

function loaded(count: number, ...doubts: Doubt[]): Standing {
  const isComplete = !doubts.includes('moreToLoad') && !doubts.includes('brokenOff');
  return { state: 'loaded', count, isComplete, doubts, loadedAt, isLoading: false };
}

describe('the Checkpoints view in words', () => {
  const names = { id, name: 'support-bot', baseModel: 'gpt-4.1', step: undefined };

  it('has a row for a checkpoint: its list, its shutdown, its ID', () => {
    const own = { ...names, isUnderModel: false, isSample: false };
    assert.deepEqual(checkpointRow(own, { standing: loaded(3), shutdown, note: '' }, now), {
      label: 'support-bot',
      description: '3 permissions · shuts down Jan 14, 2027 (54 days)',
      spoken:
        'Fine-tuned model support-bot, base model gpt-4.1, shuts down Jan 14, 2027 (54 days), 3 permissions',
    });
    const facts = { standing: nothing, shutdown: undefined, note: accessUnknown(false) };
    const step = { ...own, name: 'support-bot · step 16', step: 16, isUnderModel: true, isSample: true };
    assert.deepEqual(checkpointRow(step, facts, now), {
      label: 'Step 16',
      description: 'access unknown · not loaded',
      spoken:
        'Checkpoint support-bot · step 16, base model gpt-4.1, access unknown, not loaded, in the sample organization',
    });
    const underModel = checkpointRow({ ...own, isUnderModel: true }, facts, now);
    assert.equal(underModel.label, 'Final model');
    assert.match(underModel.spoken, /^Final model of support-bot, base model /);
    const twin = checkpointRow({ ...own, isShared: true }, facts, now);
    assert.equal(twin.description, `access unknown · not loaded · ${id}`, 'only the ID tells the two apart');
    assert.equal(accessUnknown(true), 'access unknown (check failed)');
  });

  it('has a row for a model, with how many of its checkpoints a filter shows', () => {
    const model = { id, name: 'support-bot' };
    assert.deepEqual(modelRow(model, { shown: 1, listed: 1 }, shutdown, now), {
      label: 'support-bot',
      description: '1 checkpoint · shuts down Jan 14, 2027 (54 days)',
      spoken: 'Fine-tuned model support-bot, 1 checkpoint, shuts down Jan 14, 2027 (54 days)',
    });
    assert.equal(
      modelRow({ ...model, isShared: true }, { shown: 3, listed: 3 }, undefined, now).description,
      `3 checkpoints · ${id}`,
    );
    assert.equal(
      modelRow(model, { shown: 1, listed: 3 }, undefined, now).description,
      '1 of 3 checkpoints shown',
    );
  });

  it('has rows for permissions, for more, and for none', () => {
    const project = {
      label: 'Berth planning',
      note: 'archived',
      id: 'proj_a',
      isAmbiguous: false,
      spoken: 'Berth planning, archived',
    };
    assert.deepEqual(
      permissionRow(project, { permission: 'cp_1', checkpoint: 'support-bot' }, now - 90 * day, now),
      {
        label: 'Berth planning',
        description: 'archived · granted 3 mo. ago',
        spoken:
          'Project Berth planning, archived, can use support-bot, granted 3 months ago, project ID proj_a, permission cp_1',
      },
    );
    assert.equal(
      permissionRow(
        { ...project, note: '', isAmbiguous: true },
        { permission: 'cp_1', checkpoint: 'support-bot' },
        now - 3 * day,
        now,
      ).description,
      'proj_a · granted 3 days ago',
      'the ID is first where the name alone does not tell which project it is',
    );
    const range = { from: 1000, count: 500, all: 2500, newest: now - 3 * day, oldest: now - 14 * day };
    assert.deepEqual(permissionRangeRow(range, now), {
      label: 'Permissions 1,001 to 1,500',
      description: 'granted 3 days ago to 2 weeks ago',
      spoken: 'Permissions 1,001 to 1,500 of 2,500 loaded, granted 3 days ago to 2 weeks ago',
    });
    assert.equal(
      permissionRangeRow({ ...range, oldest: now - 3 * day }, now).description,
      'granted 3 days ago',
    );
    assert.deepEqual(
      [1, 100].map((shown) => moreRow(shown).description),
      ['1 loaded, the API has more', '100 loaded, the API has more'],
    );
    assert.deepEqual(
      [1, 100].map((shown) => moreRow(shown).spoken),
      [
        'Load more permissions. 1 is loaded, and the API has more.',
        'Load more permissions. 100 are loaded, and the API has more.',
      ],
    );
    assert.deepEqual(noPermissionsRow('support-bot'), {
      label: 'No permissions',
      description: 'not shared with any project',
      spoken: 'No permissions. The API reported no project that can use support-bot.',
    });
  });

  it('has rows for failures, which never look like an empty list', () => {
    assert.deepEqual(notLoaded, { what: 'Not loaded', next: 'Refresh to see who has access.' });
    assert.deepEqual(notLoadedSinceChange, {
      what: 'Not loaded since your last change',
      next: 'Refresh to see who has access now.',
    });
    assert.deepEqual(moreFailed({ what: 'The rate limit was reached', next: 'Wait a minute.' }), {
      what: "More permissions couldn't be loaded",
      next: 'The rate limit was reached. Wait a minute.',
    });
    assert.deepEqual(
      [0, 1, 1250].map((count) => listBrokenOff({ count }).what),
      [
        'List incomplete: no permissions loaded',
        'List incomplete: only 1 permission loaded',
        'List incomplete: only 1,250 permissions loaded',
      ],
    );
    assert.deepEqual(listBrokenOff({ count: 1, brokenOff: 'emptyPage' }), {
      what: 'List incomplete: only 1 permission loaded',
      next: 'Refresh to try again.',
      detail: 'The API reported more, but sent an empty page.',
    });
    assert.equal(olderRowsBelow(loaded(3, 'refreshFailed'), now), 'Rows below were loaded 3 hours ago.');
    assert.equal(
      olderRowsBelow(loaded(3, 'beforeYourChange', 'refreshFailed'), now),
      'Rows below were loaded 3 hours ago, before your last change.',
    );
  });

  it('has all facts of a checkpoint and a permission for their tooltips', () => {
    const checkpoint = { id, baseModel: 'gpt-4.1', suffix: 'support-bot', step: 16 };
    const facts = {
      standing: loaded(100, 'beforeYourChange', 'moreToLoad'),
      shutdown,
      findings: [{ in: 'auditLog', at: loadedAt, count: 1, last: loadedAt } as const],
      createdAt: undefined,
      metrics: { train_loss: 0.5, valid_loss: 0.75 },
    };
    const lines = checkpointFacts(checkpoint, facts, { name: 'Production', isSample: false }, now);
    assert.deepEqual(
      lines
        .filter((line) => !line.startsWith('Loaded: '))
        .map((line) => line.replace(/ · November 21, 2026 .*/, '')),
      [
        id,
        'Base model: gpt-4.1',
        'Suffix: support-bot',
        'Step: 16',
        'Model: shuts down Jan 14, 2027 (54 days) · shutdown date reported by the API',
        'Permission list: loaded before your last change · only 100 permissions loaded',
        'Source: found in the audit log · granted on Nov 21, 2026 UTC',
        'Metrics: train_loss 0.5 · valid_loss 0.75',
        'Organization: Production',
      ],
    );
    const bare = { ...facts, standing: nothing, shutdown: undefined, findings: [], metrics: undefined };
    assert.deepEqual(
      checkpointFacts({ id, baseModel: 'gpt-4.1', suffix: '' }, bare, { name: 'x', isSample: true }, now),
      [
        id,
        'Base model: gpt-4.1',
        'Final model',
        'Permission list: not loaded',
        'Sample data: all of it is made up',
      ],
    );
    const permission = { id: 'cp_1', grantedAt: now - 3 * day, checkpoint: id };
    const [own, granted, of, list] = permissionFacts(permission, loaded(3, 'old'), false, now);
    assert.deepEqual([own, of], ['Permission: cp_1', `Checkpoint: ${id}`]);
    assert.match(granted ?? '', /^Granted: .*2026.* \(3 days ago\)$/);
    assert.match(list ?? '', /^Permission list: loaded .*2026.* · loaded 3 hours ago$/);
  });

  const extent: Extent = {
    listed: 9,
    shown: 2,
    ended: 0,
    notLoaded: 0,
    endUnknown: 0,
    notSearched: 0,
    accessUnknown: 0,
    mayOwn: 0,
  };

  it('says what a filter shows', () => {
    assert.equal(filteredInWords({ text: 'bot' }, extent, now), 'Filtered by “bot”: 2 of 9 shown.');
    assert.equal(
      filteredInWords({ text: 'bot', project: '“Berth planning”', endsWithin: 60 }, extent, now),
      'Filtered by “bot” · project “Berth planning” · upcoming shutdown (shared, within 60 days): 2 of 9 shown.',
    );
    assert.equal(
      filteredInWords({ text: 'bot' }, { ...extent, shown: 0 }, now),
      'Filtered by “bot”: 0 of 9 shown. To show all, use Clear Filter.',
    );
  });

  it('says what a filter cannot tell, for one and several', () => {
    const byEnd = { endsWithin: 60 };
    const said = 'Filtered by upcoming shutdown (shared, within 60 days): 2 of 9 shown. ';
    for (const [filter, part, one, several] of [
      [
        byEnd,
        'notLoaded',
        "1 of them isn't loaded, so it may not be shared.",
        "3 of them aren't loaded, so they may not be shared.",
      ],
      [
        byEnd,
        'ended',
        '1 checkpoint in your list has already shut down.',
        '3 checkpoints in your list have already shut down.',
      ],
      [
        byEnd,
        'endUnknown',
        '1 checkpoint in your list has no known shutdown date.',
        '3 checkpoints in your list have no known shutdown date.',
      ],
      [
        byEnd,
        'mayOwn',
        'The project may own 1 hidden checkpoint, whose owner is unknown.',
        'The project may own 3 hidden checkpoints, whose owners are unknown.',
      ],
      [byEnd, 'accessUnknown', 'Access is unknown for 1 of them.', 'Access is unknown for 3 of them.'],
      [
        byEnd,
        'notSearched',
        "1 hidden checkpoint isn't fully loaded and may also match.",
        "3 hidden checkpoints aren't fully loaded and may also match.",
      ],
    ] as const) {
      assert.equal(filteredInWords(filter, { ...extent, [part]: 1 }, now), said + one);
      assert.equal(filteredInWords(filter, { ...extent, [part]: 3 }, now), said + several);
    }
    assert.equal(
      filteredInWords(byEnd, { ...extent, accessAsOf: loadedAt }, now),
      `${said}The oldest data was loaded 3 hours ago.`,
    );
    // Shutdown dates do not matter where nothing is filtered by them.
    assert.equal(
      filteredInWords({ text: 'bot' }, { ...extent, ended: 1, endUnknown: 1, notLoaded: 1 }, now),
      'Filtered by “bot”: 2 of 9 shown.',
    );
  });

  it('says above the rows which organization it is and how they are sorted', () => {
    const own = { name: 'Production', label: '', isSample: false };
    assert.equal(checkpointsMessage(own, '', 'added', ''), '');
    assert.equal(
      checkpointsMessage({ ...own, label: 'Production' }, '', 'name', 'Names are old.'),
      'Organization: Production. Sorted by name. Names are old.',
    );
    assert.equal(checkpointsMessage(own, '', 'date', ''), 'Sorted by date, newest first.');
    assert.equal(checkpointsMessage(own, '', 'permissions', ''), 'Sorted by number of loaded permissions.');
    assert.equal(
      checkpointsMessage({ name: 'Harbor Labs', label: 'x', isSample: true }, '', 'added', ''),
      'Sample organization Harbor Labs. All of its data is made up, and nothing leaves this window.',
    );
  });
});
