import assert from 'node:assert/strict';
import {
  changesInWords,
  copiedRows,
  lastAttemptFailed,
  loadLog,
  loadUsage,
  selectedRows,
  stagedToRevoke,
  usageLoading,
} from '../../../src/words/tabs';

describe('words: what several tabs say', () => {
  it('say what loading costs, and how far it is', () => {
    assert.deepEqual(
      [loadLog(1), loadLog(2)],
      ['Load Audit Log (1 request)', 'Load Audit Log (at least 2 requests)'],
    );
    assert.deepEqual(
      [false, true].map((isLoaded) => loadUsage(3, isLoaded)),
      ['Load Usage (3 requests)', 'Load Usage Again (3 requests)'],
    );
    assert.deepEqual(
      [false, true].map((isLoaded) => loadUsage(1, isLoaded)),
      ['Load Usage (1 request)', 'Load Usage Again (1 request)'],
    );
    assert.equal(usageLoading(undefined), 'Loading usage data…');
    assert.equal(usageLoading({ done: 1, total: 3 }), 'Loading usage data: 1 of 3 requests…');
    assert.equal(usageLoading({ done: 0, total: 1 }), 'Loading usage data: 0 of 1 request…');
  });

  it('count changes, and rows that are selected or copied', () => {
    assert.deepEqual([1, 1200].map(changesInWords), ['1 change', '1,200 changes']);
    assert.deepEqual([0, 1, 1200].map(selectedRows), ['', '1 selected', '1,200 selected']);
    assert.deepEqual([1, 2].map(copiedRows), ['Copied 1 row.', 'Copied 2 rows.']);
  });

  it('say what was staged, and what failed before', () => {
    assert.equal(stagedToRevoke(1, ''), 'Staged 1 change to revoke access. Nothing has been sent yet.');
    assert.equal(
      stagedToRevoke(2, 'Others stay.'),
      'Staged 2 changes to revoke access. Others stay. Nothing has been sent yet.',
    );
    assert.equal(lastAttemptFailed('No scope.'), 'the last attempt failed: No scope.');
  });
});
