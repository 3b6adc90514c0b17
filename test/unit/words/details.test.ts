import assert from 'node:assert/strict';
import { exactlyInUTC } from '../../../src/text/dates';
import {
  adminKeyForOtherHost,
  asOf,
  day,
  failedQueries,
  failureHeading,
  moment,
  noRequest,
  omittedPermissions,
  permissionNoLongerListed,
  permissionNotListed,
  projectExtent,
  requests,
  sources,
  subjectLine,
} from '../../../src/words/details';
import { checkpointOfModel } from '../../../src/words/names';

const now = Date.UTC(2026, 10, 21, 12);
const before = now - 2 * 3_600_000;

describe('the words of details', () => {
  it('say what a page is about and how old it is', () => {
    assert.equal(subjectLine('Project', undefined), 'Project');
    assert.equal(subjectLine('Project', { name: 'Test', isSample: false }), 'Project · organization Test');
    assert.equal(
      subjectLine('Project', { name: 'Harbor Labs', isSample: true }),
      'Project · sample organization with made-up data: Harbor Labs',
    );
    assert.equal(
      asOf(now),
      `Shows what was loaded by ${exactlyInUTC(now)}. Opening this page sends no requests.`,
    );
  });

  it('have moments exactly and by their age, and days that do not break', () => {
    assert.equal(moment(before, now), `${exactlyInUTC(before)} (2 hours ago)`);
    assert.equal(day(before, now), 'Nov\u00a021,\u00a02026\u00a0UTC (2 hours ago)');
    assert.equal(day(1e300, now), 'an unknown day');
    assert.equal(moment(1e300, now), 'an unknown time');
    assert.equal(sources.permissionList(before, now), `permission list, loaded ${moment(before, now)}`);
    assert.equal(sources.projectQuery(before, now), `query for this project, loaded ${moment(before, now)}`);
    assert.equal(sources.refusal(before, now), `refused request, ${moment(before, now)}`);
  });

  it('head failures', () => {
    const failure = (during: 'read' | 'readMore') => ({ error: new Error(), during });
    assert.equal(
      failureHeading({ state: 'failed', failure: failure('read') }),
      "Permissions couldn't be loaded",
    );
    assert.equal(failureHeading({ state: 'loaded', failure: failure('read') }), 'The last refresh failed');
    assert.equal(
      failureHeading({ state: 'loaded', failure: failure('readMore') }),
      "More permissions couldn't be loaded",
    );
  });

  it('say of a permission that it is gone, or may be', () => {
    assert.equal(
      permissionNotListed(before, true, now),
      `This permission isn't in the list that was loaded ${moment(before, now)}. That list is complete.`,
    );
    assert.equal(
      permissionNotListed(before, false, now),
      `This permission isn't in the list that was loaded ${moment(before, now)}. That list may be incomplete.`,
    );
    assert.equal(
      permissionNoLongerListed(before, now),
      `A later query for this project, loaded ${moment(before, now)}, no longer has this permission.`,
    );
  });

  it('count', () => {
    assert.equal(omittedPermissions(1), "1 more loaded permission isn't shown on this page.");
    assert.equal(omittedPermissions(9000), "9,000 more loaded permissions aren't shown on this page.");
    assert.equal(failedQueries(1), "Checking this project's access failed for 1 checkpoint.");
    assert.equal(failedQueries(3), "Checking this project's access failed for 3 checkpoints.");
    assert.equal(projectExtent(0, 0, 0), 'Your checkpoint list is empty.');
    assert.equal(
      projectExtent(0, 1, 0),
      'Its permissions are known for the only checkpoint in your list, as of when it was loaded.',
    );
    assert.equal(
      projectExtent(0, 9, 0),
      'Its permissions are known for all 9 checkpoints in your list, as of when each was loaded.',
    );
    assert.equal(
      projectExtent(1, 1, 0),
      'Access is unknown for the only checkpoint in your list. Use Load All Permissions… to load it.',
    );
    assert.equal(
      projectExtent(2, 9, 0),
      'Access is unknown for 2 of 9 checkpoints in your list. Use Load All Permissions… to load the rest.',
    );
  });

  it('say what requests do, and that one cannot be written', () => {
    assert.equal(requests.listOfStep(8), 'List who has access to step 8');
    assert.equal(noRequest(requests.revoke), "Revoke this permission: this ID can't be part of a request.");
    assert.deepEqual([undefined, 8].map(checkpointOfModel), ['Final model', 'Step 8']);
    assert.equal(
      adminKeyForOtherHost('https://a.test', 'https://b.test'),
      "The saved admin API key is for https://a.test, so it isn't sent to https://b.test.",
    );
  });
});
