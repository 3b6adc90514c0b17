import assert from 'node:assert/strict';
import {
  copiedInWords,
  findingsCell,
  grantedInWords,
  type LogFacts,
  lastUsedInWords,
  listsNote,
  loadMoreLog,
  logNote,
  permissionCount,
  permissionsShown,
  seriesInWords,
  stagedRows,
  stateCell,
  type UsageFacts,
  unselectedHidden,
  usageNote,
} from '../../../src/words/permissionsTab';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 21, 12);

describe('the words of the Permissions tab', () => {
  it('say what is shown of what is loaded, and that there may be more', () => {
    assert.equal(permissionsShown(310, 310, true), '310 permissions');
    assert.equal(permissionsShown(1, 1, true), '1 permission');
    assert.equal(permissionsShown(12, 310, false), '12 of 310 permissions shown · maybe more');
    assert.deepEqual([permissionCount(310, true), permissionCount(1310, false)], ['310', '1,310+']);
    assert.equal(permissionCount(0, false), '', 'unknown is not none');
    assert.equal(permissionCount(0, true), '0');
  });

  it('say which lists are missing and what that means, and nothing without a doubt', () => {
    const sure = { all: 40, notLoaded: 0, failed: 0, partial: 0, beforeChange: 0, old: 0 };
    assert.equal(listsNote(sure), '');
    assert.equal(
      listsNote({ ...sure, notLoaded: 12, failed: 1 }),
      "12 of 40 lists aren't loaded. 1 list couldn't be loaded. The table lacks their other permissions.",
    );
    assert.equal(
      listsNote({ ...sure, notLoaded: 1, partial: 2 }),
      "1 of 40 lists isn't loaded. 2 lists are loaded only in part. The table lacks their other permissions.",
    );
    assert.equal(
      listsNote({ ...sure, beforeChange: 1, old: 3 }),
      '1 list was loaded before your last change. 3 lists may be out of date.',
    );
  });

  it('say how far the audit log is loaded, and what that leaves unknown', () => {
    const note = (facts: Partial<LogFacts>) =>
      logNote({ state: 'more', isLoading: false, notLoaded: 0, notLogged: 0, ...facts }, now);
    assert.equal(note({ state: 'unread' }), "Who granted access isn't loaded.");
    assert.equal(note({ backTo: now, notLoaded: 0 }), '');
    assert.equal(
      note({ backTo: now, notLoaded: 1 }),
      "The audit log is loaded back to Nov 21, 2026 UTC. Who granted 1 permission isn't loaded yet.",
    );
    assert.equal(
      note({ state: 'complete', notLogged: 3 }),
      "The audit log doesn't say who granted 3 permissions.",
    );
    assert.equal(
      note({ state: 'incomplete', backTo: now, notLoaded: 2 }),
      "The audit log ends unexpectedly. The audit log is loaded back to Nov 21, 2026 UTC. Who granted 2 permissions isn't loaded yet.",
    );
    assert.equal(note({ failure: 'No scope.' }), "The audit log couldn't be loaded. No scope.");
    assert.equal(note({ emptyNote: 'Empty.', state: 'complete' }), 'Empty.');
    assert.equal(
      note({ isLoading: true, wait: { reason: 'rate-limit', until: now + 2000 } }),
      'Loading the audit log… Waiting for the rate limit (about 2 seconds left).',
    );
    assert.match(loadMoreLog.whole, /\(at least 1 request\)$/);
  });

  it('say how far usage is loaded, and what it costs to load it', () => {
    const note = (facts: Partial<UsageFacts>) => usageNote({ unattributed: false, ...facts }, now, now);
    assert.equal(note({}), "When access was last used isn't loaded.");
    assert.equal(note({ progress: { done: 1, total: 3 } }), 'Loading usage data: 1 of 3 requests…');
    assert.equal(note({ failure: 'No scope.' }), "Usage data couldn't be loaded. No scope.");
    const loaded = { loadedAt: now - 5 * 60_000, from: now - 92 * day };
    assert.equal(note(loaded), 'Usage data since Aug 21, 2026 UTC was loaded 5 minutes ago.');
    assert.match(note({ ...loaded, unattributed: true }), /may have been used\.$/);
  });

  it('say when access was last used by whole days', () => {
    const today = Math.floor(now / day) * day;
    assert.equal(lastUsedInWords(today, now), 'today');
    assert.equal(lastUsedInWords(today - day, now), '1 day ago');
    assert.equal(lastUsedInWords(today - 5 * day, now), '5 days ago');
    assert.equal(seriesInWords([0, 1]), '1 request in 2 weeks. By week, oldest first: 0, 1');
    assert.equal(seriesInWords([1000, 2]), '1,002 requests in 2 weeks. By week, oldest first: 1,000, 2');
  });

  it('say what was staged, copied, and left out', () => {
    assert.equal(stagedRows(0, 0), '');
    assert.equal(stagedRows(1, 0), 'Staged 1 change to revoke access. Nothing has been sent yet.');
    assert.match(stagedRows(2, 1), /^Staged 2 changes .* 1 more permission of the same projects/);
    assert.match(stagedRows(2, 3), /3 more permissions of the same projects/);
    assert.equal(copiedInWords('rows', 1), 'Copied 1 row.');
    assert.equal(copiedInWords('permissions', 2), 'Copied 2 permission IDs.');
    assert.equal(copiedInWords('projects', 1), 'Copied 1 project ID.');
    assert.equal(copiedInWords('checkpoints', 2), 'Copied 2 checkpoint IDs.');
    assert.match(unselectedHidden(1), /^1 selected row is/);
    assert.match(unselectedHidden(2), /^2 selected rows are/);
  });

  it('name days of grants, findings and states', () => {
    assert.equal(grantedInWords('2026-01-02', undefined), 'Granted since Jan 2, 2026');
    assert.equal(grantedInWords(undefined, '2026-01-02'), 'Granted until Jan 2, 2026');
    assert.equal(grantedInWords('2026-01-02', '2026-01-02'), 'Granted on Jan 2, 2026');
    assert.equal(grantedInWords('2026-01-02', '2026-02-03'), 'Granted from Jan 2, 2026 to Feb 3, 2026');
    assert.equal(findingsCell(undefined, true, 90), 'not checked');
    assert.deepEqual([findingsCell([], true, 90), findingsCell([], false, 90)], ['none', 'none known']);
    assert.equal(findingsCell(['shutDown', 'archived'], true, 90), 'model has shut down, project archived');
    const standing = { state: 'loaded', count: 1, isComplete: true, doubts: [], isLoading: false } as const;
    assert.equal(stateCell(false, undefined, standing, now), '');
    assert.equal(stateCell(true, undefined, standing, now), 'staged to revoke');
    assert.equal(stateCell(true, 'It broke.', standing, now), 'staged, the last attempt failed');
  });
});
